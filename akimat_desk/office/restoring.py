"""Bringing a backup back: which ones lie here, and how one becomes the desk again. The window and the command do it.

A fresh PC has no tables and no village, so nothing here needs an open desk.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.sticks import Stick, sticks
from akimat_desk.base.threads import must_not_block
from akimat_desk.office.backups import FOLDER, SUFFIX
from akimat_desk.service import Service, migrations_of

if TYPE_CHECKING:
    from akimat_desk.base.clock import Clock
    from akimat_desk.base.paths import Home
    from akimat_desk.store.backup import BackupHeader
    from akimat_desk.store.copies import Progress
    from akimat_desk.store.restore import Restored

MOST: Final = 60
"""So many files of a place are looked into: each is a read from a slow stick."""


@dataclass(frozen=True, slots=True)
class Found:
    """A backup in a place: a stick (by its name), this PC (`place` is ""), or a folder somebody has named.

    `header` is None where the file cannot be read as a backup; choosing it tells why.
    """

    kind: Literal["stick", "here", "folder"]
    place: str
    file: Path
    header: BackupHeader | None


class Finder:
    """Looks for backups again and again, and reads each file once."""

    def __init__(self, home: Home) -> None:
        self._here = home.data / FOLDER
        self._read: dict[tuple[Path, int, int], BackupHeader | None] = {}

    def look(self, named: Path | None = None) -> tuple[Found, ...]:
        """What is there now, the newest of each place first (blocks): on sticks, here, and in the folder `named`."""
        must_not_block("restoring.look")
        return tuple(self._all(sticks(), named))

    def _all(self, put_in: Sequence[Stick], named: Path | None) -> Iterator[Found]:
        places: list[tuple[Literal["stick", "here", "folder"], str, Path]] = [
            *(("stick", stick.name, stick.path) for stick in put_in),
            ("here", "", self._here),
        ]
        if named is not None:
            places.append(("folder", str(named), named))
        for kind, name, folder in places:
            found = [Found(kind, name, file, self._header(file)) for file in _files(folder)]
            yield from sorted(found, key=lambda one: (-one.header.made_ms if one.header else 0, one.file.name))

    def _header(self, file: Path) -> BackupHeader | None:
        from akimat_desk.store.backup import read_header

        try:
            status = file.stat()
            key = (file, status.st_size, status.st_mtime_ns)
            if key not in self._read:
                self._read[key] = read_header(file)
        except (AkimatDeskError, OSError):
            return None
        return self._read[key]


def _files(folder: Path) -> list[Path]:
    """The backups in a folder and in the folders inside it; none where it cannot be read."""
    try:
        found = [file for pattern in (f"*{SUFFIX}", f"*/*{SUFFIX}") for file in folder.glob(pattern)]
        return sorted((file for file in found if file.is_file() and not file.name.startswith(".")), reverse=True)[:MOST]
    except OSError:  # the stick is being pulled out
        return []


def bring_back(
    file: Path,
    recovery_key: str,
    home: Home,
    services: Sequence[Service],
    *,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Restored:
    """`store.restore.restore`, which refuses what these services are too old for, too; a staff PC then goes on under
    the key it named beforehand (`journal.heirs`; blocks).
    """
    from akimat_desk.base.clock import SystemClock
    from akimat_desk.journal.heirs import wake_heir
    from akimat_desk.store import Store
    from akimat_desk.store.recovery import RecoveryKey
    from akimat_desk.store.restore import restore

    known = migrations_of(services)
    restored = restore(file, recovery_key, home, migrations=known, progress=progress, clock=clock)
    store = Store.open(home, migrations=known, clock=clock or SystemClock())
    try:
        wake_heir(store, home, RecoveryKey.read(recovery_key))
    finally:
        store.close()
    return restored
