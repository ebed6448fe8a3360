"""A number that grows with every change the print queue shows: by triggers, so that no writer can forget it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from akimat_desk.store import Migration

if TYPE_CHECKING:
    from akimat_desk.store import Database

TOPIC: Final = "printing.queue"
_SHOWN: Final = {
    "printing_held": "state, key, job, options, quote, due_ms",
    "printing_spool": "state, printer, printed, reason, told, stop_wanted",
}
"""The columns by table. Not `left_s`, which every look of the keeper writes."""


def marks(db: Database) -> Mapping[str, str]:
    """See `Service.live`."""
    (turn,) = db.connection().execute("SELECT turn FROM printing_live").fetchone()
    return {TOPIC: str(turn)}


def _count_changes(db: Database) -> None:
    db.execute_sql("CREATE TABLE printing_live (one INTEGER PRIMARY KEY CHECK (one = 1), turn INTEGER NOT NULL)")
    db.execute_sql("INSERT INTO printing_live VALUES (1, 0)")
    for table, columns in _SHOWN.items():
        for what in ("INSERT", "DELETE", f"UPDATE OF {columns}"):
            name = f"{table}_{what.partition(' ')[0].lower()}_is_live"
            then = "BEGIN UPDATE printing_live SET turn = turn + 1; END"
            db.execute_sql(f"CREATE TRIGGER {name} AFTER {what} ON {table} {then}")


MIGRATION: Final = Migration("printing.live", _count_changes)
