"""Step 3: the paper. What happens to the document, what to do when nothing comes out, and what to pay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_money
from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.screen import Action, Footer, Question, Screen, Stage, Steps
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.drawing import Drawing
from akimat_desk.ui.widgets.empty_state import Done
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.surface import Box, Line, Text
from printing.ending import due
from printing.screens.drawings import DRAWINGS
from printing.screens.steps import steps
from printing.spool import SpooledJob
from printing.troubles import JobStanding, standing

LOOK_MS: Final = 400


@dataclass
class ProgressPresenter:
    """The job that is watched. `fetch`, `stop` and `slip` block; `again` gives the screen that begins anew."""

    job: SpooledJob
    fetch: Callable[[], SpooledJob]
    stop: Callable[[], None]
    slip: Callable[[SpooledJob], object]
    again: Callable[[], Screen]
    kept: bool = False
    """It was held: its document is kept a few minutes, encrypted, in case the paper jams."""
    slip_asked: bool = False

    @property
    def now(self) -> JobStanding:
        """How it stands."""
        return standing(self.job)

    @property
    def to_pay(self) -> int | None:
        """Tenge; None where staff have to say, or nothing was printed."""
        return None if self.job.state in ("uncertain", "failed") else due(self.job).tenge

    @property
    def offers_slip(self) -> bool:
        """One slip a document, once it is known what there is to pay."""
        return not self.slip_asked and not self.job.honest and self.now.over and bool(self.to_pay)


class ProgressScreen(Screen):
    """See the module."""

    name = "printing.progress"
    aside_width = 320
    promise: ClassVar[str] = N_("Your file is erased from this computer.")

    def __init__(self, progress: ProgressPresenter) -> None:
        self.progress = progress

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        words = {
            "waiting": t("Your document is in the queue"),
            "printing": t("Your document is printing"),
            "done": t("Your document is ready"),
            "stopped": t("Printing was stopped"),
            "failed": t("The document was not printed"),
            "ask": t("Look in the tray"),
        }
        return words[self.progress.now.standing]

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 3)

    def footer(self, stage: Stage) -> Footer:
        """Stop while it runs; afterwards another file, or home."""
        t = stage.t
        if self.progress.now.over:
            return Footer(
                back=Action(t.button("Another file"), lambda: self._again(stage), icon="file-text"),
                primary=Action(t.button("Home"), stage.home, icon="house"),
            )
        if self.progress.job.stop_wanted:
            return Footer()
        return Footer(back=Action(t.button("Stop"), lambda: self._ask_stop(stage), icon="circle-x", name="stop"))

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, now = stage.t, self.progress.now
        column = Box(body)
        column.pack(fill="both", expand=True, padx=(0, stage.px(14) if stage.layout == "wide" else 0))
        if now.standing == "done":
            more = stage.layout != "wide"
            gone = t(self.promise)
            kept = t("For a few minutes it is kept encrypted, in case the paper jams. Then it is destroyed.")
            done = Done(column, t.say(now.text), kept if self.progress.kept else gone, more=more)
            done.pack(fill="both", expand=not more, pady=(0, stage.px(10) if more else 0))
            self._facts(column, stage)
        elif now.over or now.drawing:
            self._trouble(column, stage, now)
            self._facts(column, stage)
        else:
            share = now.done / now.total if now.total and now.done else None
            ProgressBar(column, t.say(now.text), share).pack(fill="x", pady=stage.px(24))
            self._facts(column, stage)

    def _trouble(self, box: Box, stage: Stage, now: JobStanding) -> None:
        """Drawing and words; in larger text the words come first, because the drawing may be out of sight."""
        t, wide = stage.t, stage.layout == "wide"
        drawing = DRAWINGS.get(now.drawing)
        words = Box(box)
        Text(words, t.say(now.text), "section", edge=True, wrap=True, align="center").pack(fill="x")
        if now.todo:
            Text(words, t.say(now.todo), "body", "ink2", edge=True, wrap=True, align="center").pack(fill="x")
        if drawing is not None and wide:
            Drawing(box, drawing, 300).pack(pady=(stage.px(12), stage.px(8)))
        words.pack(fill="x")
        if drawing is not None and not wide:
            Drawing(box, drawing, 220).pack(pady=(stage.px(8), 0))

    def _facts(self, box: Box, stage: Stage) -> None:
        """Where the side panel lies behind a button, code and price are told all the same."""
        if stage.layout == "wide":
            return
        t, progress = stage.t, self.progress
        ValueRow(box, t("Code of the document"), progress.job.code, strong=True).pack(fill="x")
        self._to_pay(box, stage)
        self._slip(box, stage)

    def _to_pay(self, box: Box, stage: Stage) -> None:
        if self.progress.to_pay is not None:
            words = format_money(self.progress.to_pay, stage.language)
            ValueRow(box, stage.t("You pay"), words, strong=True).pack(fill="x")
            if self.progress.job.honest:
                thanks = stage.t("Put the money into the box. Thank you!")
                Text(box, thanks, "hint", "ink2", edge=True, wrap=True).pack(fill="x")

    def _slip(self, box: Box, stage: Stage) -> None:
        if self.progress.offers_slip:
            Button(
                box, stage.t.button("Print the slip"), lambda: self._print_slip(stage), icon="ticket", name="slip"
            ).pack(fill="x" if stage.layout == "wide" else "none", anchor="w", pady=(stage.px(10), 0))

    def build_aside(self, box: Box, stage: Stage) -> None:
        """The code, the number of pages, what to pay, and the slip to pay by."""
        t, job = stage.t, self.progress.job
        card = Card(box)
        card.pack(fill="both", expand=True)
        Text(card.body, t("Code of the document"), "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        Text(card.body, job.code, "number", edge=True).pack(fill="x")
        Line(card.body, strong=True).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
        if job.state not in ("uncertain", "failed"):
            ValueRow(card.body, t("Pages"), str(due(job).pages)).pack(fill="x", pady=stage.px(3))
            ValueRow(card.body, t("Sheets of paper"), str(due(job).sheets)).pack(fill="x", pady=stage.px(3))
        if stage.layout == "wide":
            self._to_pay(card.body, stage)
            self._slip(card.body, stage)
        Box(card.body).pack(fill="both", expand=True)
        if not self.progress.now.over:
            Remark(card.body, t("You may wait here or sit down: printing goes on by itself."), "info", "sky").pack(
                fill="x"
            )

    def on_show(self, stage: Stage) -> None:
        """Follow the job until it is over."""

        def seen(job: SpooledJob) -> None:
            progress = self.progress
            before = progress.now, progress.to_pay, progress.job.stop_wanted
            progress.job = job
            if (progress.now, progress.to_pay, job.stop_wanted) != before:
                stage.rebuild()
            if not progress.now.over:
                look_again()

        def look_again(_: object = None) -> None:
            stage.after(LOOK_MS, lambda: self.on_show(stage))

        stage.run(self.progress.fetch, seen, look_again, kind="read")

    def _again(self, stage: Stage) -> None:
        stage.replace(self.progress.again())

    def _print_slip(self, stage: Stage) -> None:
        progress = self.progress
        if progress.slip_asked:
            return
        progress.slip_asked = True
        job = progress.job

        def asked(_: object) -> None:
            stage.rebuild()
            stage.toast(stage.t("Your slip is being printed."), "ticket")

        def failed(error: AkimatDeskError) -> None:
            progress.slip_asked = False
            stage.error(error)

        stage.run(lambda: progress.slip(job), asked, failed)

    def _ask_stop(self, stage: Stage) -> None:
        t = stage.t
        question = Question(
            t("Stop printing?"),
            t("Sheets already printed are charged."),
            t.button("Go on printing"),
            t.button("Stop printing"),
        )
        stage.ask(question, lambda yes: stage.run(self.progress.stop) if yes else None)
