"""A staff page that reports a month or a year: the period on top, charts at the left, figures at the right; on paper
and as files.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Literal, Protocol, TypeVar

from akimat_desk.base.words import Language, Translator
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text

T = TypeVar("T")


class PeriodReport(Protocol[T]):
    """Which period is shown, and what is told of it. All callables block."""

    whole_year: bool
    now: T | None

    @property
    def fetch(self) -> Callable[..., T]:
        """What is told of a `span()`."""
        ...

    @property
    def paper(self) -> Callable[[T], object]:
        """The report into the out-tray."""
        ...

    @property
    def save(self) -> Callable[[T], str]:
        """The report as PDF and CSV into the folder for files; where."""
        ...

    def span(self) -> tuple[Any, ...]:
        """The period, as `fetch` takes it."""
        ...

    def step(self, by: int) -> None:
        """The period before or after; never one that has not begun."""
        ...


class PeriodScreen(Screen, Generic[T]):
    """See the module. A service's page says what the period is called, what is empty, and draws charts and figures."""

    frame = "staff"

    def __init__(self, report: PeriodReport[T]) -> None:
        self.report = report

    def period_name(self, now: T, language: Language) -> str:
        """The period in words."""
        raise NotImplementedError

    def nothing(self, now: T, t: Translator) -> str:
        """What is said where there is nothing to report; "" where there is something."""
        raise NotImplementedError

    def charts(self, box: Box, stage: Stage, now: T) -> None:
        """The left part."""
        raise NotImplementedError

    def figures(self, box: Box, stage: Stage, now: T) -> None:
        """The right part."""
        raise NotImplementedError

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Paper and file."""
        t, now = stage.t, self.report.now
        if now is not None:
            Button(
                box, t.button("Print the report"), lambda: self._paper(stage, now), icon="printer", name="print"
            ).pack(side="left")
            Button(box, t.button("Save as files"), lambda: self._save(stage, now), icon="save", name="save").pack(
                side="left"
            )

    def build(self, body: Box, stage: Stage) -> None:
        """The period on top, charts at the left, figures at the right."""
        now = self.report.now
        body.columnconfigure(0, weight=1)
        self._period(body, stage)
        rest = Box(body)
        rest.grid(row=1, column=0, sticky="nsew")
        if now is None:
            return
        nothing = self.nothing(now, stage.t)
        if nothing:
            EmptyState(rest, stage.t("Nothing in this time"), nothing, icon="chart-column").pack(
                fill="both", expand=True
            )
            return
        left, right = two_parts(rest, beside=stage.layout != "large", left=3, right=2)
        self.charts(left, stage, now)
        self.figures(right, stage, now)

    def _period(self, body: Box, stage: Stage) -> None:
        t, report = stage.t, self.report
        row = Box(body)
        row.grid(row=0, column=0, sticky="w")
        side: Literal["left", "top"] = "left" if stage.layout != "large" else "top"
        step = Box(row)
        step.pack(side=side, anchor="w")
        name = "–" if report.now is None else self.period_name(report.now, stage.language)
        Button(step, "", lambda: self._step(stage, -1), icon="chevron-left", name="before", pad=11).pack(side="left")
        Text(step, name, "section").pack(side="left", padx=stage.px(8))
        Button(step, "", lambda: self._step(stage, 1), icon="chevron-right", name="after", pad=11).pack(side="left")
        OptionRow(
            row,
            "",
            [Option("month", t("Month")), Option("year", t("Year"))],
            "year" if report.whole_year else "month",
            lambda key: self._whole(stage, key == "year"),
            name="period",
        ).pack(side=side, anchor="w")

    def on_show(self, stage: Stage) -> None:
        """Count the period."""
        report = self.report
        span = report.span()

        def show(found: T) -> None:
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

    def _paper(self, stage: Stage, now: T) -> None:
        said = stage.t("The report is being printed.")
        stage.run(lambda: self.report.paper(now), lambda _: stage.toast(said, "printer"))

    def _save(self, stage: Stage, now: T) -> None:
        def saved(where: str) -> None:
            stage.say("done", lambda t: t("The report lies here: {folder}", folder=where))

        stage.run(lambda: self.report.save(now), saved)
