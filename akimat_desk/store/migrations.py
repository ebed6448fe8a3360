"""Named changes of the tables, each applied once, recorded, all of a start in one transaction.

A name is "room.what" ("journal.entries", "printing.printers"). The room is whoever owns the tables: a file that knows a
migration of a room which the room itself does not know was written by a later version. Rooms that are not installed
today keep their tables untouched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from akimat_desk.store.connections import Database
from akimat_desk.store.errors import NewerFile


@dataclass(frozen=True, slots=True)
class Migration:
    """One change. `apply` runs inside a transaction that others join: it never commits (no executescript)."""

    name: str
    apply: Callable[[Database], None]

    @property
    def room(self) -> str:
        """Whose tables it changes."""
        return self.name.partition(".")[0]


def applied(db: Database) -> tuple[str, ...]:
    """The names recorded in the file, oldest first."""
    return tuple(name for (name,) in db.execute_sql("SELECT name FROM store_migration ORDER BY number").fetchall())


def pending(db: Database, migrations: Sequence[Migration]) -> tuple[Migration, ...]:
    """What is still to be done, in the order given; changes nothing. `NewerFile` when the file knows more."""
    done = set(applied(db))
    if knows_more(done, migrations):
        raise NewerFile
    return tuple(migration for migration in migrations if migration.name not in done)


def knows_more(done: Iterable[str], migrations: Sequence[Migration]) -> bool:
    """Whether a file with the changes `done` was written by a later version than the one that has `migrations`."""
    known = {migration.name for migration in migrations}
    rooms = {migration.room for migration in migrations}
    return any(name not in known and name.partition(".")[0] in rooms for name in done)


def record(db: Database, migration: Migration, now_ms: int) -> None:
    """Write down that it was applied."""
    db.execute_sql("INSERT INTO store_migration (name, applied_ms) VALUES (?, ?)", (migration.name, now_ms))
