"""Who is called next, and how long it will take: the rule that hangs on the door. Values in, values out.

    booked    whoever booked and is here goes at their time, from `LEAD` minutes before it, before all others
    group     of the others: those received out of turn, in the order they came
    general   then everybody else, in the order they came; who comes over `LATE` minutes late stands here, too
    early     who came long before their time, when nobody else waits

Nobody waits for ever: after `BOOKED_IN_A_ROW` people with a booking, one of those who were already waiting without one
is called; after `GROUP_IN_A_ROW` people out of turn, one of the others who were already waiting. Whoever missed their
call stands where those stand who come at the moment they came back; whoever is sent on to another official keeps the
time they came. Who is picked out of this order is written down as `chosen`, and counts in no row.

The rule looks at what happened and at the time of the day, and at nothing else: every PC says the same name.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from akimat_desk.base.clock import KAZAKHSTAN
from akimat_desk.base.words import N_
from meetings.day.steps import Line

LEAD: Final = 5
LATE: Final = 10
BOOKED_IN_A_ROW: Final = 3
GROUP_IN_A_ROW: Final = 2

TOLD: Final = (
    N_("Whoever has booked a time and is here goes at that time, before the others."),
    N_("Whoever is more than {late} minutes late goes by the time they came."),
    N_("Without a booking, people go in the order they came."),
    N_("Of them, those received out of turn go first."),
    N_("After {booked} people with a booking, one without a booking is called, if they were waiting."),
    N_("After {group} people out of turn, one of the others is called, if they were waiting."),
    N_("Whoever missed their call and came back goes by the time they came back."),
    N_("The ticket’s number is only a name: it is not the place in the queue."),
)
"""The rule in the words of the door and of the board (values: `TOLD_VALUES`)."""
TOLD_VALUES: Final[Mapping[str, int]] = {"late": LATE, "booked": BOOKED_IN_A_ROW, "group": GROUP_IN_A_ROW}

FEW: Final = 3
"""With fewer talks than this nothing is said about the wait."""
ROUND: Final = 5
"""Minutes a wait is rounded outwards to."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who is here and waits. `start` is their booked time in minutes of the day, None without one that counts;
    `queued_ms` when they came (`steps.Turn.queued_ms`).
    """

    id: str
    queued_ms: int
    start: int | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody was called, by which line, at `at_ms`."""

    line: Line
    at_ms: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is next, and by which line of the rule."""

    id: str
    line: Line


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` to `high` minutes."""

    low: int
    high: int


def minute_of(day: date, ms: int) -> float:
    """Minutes since midnight of `day` in Kazakhstan; over 1440 when the queue goes on after midnight."""
    return (ms - _midnight_ms(day)) / 60_000


def ms_of(day: date, minute: float) -> int:
    """The moment `minute` minutes after midnight of `day`."""
    return _midnight_ms(day) + round(minute * 60_000)


@cache
def _midnight_ms(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=KAZAKHSTAN).timestamp() * 1000)


def line_of(one: Waiting, day: date, now_ms: int) -> Line:
    """In which line somebody stands now."""
    if one.start is not None and minute_of(day, one.queued_ms) <= one.start + LATE:
        if minute_of(day, now_ms) >= one.start - LEAD:
            return "booked"
        return "group" if one.group else "early"
    return "group" if one.group else "general"


def next_one(waiting: Iterable[Waiting], called: Sequence[Called], day: date, now_ms: int) -> Choice | None:
    """Who is called next; None when nobody waits. `called` is whom this official has called so far, in that order."""
    lines: dict[Line, list[Waiting]] = {"booked": [], "group": [], "general": [], "early": []}
    for one in waiting:
        lines[line_of(one, day, now_ms)].append(one)
    booked = min(lines["booked"], key=_by_time, default=None)
    group = min(lines["group"], key=_by_coming, default=None)
    general = min(lines["general"], key=_by_coming, default=None)
    if booked is not None:
        first = min((one for one in (group, general) if one is not None), key=_by_coming, default=None)
        if first is None or _in_a_row(called, "booked", first.queued_ms) < BOOKED_IN_A_ROW:
            return Choice(booked.id, "booked")
    if general is not None:
        unbooked = [one for one in called if one.line in ("group", "general")]
        if group is None or _in_a_row(unbooked, "group", general.queued_ms) >= GROUP_IN_A_ROW:
            return Choice(general.id, "general")
    if group is not None:
        return Choice(group.id, "group")
    early = min(lines["early"], key=_by_time, default=None)
    return None if early is None else Choice(early.id, "early")


def _in_a_row(called: Sequence[Called], line: Line, since_ms: int) -> int:
    """How many of `line` were called one after the other last, while somebody else had been waiting since then."""
    number = 0
    for one in reversed(called):
        if one.line == "chosen":
            continue
        if one.line != line or one.at_ms < since_ms:
            break
        number += 1
    return number


def _by_time(one: Waiting) -> tuple[int, int, str]:
    return one.start or 0, one.queued_ms, one.id


def _by_coming(one: Waiting) -> tuple[int, str]:
    return one.queued_ms, one.id


def line_up(
    waiting: Iterable[Waiting], called: Sequence[Called], day: date, now_ms: int, *, each: float = 15
) -> Iterator[Choice]:
    """Everybody who waits, in the order they would be called if each talk took `each` minutes and nobody else came."""
    left, so_far, now = {one.id: one for one in waiting}, list(called), now_ms
    while (choice := next_one(left.values(), so_far, day, now)) is not None:
        yield choice
        del left[choice.id]
        so_far.append(Called(choice.line, now))
        now += round(each * 60_000)


def in_reach(waiting: Iterable[Waiting], ahead: int) -> list[Waiting]:
    """Of everybody who waits, those who can be among the next `ahead`. People without a booked time keep their order,
    whatever happens, so the first of each line are enough, and a long queue is gone through as quickly as a short one.
    """
    booked: list[Waiting] = []
    lines: tuple[list[Waiting], list[Waiting]] = ([], [])
    for one in waiting:
        (booked if one.start is not None else lines[bool(one.group)]).append(one)
    return [*booked, *(one for line in lines for one in heapq.nsmallest(ahead, line, key=_by_coming))]


# ---- the wait


def usual_length(minutes: Sequence[float]) -> Span | None:
    """How long a talk takes today, the shortest and the longest quarter left out. None: not known yet."""
    if len(minutes) < FEW:
        return None
    ordered = sorted(max(0.0, one) for one in minutes)
    low, high = ordered[(len(ordered) - 1) // 4], ordered[-1 - (len(ordered) - 1) // 4]
    return Span(int(low), max(1, -int(-high // 1)))


def wait(length: Span | None, ahead: int, busy_for: float | None) -> Span | None:
    """How long somebody with `ahead` people before them waits. `busy_for` is how many minutes the present talk has
    taken, None when nobody is being received. Rounded outwards, so that it promises no more than is known.
    """
    if length is None:
        return None
    low, high = ahead * length.low, ahead * length.high
    if busy_for is not None:
        low += max(0, length.low - int(busy_for))
        high += max(length.high - int(busy_for), length.low)
    return Span(low // ROUND * ROUND, -(-high // ROUND) * ROUND)
