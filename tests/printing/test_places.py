"""Where residents bring files from: what is listed, in which order, and what is never listed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from akimat_desk.base.sticks import Stick
from printing import places as module
from printing.places import MOST_SHOWN, Place, PlaceGone, listing, places


def write(folder: Path, name: str, at: float = 1_700_000_000.0) -> Path:
    file = folder / name
    file.write_bytes(b"x")
    os.utime(file, (at, at))
    return file


def names(folder: Path) -> list[str]:
    return [item.name for item in listing(folder)]


def test_sticks_come_before_the_folders_staff_have_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scans = tmp_path / "Сканер"
    scans.mkdir()
    monkeypatch.setattr(module, "sticks", lambda: (Stick("ФЛЕШКА", tmp_path),))
    assert places([scans, tmp_path / "gone"]) == (Place("stick", "ФЛЕШКА", tmp_path), Place("folder", "Сканер", scans))


def test_folders_first_by_the_kazakh_alphabet_then_files_the_newest_first(tmp_path: Path) -> None:
    for name in ("Қаржы", "Әкімдік", "Банк"):
        (tmp_path / name).mkdir()
    write(tmp_path, "old.pdf", 1_600_000_000)
    write(tmp_path, "new.pdf", 1_700_000_000)
    assert names(tmp_path) == ["Әкімдік", "Банк", "Қаржы", "new.pdf", "old.pdf"]


def test_files_of_one_moment_go_by_name(tmp_path: Path) -> None:
    for name in ("Үй.pdf", "Ел.pdf", "Ән.pdf"):
        write(tmp_path, name)
    assert names(tmp_path) == ["Ән.pdf", "Ел.pdf", "Үй.pdf"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.PDF", "pdf"),
        ("a.jpeg", "image"),
        ("a.txt", "text"),
        ("a.docx", "office"),
        ("a.exe", "other"),
        ("a", "other"),
    ],
)
def test_the_picture_beside_a_file_is_guessed_from_its_ending(tmp_path: Path, name: str, kind: str) -> None:
    write(tmp_path, name)
    assert [item.kind for item in listing(tmp_path)] == [kind]


@pytest.mark.parametrize("name", [".hidden", "$RECYCLE.BIN", "~$letter.docx", "System Volume Information"])
def test_what_systems_leave_on_sticks_is_not_listed(tmp_path: Path, name: str) -> None:
    write(tmp_path, name)
    assert names(tmp_path) == []


def test_a_link_on_a_stick_does_not_lead_to_the_files_of_this_pc(tmp_path: Path) -> None:
    secret, stick = tmp_path / "desk", tmp_path / "stick"
    secret.mkdir(), stick.mkdir()
    (stick / "link.pdf").symlink_to(write(secret, "key.pdf"))
    (stick / "folder").symlink_to(secret)
    (stick / "dangling").symlink_to(tmp_path / "nowhere")
    assert names(stick) == []


def test_names_no_screen_can_draw_are_shown_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, "two\nlines\t.pdf")
    (tmp_path / os.fsdecode(b"\xcf\xf0\xe8\xea\xe0\xe7.pdf")).write_bytes(b"x")  # cp1251, as an old PC wrote it
    assert sorted(names(tmp_path)) == sorted(
        ["two\N{REPLACEMENT CHARACTER}lines\N{REPLACEMENT CHARACTER}.pdf", "\N{REPLACEMENT CHARACTER}" * 6 + ".pdf"]
    )
    assert all(item.path.exists() for item in listing(tmp_path))


def test_a_folder_nobody_could_look_through_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SHOWN", 5)
    for number in range(9):
        write(tmp_path, f"{number}.pdf")
    assert len(names(tmp_path)) == 5
    assert MOST_SHOWN == 2_000


def test_a_stick_that_was_pulled_out_is_told(tmp_path: Path) -> None:
    with pytest.raises(PlaceGone):
        listing(tmp_path / "gone")
