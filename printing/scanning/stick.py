"""A scan onto the resident's stick: whole under its name, or not there at all."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from akimat_desk.base.threads import must_not_block
from akimat_desk.store.durable import sync_folder
from printing.scanning.errors import ScanError, StickFull, StickGone, StickLocked

_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LOCKED: Final = {errno.EROFS, errno.EACCES, errno.EPERM}
_MOST_NAMES: Final = 1_000


def save(folder: Path, stem: str, data: bytes) -> Path:
    """Put `data` into `folder` as `stem`.pdf, or with a number where that is taken; on the disk when this returns.

    Nothing of it is left where it cannot be whole. Raises `StickGone`, `StickFull`, `StickLocked`.
    """
    must_not_block("stick.save")
    part = folder / f".{stem}.part"
    try:
        if not folder.is_dir():
            raise StickGone
        fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0))
        with open(fd, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        target = _free(folder, stem)
        os.replace(part, target)
        sync_folder(folder)
    except OSError as why:
        _drop(part)
        raise _error(why, folder) from why
    except BaseException:
        _drop(part)
        raise
    return target


def take_back(file: Path) -> None:
    """Remove what `save` has written."""
    _drop(file)


def _drop(file: Path) -> None:
    with suppress(OSError):  # the stick is gone, and the half file with it
        file.unlink()


def _free(folder: Path, stem: str) -> Path:
    names = [f"{stem}.pdf", *(f"{stem} ({number}).pdf" for number in range(2, _MOST_NAMES))]
    taken = {name.casefold() for name in os.listdir(folder)}
    return folder / next((name for name in names if name.casefold() not in taken), names[-1])


def _error(why: OSError, folder: Path) -> ScanError:
    if why.errno in _FULL:
        return StickFull()
    if why.errno in _LOCKED:
        try:
            return StickLocked() if folder.is_dir() else StickGone()
        except OSError:
            return StickGone()
    return StickGone()
