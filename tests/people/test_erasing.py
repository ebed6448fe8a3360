"""Destroying a folder: nothing is left, nothing outside is touched, and what could not be removed is said."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from akimat_desk.people import erasing
from akimat_desk.people.erasing import erase_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "session"
    inside.mkdir()
    return inside


def test_files_and_folders_are_gone(folder: Path) -> None:
    (folder / "a" / "b").mkdir(parents=True)
    (folder / "a" / "b" / "Ерғалиева.docx").write_text("өтініш")
    (folder / "empty").touch()
    assert erase_folder(folder) == []
    assert not folder.exists()


def test_what_is_not_there_is_erased_already(tmp_path: Path) -> None:
    assert erase_folder(tmp_path / "none") == []


def test_a_file_is_overwritten_and_cut_before_it_is_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Held open by another program: what that one can still read is nothing."""
    secret = folder / "secret"
    secret.write_bytes(b"0123456789" * 300_000)
    written: list[bytes] = []
    monkeypatch.setattr(erasing.os, "fsync", lambda number: written.append(os.pread(number, 5_000_000, 0)))
    with secret.open("rb") as reader:
        assert erase_folder(folder) == []
        assert reader.read() == b""
    assert written == [bytes(3_000_000)]


def test_links_are_removed_and_what_they_name_is_not(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "keep").write_text("keep")
    (folder / "to-folder").symlink_to(outside)
    (folder / "to-file").symlink_to(outside / "keep")
    (folder / "to-nothing").symlink_to(tmp_path / "nothing")
    assert erase_folder(folder) == []
    assert (outside / "keep").read_text() == "keep"


def test_a_second_name_of_a_file_elsewhere_keeps_its_content(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "keep").write_text("keep")
    os.link(tmp_path / "keep", folder / "same")
    assert erase_folder(folder) == []
    assert (tmp_path / "keep").read_text() == "keep"


def test_a_pipe_does_not_make_it_wait(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert erase_folder(folder) == []


def test_rights_that_were_taken_away_do_not_matter(folder: Path) -> None:
    (folder / "locked").mkdir()
    (folder / "locked" / "file").write_text("x")
    (folder / "locked" / "file").chmod(0)
    (folder / "locked").chmod(stat.S_IRUSR)
    assert erase_folder(folder) == []


def test_folders_deeper_than_pythons_stack(folder: Path) -> None:
    deep = folder
    for _ in range(min(sys.getrecursionlimit() + 50, 1800)):
        deep = deep / "a"
        os.mkdir(deep)
    assert erase_folder(folder) == []


def test_what_cannot_be_removed_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "stuck").write_text("x")
    (folder / "other").write_text("x")

    def overwritten(path: Path) -> Path:
        if path.name == "stuck":
            raise PermissionError
        return path

    monkeypatch.setattr(erasing, "_overwritten", overwritten)
    assert erase_folder(folder) == [folder / "stuck", folder]
    assert sorted(path.name for path in folder.iterdir()) == ["stuck"]
