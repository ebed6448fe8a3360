"""The tables that say what the journal says: made, compared, and made anew by replay."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import msgspec

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.journal.apply import Applier
from akimat_desk.journal.devices import limits
from akimat_desk.journal.fingerprint import KIND, TABLE, fingerprint, table_sql
from akimat_desk.journal.tables import ABSENT, ERASED, stored_after

if TYPE_CHECKING:
    from akimat_desk.journal.registry import Registry
    from akimat_desk.store import Database

Progress = Callable[[int, int], None]
"""Told (done, of how many)."""
Cancel = Callable[[], bool]
"""Asked now and then; true stops the work, and nothing has changed."""

_STEP: Final = 500


class Cancelled(Refused):
    """Somebody stopped it; everything is as it was before."""

    code = "journal-cancelled"
    staff_text = N_("Stopped. Nothing was changed.")
    next_text = N_("Start it again when there is time.")


def nothing_told(done: int, total: int) -> None:
    """A `Progress` that shows nothing."""


def never() -> bool:
    """A `Cancel` that never stops."""
    return False


def bring_up_to_date(db: Database, registry: Registry, progress: Progress = nothing_told) -> None:
    """Make the projections fit this program: nothing to do, new ones beside the old, or all anew by replay."""
    made_by = made_by_of(db)
    wanted = fingerprint(db, registry)
    if made_by == wanted:
        return
    if made_by.items() <= wanted.items():
        _create(db, registry, [name for name in registry.projections if TABLE + name not in made_by])
        _set_made_by(db, wanted)
        new_kinds = [(name[len(KIND) :],) for name in wanted.keys() - made_by.keys() if name.startswith(KIND)]
        db.connection().executemany(
            "UPDATE journal_parked SET ready = 1 WHERE reason = 'unknown-kind' AND referent = ?", new_kinds
        )
        Applier(db, registry).release()
    else:
        replay(db, registry, progress)


def replay(db: Database, registry: Registry, progress: Progress = nothing_told, cancel: Cancel = never) -> int:
    """Drop all projections and make them anew from the entries, inside the caller's transaction; how many entries.

    Raises `Cancelled`, which undoes it.
    """
    connection: Any = db.connection()
    connection.execute("PRAGMA defer_foreign_keys = ON")
    _drop(db, registry)
    _create(db, registry, list(registry.projections))
    connection.execute("DELETE FROM journal_parked WHERE arrival IN (SELECT arrival FROM journal_entry WHERE stands)")
    _set_made_by(db, fingerprint(db, registry))
    applier = Applier(db, registry)
    withdrawn = limits(connection)
    (total,) = connection.execute("SELECT count(*) FROM journal_entry WHERE stands").fetchone()
    done = last = 0
    progress(0, total)
    while batch := stored_after(connection, last, _STEP):
        for entry in batch:
            applier.stored(entry)
        applier.release()
        last = batch[-1].arrival
        done += len(batch)
        progress(done, total)
        if cancel():
            raise Cancelled
    if limits(connection) != withdrawn:  # known before by an entry that does not stand any more
        return replay(db, registry, progress, cancel)
    # What a PC that was shut out had erased is not erased: the parts are asked for again.
    connection.execute(
        "UPDATE journal_entry SET personal = ? WHERE personal = ? AND id NOT IN (SELECT id FROM journal_erased)",
        (ABSENT, ERASED),
    )
    return done


def finish(db: Database, registry: Registry, applier: Applier) -> None:
    """The end of every transaction that applied something: try what waits again, and leave no table that lies."""
    applier.release()
    if applier.tables_lie:
        replay(db, registry)


def table_hashes(db: Database, registry: Registry) -> dict[str, str]:
    """SHA-256 of each projection's rows in an order of their own: equal tables, equal hashes, on every PC."""
    return {name: _table_hash(db.connection(), name) for name in registry.projections}


def made_by_of(db: Database) -> dict[str, bytes]:
    """The fingerprint the projections were made by; empty before the first start."""
    (made_by,) = db.connection().execute("SELECT made_by FROM journal_here").fetchone()
    return msgspec.msgpack.decode(made_by, type=dict[str, bytes])


def _set_made_by(db: Database, made_by: dict[str, bytes]) -> None:
    db.connection().execute("UPDATE journal_here SET made_by = ?", (msgspec.msgpack.encode(made_by),))


def _create(db: Database, registry: Registry, names: list[str]) -> None:
    for name in names:
        for sql in table_sql(db, registry.projections[name]):
            db.execute_sql(sql)


def _drop(db: Database, registry: Registry) -> None:
    tables = {name[len(TABLE) :] for name in made_by_of(db) if name.startswith(TABLE)}
    for name in sorted(tables | set(registry.projections)):
        db.execute_sql(f'DROP TABLE IF EXISTS "{name}"')


def _table_hash(connection: Any, table: str) -> str:
    width = len(connection.execute(f'SELECT * FROM "{table}" LIMIT 0').description)  # noqa: S608 (a model's name)
    order = ", ".join(str(column + 1) for column in range(width))
    state = hashlib.sha256()
    for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}'):  # noqa: S608
        state.update(msgspec.msgpack.encode(row))
    return state.hexdigest()
