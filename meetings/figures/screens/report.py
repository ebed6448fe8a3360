"""Staff: a year or a month of receptions as charts and figures; on paper to be signed, and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from akimat_desk.base.locale import format_number, month_forms
from akimat_desk.base.months import month_beside, next_month
from akimat_desk.base.words import Language, Translator
from akimat_desk.ui.period_report import PeriodScreen
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.chart import Bar, Chart
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.widgets.time_chart import Pillar, TimeChart
from meetings.figures.counting import Day, SubjectLine
from meetings.figures.report import SHARES, WAITS, Told, day_facts, day_label, is_month, period_name, work_facts
from meetings.visits.subjects import subject


@dataclass
class FiguresPresenter:
    """Which period is shown. All callables block."""

    fetch: Callable[[date, date], Told]
    """`fetch(begin, end)`, without the last day."""
    paper: Callable[[Told], object]
    """The report into the out-tray."""
    save: Callable[[Told], str]
    """The report as PDF and CSV into the folder for files; where."""
    month: date
    today: date
    whole_year: bool = True
    now: Told | None = None

    def span(self) -> tuple[date, date]:
        """The days shown, without the last."""
        if self.whole_year:
            return date(self.month.year, 1, 1), date(self.month.year + 1, 1, 1)
        return self.month, next_month(self.month)

    def step(self, by: int) -> None:
        """The period before or after; never one that has not begun."""
        self.month = month_beside(self.month, by, self.today, whole_year=self.whole_year)


class FiguresScreen(PeriodScreen[Told]):
    """See the module."""

    name = "meetings.figures"
    topics = frozenset({"meetings.visits", "meetings.queue", "meetings.cases", "calendar.days"})

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Figures of the receptions")

    def period_name(self, now: Told, language: Language) -> str:
        """See `PeriodScreen`."""
        return period_name(now.figures, language)

    def nothing(self, now: Told, t: Translator) -> str:
        """See `PeriodScreen`."""
        return "" if now.figures.any else t("Figures appear here after the first reception day.")

    def charts(self, box: Box, stage: Stage, now: Told) -> None:
        """See `PeriodScreen`."""
        t, language, told, figures = stage.t, stage.language, now, now.figures
        card = Card(box)
        card.pack(fill="x")

        def head(text: str) -> None:
            Text(card.body, text, "strong", edge=True, wrap=True).pack(fill="x")

        def number(value: int) -> str:
            return format_number(value, language)

        days: list[tuple[str, Day]] = [(day_label(day), one) for day, one in figures.days]
        if not is_month(figures):
            days = [(month_forms(one.first.month, language).name[:3], one.day) for one in figures.months]
        head(t("People received"))
        TimeChart(card.body, [Pillar(label, day.served, number(day.served)) for label, day in days], height=110).pack(
            fill="x"
        )
        head(t("Half waited no longer than, in minutes"))
        waits = [Pillar(label, day.waiting.middle, number(day.waiting.middle)) for label, day in days]
        TimeChart(card.body, waits, height=80).pack(fill="x")
        if told.served():
            head(t("Received by"))
            Chart(card.body, [Bar(name, served, number(served)) for name, served in told.served()]).pack(fill="x")
        if figures.subjects:
            head(t("Subjects"))
            bars = [Bar(t(subject(one.subject).name), one.times, self._times(one, stage)) for one in figures.subjects]
            Chart(card.body, bars, "grass").pack(fill="x")

    @staticmethod
    def _times(one: SubjectLine, stage: Stage) -> str:
        times = format_number(one.times, stage.language)
        if not one.repeats:
            return times
        return stage.t("{times}, in {months} months", times=times, months=len(one.months))

    def figures(self, box: Box, stage: Stage, now: Told) -> None:
        """See `PeriodScreen`."""
        t, figures = stage.t, now.figures
        for heading, rows, how in (
            (t("Reception days"), day_facts(figures.day, t), t(WAITS)),
            (t("Assignments"), work_facts(figures.work, t), t(SHARES)),
        ):
            card = Card(box)
            card.pack(fill="x")
            Text(card.body, heading, "section", edge=True, wrap=True).pack(fill="x")
            for words, value in rows:
                ValueRow(card.body, words, value, below=stage.layout == "mid" or len(value) > 12).pack(fill="x")
            Text(card.body, how, "hint", "ink2", edge=True, wrap=True).pack(fill="x")
