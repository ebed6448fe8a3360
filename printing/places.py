"""Where residents bring files from: sticks, and folders that staff have opened to them.

Only names, sizes and dates are read here, never contents. A folder is read when it is shown, because a stick may be
pulled out at any moment.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from akimat_desk.base.errors import Unavailable
from akimat_desk.base.locale import sort_key
from akimat_desk.base.sticks import sticks
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_

PlaceKind = Literal["stick", "folder"]
FileKind = Literal["folder", "pdf", "image", "text", "office", "other"]

MOST_SHOWN: Final = 2_000
"""A folder with more is cut: nobody finds a file in there by eye."""

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
    found = [Place("stick", stick.name, stick.path) for stick in sticks()]
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
        return Listed(Path(entry.path), shown(entry.name), "other", 0, 0.0)
    kind = "folder" if is_folder else _KINDS.get(Path(entry.name).suffix.lower(), "other")
    return Listed(Path(entry.path), shown(entry.name), kind, status.st_size, status.st_mtime)


def shown(name: str) -> str:
    """A name as it can be drawn: undecodable bytes and control letters become a replacement sign."""
    clean = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in clean)
