"""What is done with visits: ask for a time, move it, give it back. The only writers of their entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import KAZAKHSTAN
from akimat_desk.base.errors import Refused
from akimat_desk.base.ids import uuid7
from akimat_desk.base.words import N_
from akimat_desk.journal import numbers
from akimat_desk.people.staff import working_here
from meetings.day.entries import VISIT_STEPPED, VisitStepped
from meetings.visits import details as forms
from meetings.visits import number as tickets
from meetings.visits import records
from meetings.visits.entries import (
    VISIT_ASKED,
    VISIT_CANCELLED,
    VISIT_MOVED,
    VISIT_RECODED,
    VISIT_TOLD,
    Need,
    VisitAsked,
    VisitCancelled,
    VisitDetails,
    VisitMoved,
    VisitRecoded,
    VisitTold,
    Way,
    Why,
)
from meetings.visits.free import Day, ahead, booking, day_of, limits_of
from meetings.visits.records import TOPIC, Visit, VisitUnknown
from meetings.visits.rules import DayOver, Slot, SlotPast, check, check_person

if TYPE_CHECKING:
    from akimat_desk.base.words import Language
    from akimat_desk.journal import Commit, Journal
    from akimat_desk.people.staff import SignedIn

NUMBERS: Final = "meetings.ticket"
REASONS: Final = {
    "wish": N_("The person cannot come"),
    "helped": N_("The matter is settled"),
    "double": N_("Booked twice"),
    "no-reception": N_("The reception does not take place"),
}
"""Why a visit is cancelled, as msgids."""


class VisitOver(Refused):
    """It is cancelled, or its day is over."""

    code = "visit-over"
    resident_text = N_("This ticket does not count any more.")
    staff_text = N_("This visit is cancelled, or its day is over.")
    next_text = N_("Book a new time.")


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody wants: `start` None asks for a walk-in ticket or a place on the waiting list, as `way` says."""

    series: str
    day: date
    way: Way
    subject: str
    start: int | None = None
    language: Language = "kk"
    needs: tuple[Need, ...] = ()
    group: str = ""
    details: VisitDetails = field(default_factory=VisitDetails)


@dataclass(frozen=True, slots=True)
class Booked:
    """The visit as it stands after what was done."""

    visit: Visit
    topics: tuple[str, ...] = (TOPIC,)


def ask(
    journal: Journal,
    asking: Asking,
    *,
    verifier: bytes | None = None,
    by: SignedIn | None = None,
    visit: str = "",
    unheard: bool = False,
) -> Booked:
    """Book a time, take a walk-in's ticket, or go on the waiting list. `by` is None where a resident does it.

    `visit` makes the question repeatable: asked again under one id, it books nothing more; `unheard` says that the main
    PC may have booked it already. Raises `NotAtWork`, what
    `details.in_order` raises, `NoReception`, and what `rules.check` raises.
    """
    # A resident is known again by the IIN; at a window, staff see who it is.
    details = forms.in_order(asking.details, iin_needed=by is None) if _names_needed(asking, by) else asking.details
    visit = visit or uuid7(journal.clock.now_ms())
    with journal.commit() as commit:
        if by is not None:
            working_here(commit.db, by)
        known = _known(commit, visit)
        if known is not None:
            return Booked(known)
        day = day_of(commit.db, asking.series, asking.day)
        slot = _checked(journal, commit, day, asking, forms.who(details))
        facts = VisitAsked(
            visit=visit,
            series=asking.series,
            day=asking.day,
            number=numbers.give(commit, NUMBERS, asking.day),
            way=asking.way,
            subject=asking.subject,
            language=asking.language,
            start=slot.start if slot else None,
            end=slot.end if slot else None,
            turn=records.turn_of(commit.db, asking.series, asking.day, slot.start) if slot else 0,
            needs=asking.needs,
            group=asking.group or None,
            secret=verifier,
            unheard=unheard,
            by=by.staff if by else None,
        )
        commit.append(VISIT_ASKED, facts, details)
        if asking.way == "walk-in":  # whoever walks in is here
            arrived = VisitStepped(visit=visit, day=asking.day, series=asking.series, did="arrived", by=facts.by)
            commit.append(VISIT_STEPPED, arrived)
    return _settled(journal, visit)


def move(journal: Journal, visit: str, day: date, start: int, *, by: SignedIn | None = None) -> Booked:
    """Another time, on the same day or another; the old one is free from now on. From the waiting list: a time at last.
    Where it has that time already, nothing is done.

    Raises `NotAtWork`, `VisitUnknown`, `VisitOver`, `NoReception`, and what `rules.check` raises.
    """
    with journal.commit() as commit:
        if by is not None:
            working_here(commit.db, by)
        old = _standing(journal, commit, visit)
        if (old.day, old.start) == (day, start) and old.state != "refused":
            return Booked(old)
        plan = day_of(commit.db, old.series, day)
        wanted = plan.slot(start)
        others = [one for one in plan.bookings if one.id != visit]
        limits = limits_of(plan.content)
        now = now_at(journal)
        check(wanted, "", plan.slots, others, now, limits)
        check_person(day, booking(old).resident, ahead(commit.db, now, besides=visit), limits)
        why: Why = "waiting" if old.waits_for_a_time else "ruling" if old.state == "refused" else "wish"
        facts = VisitMoved(
            visit=visit,
            series=old.series,
            day=day,
            number=number_for(commit, old, day),
            start=wanted.start,
            end=wanted.end,
            turn=records.turn_of(commit.db, old.series, day, wanted.start),
            why=why,
            replaces=records.seen(commit.db, visit),
            by=by.staff if by else None,
        )
        commit.append(VISIT_MOVED, facts)
    return _settled(journal, visit)


def cancel(
    journal: Journal, visit: str, reason: str = "wish", *, by: SignedIn | None = None, again: bool = False
) -> Booked:
    """Nobody comes; the time is free. `again`: it may have been cancelled by this very question, and that is well.

    Raises `NotAtWork`, `VisitUnknown`, `VisitOver`.
    """
    with journal.commit() as commit:
        if by is not None:
            working_here(commit.db, by)
        if again and not (known := records.visit_of(commit.db, visit)).coming:
            return Booked(known)
        _standing(journal, commit, visit)
        replaces = records.seen(commit.db, visit, records.CANCEL_FIELDS)
        facts = VisitCancelled(visit=visit, reason=reason, replaces=replaces, by=by.staff if by else None)
        commit.append(VISIT_CANCELLED, facts)
        return Booked(records.visit_of(commit.db, visit))


def tell(journal: Journal, visit: str, *, by: SignedIn) -> Booked:
    """The person was told how the visit stands now. Raises `NotAtWork`, `VisitUnknown`."""
    with journal.commit() as commit:
        working_here(commit.db, by)
        found = records.visit_of(commit.db, visit)
        of = records.claim_of(commit.db, visit)
        commit.append(VISIT_TOLD, VisitTold(visit=visit, of=of, off=not found.coming, by=by.staff))
    return Booked(found)


def recode(journal: Journal, visit: str, verifier: bytes, *, by: SignedIn) -> Booked:
    """A new secret code, for somebody who has lost theirs. Raises `NotAtWork`, `VisitUnknown`, `VisitOver`."""
    with journal.commit() as commit:
        working_here(commit.db, by)
        found = _standing(journal, commit, visit)
        replaces = records.seen(commit.db, visit, records.SECRET_FIELDS)
        commit.append(VISIT_RECODED, VisitRecoded(visit=visit, secret=verifier, replaces=replaces, by=by.staff))
    return Booked(found)


def now_at(journal: Journal) -> datetime:
    """Kazakhstan's time."""
    return datetime.fromtimestamp(journal.clock.now_ms() / 1000, KAZAKHSTAN)


def number_for(commit: Commit, old: Visit, day: date) -> numbers.Number:
    """The number a visit has on `day`: its own where the day stays, else that day's next one."""
    if old.day == day:
        return tickets.read(old.number)
    return numbers.give(commit, NUMBERS, day)


def settle(journal: Journal) -> None:
    """On the main PC times are decided at once, elsewhere with the next exchange."""
    from akimat_desk.sync.host import rule

    rule(journal)


def _settled(journal: Journal, visit: str) -> Booked:
    settle(journal)
    with journal.store.read() as db:
        return Booked(records.visit_of(db, visit))


def _names_needed(asking: Asking, by: SignedIn | None) -> bool:
    """At the desk a walk-in gets a ticket in two presses; the name is asked when the talk begins."""
    return not (asking.way == "walk-in" and by is not None and not asking.details.name.strip())


def _known(commit: Commit, visit: str) -> Visit | None:
    try:
        return records.visit_of(commit.db, visit)
    except VisitUnknown:
        return None


def _checked(journal: Journal, commit: Commit, day: Day, asking: Asking, who: str) -> Slot | None:
    """The time that is booked, None where none is asked for."""
    now, limits = now_at(journal), limits_of(day.content)
    others = ahead(commit.db, now)
    if asking.start is not None:
        wanted = day.slot(asking.start)
        check(wanted, "", day.slots, day.bookings, now, limits)
        check_person(asking.day, who, others, limits)
        return wanted
    if asking.day < now.date() or (asking.way == "walk-in" and asking.day != now.date()):
        raise SlotPast
    if asking.way != "walk-in" and day.over(now):
        raise DayOver
    check_person(asking.day, who, others, limits)
    return None


def _standing(journal: Journal, commit: Commit, visit: str) -> Visit:
    old = records.visit_of(commit.db, visit)
    if old.state == "cancelled" or old.day < now_at(journal).date():
        raise VisitOver
    return old
