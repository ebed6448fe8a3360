"""A desk at work: a village, an administrator who has signed in, and its first series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from akimat_desk.base.clock import local_date
from akimat_desk.calendar.actions import write_down
from akimat_desk.calendar.days import Decree
from akimat_desk.office.demo import PIN, ZONE
from akimat_desk.people.staff import SignedIn, add_first_administrator
from akimat_desk.people.zone import open_zone
from akimat_desk.service import Desk
from meetings import actions
from meetings.plan import USUAL, SeriesPlan, plan_now
from tests.office.conftest import Seen, _the_window, seen, window

__all__ = ["Seen", "_the_window", "seen", "window"]  # office's window and hands, for the screens here

TODAY = date(2026, 11, 20)


@pytest.fixture
def administrator(desk: Desk) -> SignedIn:
    """Whoever set the room up."""
    person = add_first_administrator(desk.journal, name="Сәдуақасова Айгүл", pin=PIN)
    open_zone(desk.journal, ZONE, by=person)
    return person


@pytest.fixture
def room(desk: Desk, administrator: SignedIn) -> Desk:
    """The desk with the administrator at it and the akim's third Fridays planned, not published."""
    assert local_date(desk.clock.now_ms()) == TODAY
    actions.begin(desk.journal, USUAL, by=administrator)
    return replace(desk, signed_in=lambda: administrator)


def the_plan(room: Desk) -> SeriesPlan:
    """The only series there is, as it stands."""
    (one,) = plan_now(room).series
    return one


def decree(room: Desk, day: str, state: str = "off", order: str = "796") -> None:
    """An order about a day is written down."""
    one = Decree(date.fromisoformat(day), state, order, date(2026, 11, 2), "government")  # type: ignore[arg-type]
    with room.journal.commit() as commit:
        write_down(commit, [one], by="0" * 32)
