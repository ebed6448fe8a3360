"""How an opened desk becomes the page of the calendar: its presenters are put together here."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from akimat_desk.base.clock import local_date
from akimat_desk.office import working_days
from akimat_desk.office.screens.calendar import CalendarPresenter, CalendarScreen
from akimat_desk.office.screens.calendar_order import DayOrder, DayOrderScreen
from akimat_desk.office.screens.calendar_terms import TermsScreen
from akimat_desk.service import Desk
from akimat_desk.ui.screen import Screen

if TYPE_CHECKING:
    from akimat_desk.calendar.days import Day


def the_calendar(desk: Desk) -> Screen:
    """The working days, the orders about them, and the terms of law."""

    def order(day: Day) -> Screen:
        def saved(of: date) -> None:
            page.go_to(of)

        return DayOrderScreen(
            DayOrder(
                day,
                preview=lambda decrees: working_days.preview(desk, decrees),
                save=lambda decrees: working_days.write_down(desk, decrees),
                saved=saved,
            )
        )

    page = CalendarPresenter(
        fetch=lambda year, number: working_days.month(desk, year, number),
        order=order,
        terms=lambda: TermsScreen(lambda: working_days.terms(desk)),
        today=lambda: local_date(desk.clock.now_ms()),
    )
    return CalendarScreen(page)
