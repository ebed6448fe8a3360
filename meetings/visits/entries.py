"""What visits tell the journal: who asked for which time, moved it, gave it back. Facts name nobody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal

from msgspec import Meta

from akimat_desk.journal import Entry, Facts, Id, Kind, merge
from akimat_desk.journal.kinds import Code
from akimat_desk.journal.numbers import Number
from akimat_desk.people.entries import Minute
from meetings.visits.records import SlotRow, VisitRow
from meetings.visits.secret import LENGTH

if TYPE_CHECKING:
    from akimat_desk.store import Database

Way = Literal["kiosk", "staff", "phone", "walk-in", "waiting"]
"""How it came to be: booked by the resident at a PC, by staff, by staff on the telephone; without a booking; on the
waiting list."""
Why = Literal["wish", "date", "ruling", "waiting"]
Need = Literal["wheelchair", "interpreter", "home-visit"]
Turn = Annotated[int, Meta(ge=0, le=10_000)]
"""How often this time was given back before, as the author saw it: who asks for it then asks for something new."""
SPACE: Final = "meetings.slot"


class VisitAsked(Facts, frozen=True):
    """Somebody wants to come: at a time (`start`, `end`), or without one. `number` is what they are called by."""

    visit: Id
    series: Id
    day: date
    number: Number
    way: Way
    subject: Code
    language: Literal["kk", "ru", "en"] = "kk"
    start: Minute | None = None
    end: Minute | None = None
    turn: Turn = 0
    needs: tuple[Need, ...] = ()
    group: Code | None = None
    secret: Annotated[bytes, Meta(min_length=LENGTH, max_length=LENGTH)] | None = None
    by: Id | None = None


class VisitDetails(Facts, frozen=True):
    """Who it is. `spoken_for` says that somebody else asked on their behalf, and who."""

    name: str = ""
    iin: str = ""
    phone: str = ""
    address: str = ""
    about: str = ""
    spoken_for: str = ""


class VisitMoved(Facts, frozen=True):
    """The visit is at another time now, or has one at last. On another day it has that day's number.

    `why`: the person wished it, the reception's date moved, or the time had been given to another.
    """

    visit: Id
    series: Id
    day: date
    number: Number
    start: Minute | None = None
    end: Minute | None = None
    turn: Turn = 0
    why: Why = "wish"
    replaces: tuple[Id, ...] = ()
    by: Id | None = None


class VisitCancelled(Facts, frozen=True):
    """Nobody comes; the time is free again."""

    visit: Id
    reason: Code
    replaces: tuple[Id, ...] = ()
    by: Id | None = None


def thing_of(series: str, day: date, start: int, turn: int) -> str:
    """The name under which one time of one day is claimed."""
    return f"{series}/{day.isoformat()}/{start}/{turn}"


def _apply_asked(db: Database, entry: Entry) -> None:
    facts: VisitAsked = entry.facts
    personal: VisitDetails | None = entry.personal
    merge.union(
        db,
        entry,
        VisitRow,
        id=facts.visit,
        series=facts.series,
        day=facts.day.isoformat(),
        start=facts.start,
        end=facts.end,
        number=str(facts.number),
        claim=entry.id,
        way=facts.way,
        subject=facts.subject,
        language=facts.language,
        needs=" ".join(facts.needs),
        group=facts.group or "",
        secret=facts.secret,
        by=facts.by,
        **{name: getattr(personal, name) if personal else None for name in DETAILS},
    )
    _claim(db, entry, facts)


def _apply_moved(db: Database, entry: Entry) -> None:
    facts: VisitMoved = entry.facts
    merge.edit(
        db,
        entry,
        VisitRow,
        facts.visit,
        facts.replaces,
        series=facts.series,
        day=facts.day.isoformat(),
        start=facts.start,
        end=facts.end,
        number=str(facts.number),
        claim=entry.id,
        moved=facts.why,
    )
    _claim(db, entry, facts)


def _claim(db: Database, entry: Entry, facts: VisitAsked | VisitMoved) -> None:
    if facts.start is None:
        return
    day = facts.day.isoformat()
    merge.union(
        db,
        entry,
        SlotRow,
        id=entry.id,
        visit=facts.visit,
        series=facts.series,
        day=day,
        start=facts.start,
        turn=facts.turn,
    )
    merge.unique(db, entry, SPACE, thing_of(facts.series, facts.day, facts.start, facts.turn))


def _apply_cancelled(db: Database, entry: Entry) -> None:
    facts: VisitCancelled = entry.facts
    merge.edit(db, entry, VisitRow, facts.visit, facts.replaces, cancelled=facts.reason)


DETAILS: Final = ("name", "iin", "phone", "address", "about", "spoken_for")

VISIT_ASKED: Final = Kind("meetings.visit_asked", VisitAsked, _apply_asked, personal=VisitDetails)
VISIT_MOVED: Final = Kind("meetings.visit_moved", VisitMoved, _apply_moved)
VISIT_CANCELLED: Final = Kind("meetings.visit_cancelled", VisitCancelled, _apply_cancelled)
KINDS: Final = (VISIT_ASKED, VISIT_MOVED, VISIT_CANCELLED)
