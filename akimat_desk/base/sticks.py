"""The USB sticks that are in this PC now."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from akimat_desk.base.threads import must_not_block

STICK_FOLDERS: Final = ("/media", "/run/media")
"""Where Linux desktops mount them."""

_DRIVE_REMOVABLE: Final = 2


@dataclass(frozen=True, slots=True)
class Stick:
    """A stick by its label (where it has none, what the system calls it) and where its files begin."""

    name: str
    path: Path


def sticks(table: Path = Path("/proc/mounts")) -> tuple[Stick, ...]:
    """All that are in now. `table` is where Linux lists what is mounted."""
    must_not_block("sticks")
    if sys.platform == "win32":
        return tuple(_drives())
    return tuple(Stick(mount.name, mount) for mount in _mounted(table))


if sys.platform == "win32":

    def _drives() -> Iterator[Stick]:
        import ctypes

        kernel = ctypes.windll.kernel32
        drives = kernel.GetLogicalDrives()
        for number in range(26):
            root = f"{chr(ord('A') + number)}:\\"
            if drives >> number & 1 and kernel.GetDriveTypeW(root) == _DRIVE_REMOVABLE:
                label = ctypes.create_unicode_buffer(261)
                if kernel.GetVolumeInformationW(root, label, 261, None, None, None, None, 0):  # 0: no stick in it
                    yield Stick(label.value or root[:2], Path(root))


def _mounted(table: Path) -> Iterator[Path]:
    """Mount points under `STICK_FOLDERS` (fstab(5); spaces are written as \\040)."""
    try:
        lines = table.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        fields = line.split()
        if len(fields) > 1:
            path = fields[1].encode("utf-8", "surrogateescape").decode("unicode_escape").encode("latin-1")
            mount = Path(os.fsdecode(path))
            if any(mount != Path(top) and mount.is_relative_to(top) for top in STICK_FOLDERS):
                yield mount
