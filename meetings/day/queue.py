"""A day as it stands: everybody who is expected or here, who is being received, and in which order the others go."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Final

from meetings.day.records import calls_of_day, last_ms, turn_of, turns_of_day
from meetings.day.rules import Called, Choice, Span, Waiting, in_reach, line_up, usual_length, wait
from meetings.day.steps import State, Turn
from meetings.visits.records import visits_of_day

if TYPE_CHECKING:
    from akimat_desk.store import Database
    from meetings.visits.records import Visit

SHOWN_AHEAD: Final = 8
"""Of so many who wait the order is worked out; nobody reads more of it at once."""

ATTENDED: Final[tuple[State, ...]] = ("called", "talking")


@dataclass(frozen=True, slots=True)
class Person:
    """One visit of the day and how it stands."""

    visit: Visit
    turn: Turn

    @property
    def id(self) -> str:
        """The visit's."""
        return self.visit.id

    @property
    def series(self) -> str:
        """Whose queue they stand in: where they were passed to, or where they booked."""
        return self.turn.series or self.visit.series

    @property
    def waiting(self) -> Waiting:
        """As the rule sees them. A time that was refused, or lost, counts no more."""
        lost = self.turn.slot_lost or self.visit.state == "refused"
        return Waiting(self.id, self.turn.queued_ms, None if lost else self.visit.start, self.visit.group)


@dataclass(frozen=True, slots=True)
class Queue:
    """One official's queue."""

    series: str
    waiting: tuple[Person, ...] = ()
    """Everybody who waits; the first of them, up to `SHOWN_AHEAD`, in the order they will be called."""
    next: Choice | None = None
    attended: tuple[Person, ...] = ()
    """Who was called or is being received, the last one called first."""
    length: Span | None = None
    """How long a talk takes today; None while too few have ended."""
    busy_for: float | None = None
    """Minutes since the one with the official was called."""

    def wait(self, ahead: int) -> Span | None:
        """How long somebody waits who has `ahead` of the waiting before them; None: not known yet."""
        return wait(self.length, ahead, self.busy_for)


@dataclass(frozen=True, slots=True)
class DayNow:
    """A day at the moment `now_ms`."""

    day: date
    now_ms: int
    people: tuple[Person, ...] = ()
    """By booked time; those without one follow in the order they came."""
    queues: Mapping[str, Queue] | None = None

    def queue(self, series: str) -> Queue:
        """An official's queue; an empty one where nobody came to them."""
        return (self.queues or {}).get(series) or Queue(series)

    def person(self, visit: str) -> Person | None:
        """One visit of the day."""
        return next((one for one in self.people if one.id == visit), None)

    def in_state(self, *states: State) -> tuple[Person, ...]:
        """Everybody who stands so."""
        return tuple(one for one in self.people if one.turn.state in states)


def day_now(db: Database, day: date, clock_ms: int, *, ahead: int = SHOWN_AHEAD) -> DayNow:
    """The day, with all its queues, of which the order of the first `ahead` is worked out. A clock that was set back
    does not set the queue back.
    """
    turns = turns_of_day(db, day)
    people = []
    for visit in visits_of_day(db, day):
        turn = turns.get(visit.id)
        if turn is None and visit.state == "cancelled":
            continue
        people.append(Person(visit, begun(visit, turn)))
    return _lined_up(db, day, people, clock_ms, ahead)


def day_after(db: Database, before: DayNow, visits: Collection[str], clock_ms: int) -> DayNow:
    """The day after these visits have taken a step. Only they are read anew: what others did since `before` was read is
    told by itself (`Screen.on_topics`).
    """
    turns = {visit: turn_of(db, visit, before.day) for visit in visits}
    people = [Person(one.visit, begun(one.visit, turns[one.id])) if one.id in turns else one for one in before.people]
    return _lined_up(db, before.day, people, clock_ms, SHOWN_AHEAD)


def _lined_up(db: Database, day: date, people: list[Person], clock_ms: int, ahead: int) -> DayNow:
    now_ms = max(clock_ms, last_ms(db, day))
    people.sort(key=_place)
    called = calls_of_day(db, day)
    series = {one.series for one in people}
    queues = {each: _queue(each, people, called.get(each, ()), day, now_ms, ahead) for each in sorted(series)}
    return DayNow(day, now_ms, tuple(people), queues)


def begun(visit: Visit, turn: Turn | None) -> Turn:
    """How a visit stands. Whoever walks in is here from the moment the ticket was given."""
    turn = turn or Turn(visit.id)
    if visit.way != "walk-in":
        return turn
    if turn.state == "expected":
        return replace(turn, state="waiting", arrived_ms=visit.asked, queued_ms=visit.asked)
    if turn.arrived_ms == visit.asked:
        return turn
    came_back = turn.queued_ms > turn.arrived_ms
    return replace(turn, arrived_ms=visit.asked, queued_ms=turn.queued_ms if came_back else visit.asked)


def _place(one: Person) -> tuple[bool, int, int, str]:
    start = one.visit.start
    return start is None, start or 0, one.turn.arrived_ms or one.visit.asked, one.id


def _queue(
    series: str, people: Sequence[Person], called: Sequence[Called], day: date, now_ms: int, ahead: int
) -> Queue:
    theirs = [one for one in people if one.series == series]
    here = {one.id: one for one in theirs if one.turn.state == "waiting"}
    length = usual_length([one.turn.talked_ms / 60_000 for one in theirs if one.turn.state == "ended"])
    attended = sorted(
        (one for one in theirs if one.turn.state in ATTENDED), key=lambda one: (-one.turn.called_ms, one.id)
    )
    each = (length.low + length.high) / 2 if length else 15
    near = in_reach((one.waiting for one in here.values()), ahead)
    first = list(islice(line_up(near, called, day, now_ms, each=each), ahead))
    order = [here.pop(choice.id) for choice in first]
    rest = sorted(here.values(), key=lambda one: (one.turn.queued_ms, one.id))
    busy = max(0.0, (now_ms - attended[-1].turn.called_ms) / 60_000) if attended else None
    return Queue(series, (*order, *rest), first[0] if first else None, tuple(attended), length, busy)
