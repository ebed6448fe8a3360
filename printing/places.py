"""Where residents bring files from: sticks, and folders that staff have opened to them.

Only names, sizes and dates are read here, never contents. A folder is read when it is shown, because a stick may be
pulled out at any moment.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from akimat_desk.base.errors import Unavailable
from akimat_desk.base.locale import sort_key
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_

PlaceKind = Literal["stick", "folder"]
FileKind = Literal["folder", "pdf", "image", "text", "office", "other"]

STICK_FOLDERS: Final = ("/media", "/run/media")
MOST_SHOWN: Final = 2_000
"""A folder with more is cut: nobody finds a file in there by eye."""

_DRIVE_REMOVABLE: Final = 2
_KINDS: Final[dict[str, FileKind]] = {
    ".pdf": "pdf",
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic"), "image"),
    **dict.fromkeys((".txt", ".csv", ".log", ".md"), "text"),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp"), "office"),
}


class PlaceGone(Unavailable):
    """The folder cannot be read (any more): the stick was pulled out."""

    code = "place-gone"
    resident_text = N_("The USB stick is no longer there. Put it in again.")
    staff_text = N_("A folder could not be read: the stick was pulled out, or reading is not allowed.")
    next_text = N_("Put the USB stick in again.")


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere files are taken from. `name` is the stick's label or the folder's name."""

    kind: PlaceKind
    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Listed:
    """A file or folder in a place. `kind` is guessed from the ending only; the content decides later."""

    path: Path
    name: str
    kind: FileKind
    size: int
    changed: float


def places(folders: Sequence[Path] = ()) -> tuple[Place, ...]:
    """What can be chosen from now: sticks first, then `folders` that exist."""
    must_not_block("places")
    found = [Place("stick", name, path) for name, path in _sticks()]
    found += [Place("folder", path.name or str(path), path) for path in folders if _is_folder(path)]
    return tuple(found)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a network folder that is away
        return False


def listing(folder: Path) -> tuple[Listed, ...]:
    """Folders first, then files, newest first among files.

    Left out are hidden ones, system folders, and links: a link on a stick may point to anything of this PC. Raises
    `PlaceGone`.
    """
    must_not_block("listing")
    found: list[Listed] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if not _left_out(entry):
                    found.append(_listed(entry))
                if len(found) >= MOST_SHOWN:
                    break
    except OSError as why:
        raise PlaceGone from why
    return tuple(sorted(found, key=_order))


def _left_out(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith((".", "$", "~$")) or entry.name == "System Volume Information" or entry.is_symlink():
        return True
    if sys.platform == "win32":  # a junction is the other kind of link there
        return bool(entry.stat(follow_symlinks=False).st_file_attributes & stat.FILE_ATTRIBUTE_REPARSE_POINT)
    return False


def _order(item: Listed) -> tuple[bool, float, str]:
    is_file = item.kind != "folder"
    return is_file, -item.changed if is_file else 0.0, sort_key(item.name)


def _listed(entry: os.DirEntry[str]) -> Listed:
    try:
        status = entry.stat()
        is_folder = entry.is_dir()
    except OSError:  # a name the file system itself cannot read back
        return Listed(Path(entry.path), _shown(entry.name), "other", 0, 0.0)
    kind = "folder" if is_folder else _KINDS.get(Path(entry.name).suffix.lower(), "other")
    return Listed(Path(entry.path), _shown(entry.name), kind, status.st_size, status.st_mtime)


def _shown(name: str) -> str:
    """A name as it can be drawn: undecodable bytes and control letters become a replacement sign."""
    clean = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in clean)


def _sticks() -> Iterator[tuple[str, Path]]:
    """Label and root of every stick."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        drives = kernel.GetLogicalDrives()
        for number in range(26):
            root = f"{chr(ord('A') + number)}:\\"
            if drives >> number & 1 and kernel.GetDriveTypeW(root) == _DRIVE_REMOVABLE:
                label = ctypes.create_unicode_buffer(261)
                if kernel.GetVolumeInformationW(root, label, 261, None, None, None, None, 0):  # 0: no stick in it
                    yield label.value or root[:2], Path(root)
    else:
        for mount in _mounted(Path("/proc/mounts")):
            yield mount.name, mount


def _mounted(table: Path) -> Iterator[Path]:
    """Mount points under the folders where desktops mount sticks (fstab(5); spaces are written as \\040)."""
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
