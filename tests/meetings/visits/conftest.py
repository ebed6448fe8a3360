"""A village whose reception days hang on the door, and people who come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from akimat_desk.people.iin import check_digit
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from meetings.actions import publish
from meetings.plan import plan_now
from meetings.visits.actions import Asking
from meetings.visits.entries import VisitDetails
from tests.meetings.conftest import Seen, _the_window, administrator, room, seen, window

__all__ = ["Seen", "_the_window", "administrator", "room", "seen", "window"]

DECEMBER, JANUARY = date(2026, 12, 18), date(2027, 1, 15)


@pytest.fixture
def open_room(room: Desk) -> Desk:
    """The plan was published: people may book."""
    signed: SignedIn | None = room.signed_in()
    assert signed is not None
    for one in plan_now(room).series:
        publish(room.journal, one.series, one.occurrences, by=signed)
    return replace(room)


def series_of(room: Desk) -> str:
    """The only series there is."""
    return plan_now(room).series[0].series.id


def iin(number: int) -> str:
    """An invented person's number; right, and nobody's."""
    while True:
        first = f"900101{number % 100_000:05}"
        last = check_digit(first)
        if last is not None:
            return f"{first}{last}"
        number += 31_337


def asking(room: Desk, start: int | None = 600, person: int = 1, day: date = DECEMBER, **other: object) -> Asking:
    """Somebody who asks for a time."""
    details = VisitDetails(name=f"Сейітова Зәуре {'І' * (person % 3)}".strip(), iin=iin(person), phone="87010000000")
    plain = Asking(series_of(room), day, "kiosk", "roads", start, details=details)
    return replace(plain, **other)  # type: ignore[arg-type]
