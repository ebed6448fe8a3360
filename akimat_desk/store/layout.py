"""The file itself: its marks, its own two tables, and the names beside it in the data folder."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from akimat_desk.base.paths import Home
from akimat_desk.store.connections import Database, connect
from akimat_desk.store.copies import remove
from akimat_desk.store.durable import make_folder, replace
from akimat_desk.store.errors import DatabaseDamaged, NewerFile, NotADesk, faults
from akimat_desk.store.keys import DatabaseKey, KeyRing

APPLICATION_ID: Final = int.from_bytes(b"AkDk", "big")
FORMAT: Final = 1
"""user_version. Goes up only when the store's own tables change; services' tables have migrations."""

BIRTH: Final = ("synchronous = EXTRA", "journal_mode = WAL")
"""A file turns to WAL under its first name. The turn uses a rollback journal, whose removal only EXTRA flushes: after a
power cut it could come back and undo everything, so it must never have carried the database's own name."""

IN_USE: Final = "desk.open"
TURN: Final = "desk.turn"
ASIDE: Final = "aside"
COPIES: Final = "copies"

_TABLES: Final = (
    "CREATE TABLE store_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE store_migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, applied_ms INTEGER NOT NULL)",
)


def create(home: Home, now_ms: int) -> None:
    """Make an empty database, under a new name until it is whole. The caller holds the turn.

    First the key, flushed; then the file. A power cut between the two leaves a key too many, never a file without one.
    """
    with faults():
        for folder in (home.data, home.keys):
            make_folder(folder)
        home.ensure()
        if home.database.exists():
            return
        if home.database.with_name(home.database.name + "-wal").exists():
            # The database was lost but its last commits were not: a new file beside them would swallow them.
            raise DatabaseDamaged
        key = DatabaseKey.make()
        KeyRing(home).add(key)
        new = home.database.with_name("desk.new")
        remove(new)
        connection = connect(new, key, create=True, settings=BIRTH)
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
            for table in _TABLES:
                connection.execute(table)
            rows = [("copy", secrets.token_hex(16)), ("made_ms", str(now_ms))]
            connection.executemany("INSERT INTO store_meta VALUES (?, ?)", rows)
            connection.execute("COMMIT")
        finally:
            connection.close()
        replace(new, home.database)


def verify(db: Database, file: Path) -> None:
    """See that the open file is a desk's and not of a later version."""
    if db.pragma("application_id") != APPLICATION_ID:
        raise NotADesk(file=file)
    if db.pragma("user_version") > FORMAT:
        raise NewerFile


def meta(db: Database, name: str) -> str:
    """A value the store keeps about itself."""
    row = db.execute_sql("SELECT value FROM store_meta WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise DatabaseDamaged
    return str(row[0])


def holds_data(db: Database) -> bool:
    """Whether any table beside the store's own has a row."""
    return any(
        db.execute_sql(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()  # noqa: S608 (a name from the schema)
        for name in db.get_tables()
        if not name.startswith(("store_", "sqlite_"))
    )
