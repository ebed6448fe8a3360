"""Staff: the documents of today, and what to decide about the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local
from akimat_desk.base.locale import format_money, format_time
from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Line, Text
from akimat_desk.ui.widgets.table import Table
from printing.spool import SpooledJob
from printing.troubles import error_of

if TYPE_CHECKING:
    from printing.records import DayTotals

STATES: Final[dict[str, tuple[str, Token, str]]] = {
    "waiting": ("hourglass", "gold", N_("Waiting for the printer")),
    "creating": ("printer", "sky", N_("Being sent")),
    "sending": ("printer", "sky", N_("Being sent")),
    "printing": ("printer", "sky", N_("Printing")),
    "asking": ("clock", "gold", N_("Asking the printer")),
    "uncertain": ("triangle-alert", "berry", N_("Decide: did it print?")),
    "done": ("circle-check", "grass", N_("Printed")),
    "stopped": ("circle-x", "ink2", N_("Stopped")),
    "failed": ("circle-alert", "berry", N_("Not printed")),
}
"""Icon, colour and word of a state."""


@dataclass
class QueuePresenter:
    """Today's jobs. `fetch`, `stop` and `settle` block."""

    fetch: Callable[[], tuple[tuple[SpooledJob, ...], DayTotals]]
    stop: Callable[[SpooledJob], object]
    settle: Callable[[SpooledJob, bool], object]
    jobs: tuple[SpooledJob, ...] | None = None
    totals: DayTotals | None = None
    chosen: str = ""

    def job(self) -> SpooledJob | None:
        """The chosen job; else one that waits for a decision; else the newest."""
        jobs = self.jobs or ()
        for job in jobs:
            if job.job == self.chosen:
                return job
        return next((job for job in jobs if job.state == "uncertain"), jobs[0] if jobs else None)


class QueueScreen(Screen):
    """See the module."""

    name = "printing.queue"
    frame = "staff"
    topics = frozenset({"printing.queue"})

    def __init__(self, queue: QueuePresenter) -> None:
        self.queue = queue

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Print queue")

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Today's money."""
        if self.queue.totals is not None:
            till = format_money(self.queue.totals.tenge, stage.language)
            Text(box, stage.t("To the till today: {sum}", sum=till), "strong", edge=True).pack()

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, queue = stage.t, self.queue
        if queue.jobs is None:
            return
        if not queue.jobs:
            EmptyState(
                body, t("Nothing was printed today"), t("Residents' documents appear here as soon as they print.")
            ).pack(fill="both", expand=True)
            return
        body.columnconfigure(0, weight=1)
        body.rowconfigure(0, weight=1)
        job = queue.job()
        Table(
            body,
            [
                Column("code", t("Code"), 104),
                Column("pages", t("Pages"), 64, "right"),
                Column("copies", t("Copies"), 64, "right"),
                Column("colour", t("Colours"), 110),
                Column("price", t("Price"), 84, "right"),
                Column("time", t("Time"), 64),
                Column("state", t("State"), 150, stretch=True),
            ],
            ListedRows([self._row(stage, each) for each in queue.jobs]),
            chosen=job.job if job else "",
            on_choose=lambda key: self._choose(stage, key),
            counts=self._counts(stage),
            name="queue",
        ).grid(row=0, column=0, sticky="nsew")
        if job is not None:
            side = Box(body, width=stage.px(334))
            side.grid(row=0, column=1, sticky="nsew")
            side.grid_propagate(False)
            side.columnconfigure(0, weight=1)
            self._panel(side, stage, job)

    def _row(self, stage: Stage, job: SpooledJob) -> Row:
        t, language = stage.t, stage.language
        icon, colour, words = STATES[job.state]
        inks = t("colour") if job.options.colour == "colour" else t("black and white")
        cells = (
            job.code,
            str(job.quote.pages // job.options.copies),
            str(job.options.copies),
            inks,
            format_money(job.quote.total, language),
            format_time(local(job.created_ms)),
            t(words),
        )
        return Row(job.job, cells, icon, colour)

    def _counts(self, stage: Stage) -> str:
        totals = self.queue.totals
        if totals is None:
            return ""
        return stage.t("Printed today: pages {pages}, sheets {sheets}", pages=totals.pages, sheets=totals.sheets)

    def _panel(self, side: Box, stage: Stage, job: SpooledJob) -> None:
        t, language = stage.t, stage.language
        card = Card(side, "chosen")
        card.grid(row=0, column=0, sticky="ew")
        body = card.body
        Text(body, job.code, "number", edge=True).pack(fill="x")
        Text(body, t(STATES[job.state][2]), "strong", STATES[job.state][1], edge=True, wrap=True).pack(fill="x")
        error = error_of(job.reason)
        if error is not None:
            Text(body, t(error.staff_text, address="", detail=""), "hint", wrap=True, edge=True).pack(fill="x")
        Line(body).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
        both = t("both sides") if job.options.sides != "one" else t("one side")
        ValueRow(body, t("Pages"), str(job.quote.pages)).pack(fill="x")
        ValueRow(body, t("Sheets of paper"), str(job.quote.sheets)).pack(fill="x")
        ValueRow(body, t("Sides"), both).pack(fill="x")
        Line(body, strong=True).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
        ValueRow(body, t("To pay"), format_money(job.quote.total, language), strong=True).pack(fill="x")
        if job.state == "uncertain":
            Text(body, t("Look in the tray. Are the sheets there?"), "strong", wrap=True, edge=True).pack(
                fill="x", pady=(stage.px(10), 0)
            )
            Button(
                body, t.button("It printed: charge"), lambda: self._settle(stage, job, True), "primary", icon="check",
                name="printed", height=52,
            ).pack(fill="x")  # fmt: skip
            Button(
                body, t.button("It did not print"), lambda: self._settle(stage, job, False), icon="circle-x",
                name="not-printed",
            ).pack(fill="x")  # fmt: skip
        elif job.state in ("waiting", "creating", "sending", "printing", "asking"):
            Button(body, t.button("Stop printing"), lambda: self._stop(stage, job), icon="circle-x", name="stop").pack(
                fill="x", pady=(stage.px(10), 0)
            )

    def on_show(self, stage: Stage) -> None:
        """Fetch today's jobs."""

        def show(found: tuple[tuple[SpooledJob, ...], DayTotals]) -> None:
            if found != (self.queue.jobs, self.queue.totals):
                self.queue.jobs, self.queue.totals = found
                stage.rebuild()

        stage.run(self.queue.fetch, show, kind="read")

    def _choose(self, stage: Stage, key: str) -> None:
        self.queue.chosen = key
        stage.rebuild()

    def _settle(self, stage: Stage, job: SpooledJob, printed: bool) -> None:
        stage.run(lambda: self.queue.settle(job, printed), lambda _: self.on_show(stage))

    def _stop(self, stage: Stage, job: SpooledJob) -> None:
        t = stage.t
        question = Question(
            t("Stop printing?"),
            t("Sheets already printed are charged."),
            t.button("Go on printing"),
            t.button("Stop printing"),
        )
        stage.ask(
            question,
            lambda yes: stage.run(lambda: self.queue.stop(job), lambda _: self.on_show(stage)) if yes else None,
        )
