"""The demo village has a plan in which something waits, whatever day it is made on."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.office.demo import PIN, ZONE
from akimat_desk.people.staff import add_first_administrator
from akimat_desk.people.zone import open_zone
from akimat_desk.service import DemoVillage, find_services
from akimat_desk.shell.opening import open_desk
from meetings.demo import village
from meetings.plan import plan_now
from meetings.visits.listed import listed


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2027, 3, 14), date(2029, 12, 31)])
def test_something_waits_to_be_confirmed(home: Home, day: date) -> None:
    clock = FixedClock(datetime.combine(day, time(10), KAZAKHSTAN))
    with open_desk(home, clock=clock, words=Translator(()), services=find_services(), create=True) as desk:
        open_zone(desk.journal, ZONE, by=add_first_administrator(desk.journal, name="Сәдуақасова Айгүл", pin=PIN))
        village(desk, DemoVillage(home.data, home.data))
        reception, meeting = plan_now(desk).series
        bookings = listed(desk)
    assert len(reception.proposals) == 1
    assert (len(meeting.occurrences) > 50, meeting.proposals, reception.untold, meeting.untold) == (True, (), (), ())
    assert any(one.because == "ordered" for one in reception.occurrences)
    assert (len(bookings.to_tell), bool(bookings.told), bool(bookings.offers)) == (1, True, True)
