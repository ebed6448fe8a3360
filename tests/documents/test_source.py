"""Reading the file itself: all of it, or a reason why not."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from akimat_desk.documents.errors import EmptyFile, FileForbidden, FileGone, FileTooLarge, NotAFile
from akimat_desk.documents.limits import Limits
from akimat_desk.documents.source import read_source

LIMITS = Limits(file_mb=1)


def test_all_bytes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"abc" * 300_000)
    assert read_source(path, LIMITS) == b"abc" * 300_000


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    with pytest.raises(EmptyFile):
        read_source(path, LIMITS)


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotAFile):
        read_source(tmp_path, LIMITS)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAFile):
        read_source(tmp_path / "pipe", LIMITS)


def test_no_file_at_all(tmp_path: Path) -> None:
    with pytest.raises(FileGone):
        read_source(tmp_path / "gone", LIMITS)


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("wb") as stream:
        stream.truncate(1_000_001)
    with pytest.raises(FileTooLarge) as caught:
        read_source(path, LIMITS)
    assert caught.value.values == {"code": "file-too-large", "size_mb": 2, "limit_mb": 1}


def test_a_file_this_user_may_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    monkeypatch.setattr(os, "open", _raising(PermissionError(errno.EACCES, "denied")))  # tests may run as root
    with pytest.raises(FileForbidden):
        read_source(path, LIMITS)


def test_a_stick_pulled_out_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    monkeypatch.setattr(os, "read", _raising(OSError(errno.EIO, "Input/output error")))
    with pytest.raises(FileGone):
        read_source(path, LIMITS)


def test_a_file_that_became_shorter_while_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x" * 10)
    parts = iter([b"xxxx", b""])
    monkeypatch.setattr(os, "read", lambda _handle, _count: next(parts))
    with pytest.raises(FileGone):
        read_source(path, LIMITS)


def _raising(error: OSError) -> object:
    def fail(*_args: object, **_named: object) -> object:
        raise error

    return fail
