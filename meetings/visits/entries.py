"""What visits tell the journal: who asked for which time, moved it, gave it back. Facts name nobody."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal

from msgspec import Meta

from akimat_desk.journal import Entry, Facts, Id, Kind, merge
from akimat_desk.journal.kinds import Code
from akimat_desk.journal.numbers import Number
from akimat_desk.people.entries import Minute
from meetings.visits.number import called
from meetings.visits.records import SlotRow, ToldRow, VisitRow
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
Verifier = Annotated[bytes, Meta(min_length=LENGTH, max_length=LENGTH)]
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
    secret: Verifier | None = None
    unheard: bool = False
    """The main PC was asked under this id and not heard. Should it have booked all the same, this is the same visit,
    and the number here is the one on the paper.
    """
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


class VisitTold(Facts, frozen=True):
    """Somebody told the person what became of the visit: that it is at another time (`of`, the entry that said so), or
    that nobody receives them (`off`).
    """

    visit: Id
    of: Id
    off: bool = False
    by: Id | None = None


class VisitRecoded(Facts, frozen=True):
    """The visit has a new secret code: the old one opens nothing any more."""

    visit: Id
    secret: Verifier
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
        number=called(facts.number),
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
    if facts.unheard:
        merge.edit(db, entry, VisitRow, facts.visit, (), number=called(facts.number), claim=entry.id)
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
        number=called(facts.number),
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


def _apply_told(db: Database, entry: Entry) -> None:
    facts: VisitTold = entry.facts
    merge.union(db, entry, ToldRow, id=entry.id, visit=facts.visit, of=facts.of, off=facts.off, by=facts.by)


def _apply_recoded(db: Database, entry: Entry) -> None:
    facts: VisitRecoded = entry.facts
    merge.edit(db, entry, VisitRow, facts.visit, facts.replaces, secret=facts.secret)


DETAILS: Final = ("name", "iin", "phone", "address", "about", "spoken_for")

VISIT_ASKED: Final = Kind("meetings.visit_asked", VisitAsked, _apply_asked, personal=VisitDetails)
VISIT_MOVED: Final = Kind("meetings.visit_moved", VisitMoved, _apply_moved)
VISIT_CANCELLED: Final = Kind("meetings.visit_cancelled", VisitCancelled, _apply_cancelled)
VISIT_TOLD: Final = Kind("meetings.visit_told", VisitTold, _apply_told)
VISIT_RECODED: Final = Kind("meetings.visit_recoded", VisitRecoded, _apply_recoded)
KINDS: Final = (VISIT_ASKED, VISIT_MOVED, VISIT_CANCELLED, VISIT_TOLD, VISIT_RECODED)
