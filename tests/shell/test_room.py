"""What residents see of the room."""

from __future__ import annotations

from datetime import datetime

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.people.zone import open_zone
from akimat_desk.service import Desk
from akimat_desk.shell.room import Room, room_of

from .conftest import ZONE


def test_before_the_first_set_up_nothing_is_said(desk: Desk) -> None:
    assert room_of(desk) == Room()
    assert Room().name("kk") == ""


def test_the_name_is_in_the_language_of_the_screen(desk: Desk) -> None:
    open_zone(desk.journal, ZONE)
    room = room_of(desk)
    assert [room.name(language) for language in ("kk", "ru")] == [ZONE.name_kk, ZONE.name_ru]
    assert (room.hours, room.wifi) == ("09:00–18:00", "Aqjar_Alany")


def test_on_a_closed_day_no_hours_are_told(desk: Desk, clock: FixedClock) -> None:
    open_zone(desk.journal, ZONE)
    clock.turn_to(datetime(2026, 11, 22, 10, 0, tzinfo=KAZAKHSTAN))  # a Sunday
    assert room_of(desk).hours == ""
