"""What people do on the day: say who is here, call, receive, send on. Each is one step, or two in one commit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_, Sentence
from akimat_desk.people.staff import working_here
from meetings.day.entries import VISIT_STEPPED, VisitStepped
from meetings.day.queue import ATTENDED, DayNow, Person, begun, day_now
from meetings.day.records import TOPIC, turn_of
from meetings.day.steps import NEXT, STATE_WORDS
from meetings.visits.records import visit_of

if TYPE_CHECKING:
    from akimat_desk.journal import Commit, Journal
    from akimat_desk.people.staff import SignedIn
    from meetings.day.steps import Did, Line


class StandsOtherwise(Refused):
    """It cannot be done to a ticket that stands as this one does: it was done already, here or at another window."""

    code = "day-stands-otherwise"
    resident_text = N_("This ticket stands differently now.")
    staff_text = N_("Ticket {number} stands so now: {state}.")
    next_text = N_("Look at the list and choose again.")

    def __init__(self, one: Person) -> None:
        super().__init__(number=one.visit.number, state=Sentence(STATE_WORDS[one.turn.state]))


class NobodyWaits(Refused):
    """There is nobody to call."""

    code = "day-nobody-waits"
    staff_text = N_("Nobody is waiting for this official.")
    next_text = N_("Whoever comes is marked as here, or gets a ticket.")


class StillAttended(Refused):
    """An official receives one person at a time."""

    code = "day-still-attended"
    staff_text = N_("Ticket {number} is still being received in this room.")
    next_text = N_("First end that talk, or say that nobody came.")


class AnotherIsNext(Refused):
    """Between looking and pressing, somebody's time came."""

    code = "day-another-is-next"
    staff_text = N_("Ticket {number} is next now.")
    next_text = N_("Press the button again.")


@dataclass(frozen=True, slots=True)
class Stepped:
    """What was written: of which visit, by which ticket number, and what."""

    visit: str
    number: str
    did: Did
    line: Line | None = None
    ended: str = ""
    """The visit whose talk was ended in the same commit."""
    topics: tuple[str, ...] = (TOPIC,)

    @property
    def visits(self) -> tuple[str, ...]:
        """Whoever took a step."""
        return (self.ended, self.visit) if self.ended else (self.visit,)


def check_in(journal: Journal, visit: str) -> Stepped:
    """Somebody shows at a shared PC, by their number and secret, that they have come. Raises `StandsOtherwise`."""
    with journal.commit() as commit:
        one = _person(commit, visit)
        return _step(commit, one, "arrived", by=None)


def came(journal: Journal, visit: str, *, by: SignedIn) -> Stepped:
    """They are here, or here again: after a missed call, after they were asked to wait aside, or after a call that is
    taken back. Raises `NotAtWork`, `StandsOtherwise`.
    """
    with journal.commit() as commit:
        working_here(commit.db, by)
        one = _person(commit, visit)
        return _step(commit, one, "arrived" if one.turn.state == "expected" else "returned", by=by)


def call_next(journal: Journal, day: date, series: str, *, room: int, by: SignedIn, shown: str = "") -> Stepped:
    """Call whoever is next by the rule; `shown` is the visit that was shown as the next one.

    Raises `NotAtWork`, `NobodyWaits`, `StillAttended`, `AnotherIsNext`.
    """
    with journal.commit() as commit:
        working_here(commit.db, by)
        return _call_next(commit, _as_it_stands(commit, journal, day), series, room, by, shown)


def end_and_call_next(journal: Journal, visit: str, *, room: int, by: SignedIn, shown: str = "") -> Stepped:
    """The talk is over; the next one is called. With nobody waiting only the first happens, and that is told.

    Raises `NotAtWork`, `StandsOtherwise`, `StillAttended`, `AnotherIsNext`: then neither happens.
    """
    with journal.commit() as commit:
        working_here(commit.db, by)
        one = _person(commit, visit)
        ended = _step(commit, one, "ended", by=by)
        now = _as_it_stands(commit, journal, one.visit.day)
        if now.queue(one.series).next is None:
            return ended
        return replace(_call_next(commit, now, one.series, room, by, shown), ended=one.id)


def call(journal: Journal, visit: str, *, room: int, by: SignedIn) -> Stepped:
    """Call this one. Whoever is not next by the rule is written down as chosen out of the order.

    Raises `NotAtWork`, `StandsOtherwise`, `StillAttended`.
    """
    with journal.commit() as commit:
        working_here(commit.db, by)
        one = _person(commit, visit)
        now = _as_it_stands(commit, journal, one.visit.day)
        _free(now, one.series, room)
        choice = now.queue(one.series).next
        line: Line = choice.line if choice is not None and choice.id == visit else "chosen"
        return _step(commit, one, "called", by=by, room=room, line=line)


def call_again(journal: Journal, visit: str, *, by: SignedIn) -> Stepped:
    """Call the same one once more. Raises `NotAtWork`, `StandsOtherwise`."""
    return _simple(journal, visit, "again", by)


def missed(journal: Journal, visit: str, *, by: SignedIn) -> Stepped:
    """They were called and did not come, or went away. Raises `NotAtWork`, `StandsOtherwise`."""
    return _simple(journal, visit, "missed", by)


def hold(journal: Journal, visit: str, *, by: SignedIn) -> Stepped:
    """They wait aside (for a paper they are fetching), and are not called. Raises `NotAtWork`, `StandsOtherwise`."""
    return _simple(journal, visit, "held", by)


def start(journal: Journal, visit: str, *, by: SignedIn) -> Stepped:
    """They sit down and the talk begins. Raises `NotAtWork`, `StandsOtherwise`."""
    return _simple(journal, visit, "started", by)


def end(journal: Journal, visit: str, *, by: SignedIn) -> Stepped:
    """The talk is over. Raises `NotAtWork`, `StandsOtherwise`."""
    return _simple(journal, visit, "ended", by)


def pass_on(journal: Journal, visit: str, series: str, *, by: SignedIn) -> Stepped:
    """They go on to another official, and keep the time they came. Raises `NotAtWork`, `StandsOtherwise`."""
    with journal.commit() as commit:
        working_here(commit.db, by)
        one = _person(commit, visit)
        if series == one.series:
            raise StandsOtherwise(one)
        return _step(commit, one, "passed", by=by, series=series)


def _simple(journal: Journal, visit: str, did: Did, by: SignedIn) -> Stepped:
    with journal.commit() as commit:
        working_here(commit.db, by)
        one = _person(commit, visit)
        return _step(commit, one, did, by=by, room=one.turn.room)


def _as_it_stands(commit: Commit, journal: Journal, day: date) -> DayNow:
    return day_now(commit.db, day, journal.clock.now_ms(), ahead=1)


def _call_next(commit: Commit, now: DayNow, series: str, room: int, by: SignedIn, shown: str) -> Stepped:
    _free(now, series, room)
    choice = now.queue(series).next
    one = now.person(choice.id) if choice is not None else None
    if choice is None or one is None:
        raise NobodyWaits
    if shown and shown != choice.id:
        raise AnotherIsNext(number=one.visit.number)
    return _step(commit, one, "called", by=by, room=room, line=choice.line)


def _free(now: DayNow, series: str, room: int) -> None:
    """One room holds one person, whichever official's; without a room, one official does."""
    for one in now.in_state(*ATTENDED):
        if one.turn.room == room and (room or one.series == series):
            raise StillAttended(number=one.visit.number)


def _person(commit: Commit, visit: str) -> Person:
    found = visit_of(commit.db, visit)
    return Person(found, begun(found, turn_of(commit.db, visit, found.day)))


def _step(
    commit: Commit, one: Person, did: Did, *, by: SignedIn | None, room: int = 0, line: Line | None = None,
    series: str = "",
) -> Stepped:  # fmt: skip
    if did not in NEXT[one.turn.state]:
        raise StandsOtherwise(one)
    seen = one.turn.seen
    if not seen and one.turn.state == "waiting":  # a walk-in of whom only the ticket is known
        seen = commit.append(VISIT_STEPPED, _facts(one, "arrived", by)).id
    commit.append(VISIT_STEPPED, _facts(one, did, by, seen=seen, room=room, line=line, series=series))
    return Stepped(one.id, one.visit.number, did, line)


def _facts(
    one: Person, did: Did, by: SignedIn | None, *, seen: str = "", room: int = 0, line: Line | None = None,
    series: str = "",
) -> VisitStepped:  # fmt: skip
    return VisitStepped(
        visit=one.id,
        day=one.visit.day,
        series=series or one.series,
        did=did,
        room=room,
        line=line,
        seen=seen or None,
        by=by.staff if by else None,
    )
