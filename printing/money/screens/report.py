"""Staff: a month or a year of the room, as figures and charts; on paper and as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from akimat_desk.base.locale import format_number, format_percent, month_forms
from akimat_desk.base.months import month_beside
from akimat_desk.base.words import Language, Translator
from akimat_desk.ui.period_report import PeriodScreen
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.chart import Bar, Chart
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.widgets.time_chart import Pillar, TimeChart
from printing.money.categories import NAMES
from printing.money.report import WORK_NAMES, honesty_facts, money_facts, period_name
from printing.money.statistics import Figures, every_day


@dataclass
class ReportPresenter:
    """Which period is shown. All callables block."""

    fetch: Callable[[date, bool], Figures]
    """`fetch(first, whole_year)`."""
    paper: Callable[[Figures], object]
    """The report into the out-tray."""
    save: Callable[[Figures], str]
    """The report as PDF and CSV into the folder for files; where."""
    month: date
    today: date
    whole_year: bool = False
    now: Figures | None = None

    def span(self) -> tuple[date, bool]:
        """See `PeriodReport`."""
        return self.month, self.whole_year

    def step(self, by: int) -> None:
        """The period before or after; never one that has not begun."""
        self.month = month_beside(self.month, by, self.today, whole_year=self.whole_year)


class ReportScreen(PeriodScreen[Figures]):
    """See the module."""

    name = "printing.report"
    topics = frozenset({"printing.money", "printing.queue"})

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Report")

    def period_name(self, now: Figures, language: Language) -> str:
        """See `PeriodScreen`."""
        return period_name(now, language)

    def nothing(self, now: Figures, t: Translator) -> str:
        """See `PeriodScreen`."""
        if now.total.documents or now.faults.any:
            return ""
        return t("Documents appear here as soon as they print.")

    def charts(self, box: Box, stage: Stage, now: Figures) -> None:
        """See `PeriodScreen`."""
        t, language, figures = stage.t, stage.language, now
        card = Card(box)
        card.pack(fill="x")
        if self.report.whole_year:
            Text(card.body, t("Pages by month"), "strong", edge=True).pack(fill="x")
            bars = [
                Pillar(month_forms(day.month, language).name[:3], tally.pages, format_number(tally.pages, language))
                for day, tally in figures.months()
            ]
        else:
            Text(card.body, t("Pages by day"), "strong", edge=True).pack(fill="x")
            bars = [
                Pillar(str(day.day), tally.pages, format_number(tally.pages, language))
                for day, tally in every_day(figures)
            ]
        TimeChart(card.body, bars, height=130).pack(fill="x")
        Text(card.body, t("Documents by the hour of the day"), "strong", edge=True, wrap=True).pack(fill="x")
        hours = range(6, 24) if not any(figures.hours[:6]) else range(24)
        TimeChart(
            card.body, [Pillar(str(hour), figures.hours[hour], str(figures.hours[hour])) for hour in hours], height=90
        ).pack(fill="x")
        if figures.free:
            Text(card.body, t("Free pages"), "strong", edge=True).pack(fill="x")
            Chart(
                card.body,
                [
                    Bar(t(NAMES.get(each.rule, each.rule)), each.pages, format_number(each.pages, language))
                    for each in figures.free
                ],
            ).pack(fill="x")

    def figures(self, box: Box, stage: Stage, now: Figures) -> None:
        """See `PeriodScreen`."""
        t, language, figures = stage.t, stage.language, now
        total, faults = figures.total, figures.faults

        def card(title: str) -> Box:
            made = Card(box)
            made.pack(fill="x")
            Text(made.body, title, "section", edge=True, wrap=True).pack(fill="x")
            return made.body

        def number(body: Box, words: str, value: float) -> None:
            ValueRow(body, words, format_number(value, language)).pack(fill="x")

        body = card(t("Paper"))
        number(body, t("Documents"), total.documents)
        number(body, t("Pages"), total.pages)
        number(body, t("Sheets of paper"), total.sheets)
        ValueRow(body, t("Colour pages"), format_percent(100 * total.colour_share, language, 1)).pack(fill="x")
        for work, tally in figures.works if len(figures.works) > 1 else ():
            number(body, t("{work}: pages", work=t(WORK_NAMES[work])), tally.pages)
        busiest = ", ".join(f"{hour}:00" for hour in figures.busiest())
        ValueRow(body, t("Busiest hours"), busiest or "–").pack(fill="x")
        body = card(t("Money"))
        for words, value in money_facts(figures, t):
            ValueRow(body, words, value).pack(fill="x")
        body = card(t("Faults"))
        number(body, t("Not printed"), faults.not_printed)
        number(body, t("Stopped"), faults.stopped)
        number(body, t("Decided by staff"), faults.decided)
        number(body, t("The printer counted otherwise"), faults.counted_otherwise)
        if figures.boxes:
            body = card(t("Honest till"))
            for words, value in honesty_facts(figures.honesty, t):
                ValueRow(body, words, value, below=stage.layout == "mid").pack(fill="x")
