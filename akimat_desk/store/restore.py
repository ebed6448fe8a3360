"""Bringing a backup back, on this PC or another one.

Everything is opened and checked in a folder of its own first; the desk's database changes by one rename at the very
end. What lay there before is kept under `aside/`, its key stays in the key ring. The restored database gets a key and
a `Store.copy` name of its own: by that name the journal knows that it goes on from a copy, and opens a new epoch.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from akimat_desk.base.clock import Clock, SystemClock, local
from akimat_desk.base.paths import Home
from akimat_desk.base.threads import must_not_block
from akimat_desk.store import layout
from akimat_desk.store.backup import BackupDamaged, BackupHeader, open_backup, work_folder
from akimat_desk.store.connections import check_sqlite, connect
from akimat_desk.store.copies import Progress, check_copy, count_rows, part_of, remove
from akimat_desk.store.durable import make_folder, replace, sync_file, sync_folder
from akimat_desk.store.errors import DatabaseDamaged, DeskInUse, NewerFile, faults
from akimat_desk.store.keys import DatabaseKey, KeyRing
from akimat_desk.store.lock import FileLock
from akimat_desk.store.migrations import Migration, knows_more
from akimat_desk.store.recovery import RecoveryKey, keep_seal


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back. The journal goes on in a new epoch from here."""

    home: Home
    header: BackupHeader
    copy: str
    """The new name of the data (`Store.copy`); `header.copy` is the one they were copied from."""
    kept_aside: Path | None
    """Where the database that lay here before is now."""


def restore(
    file: Path,
    recovery_key: str,
    home: Home,
    *,
    migrations: Sequence[Migration] = (),
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> Restored:
    """Make the desk `home` what the backup `file` holds; `recovery_key` as a person typed it.

    `migrations` are those this program has: data that a later version has changed are refused before anything is
    touched, not when the desk is opened. No process may have the desk open, this one included (DeskInUse).

    Raises RecoveryKeyTypo, RecoveryKeyIncomplete, NotABackup, WrongRecoveryKey, BackupDamaged, BackupGone, NewerFile,
    DiskFull, StorageFault; nothing has changed then. What `progress` raises, too, leaves everything as it was.
    """
    must_not_block("store.restore")
    check_sqlite()
    key = RecoveryKey.read(recovery_key)
    now_ms = (clock or SystemClock()).now_ms()
    alone = FileLock(home.data / layout.IN_USE)
    with faults():
        if not alone.acquire():
            raise DeskInUse
    try:
        with work_folder(home) as folder, faults():
            received, new = folder / "received.db", folder / "new.db"
            header, old_key = open_backup(file, key, received, part_of(progress, 0, 60))
            new_key, copy = DatabaseKey.make(), secrets.token_hex(16)
            try:
                check_copy(received, old_key, header.counts)
                _renew(received, old_key, new, new_key, {"copy": copy, "restored_ms": str(now_ms)}, migrations)
            except DatabaseDamaged as error:
                raise BackupDamaged(file=file) from error
            if progress is not None:
                progress(90, 100)
            make_folder(home.keys)
            home.ensure()
            KeyRing(home).add(new_key)
            kept_aside = _set_aside(home, now_ms)
            replace(new, home.database)
            keep_seal(home, key.seal, replace=True)
    finally:
        alone.release()
    return Restored(home, header, copy, kept_aside)


def _renew(
    received: Path,
    old_key: DatabaseKey,
    new: Path,
    new_key: DatabaseKey,
    meta: Mapping[str, str],
    migrations: Sequence[Migration],
) -> None:
    """Write the database again under a key and a name of its own, and look at every page of that."""
    connection = connect(received, old_key)
    try:
        if connection.execute("PRAGMA application_id").fetchone() != (layout.APPLICATION_ID,):
            raise DatabaseDamaged
        if connection.execute("PRAGMA user_version").fetchone()[0] > layout.FORMAT:
            raise NewerFile
        if knows_more((name for (name,) in connection.execute("SELECT name FROM store_migration")), migrations):
            raise NewerFile
        connection.executemany("INSERT OR REPLACE INTO store_meta VALUES (?, ?)", list(meta.items()))
        counts = count_rows(connection)
        connection.execute("VACUUM INTO ?", (f"{new.resolve().as_uri()}?key=x%27{bytes(new_key).hex()}%27",))
    finally:
        connection.close()
    remove(received)
    connect(new, new_key, settings=layout.BIRTH).close()
    check_copy(new, new_key, counts)
    sync_file(new)


def _set_aside(home: Home, now_ms: int) -> Path | None:
    """Keep the present database and what belongs to it under another name, and leave no WAL for the new one."""
    with contextlib.suppress(Exception):
        _empty_wal(home)  # where the old one still opens, nothing is in its WAL from here on
    present = [
        file for suffix in ("", "-wal") if (file := home.database.with_name(home.database.name + suffix)).exists()
    ]
    if not present:
        return None
    folder = home.data / layout.ASIDE / f"{local(now_ms):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    make_folder(folder)
    for file in present:
        target = folder / file.name
        try:
            os.link(file, target)
        except OSError:  # a file system without links
            shutil.copyfile(file, target)
            sync_file(target)
    sync_folder(folder)
    # SQLite would replay an old WAL into the new file.
    for suffix in ("-wal", "-shm"):
        home.database.with_name(home.database.name + suffix).unlink(missing_ok=True)
    sync_folder(home.data)
    return folder


def _empty_wal(home: Home) -> None:
    connection = connect(home.database, KeyRing(home).key_of(home.database))
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
