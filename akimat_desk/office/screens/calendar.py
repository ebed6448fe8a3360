"""The calendar of working days: a month to look at, and at the right why a day is worked or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import month_forms
from akimat_desk.base.words import N_, Translator
from akimat_desk.calendar.days import FIRST_YEAR, LAST_YEAR
from akimat_desk.calendar.words import AUTHORITIES, describe, full_day, unknown_orders
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.month_grid import DayCell, MonthGrid
from akimat_desk.ui.widgets.surface import Box, Live, Text

if TYPE_CHECKING:
    from akimat_desk.calendar.days import Day, Why
    from akimat_desk.office.working_days import Month
    from akimat_desk.ui.theme import Token
    from akimat_desk.ui.widgets.month_grid import Kind

SHORT_DAYS: Final = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))

SPECIAL: Final[dict[Why, tuple[str, str]]] = {
    # the word in a cell, and the icon where it has no room
    "holiday": (N_("holiday"), "circle-x"),
    "moved": (N_("day off"), "circle-x"),
    "swapped": (N_("day off"), "circle-x"),
    "worked": (N_("worked"), "circle-check"),
}


@dataclass
class CalendarPresenter:
    """Which month is looked at, and which of its days. Callables block, except `order` and `terms`."""

    fetch: Callable[[int, int], Month]
    order: Callable[[Day], Screen]
    """The form of an order about a day."""
    terms: Callable[[], Screen]
    today: Callable[[], date]
    shown: tuple[int, int] | None = None
    now: Month | None = None
    chosen: date | None = None

    def look(self) -> Month:
        """Read the month anew (blocks)."""
        if self.shown is None:
            day = self.today()
            self.shown, self.chosen = (day.year, day.month), day
        return self.fetch(*self.shown)

    def turn(self, by: int) -> bool:
        """Look at another month; whether there is one."""
        assert self.shown is not None
        months = self.shown[0] * 12 + self.shown[1] - 1 + by
        if not FIRST_YEAR <= months // 12 <= LAST_YEAR:
            return False
        self.shown = (months // 12, months % 12 + 1)
        return True

    def go_to(self, day: date) -> bool:
        """Look at another day, in whatever month it lies; whether there is one."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return False
        self.shown, self.chosen = (day.year, day.month), day
        return True

    def choice(self) -> Day | None:
        """The chosen day; the first one of the month where none of it was chosen."""
        if self.now is None:
            return None
        return next((one for one in self.now.days if one.day == self.chosen), self.now.days[0])


class CalendarScreen(Screen):
    """See the module."""

    name = "office.calendar"
    frame = "staff"
    topics = frozenset({"calendar.days"})

    def __init__(self, calendar: CalendarPresenter) -> None:
        self.calendar = calendar
        self._card: Live | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Calendar")

    def first_focus(self) -> str:
        """One can go from day to day at once."""
        return "month"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """The terms that are counted in working days."""
        Button(
            box,
            stage.t.button("Terms of law"),
            lambda: stage.go(self.calendar.terms()),
            icon="list-checks",
            name="terms",
        ).pack()

    def build(self, body: Box, stage: Stage) -> None:
        """The month on the left, the chosen day on the right."""
        calendar, now = self.calendar, self.calendar.now
        if now is None:
            return
        t, px = stage.t, stage.px
        left, right = with_panel(body)
        left.rowconfigure(1, weight=1)
        first = now.days[0].day
        head = Box(left)
        head.grid(row=0, column=0, sticky="ew")
        head.columnconfigure(0, weight=1)
        name = month_forms(first.month, stage.language).name
        Text(head, f"{name[:1].upper()}{name[1:]} {first.year}", "section", edge=True).grid(row=0, column=0, sticky="w")
        Button(head, "", lambda: self._turn(stage, -1), icon="chevron-left", pad=10, name="earlier").grid(
            row=0, column=1
        )
        Button(head, "", lambda: self._turn(stage, 1), icon="chevron-right", pad=10, name="later").grid(row=0, column=2)
        Button(head, t.button("Today"), lambda: self._go(stage, now.today), name="today").grid(row=0, column=3)
        choice = calendar.choice()
        MonthGrid(
            left,
            [t(short) for short in SHORT_DAYS],
            first.weekday(),
            [self._cell(t, one, now.today) for one in now.days],
            chosen=choice.day.isoformat() if choice else "",
            on_choose=self._choose,
            on_turn=lambda by: self._turn(stage, by),
            on_beyond=lambda index: self._go(stage, first + timedelta(days=index)),
            on_open=lambda _: self._order(stage),
        ).grid(row=1, column=0, sticky="nsew")
        counts = t("Working days in the month: {n}", n=now.worked)
        Text(left, counts, "hint", "ink2", edge=True, wrap=True).grid(row=2, column=0, sticky="ew", pady=(px(4), 0))
        self._card = Live(right, lambda box: self._day(box, stage))
        self._card.grid(row=0, column=0, sticky="ew")

    def _cell(self, t: Translator, one: Day, today: date) -> DayCell:
        ordered = ("worked" if one.working else "swapped") if one.why == "decree" else one.why
        word, icon = SPECIAL.get(ordered, ("", ""))
        usual = one.working == (one.day.weekday() < 5)
        kind: Kind = "off" if not one.working else "plain" if usual else "special"
        return DayCell(one.day.isoformat(), one.day.day, kind, t(word) if word else "", icon, one.day == today)

    def _day(self, box: Box, stage: Stage) -> None:
        t, px, one = stage.t, stage.px, self.calendar.choice()
        if one is None:
            return
        body = panel(box, "chosen")
        Text(body, full_day(one.day, t), "section", edge=True, wrap=True).pack(fill="x")
        state = t("A working day") if one.working else t("A day off")
        colour: Token = "grass" if one.working else "gold_text"
        Text(body, state, "strong", colour, edge=True, wrap=True).pack(fill="x", pady=(0, px(4)))
        if one.why != "week":
            Text(body, describe(one, t), "body", edge=True, wrap=True).pack(fill="x", pady=(0, px(4)))
        if one.decree is not None:
            ValueRow(body, t("Order"), one.decree.order).pack(fill="x")
            ValueRow(body, t("Whose order"), t(AUTHORITIES[one.decree.authority])).pack(fill="x")
        if self.calendar.now is not None and one.day in self.calendar.now.unsettled:
            said = t("Two PCs wrote down different orders about this day. The later one counts.")
            Remark(body, said, "triangle-alert", "gold").pack(fill="x", pady=(px(6), px(2)))
        if unknown := unknown_orders(one.day.year, t):
            Remark(body, unknown, "info", "gold").pack(fill="x", pady=(px(6), px(2)))
        Button(
            body, t.button("Write an order down"), lambda: self._order(stage), "primary", icon="file-pen-line",
            name="order", height=52,
        ).pack(fill="x", pady=(px(8), 0))  # fmt: skip

    def _choose(self, key: str) -> None:
        self.calendar.chosen = date.fromisoformat(key)
        if self._card is not None:
            self._card.refresh()

    def _order(self, stage: Stage) -> None:
        one = self.calendar.choice()
        if one is not None:
            stage.go(self.calendar.order(one))

    def _turn(self, stage: Stage, by: int) -> None:
        chosen = self.calendar.chosen
        if self.calendar.turn(by):
            if chosen is not None and self.calendar.shown is not None:
                year, month = self.calendar.shown
                self.calendar.chosen = date(year, month, min(chosen.day, 28))
            self.on_show(stage)

    def _go(self, stage: Stage, day: date) -> None:
        if self.calendar.go_to(day):
            self.on_show(stage)

    def on_show(self, stage: Stage) -> None:
        """Read the month anew."""

        def show(found: Month) -> None:
            self.calendar.now = found
            stage.rebuild()

        stage.run(self.calendar.look, show, kind="read")
