"""A village whose reception days hang on the door, and people who come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from akimat_desk.people.iin import check_digit
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from akimat_desk.sync import state
from meetings.actions import publish
from meetings.plan import plan_now
from meetings.visits import records
from meetings.visits import room as visits
from meetings.visits.actions import Asking
from meetings.visits.entries import VisitDetails
from meetings.visits.records import Visit
from tests.meetings.conftest import Seen, _the_window, administrator, room, seen, window
from tests.office.rooms import LOOPBACK, joined, switched_on, wait

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


@pytest.fixture
def kiosk(open_room: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A residents' PC that has joined the room and knows its plan."""
    with joined(open_room, tmp_path / "kiosk") as desk:
        yield desk


@contextmanager
def linked(main: Desk, kiosk: Desk) -> Iterator[None]:
    """Both are on, and the residents' PC knows the plan."""
    with switched_on(main, "desk") as part:
        wait(lambda: part.port != 0)
        with kiosk.store.write() as db:
            state.type_address(db, f"{LOOPBACK}:{part.port}", 0)
        with switched_on(kiosk, "kiosk"):
            wait(lambda: bool(visits.days(kiosk)))
            yield


def known(desk: Desk, visit: Visit) -> Visit | None:
    with desk.store.read() as db:
        return next((one for one in records.visits_of_day(db, DECEMBER) if one.id == visit.id), None)
