"""Files that are there after a power cut: written, flushed, and only then given their name."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Final

_NOT_THERE: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS})
"""What a file system says that cannot flush a folder by itself (network shares, some drivers of sticks)."""


def make_folder(folder: Path) -> None:
    """Make `folder`, readable by this user only, and what is missing above it; it is there after a power cut."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for made in reversed(missing):
        sync_folder(made.parent)


def write_file(file: Path, data: bytes) -> None:
    """Put `data` at `file`, readable by this user only; after a power cut it is the old content or the new one."""
    make_folder(file.parent)
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with open(fd, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    replace(part, file)


def replace(source: Path, target: Path) -> None:
    """Give `source` the name `target`, and make the new name last."""
    os.replace(source, target)
    sync_folder(target.parent)


def sync_file(file: Path) -> None:
    """Make what was written to `file` last."""
    with file.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` last, where it can be asked for. Windows does so by itself and opens no folder."""
    if sys.platform != "win32":
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        except OSError as why:
            if why.errno not in _NOT_THERE:
                raise
        finally:
            os.close(fd)
