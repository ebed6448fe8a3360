"""Step 3: the paper. What happens to the document, what to do when nothing comes out, and what to pay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from akimat_desk.base.locale import format_money
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Question, Screen, Stage, Steps
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.drawing import Drawing, DrawingName
from akimat_desk.ui.widgets.empty_state import Done
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.surface import Box, Line, Text
from printing.screens.steps import steps
from printing.spool import SpooledJob
from printing.troubles import JobStanding, standing

LOOK_MS: Final = 400

_DRAWINGS: Final[dict[str, DrawingName]] = {
    "paper": "paper-out",
    "jam": "paper-jam",
    "power": "power",
    "toner": "toner",
    "cover": "cover-open",
    "tray": "take-paper",
    "staff": "staff",
}


@dataclass
class ProgressPresenter:
    """The job that is watched. `fetch` and `stop` block; `again` gives the screen that begins with another file."""

    job: SpooledJob
    fetch: Callable[[], SpooledJob]
    stop: Callable[[], None]
    again: Callable[[], Screen]

    @property
    def now(self) -> JobStanding:
        """How it stands."""
        return standing(self.job)


class ProgressScreen(Screen):
    """See the module."""

    name = "printing.progress"
    aside_width = 320

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
                back=Action(
                    t.button("Print another file"), self.progress.again, icon="file-text", short=t.button("More")
                ),
                primary=Action(t.button("To the start"), stage.home, icon="house"),
            )
        return Footer(back=Action(t.button("Stop"), lambda: self._ask_stop(stage), icon="circle-x", name="stop"))

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, now = stage.t, self.progress.now
        if now.standing == "done":
            Done(body, t.say(now.text), t("Your file is erased from this computer.")).pack(fill="both", expand=True)
            return
        column = Box(body)
        column.pack(fill="both", expand=True, padx=(0, stage.px(14)))
        drawing = _DRAWINGS.get(now.drawing)
        if drawing is not None:
            Drawing(column, drawing, 300).pack(pady=(stage.px(12), stage.px(8)))
        share = now.done / now.total if now.total and now.done and not now.over else None
        if now.over or drawing is not None:
            Text(column, t.say(now.text), "section", edge=True, wrap=True, align="center").pack(fill="x")
            if now.todo:
                Text(column, t.say(now.todo), "body", "ink2", edge=True, wrap=True, align="center").pack(fill="x")
        else:
            ProgressBar(column, t.say(now.text), share).pack(fill="x", pady=stage.px(24))

    def build_aside(self, box: Box, stage: Stage) -> None:
        """The code, the number of pages, what to pay."""
        t, job, language = stage.t, self.progress.job, stage.language
        card = Card(box)
        card.pack(fill="both", expand=True)
        Text(card.body, t("Code of the document"), "hint", "ink2", edge=True).pack(fill="x")
        Text(card.body, job.code, "number", edge=True).pack(fill="x")
        Line(card.body, strong=True).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
        ValueRow(card.body, t("Pages"), str(job.quote.pages)).pack(fill="x", pady=stage.px(3))
        ValueRow(card.body, t("Sheets of paper"), str(job.quote.sheets)).pack(fill="x", pady=stage.px(3))
        if self.progress.now.standing in ("waiting", "printing", "done"):
            ValueRow(card.body, t("To pay"), format_money(job.quote.total, language), strong=True).pack(fill="x")
        Box(card.body).pack(fill="both", expand=True)
        if not self.progress.now.over:
            Remark(card.body, t("You may wait here or sit down: printing goes on by itself."), "info", "sky").pack(
                fill="x"
            )

    def on_show(self, stage: Stage) -> None:
        """Follow the job until it is over."""

        def seen(job: SpooledJob) -> None:
            before, self.progress.job = self.progress.now, job
            if self.progress.now != before:
                stage.rebuild()
            if not self.progress.now.over:
                stage.after(LOOK_MS, lambda: self.on_show(stage))

        stage.run(self.progress.fetch, seen, kind="read")

    def _ask_stop(self, stage: Stage) -> None:
        t = stage.t
        question = Question(
            t("Stop printing?"),
            t("Sheets already printed are charged."),
            t.button("Go on printing"),
            t.button("Stop printing"),
        )
        stage.ask(question, lambda yes: stage.run(self.progress.stop) if yes else None)
