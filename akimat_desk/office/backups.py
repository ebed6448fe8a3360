"""Backups by themselves, every night, and the copies people carry away; when the last of each was made.

The nightly ones lie in the data folder and are for mistakes: a wrong erasure, a damaged file. Against a broken or
stolen PC only a copy somewhere else helps, so its age is what staff are reminded of.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.office.rules import Made, backup_due, to_keep
from akimat_desk.store import Migration

if TYPE_CHECKING:
    from akimat_desk.base.paths import Home
    from akimat_desk.service import Desk
    from akimat_desk.store import Database, Store
    from akimat_desk.store.backup import Backup, BackupHeader
    from akimat_desk.store.copies import Progress

FOLDER: Final = "backups"
SUFFIX: Final = ".backup"
TOPIC: Final = "office.backups"

_NAME: Final = re.compile(rf"(\d{{6,}})-.*{re.escape(SUFFIX)}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Nightly:
    """A backup in the data folder."""

    made: Made
    file: Path
    header: BackupHeader


@dataclass(frozen=True, slots=True)
class Copy:
    """The last copy somebody carried away: when it was made, and the sheet whose key opens it."""

    made_ms: int
    sheet: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How backups stand. `sheet` is "" while there is no recovery key."""

    sheet: str
    copy: Copy | None
    nightly: tuple[Nightly, ...]


def standing(store: Store) -> Standing:
    """What staff are told (blocks)."""
    from akimat_desk.store.recovery import kept_seal

    seal = kept_seal(store.home)
    return Standing(seal.sheet if seal else "", last_copy(store), nightly(store.home))


# ---- every night


def nightly(home: Home) -> tuple[Nightly, ...]:
    """The backups in the data folder, newest first; files that are no whole backup are left out (blocks)."""
    from akimat_desk.store.backup import read_header

    found = []
    for number, file in _numbered(home):
        try:
            header = read_header(file)
        except AkimatDeskError:  # cut off, or not ours: it neither counts nor is it touched
            continue
        found.append(Nightly(Made(number, header.made_ms), file, header))
    return tuple(sorted(found, key=lambda one: one.made.number, reverse=True))


def back_up_if_due(desk: Desk) -> Backup | None:
    """The keeper's hourly question: this night's backup where there is none yet, and those no longer needed removed.

    Without a recovery key nothing is done: nobody could open the backup. Raises what `store.backup.backup` raises;
    then nothing was removed either.
    """
    from akimat_desk.journal.heirs import name_heir
    from akimat_desk.store.backup import backup
    from akimat_desk.store.errors import faults
    from akimat_desk.store.recovery import kept_seal

    seal, now = kept_seal(desk.home), desk.clock.now_ms()
    if seal is None or not backup_due([one.made for one in nightly(desk.home)], now):
        return None
    folder = desk.home.data / FOLDER
    with faults():
        folder.mkdir(mode=0o700, exist_ok=True)
    number = 1 + max((number for number, _ in _numbered(desk.home)), default=0)
    file = folder / f"{number:06}-{local(now):%Y-%m-%d}{SUFFIX}"
    name_heir(desk.journal, seal)
    done = backup(desk.store, file, seal, about={"device": desk.journal.device}, clock=desk.clock)
    kept = nightly(desk.home)
    stay = to_keep([one.made for one in kept])
    with faults():
        for one in kept:
            if one.made.number not in stay:
                one.file.unlink(missing_ok=True)
    return done


def _numbered(home: Home) -> list[tuple[int, Path]]:
    folder = home.data / FOLDER
    matched = [(_NAME.fullmatch(file.name), file) for file in folder.glob(f"*{SUFFIX}")]
    return [(int(found[1]), file) for found, file in matched if found is not None]


# ---- carried away


def save_copy(desk: Desk, folder: Path, progress: Progress | None = None) -> Backup:
    """Write a backup into `folder` (a stick, a network folder) and remember when, if this PC can still write.

    Raises what `store.backup.backup` raises; whatever is raised, `progress` included, leaves nothing behind.
    """
    from akimat_desk.journal.heirs import name_heir
    from akimat_desk.store.backup import backup
    from akimat_desk.store.recovery import kept_seal

    seal = kept_seal(desk.home)
    if seal is not None:
        name_heir(desk.journal, seal)
    file = folder / f"akimat-desk-{local(desk.clock.now_ms()):%Y-%m-%d-%H%M}{SUFFIX}"
    done = backup(desk.store, file, about={"device": desk.journal.device}, progress=progress, clock=desk.clock)
    note_copy(desk.store, done.header)
    return done


def note_copy(store: Store, header: BackupHeader) -> None:
    """Remember that a copy was carried away. A desk whose tables are not made yet remembers nothing, and so does one on
    a full disk: the copy is whole all the same, and nobody may take it for lost.
    """
    with suppress(AkimatDeskError), store.write() as db:
        if db.execute_sql("SELECT 1 FROM sqlite_schema WHERE name = 'office_copy'").fetchone():
            db.execute_sql(
                "REPLACE INTO office_copy (one, made_ms, sheet) VALUES (1, ?, ?)", (header.made_ms, header.sheet)
            )


def last_copy(store: Store) -> Copy | None:
    """The last copy that was carried away; None when none ever was."""
    with store.read() as db:
        row = db.execute_sql("SELECT made_ms, sheet FROM office_copy").fetchone()
    return Copy(int(row[0]), str(row[1])) if row else None


def _make(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE office_copy (one INTEGER PRIMARY KEY CHECK (one = 1), made_ms INTEGER NOT NULL,"
        " sheet TEXT NOT NULL)"
    )


MIGRATIONS: Final = (Migration("office.copy", _make),)
