"""What the board on the wall tells: numbers and rooms, the queue and the wait. Never a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local, local_date
from akimat_desk.journal.rulings import current_host
from akimat_desk.office.exchange import LONG_MS
from akimat_desk.sync.state import state
from meetings.day.queue import ATTENDED, DayNow, day_now
from meetings.day.records import last_ms
from meetings.day.rules import minute_of
from meetings.records import all_series_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from akimat_desk.service import Desk
    from akimat_desk.store import Database
    from akimat_desk.sync.state import State
    from meetings.day.rules import Span
    from meetings.records import Series

CALLS: Final = 5
SMALL_HOURS: Final = 6
STILL_MS: Final = 3 * 3_600_000
"""After midnight a queue that stood still for longer than this is over."""

CUT_MS: Final = 90_000

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
    talking: bool = False
    """Whether they are with the official now."""

    @property
    def now(self) -> bool:
        """Whether the call still holds: they are called, or inside."""
        return self.waited_for or self.talking


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
    """None, too, once that time is past."""
    next_day: date | None = None
    over: bool = False
    """Its time is past, and nobody waits or is inside any more."""
    cut: bool = False
    """There is no line to the main PC; what is shown is as old as `cut_ms`, the last exchange (0: there was none)."""
    cut_ms: int = 0


def board_now(desk: Desk) -> BoardNow:
    """The board as it is now (blocks)."""
    with desk.store.read() as db:
        day = day_of_the_queue(db, desk.clock.now_ms())
        now, series = day_now(db, day, desk.clock.now_ms()), all_series_of(db)
        host, line = current_host(db), state(db)
    shown = board_of(now, series)
    there = host is not None and host.device != desk.journal.device
    cut = there and is_cut(line, desk.clock.now_ms())
    return replace(shown, cut=cut, cut_ms=line.done_ms if cut else 0)


def is_cut(line: State, now_ms: int) -> bool:
    """Whether the last attempt failed and its age shows by now, or no attempt is made at all. Where nothing happens, an
    exchange is made every five minutes; a line that is cut is noticed within a minute.
    """
    age = now_ms - line.done_ms
    return not 0 <= age <= (CUT_MS if line.code else LONG_MS)


def waiting(desk: Desk) -> int:
    """How many people wait now (blocks)."""
    with desk.store.read() as db:
        now = day_now(db, day_of_the_queue(db, desk.clock.now_ms()), desk.clock.now_ms())
    return len(now.in_state("waiting"))


def board_of(now: DayNow, series: Sequence[Series]) -> BoardNow:
    """The board of a day."""
    called = [one for one in now.people if one.turn.called_ms and one.turn.state in SHOWN]
    called.sort(key=lambda one: (-one.turn.called_ms, one.id))
    shown = next((one for one in called if one.turn.state in ATTENDED), None)
    called.sort(key=lambda one: one is not shown)
    calls = tuple(
        BoardCall(
            one.id, one.visit.number, one.turn.room, one.turn.called_ms, one.turn.state == "called",
            one.turn.state == "talking",
        )
        for one in called[:CALLS]
    )  # fmt: skip
    held = [one.content for one in held_on(series, now.day)]
    queues = [one for one in (now.queues or {}).values() if one.waiting or one.attended]
    waits = [one.wait(len(one.waiting)) for one in queues]
    known = [one for one in waits if one is not None]
    wait = None
    if known and len(known) == len(waits):
        wait = type(known[0])(min(one.low for one in known), max(one.high for one in known))
    coming = [day for day in days_of(series) if day > now.day]
    ends = max((one.end for one in held), default=None)
    past = ends is not None and minute_of(now.day, now.now_ms) >= ends
    return BoardNow(
        now.day,
        calls,
        sum(len(one.waiting) for one in queues),
        wait,
        min((one.start for one in held), default=None),
        None if past else ends,
        coming[0] if coming else None,
        past and not now.in_state("waiting", *ATTENDED),
    )


def held_on(series: Sequence[Series], day: date) -> tuple[Series, ...]:
    """The receptions that people were told are held on `day`; an inner meeting is none."""
    return tuple(one for one in series if one.content.what == "reception" and day in one.promised.values())


def days_of(series: Sequence[Series]) -> list[date]:
    """The days on which people were told of a reception, in their order."""
    told = (day for one in series if one.content.what == "reception" for day in one.promised.values())
    return sorted({day for day in told if day is not None})


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
