"""A residents' PC and the main PC over their real link: the main PC answers, and no name stays at the residents' PC."""

from __future__ import annotations

import pytest

from akimat_desk.service import Desk
from meetings.visits import room
from meetings.visits.rules import BookedThatDay
from tests.meetings.visits.conftest import asking, known, linked
from tests.office.rooms import wait


def test_the_main_pc_answers_and_no_name_stays_at_the_residents_pc(open_room: Desk, kiosk: Desk) -> None:
    with linked(open_room, kiosk):
        booked = room.book(kiosk, asking(open_room, 600)).ticket.visit
        assert (booked.number, booked.state, booked.name) == ("А-01", "standing", "")
        with pytest.raises(BookedThatDay):
            room.book(kiosk, asking(open_room, 660))
        wait(lambda: known(kiosk, booked) is not None)
    at_main, here = known(open_room, booked), known(kiosk, booked)
    assert at_main is not None
    assert here is not None
    assert (at_main.name, at_main.iin != "") == ("Сейітова Зәуре І", True)
    assert (here.name, here.iin, here.phone, here.state) == ("", "", "", "standing")


def test_booked_while_the_main_pc_is_away_it_stands_when_both_are_back(open_room: Desk, kiosk: Desk) -> None:
    with linked(open_room, kiosk):
        pass
    away = room.book(kiosk, asking(open_room, 600)).ticket.visit
    assert (away.number, away.state, away.name) == ("Д-01", "requested", "Сейітова Зәуре І")
    with linked(open_room, kiosk):
        wait(lambda: (one := known(kiosk, away)) is not None and (one.state, one.name) == ("standing", ""))
    at_main = known(open_room, away)
    assert at_main is not None
    assert (at_main.name, at_main.number, at_main.state) == ("Сейітова Зәуре І", "Д-01", "standing")
