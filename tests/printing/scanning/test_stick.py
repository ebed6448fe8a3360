"""A scan is on the stick whole, or not at all, and never in the place of another file."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from printing.scanning import errors, stick


def test_it_lies_there_under_its_name_and_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "СКАН 1.PDF").write_bytes(b"older")
    first, second = stick.save(tmp_path, "Скан 1", b"one"), stick.save(tmp_path, "Скан 1", b"two")
    assert (first.name, first.read_bytes()) == ("Скан 1 (2).pdf", b"one")
    assert (second.name, second.read_bytes()) == ("Скан 1 (3).pdf", b"two")
    assert sorted(os.listdir(tmp_path)) == ["СКАН 1.PDF", "Скан 1 (2).pdf", "Скан 1 (3).pdf"]
    stick.take_back(first)
    stick.take_back(first)
    assert not first.exists()


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "error"),
    [
        (errno.ENOSPC, errors.StickFull),
        (errno.EROFS, errors.StickLocked),
        (errno.EIO, errors.StickGone),
        (errno.ENODEV, errors.StickGone),
    ],
)
def test_a_stick_that_fails_at_any_step_keeps_nothing_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, error: type[Exception]
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(error):
        stick.save(tmp_path, "Scan", b"data")
    monkeypatch.undo()
    assert os.listdir(tmp_path) == []


def test_a_stick_that_was_pulled_out(tmp_path: Path) -> None:
    with pytest.raises(errors.StickGone):
        stick.save(tmp_path / "gone", "Scan", b"data")
