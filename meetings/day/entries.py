"""What the day tells the journal: one kind, a step of a visit. Ids and numbers of rooms only, nobody's name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final

from msgspec import Meta

from akimat_desk.journal import Entry, Facts, Id, Kind
from meetings.day.records import put_turn, steps_of
from meetings.day.steps import Did, Line, settle

if TYPE_CHECKING:
    from akimat_desk.store import Database

MOST_ROOMS: Final = 999
Room = Annotated[int, Meta(ge=0, le=MOST_ROOMS)]
"""The number on the door; 0 where there is none."""


class VisitStepped(Facts, frozen=True):
    """Something happened to a visit on the day it is held. See `steps.Step`; `day` is the queue's day, whatever the
    clock says.
    """

    visit: Id
    day: date
    series: Id
    did: Did
    room: Room = 0
    line: Line | None = None
    seen: Id | None = None
    by: Id | None = None


def _apply_stepped(db: Database, entry: Entry) -> None:
    if entry.again:
        return
    facts: VisitStepped = entry.facts
    connection: Any = db.connection()
    connection.execute(
        "INSERT OR IGNORE INTO meetings_step (entry, visit, day, did, at, device, series, room, line, seen, staff)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            entry.id,
            facts.visit,
            facts.day.isoformat(),
            facts.did,
            entry.at,
            entry.device,
            facts.series,
            facts.room,
            facts.line,
            facts.seen or "",
            facts.by or "",
        ),
    )
    put_turn(db, facts.day, settle(facts.visit, steps_of(db, facts.visit, facts.day)))


VISIT_STEPPED: Final = Kind("meetings.visit_stepped", VisitStepped, _apply_stepped)
KINDS: Final = (VISIT_STEPPED,)
