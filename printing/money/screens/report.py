"""Staff: a month or a year of the room, as figures and charts; on paper and as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from akimat_desk.base.locale import format_number, format_percent, month_forms
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.chart import Bar, Chart
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.widgets.time_chart import Pillar, TimeChart
from printing.money.categories import NAMES
from printing.money.report import WORK_NAMES, honesty_facts, money_facts, period_name
from printing.money.statistics import Figures, every_day, next_month, previous_month


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

    def step(self, by: int) -> None:
        """The period before or after; never one that has not begun."""
        if self.whole_year:
            month = self.month.replace(year=self.month.year + by)
        else:
            month = next_month(self.month) if by > 0 else previous_month(self.month)
        if month <= self.today:
            self.month = month


class ReportScreen(Screen):
    """See the module."""

    name = "printing.report"
    frame = "staff"
    topics = frozenset({"printing.money", "printing.queue"})

    def __init__(self, report: ReportPresenter) -> None:
        self.report = report

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Report")

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Paper and file."""
        t = stage.t
        if self.report.now is not None:
            Button(box, t.button("Print the report"), lambda: self._paper(stage), icon="printer", name="print").pack(
                side="left"
            )
            Button(box, t.button("Save as files"), lambda: self._save(stage), icon="save", name="save").pack(
                side="left"
            )

    def build(self, body: Box, stage: Stage) -> None:
        """The period on top, charts at the left, figures at the right."""
        t, report = stage.t, self.report
        body.columnconfigure(0, weight=1)
        self._period(body, stage)
        rest = Box(body)
        rest.grid(row=1, column=0, sticky="nsew")
        figures = report.now
        if figures is None:
            return
        if not figures.total.documents and not figures.faults.any:
            EmptyState(
                rest, t("Nothing in this time"), t("Documents appear here as soon as they print."), icon="chart-column"
            ).pack(fill="both", expand=True)
            return
        left, right = two_parts(rest, beside=stage.layout != "large", left=3, right=2)
        self._charts(left, stage, figures)
        self._figures(right, stage, figures)

    def _period(self, body: Box, stage: Stage) -> None:
        t, report, language = stage.t, self.report, stage.language
        row = Box(body)
        row.grid(row=0, column=0, sticky="w")
        step = Box(row)
        step.pack(side="left" if stage.layout != "large" else "top", anchor="w")
        name = report.now and period_name(report.now, language)
        Button(step, "", lambda: self._step(stage, -1), icon="chevron-left", name="before", pad=11).pack(side="left")
        Text(step, name or "–", "section").pack(side="left", padx=stage.px(8))
        Button(step, "", lambda: self._step(stage, 1), icon="chevron-right", name="after", pad=11).pack(side="left")
        OptionRow(
            row,
            "",
            [Option("month", t("Month")), Option("year", t("Year"))],
            "year" if report.whole_year else "month",
            lambda key: self._whole(stage, key == "year"),
            name="period",
        ).pack(side="left" if stage.layout != "large" else "top", anchor="w")

    def _charts(self, box: Box, stage: Stage, figures: Figures) -> None:
        t, language = stage.t, stage.language
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

    def _figures(self, box: Box, stage: Stage, figures: Figures) -> None:
        t, language = stage.t, stage.language
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

    def on_show(self, stage: Stage) -> None:
        """Count the period."""
        report = self.report
        month, whole_year = report.month, report.whole_year

        def show(found: Figures) -> None:
            if (month, whole_year) == (report.month, report.whole_year) and found != report.now:
                report.now = found
                stage.rebuild()

        stage.run(lambda: report.fetch(month, whole_year), show, kind="read")

    def _step(self, stage: Stage, by: int) -> None:
        self.report.step(by)
        self.on_show(stage)

    def _whole(self, stage: Stage, whole_year: bool) -> None:
        self.report.whole_year = whole_year
        self.on_show(stage)

    def _paper(self, stage: Stage) -> None:
        figures, said = self.report.now, stage.t("The report is being printed.")
        assert figures is not None
        stage.run(lambda: self.report.paper(figures), lambda _: stage.toast(said, "printer"))

    def _save(self, stage: Stage) -> None:
        figures = self.report.now
        assert figures is not None

        def saved(where: str) -> None:
            stage.say("done", lambda t: t("The report lies here: {folder}", folder=where))

        stage.run(lambda: self.report.save(figures), saved)
