"""Reading one untrusted file whole, once.

Everything later works on these bytes: what was inspected is what is printed, and a stick pulled out afterwards does no
harm.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from akimat_desk.documents.errors import EmptyFile, FileForbidden, FileGone, FileTooLarge, NotAFile
from akimat_desk.documents.limits import Limits

MEGABYTE: Final = 1_000_000
_CHUNK: Final = 1 << 20
_OPEN_FLAGS: Final = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which state of which file was read; a file saved again has another."""

    path: bytes
    size: int
    modified_ns: int


def stamp_of(path: Path) -> Stamp:
    """The present state of `path`. Raises `FileGone`, `FileForbidden`, `NotAFile`."""
    try:
        state = path.stat()
    except PermissionError as why:
        raise FileForbidden from why
    except (OSError, ValueError) as why:
        raise FileGone from why
    if not stat.S_ISREG(state.st_mode):
        raise NotAFile
    return Stamp(os.fsencode(path), state.st_size, state.st_mtime_ns)


def read_source(path: Path, limits: Limits) -> bytes:
    """All bytes of `path`. Raises also `EmptyFile`, `FileTooLarge`; `FileGone` when it ends before its length."""
    size = stamp_of(path).size
    if size == 0:
        raise EmptyFile
    if size > limits.file_mb * MEGABYTE:
        raise FileTooLarge(size_mb=-(-size // MEGABYTE), limit_mb=limits.file_mb)
    try:
        handle = os.open(path, _OPEN_FLAGS)
    except PermissionError as why:
        raise FileForbidden from why
    except OSError as why:
        raise FileGone from why
    try:
        parts: list[bytes] = []
        left = size
        while left and (part := os.read(handle, min(left, _CHUNK))):
            parts.append(part)
            left -= len(part)
    except OSError as why:
        raise FileGone from why
    finally:
        os.close(handle)
    if left:
        raise FileGone
    return b"".join(parts)
