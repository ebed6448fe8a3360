"""The demo village's bookings: the next receptions half full, somebody on the telephone, two on the waiting list."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.people.iin import check_digit
from meetings.visits.actions import Asking, ask
from meetings.visits.entries import VisitDetails
from meetings.visits.free import days_ahead
from meetings.visits.subjects import SUBJECTS

if TYPE_CHECKING:
    from akimat_desk.people.staff import SignedIn
    from akimat_desk.service import Desk
    from meetings.visits.entries import Way

PEOPLE: Final = (
    "Сәрсенбаева Қаламқас", "Оспанов Дәурен", "Ким Елена", "Жүнісова Ұлжан", "Шевченко Пётр", "Төлегенов Өмірбек",
    "Һәкімжанова Әсем", "Нұрпейісов Ғалым", "Иванова Мария", "Байжанова Індира", "Ахметов Ринат", "Қуанышева Зере",
)  # fmt: skip
"""Invented people."""
EVERY: Final = (0, 2, 3, 6, 7, 9)
"""Which times of a day are booked."""


def bookings(desk: Desk, series: str, on: Collection[date], *, by: SignedIn) -> None:
    """Book on the announced days `on`."""
    with desk.store.read() as db:
        days = [one for one in days_ahead(db, local_date(desk.clock.now_ms()), series) if one.day in on]
    people = iter(enumerate(PEOPLE))
    for place, day in enumerate(days):
        starts = [one.start for number, one in enumerate(day.slots) if number in EVERY[: 5 - 2 * place]]
        ways: list[tuple[Way, int | None]] = [("phone" if start % 2 else "kiosk", start) for start in starts]
        for way, start in [*ways, ("waiting", None)]:
            number, name = next(people)
            subject = SUBJECTS[number % len(SUBJECTS)].key
            details = VisitDetails(name=name, iin=_iin(number), phone=f"+7700000{number:04}")
            asking = Asking(series, day.day, way, subject, start, details=details)
            ask(desk.journal, asking, by=by if way == "phone" else None)


def _iin(number: int) -> str:
    """Right by its check digit, and nobody's: no date begins so."""
    for middle in range(100):
        first = f"000000{number:03}{middle:02}"
        last = check_digit(first)
        if last is not None:
            return f"{first}{last}"
    raise AssertionError
