"""The demo village's day: an extra reception today, with people in every state, so that the page and the board live."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from meetings import actions as plan_actions
from meetings.day import actions
from meetings.plan import plan_now
from meetings.rules import Order
from meetings.visits.actions import Asking, ask
from meetings.visits.entries import VisitDetails

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.people.staff import SignedIn
    from akimat_desk.service import Desk

ROOM: Final = 2
PEOPLE: Final = (
    ("Тілеуов Мұратбек", "land", ""),
    ("Қасымова Гүлсім", "social", ""),
    ("Әбілов Нұрдәулет", "roads", ""),
    ("Ізбасарова Шолпан", "water", ""),
    ("Үсенов Ерболат", "roads", ""),
    ("Һәкімова Рахима", "papers", "veteran"),
)
"""Invented people: who came, about what, and whether they are received out of turn."""


def day(desk: Desk, series: str, *, by: SignedIn) -> None:
    """Two were received, one did not come, one waits aside, two wait."""
    today = local_date(desk.clock.now_ms())
    _held_today(desk, series, today, by)
    for person in PEOPLE:
        _ticket(desk, series, today, *person, by=by)
    for then in (_received, actions.missed, actions.hold, _received):
        called = actions.call_next(desk.journal, today, series, room=ROOM, by=by)
        then(desk.journal, called.visit, by=by)


def _received(journal: Journal, visit: str, *, by: SignedIn) -> None:
    actions.start(journal, visit, by=by)
    actions.end(journal, visit, by=by)


def _held_today(desk: Desk, series: str, today: date, by: SignedIn) -> None:
    """People were told of a reception today; where the rule names none, an order adds one."""
    plan = next(one for one in plan_now(desk).series if one.series.id == series)
    if today in plan.series.promised.values():
        return
    order = Order(today, today, "13-ө", today)
    plan_actions.order(desk.journal, plan.series, order, by=by, today=today)
    plan = next(one for one in plan_now(desk).series if one.series.id == series)
    added = [one for one in plan.occurrences if one.of == today]
    plan_actions.publish(desk.journal, plan.series, added, by=by)


def _ticket(desk: Desk, series: str, today: date, name: str, subject: str, group: str, *, by: SignedIn) -> None:
    details = VisitDetails(name=name)
    asking = Asking(series=series, day=today, way="walk-in", subject=subject, group=group, details=details)
    ask(desk.journal, asking, by=by)
