"""Staff: the documents of today, the room's own stuck papers, and what to decide about the chosen one."""

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
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Line, Text
from akimat_desk.ui.widgets.table import Table
from printing.ending import due
from printing.spool import SpooledJob
from printing.troubles import hindrance

if TYPE_CHECKING:
    from printing.records import DayTotals
    from printing.room import StuckPaper

STATES: Final[dict[str, tuple[str, Token, str]]] = {
    "waiting": ("hourglass", "gold_text", N_("Waiting for the printer")),
    "creating": ("printer", "sky", N_("Being sent")),
    "sending": ("printer", "sky", N_("Being sent")),
    "printing": ("printer", "sky", N_("Printing")),
    "asking": ("clock", "gold_text", N_("Asking the printer")),
    "uncertain": ("triangle-alert", "berry", N_("Decide: did it print?")),
    "done": ("circle-check", "grass", N_("Printed")),
    "stopped": ("circle-x", "ink2", N_("Stopped")),
    "failed": ("circle-alert", "berry", N_("Not printed")),
}
"""Icon, colour and word of a state."""

_MOVING: Final = ("waiting", "creating", "sending", "printing", "asking")
_PAPER: Final = "paper-"


@dataclass(frozen=True, slots=True)
class Queue:
    """What is listed: today's jobs and all open ones, newest first; the room's stuck papers; the day's sums."""

    jobs: tuple[SpooledJob, ...]
    papers: tuple[StuckPaper, ...]
    totals: DayTotals


@dataclass
class QueuePresenter:
    """Today's jobs. All callables block; the last three take a paper's number."""

    fetch: Callable[[], Queue]
    stop: Callable[[SpooledJob], object]
    settle: Callable[[SpooledJob, bool], object]
    paper_printed: Callable[[int], object]
    paper_again: Callable[[int], object]
    paper_dropped: Callable[[int], object]
    now: Queue | None = None
    chosen: str = ""

    def choice(self) -> SpooledJob | StuckPaper | None:
        """The chosen job or paper; else one that waits for a decision; else the newest."""
        if self.now is None:
            return None
        rows = self.rows()
        if self.chosen in rows:
            return rows[self.chosen]
        undecided = [row for row in rows.values() if isinstance(row, SpooledJob) and row.state == "uncertain"]
        asked = [paper for paper in self.now.papers if paper.asking]
        return next(iter([*asked, *undecided, *rows.values()]), None)

    def rows(self) -> dict[str, SpooledJob | StuckPaper]:
        """Everything listed by its key: papers that need a person first."""
        if self.now is None:
            return {}
        papers = {f"{_PAPER}{paper.number}": paper for paper in self.now.papers}
        return {**papers, **{job.job: job for job in self.now.jobs}}


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
        if self.queue.now is not None:
            till = format_money(self.queue.now.totals.tenge, stage.language)
            Text(box, stage.t("To the till today: {sum}", sum=till), "strong", edge=True).pack()

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, queue = stage.t, self.queue
        if queue.now is None:
            return
        rows = queue.rows()
        if not rows:
            EmptyState(
                body, t("Nothing was printed today"), t("Residents' documents appear here as soon as they print.")
            ).pack(fill="both", expand=True)
            return
        chosen = queue.choice()
        main, side = with_panel(body)
        Table(
            main,
            self._columns(stage),
            ListedRows([self._row(stage, key, row) for key, row in rows.items()]),
            chosen=next((key for key, row in rows.items() if row is chosen), ""),
            on_choose=lambda key: self._choose(stage, key),
            counts=self._counts(stage),
            name="queue",
        ).pack(fill="both", expand=True)
        card = Card(side, "chosen")
        card.grid(row=0, column=0, sticky="ew")
        if isinstance(chosen, SpooledJob):
            self._job(card.body, stage, chosen)
        elif chosen is not None:
            self._paper(card.body, stage, chosen)

    def _columns(self, stage: Stage) -> list[Column]:
        t = stage.t
        return [
            Column("code", t("Code"), 100),
            Column("pages", t("Pages"), 64, "right", spare=2),
            Column("copies", t("Copies"), 72, "right", spare=3),
            Column("colour", t("Colours"), 130, spare=4),
            Column("price", t("Price"), 84, "right"),
            Column("time", t("Time"), 64, spare=1),
            Column("state", t("State"), 150, stretch=True),
        ]

    def _row(self, stage: Stage, key: str, row: SpooledJob | StuckPaper) -> Row:
        t, language = stage.t, stage.language
        if isinstance(row, SpooledJob):
            icon, colour, words = STATES[row.state]
            inks = t("colour") if row.options.colour == "colour" else t("black and white")
            price = format_money(due(row).tenge, language) if row.paper is None else ""
            pages, copies = row.quote.pages // row.options.copies, row.options.copies
            detail = (str(pages), str(copies), inks, price, format_time(local(row.created_ms)))
            code = row.code
        else:
            icon, colour, words = STATES["uncertain" if row.asking else "waiting"]
            detail = ("", str(row.copies), "", "", format_time(local(row.put_ms)))
            code = f"№ {row.number}"
        return Row(key, (code, *detail, t(words)), icon, colour)

    def _counts(self, stage: Stage) -> str:
        if self.queue.now is None:
            return ""
        totals = self.queue.now.totals
        return stage.t("Printed today: pages {pages}, sheets {sheets}", pages=totals.pages, sheets=totals.sheets)

    def _job(self, body: Box, stage: Stage, job: SpooledJob) -> None:
        t, language = stage.t, stage.language
        icon_colour, words = STATES[job.state][1:]
        Text(body, job.code, "number", edge=True).pack(fill="x")
        Text(body, t(words), "strong", icon_colour, edge=True, wrap=True).pack(fill="x")
        self._why(body, stage, job.reason, job)
        Line(body).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
        both = t("both sides") if job.options.sides != "one" else t("one side")
        ValueRow(body, t("Pages"), str(job.quote.pages)).pack(fill="x")
        ValueRow(body, t("Sheets of paper"), str(job.quote.sheets)).pack(fill="x")
        ValueRow(body, t("Sides"), both).pack(fill="x")
        if job.paper is None:
            Line(body, strong=True).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
            ValueRow(body, t("To pay"), format_money(due(job).tenge, language), strong=True).pack(fill="x")
        else:
            Text(body, t("A paper of the room: nothing to pay."), "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        if job.state == "uncertain":
            yes = t.button("It printed: charge") if job.paper is None else t.button("It printed")
            self._question(body, stage, yes, lambda printed: self._settle(stage, job, printed))
        elif job.state in _MOVING and not job.stop_wanted:
            Button(body, t.button("Stop printing"), lambda: self._stop(stage, job), icon="circle-x", name="stop").pack(
                fill="x", pady=(stage.px(10), 0)
            )
        elif job.state in _MOVING:
            Text(body, t("Printing is being stopped."), "strong", edge=True, wrap=True).pack(fill="x")

    def _paper(self, body: Box, stage: Stage, paper: StuckPaper) -> None:
        t, queue = stage.t, self.queue
        icon_colour, words = STATES["uncertain" if paper.asking else "waiting"][1:]
        Text(body, t.say(paper.title), "section", edge=True, wrap=True).pack(fill="x")
        Text(body, t(words), "strong", icon_colour, edge=True, wrap=True).pack(fill="x")
        self._why(body, stage, paper.why)

        def run(action: Callable[[int], object]) -> None:
            stage.run(lambda: action(paper.number), lambda _: self.on_show(stage))

        if paper.asking:
            self._question(
                body,
                stage,
                t.button("It printed"),
                lambda printed: run(queue.paper_printed if printed else queue.paper_again),
            )
        else:
            Button(
                body, t.button("Print now"), lambda: run(queue.paper_again), "primary", icon="printer",
                name="again", height=52,
            ).pack(fill="x", pady=(stage.px(10), 0))  # fmt: skip
        Button(body, t.button("Do not print"), lambda: run(queue.paper_dropped), icon="circle-x", name="drop").pack(
            fill="x"
        )

    def _why(self, body: Box, stage: Stage, reason: str, job: SpooledJob | None = None) -> None:
        """What stands in the way, and what to do."""
        found = hindrance(reason, job.told if job else None)
        if found is not None:
            # Of a paper only the code is kept, so a sentence that names an address would have a hole.
            for words in (found.staff, found.todo) if job else (found.todo,):
                Text(body, stage.t.say(words), "hint", wrap=True, edge=True).pack(fill="x")

    def _question(self, body: Box, stage: Stage, yes: str, answer: Callable[[bool], object]) -> None:
        t = stage.t
        Text(body, t("Look in the tray. Are the sheets there?"), "strong", wrap=True, edge=True).pack(
            fill="x", pady=(stage.px(10), 0)
        )
        Button(body, yes, lambda: answer(True), "primary", icon="check", name="printed", height=52).pack(fill="x")
        Button(body, t.button("It did not print"), lambda: answer(False), icon="circle-x", name="not-printed").pack(
            fill="x"
        )

    def on_show(self, stage: Stage) -> None:
        """Fetch today's jobs."""

        def show(found: Queue) -> None:
            if found != self.queue.now:
                self.queue.now = found
                stage.rebuild()

        stage.run(self.queue.fetch, show, kind="read")

    def _choose(self, stage: Stage, key: str) -> None:
        if key != self.queue.chosen:
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
