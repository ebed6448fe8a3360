"""Destroying a folder of files as well as a program can: overwritten, cut to nothing, renamed, removed.

On flash memory and copying file systems old blocks may survive what is written over them; that is out of a program's
reach, and why spooled documents are encrypted besides. What could not be removed is reported, never passed over.
"""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

_BLOCK: Final = 1024 * 1024


def erase_folder(folder: Path) -> list[Path]:
    """Destroy `folder` and everything in it, or one file; what is still there, inner before outer.

    Links are not followed; what is not there is no error.
    """
    left: list[Path] = []
    for path in reversed(_outer_first(folder)):
        try:
            if stat.S_ISDIR(path.lstat().st_mode):
                path.rmdir()
            else:
                _overwritten(path).unlink()
        except FileNotFoundError:
            continue  # the person's own program was faster
        except OSError:
            left.append(path)
    return left


@contextmanager
def thrown_away() -> Iterator[Path]:
    """A folder for one call alone; what is in it is overwritten before it goes, as a session's is."""
    folder = Path(tempfile.mkdtemp(prefix="desk-"))
    try:
        yield folder
    finally:
        erase_folder(folder)


def _outer_first(folder: Path) -> list[Path]:
    """`folder` and all below it, each after what it lies in. A person's folders may be deeper than Python's stack."""
    found: list[Path] = []
    todo = [folder]
    while todo:
        path = todo.pop()
        found.append(path)
        with suppress(OSError):
            if stat.S_ISDIR(path.lstat().st_mode):
                path.chmod(0o700)
                todo += path.iterdir()
    return found


def _overwritten(path: Path) -> Path:
    """A file full of zeros, then empty, under a name that says nothing; where that cannot be, it is as it was.

    Pipes and the like are never opened. A file with a second name elsewhere keeps what is in it.
    """
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        return path
    with suppress(OSError):
        path.chmod(0o600)
        with path.open("r+b", buffering=0) as file:
            zeros = bytes(_BLOCK)
            for start in range(0, status.st_size, _BLOCK):
                file.write(zeros[: status.st_size - start])
            os.fsync(file.fileno())
            file.truncate(0)
        return path.rename(path.with_name(secrets.token_hex(8)))
    return path
