"""Copies of the open database, of one moment, while others go on writing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from akimat_desk.store.connections import Database, connect
from akimat_desk.store.durable import sync_file
from akimat_desk.store.errors import DatabaseDamaged, database_faults, faults
from akimat_desk.store.keys import DatabaseKey

Progress = Callable[[int, int], None]
"""Told (done, total) now and then. Whatever it raises cancels the work, which leaves nothing behind."""

_PAGES_A_STEP: Final = 256
_THROWAWAY: Final = ("synchronous = OFF", "cache_size = -16000", "temp_store = MEMORY")


def copy_database(db: Database, key: DatabaseKey, target: Path, progress: Progress | None = None) -> None:
    """Copy what the transaction of `db` sees into the new file `target`, under the same `key`; flushed to the disk.

    The caller's read transaction is what makes it one moment: SQLite's backup then never has to start again.
    """
    told = (lambda status, left, total: progress(total - left, total)) if progress else None
    with removed_unless_done(target), faults():
        copy = connect(target, key, create=True, settings=_THROWAWAY)
        try:
            db.connection().backup(copy, pages=_PAGES_A_STEP, progress=told)
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
        finally:
            copy.close()
        sync_file(target)


def check_copy(file: Path, key: DatabaseKey, counts: Mapping[str, int]) -> None:
    """Open the copy and look at every page; `DatabaseDamaged` unless it is whole and has `counts` rows."""
    with database_faults():
        copy = connect(file, key, settings=("cell_size_check = ON", "temp_store = MEMORY"))
        try:
            whole = (
                not copy.execute("PRAGMA cipher_integrity_check").fetchall()
                and copy.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
                and not copy.execute("PRAGMA foreign_key_check").fetchone()
                and count_rows(copy) == dict(counts)
            )
        finally:
            copy.close()
    if not whole:
        raise DatabaseDamaged


def part_of(progress: Progress | None, start: int, end: int) -> Progress | None:
    """`progress` of a whole of 100, told by a step that goes from `start` to `end` of it."""
    if progress is None:
        return None
    whole = progress
    return lambda done, total: whole(start + (end - start) * done // max(total, 1), 100)


def count_rows(connection: Any) -> dict[str, int]:
    """How many rows each table has, by name; SQLite's own tables left out."""
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 (a name from the schema)
        for (name,) in names
        if not name.startswith("sqlite_")
    }


@contextmanager
def removed_unless_done(file: Path) -> Iterator[None]:
    """Remove `file`, and what SQLite put beside it, when the block is left by an error."""
    try:
        yield
    except BaseException:
        remove(file)
        raise


def remove(file: Path) -> None:
    """Remove a throw-away database and what SQLite put beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        with contextlib.suppress(OSError):
            file.with_name(file.name + suffix).unlink()
