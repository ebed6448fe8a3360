"""The steps of a day's visits, and what they make of each: tables made of the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import peewee

from meetings.day.rules import Called
from meetings.day.steps import Step, Turn

if TYPE_CHECKING:
    from akimat_desk.store import Database

TOPIC: Final = "meetings.queue"


class StepRow(peewee.Model):
    """Every step, whether or not it counts."""

    entry = peewee.TextField(primary_key=True)
    visit = peewee.TextField(index=True)
    day = peewee.TextField(index=True)
    did = peewee.TextField()
    at = peewee.IntegerField()
    device = peewee.TextField()
    series = peewee.TextField()
    room = peewee.IntegerField()
    line = peewee.TextField(null=True)
    seen = peewee.TextField()
    staff = peewee.TextField()

    class Meta:
        table_name = "meetings_step"
        indexes = ((("device", "did", "at"), False),)  # the last place of this PC, among ten years' steps


class TurnRow(peewee.Model):
    """How each visit stands (`steps.Turn`); `overtaken` are entries, parted by spaces."""

    visit = peewee.TextField()
    day = peewee.TextField(index=True)
    series = peewee.TextField()
    state = peewee.TextField()
    room = peewee.IntegerField()
    device = peewee.TextField()
    line = peewee.TextField(null=True)
    arrived_ms = peewee.IntegerField()
    queued_ms = peewee.IntegerField()
    first_called_ms = peewee.IntegerField()
    called_ms = peewee.IntegerField()
    calls = peewee.IntegerField()
    started_ms = peewee.IntegerField()
    ended_ms = peewee.IntegerField()
    talked_ms = peewee.IntegerField()
    times_missed = peewee.IntegerField()
    slot_lost = peewee.BooleanField()
    seen = peewee.TextField()
    overtaken = peewee.TextField()

    class Meta:
        table_name = "meetings_turn"
        primary_key = peewee.CompositeKey("visit", "day")


PROJECTIONS: Final = (StepRow, TurnRow)

_FIELDS: Final = (
    "visit", "series", "state", "room", "device", "line", "arrived_ms", "queued_ms", "first_called_ms", "called_ms",
    "calls", "started_ms", "ended_ms", "talked_ms", "times_missed", "slot_lost", "seen", "overtaken",
)  # fmt: skip
_COLUMNS: Final = ", ".join(_FIELDS)
_MARKS: Final = ", ".join("?" * len(_FIELDS))
_PUT: Final = f"INSERT OR REPLACE INTO meetings_turn ({_COLUMNS}, day) VALUES ({_MARKS}, ?)"  # noqa: S608
_STEP: Final = "entry, visit, did, at, device, series, room, line, seen, staff"


def put_turn(db: Database, day: date, turn: Turn) -> None:
    """Write how a visit stands. An entry's `apply` calls it, nobody else."""
    values = [getattr(turn, name) for name in _FIELDS[:-1]]
    connection: Any = db.connection()
    connection.execute(_PUT, (*values, " ".join(turn.overtaken), day.isoformat()))


def steps_of(db: Database, visit: str, day: date) -> tuple[Step, ...]:
    """All that happened to one visit on `day`, in order. A visit that moved to another day begins anew there."""
    where = "WHERE visit = ? AND day = ? ORDER BY at, entry"
    rows = db.connection().execute(f"SELECT {_STEP} FROM meetings_step {where}", (visit, day.isoformat()))  # noqa: S608
    return tuple(Step(*row) for row in rows)


def turn_of(db: Database, visit: str, day: date) -> Turn:
    """How one visit stands on `day`; nothing has happened to it where nothing is known."""
    select = f"SELECT {_COLUMNS} FROM meetings_turn WHERE visit = ? AND day = ?"  # noqa: S608
    row = db.connection().execute(select, (visit, day.isoformat())).fetchone()
    return Turn(visit) if row is None else _turn(row)


def turns_of_day(db: Database, day: date) -> Mapping[str, Turn]:
    """How every visit stands to which something has happened on `day`, by visit."""
    rows = db.connection().execute(f"SELECT {_COLUMNS} FROM meetings_turn WHERE day = ?", (day.isoformat(),))  # noqa: S608
    return {row[0]: _turn(row) for row in rows}


def calls_of_day(db: Database, day: date) -> Mapping[str, Sequence[Called]]:
    """Who was called on `day` by each series, in that order, as the rule looks back on it (`rules.next_one`)."""
    rows = db.connection().execute(
        "SELECT s.series, s.line, s.at, s.entry, t.overtaken FROM meetings_step s JOIN meetings_turn t"
        " ON t.visit = s.visit AND t.day = s.day WHERE s.day = ? AND s.did = 'called' ORDER BY s.at, s.entry",
        (day.isoformat(),),
    )
    found: dict[str, list[Called]] = {}
    for series, line, at, entry, overtaken in rows:
        if entry not in overtaken.split():
            found.setdefault(series, []).append(Called(line or "chosen", at >> 16))
    return found


def last_ms(db: Database, day: date) -> int:
    """When the last step of `day` was written, by the clocks of all PCs; 0 before the first."""
    (at,) = db.connection().execute("SELECT max(at) FROM meetings_step WHERE day = ?", (day.isoformat(),)).fetchone()
    return (at or 0) >> 16


def last_place(db: Database, device: str) -> tuple[str, int | None]:
    """The series and the room this PC called for last; "" and None before its first call."""
    row = db.execute_sql(
        "SELECT series, room FROM meetings_step WHERE device = ? AND did = 'called' ORDER BY at DESC LIMIT 1", (device,)
    ).fetchone()
    return ("", None) if row is None else (row[0], int(row[1]))


def _turn(row: Sequence[Any]) -> Turn:
    *values, slot_lost, seen, overtaken = row
    values += bool(slot_lost), seen, tuple(overtaken.split())
    return Turn(*values)
