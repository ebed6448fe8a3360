"""The demo village's plan: the akim's third Fridays and a Wednesday meeting with the carrier. One day is moved by an
order, and a day off that was decreed after people were told waits for somebody to confirm the new day. There is a
reception today, too (`day.demo`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from akimat_desk.base.clock import local_date
from akimat_desk.calendar.actions import write_down
from akimat_desk.calendar.days import Decree
from akimat_desk.calendar.records import calendar
from akimat_desk.people.staff import SignedIn
from meetings import actions
from meetings.cases import demo as cases
from meetings.day.demo import day as the_day
from meetings.plan import USUAL, plan_now
from meetings.rules import Order
from meetings.visits.actions import tell
from meetings.visits.demo import bookings

if TYPE_CHECKING:
    from akimat_desk.service import DemoVillage, Desk

RECEPTION: Final = msgspec.structs.replace(
    USUAL, place_kk="Абай көшесі, 1, 2-бөлме", place_ru="Улица Абая, 1, кабинет 2"
)
MEETING: Final = msgspec.structs.replace(
    USUAL,
    what="meeting",
    every="week",
    weekday=2,
    start=15 * 60,
    end=16 * 60,
    official_kk="Әкім мен автобус тасымалдаушысы",
    official_ru="Аким и автобусный перевозчик",
    place_kk="Мәдениет үйі",
    place_ru="Дом культуры",
)


def village(desk: Desk, village: DemoVillage) -> None:
    """See `Service.demo`."""
    today = local_date(desk.clock.now_ms())
    by = _administrator(desk)
    for content in (RECEPTION, MEETING):
        actions.begin(desk.journal, content, by=by)
    for plan in plan_now(desk).series:
        actions.publish(desk.journal, plan.series, plan.occurrences, by=by)
    reception = plan_now(desk).series[0]
    ordinary = [one for one in reception.occurrences if one.of > today + timedelta(days=7) and one.because == "rule"]
    moved, decreed = ordinary[1], ordinary[0]
    held_on = calendar(desk.store).previous_working(moved.of - timedelta(days=1))
    bookings(desk, reception.series.id, (decreed.of, moved.of), by=by)
    order = Order(moved.of, held_on, "12-ө", today)
    actions.order(desk.journal, reception.series, order, by=by, today=today)
    again = next(one for one in plan_now(desk).series[0].occurrences if one.of == moved.of)
    carried = actions.publish(desk.journal, reception.series, [again], by=by).carried
    for visit in carried[1:]:  # the first of them is still to be called
        tell(desk.journal, visit, by=by)
    with desk.journal.commit() as commit:
        write_down(commit, [Decree(decreed.of, "off", "796", today, "government")], by=by.staff)
    cases.village(desk, by)
    the_day(desk, reception.series.id, by=by)


def _administrator(desk: Desk) -> SignedIn:
    """Whoever set the village up."""
    with desk.store.read() as db:
        staff, name, role = db.execute_sql(
            "SELECT id, coalesce(name, ''), role FROM people_staff WHERE role = 'administrator' ORDER BY id LIMIT 1"
        ).fetchone()
    return SignedIn(staff, name, role)
