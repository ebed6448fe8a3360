"""How an opened desk becomes the pages of meetings: the presenters are put together here, out of reads and actions."""

from __future__ import annotations

from datetime import date

import msgspec

from akimat_desk.base.clock import local_date
from akimat_desk.calendar.records import calendar
from akimat_desk.office.actions import signed_in
from akimat_desk.service import Desk
from akimat_desk.ui.screen import Screen
from meetings import actions, publishing
from meetings.plan import USUAL, plan_now
from meetings.records import Series
from meetings.rules import Occurrence, Order
from meetings.screens.date_order import DateOrder, DateOrderScreen
from meetings.screens.plan import PlanPresenter, PlanScreen
from meetings.screens.series_form import SeriesDraft, SeriesScreen


def the_plan(desk: Desk) -> Screen:
    """The plan of the next twelve months."""

    def today() -> date:
        return local_date(desk.clock.now_ms())

    def another_day(series: Series, one: Occurrence, told: date | None) -> Screen:
        def save(order: Order) -> object:
            return actions.order(desk.journal, series, order, by=signed_in(desk), today=today())

        return DateOrderScreen(DateOrder(one, save, lambda day: calendar(desk.store).look(day)))

    def series_form(series: Series | None) -> Screen:
        if series is not None:
            return SeriesScreen(
                SeriesDraft(
                    series.content,
                    lambda content: actions.change(desk.journal, series, content, by=signed_in(desk)),
                    new=False,
                )
            )
        begun = msgspec.structs.replace(USUAL, first=today())
        return SeriesScreen(
            SeriesDraft(begun, lambda content: actions.begin(desk.journal, content, by=signed_in(desk)))
        )

    return PlanScreen(
        PlanPresenter(
            fetch=lambda: plan_now(desk),
            publish=lambda plan, some: actions.publish(desk.journal, plan.series, some, by=signed_in(desk)),
            take_back=lambda series, order: actions.take_back(
                desk.journal, series, order, by=signed_in(desk), today=today()
            ),
            poster=lambda: publishing.print_poster(desk),
            save_file=lambda: publishing.save_on_stick(desk),
            another_day=another_day,
            series=series_form,
        )
    )
