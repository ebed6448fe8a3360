"""A desk with two months of receptions behind it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.service import Desk
from meetings.plan import plan_now
from tests.meetings.conftest import Seen, _the_window, administrator, room, seen, window

from .past import Past, at

__all__ = ["Seen", "_the_window", "administrator", "room", "seen", "window"]

DECEMBER, JANUARY, TODAY = date(2026, 12, 18), date(2027, 1, 15), date(2027, 1, 25)


@pytest.fixture
def lived(room: Desk, clock: FixedClock) -> Desk:
    """December: three people booked, one of whom never came, and one walked in. January: one person and a protocol."""
    past = Past(room.journal, clock, plan_now(room).series[0].series.id)
    clock.turn_to(at(DECEMBER, 8 * 60))
    with room.journal.commit() as commit:
        early, late, _absent = (past.visit(commit, DECEMBER, "roads", start) for start in (600, 615, 630))
        walked = past.visit(commit, DECEMBER, "water")
        past.received(commit, early, at(DECEMBER, 580), 25, 10)  # came at 9:40, booked 10:00, called 10:05
        past.received(commit, late, at(DECEMBER, 620), 12, 20)
        past.received(commit, walked, at(DECEMBER, 655), 40, 5)
        bridge = past.case(commit, DECEMBER, "roads", early)
        day = DECEMBER + timedelta(days=4)
        past.assignment(commit, bridge, DECEMBER, 5, ("answered", day, None), ("confirmed", day, None))
        past.assignment(commit, bridge, DECEMBER, 1, ("answered", day, None), ("disputed", day, None))
        past.assignment(commit, bridge, DECEMBER, 2, ("extended", DECEMBER, 400))
        past.assignment(commit, bridge, DECEMBER, 2)
    clock.turn_to(at(JANUARY, 8 * 60))
    with room.journal.commit() as commit:
        one = past.visit(commit, JANUARY, "land")
        seen = past.step(commit, one, "called", at(JANUARY, 600))  # nobody wrote down when they came
        past.step(commit, one, "started", at(JANUARY, 601), seen)
        again = past.case(commit, JANUARY, "roads")
        past.assignment(commit, again, JANUARY, 15)
    clock.turn_to(at(TODAY, 9 * 60))
    return room
