"""What the board on the wall tells: numbers and rooms, the queue and the wait. Never a name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local, local_date
from meetings.day.queue import ATTENDED, DayNow, day_now
from meetings.day.records import last_ms
from meetings.records import all_series_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from akimat_desk.service import Desk
    from akimat_desk.store import Database
    from meetings.day.rules import Span
    from meetings.records import Series

CALLS: Final = 5
SMALL_HOURS: Final = 6
STILL_MS: Final = 3 * 3_600_000
"""After midnight a queue that stood still for longer than this is over."""

SHOWN: Final = ("called", "talking", "ended", "missed")
"""Who waits again, or aside, is called anew; their last call is taken down."""

_ROOM: Final = re.compile(r"(\d{1,3})-(?:бөлме|кабинет)")


@dataclass(frozen=True, slots=True)
class BoardCall:
    """One ticket that was called, to `room` (0: none). `called_ms` is the last call of it."""

    visit: str
    number: str
    room: int
    called_ms: int
    waited_for: bool
    """Whether they were not received yet, nor given up."""


@dataclass(frozen=True, slots=True)
class BoardNow:
    """All that stands on the board. Times of the day in minutes; `begins` None where nothing is held today."""

    day: date
    calls: tuple[BoardCall, ...] = ()
    waiting: int = 0
    wait: Span | None = None
    """Of somebody who came now without a booking; None: not known yet."""
    begins: int | None = None
    ends: int | None = None
    next_day: date | None = None


def board_now(desk: Desk) -> BoardNow:
    """The board as it is now (blocks)."""
    with desk.store.read() as db:
        day = day_of_the_queue(db, desk.clock.now_ms())
        now, series = day_now(db, day, desk.clock.now_ms()), all_series_of(db)
    return board_of(now, series)


def waiting(desk: Desk) -> int:
    """How many people wait now (blocks)."""
    with desk.store.read() as db:
        now = day_now(db, day_of_the_queue(db, desk.clock.now_ms()), desk.clock.now_ms())
    return len(now.in_state("waiting"))


def board_of(now: DayNow, series: Sequence[Series]) -> BoardNow:
    """The board of a day."""
    called = [one for one in now.people if one.turn.called_ms and one.turn.state in SHOWN]
    called.sort(key=lambda one: (-one.turn.called_ms, one.id))
    calls = tuple(
        BoardCall(one.id, one.visit.number, one.turn.room, one.turn.called_ms, one.turn.state == "called")
        for one in called[:CALLS]
    )
    held = [one.content for one in held_on(series, now.day)]
    queues = [one for one in (now.queues or {}).values() if one.waiting or one.attended]
    waits = [one.wait(len(one.waiting)) for one in queues]
    known = [one for one in waits if one is not None]
    wait = None
    if known and len(known) == len(waits):
        wait = type(known[0])(min(one.low for one in known), max(one.high for one in known))
    coming = sorted(day for one in series for day in one.promised.values() if day is not None and day > now.day)
    return BoardNow(
        now.day,
        calls,
        sum(len(one.waiting) for one in queues),
        wait,
        min((one.start for one in held), default=None),
        max((one.end for one in held), default=None),
        coming[0] if coming else None,
    )


def held_on(series: Sequence[Series], day: date) -> tuple[Series, ...]:
    """The series that people were told are held on `day`."""
    return tuple(one for one in series if day in one.promised.values())


def day_of_the_queue(db: Database, clock_ms: int) -> date:
    """Today; in the small hours yesterday, while its queue still goes on."""
    today = local_date(clock_ms)
    if local(clock_ms).hour < SMALL_HOURS:
        before = today - timedelta(days=1)
        if last_ms(db, before) > clock_ms - STILL_MS:
            now = day_now(db, before, clock_ms)
            if now.in_state("waiting", *ATTENDED):
                return before
    return today


def room_of_place(place: str) -> int:
    """The number of the room in the words of a place («Абай көшесі, 1, 2-бөлме»); 0 where there is none."""
    found = _ROOM.search(place)
    return int(found[1]) if found else 0
