"""Staff: a year or a month of receptions as charts and figures; on paper to be signed, and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from akimat_desk.base.locale import format_number, month_forms
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
from meetings.figures.counting import Day, SubjectLine, next_month, previous_month
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
        if self.whole_year:
            month = self.month.replace(year=self.month.year + by, month=1)
        else:
            month = next_month(self.month) if by > 0 else previous_month(self.month)
        if month <= self.today:
            self.month = month


class FiguresScreen(Screen):
    """See the module."""

    name = "meetings.figures"
    frame = "staff"
    topics = frozenset({"meetings.visits", "meetings.queue", "meetings.cases", "calendar.days"})

    def __init__(self, report: FiguresPresenter) -> None:
        self.report = report

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Figures of the receptions")

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
        t, told = stage.t, self.report.now
        body.columnconfigure(0, weight=1)
        self._period(body, stage)
        rest = Box(body)
        rest.grid(row=1, column=0, sticky="nsew")
        if told is None:
            return
        if not told.figures.any:
            EmptyState(
                rest,
                t("Nothing in this time"),
                t("Figures appear here after the first reception day."),
                icon="chart-column",
            ).pack(fill="both", expand=True)
            return
        left, right = two_parts(rest, beside=stage.layout != "large", left=3, right=2)
        self._charts(left, stage, told)
        self._figures(right, stage, told)

    def _period(self, body: Box, stage: Stage) -> None:
        t, report, language = stage.t, self.report, stage.language
        row = Box(body)
        row.grid(row=0, column=0, sticky="w")
        side: Literal["left", "top"] = "left" if stage.layout != "large" else "top"
        step = Box(row)
        step.pack(side=side, anchor="w")
        name = report.now and period_name(report.now.figures, language)
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
        ).pack(side=side, anchor="w")

    def _charts(self, box: Box, stage: Stage, told: Told) -> None:
        t, language, figures = stage.t, stage.language, told.figures
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

    def _figures(self, box: Box, stage: Stage, told: Told) -> None:
        t, figures = stage.t, told.figures
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

    def on_show(self, stage: Stage) -> None:
        """Count the period."""
        report = self.report
        span = report.span()

        def show(found: Told) -> None:
            if span == report.span() and found != report.now:
                report.now = found
                stage.rebuild()

        stage.run(lambda: report.fetch(*span), show, kind="read")

    def _step(self, stage: Stage, by: int) -> None:
        self.report.step(by)
        self.on_show(stage)

    def _whole(self, stage: Stage, whole_year: bool) -> None:
        self.report.whole_year = whole_year
        self.on_show(stage)

    def _paper(self, stage: Stage) -> None:
        told, said = self.report.now, stage.t("The report is being printed.")
        assert told is not None
        stage.run(lambda: self.report.paper(told), lambda _: stage.toast(said, "printer"))

    def _save(self, stage: Stage) -> None:
        told = self.report.now
        assert told is not None

        def saved(where: str) -> None:
            stage.say("done", lambda t: t("The report lies here: {folder}", folder=where))

        stage.run(lambda: self.report.save(told), saved)
