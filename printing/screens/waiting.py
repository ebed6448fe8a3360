"""Step 3 where documents wait: the code, where to go with it, until when; where the room allows it, printing it now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from akimat_desk.base.clock import local
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_money, format_time
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Question, Screen, Stage, Steps
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.surface import Box, Line, Text
from printing.held_job import HeldJob
from printing.screens.steps import steps

LOOK_MS: Final = 1_500


@dataclass
class WaitingPresenter:
    """A document that waits. `fetch`, `slip` and `drop` block; `fetch` tells besides whether the resident may print it
    here. `printing` gives the screen that follows its paper, `own` the one on which a resident releases it; `again`
    begins anew.
    """

    job: HeldJob
    fetch: Callable[[], tuple[HeldJob, bool]]
    slip: Callable[[], object]
    drop: Callable[[], HeldJob]
    printing: Callable[[HeldJob], Screen]
    again: Callable[[], Screen]
    own: Callable[[HeldJob], Screen]
    may_release: bool = False
    slip_asked: bool = False

    @property
    def waits(self) -> bool:
        """Whether it still can be printed: here, or at the main PC, or on its way there."""
        return self.job.state in ("held", "handing", "handed")

    @property
    def on_its_way(self) -> bool:
        """Whether the main PC has not got it yet."""
        return self.job.state == "handing"


class WaitingScreen(Screen):
    """See the module."""

    name = "printing.waiting"
    aside_width = 320

    def __init__(self, waiting: WaitingPresenter) -> None:
        self.waiting = waiting

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        if self.waiting.waits:
            return t("Go to the printer desk with this code")
        return t("This document no longer waits")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 3)

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t, waiting = stage.t, self.waiting
        again = Action(t.button("Another file"), lambda: stage.replace(waiting.again()), icon="file-text")
        if waiting.waits and waiting.may_release:
            return Footer(
                back=Action(t.button("Home"), stage.home, icon="house"),
                primary=Action(
                    t.button("Print now"),
                    lambda: stage.go(waiting.own(waiting.job)),
                    icon="printer",
                    short=t.button("Print"),
                ),
            )
        return Footer(back=again, primary=Action(t.button("Home"), stage.home, icon="house"))

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, job = stage.t, self.waiting.job
        column = Box(body)
        column.pack(fill="both", expand=True, padx=(0, stage.px(14) if stage.layout == "wide" else 0))
        if not self.waiting.waits:
            EmptyState(
                column,
                t("The document is destroyed"),
                t("If you still need it, choose the file again."),
                icon="eraser",
            ).pack(fill="both", expand=True)
            return
        card = Card(column, "chosen")
        card.pack(fill="x", pady=(0, stage.px(14)))
        Text(card.body, t("Code of the document"), "label", "ink2", edge=True, align="center").pack(fill="x")
        Text(card.body, " ".join(job.code), "number", edge=True, align="center").pack(fill="x")
        Text(
            column, t("Tell the code to a member of staff. They show you the pages, and then print."),
            "body", edge=True, wrap=True,
        ).pack(fill="x")  # fmt: skip
        Text(
            column, t("It waits until {time}. After that it is destroyed.", time=format_time(local(job.due_ms))),
            "body", "ink2", edge=True, wrap=True,
        ).pack(fill="x", pady=(stage.px(6), 0))  # fmt: skip
        if self.waiting.on_its_way:
            Remark(
                column,
                t(
                    "The main computer does not answer. Your document is kept here and handed over as soon as it does."
                    " If it takes long, call a member of staff."
                ),
                "hourglass",
                "gold",
            ).pack(fill="x", pady=(stage.px(10), 0))
        if stage.layout != "wide":
            self._price(column, stage)
            self._buttons(column, stage)

    def build_aside(self, box: Box, stage: Stage) -> None:
        """What it will cost, the slip, and the way to give it up."""
        t, job = stage.t, self.waiting.job
        card = Card(box)
        card.pack(fill="both", expand=True)
        ValueRow(card.body, t("Pages"), str(job.quote.pages)).pack(fill="x", pady=stage.px(3))
        ValueRow(card.body, t("Sheets of paper"), str(job.quote.sheets)).pack(fill="x", pady=stage.px(3))
        if stage.layout == "wide":
            self._price(card.body, stage)
            self._buttons(card.body, stage)
        Box(card.body).pack(fill="both", expand=True)
        Remark(card.body, t("It waits encrypted. You may finish here: only what you handed over stays.")).pack(fill="x")

    def _price(self, box: Box, stage: Stage) -> None:
        Line(box, strong=True).pack(fill="x", pady=stage.px(8), padx=stage.look.halo)
        price = format_money(self.waiting.job.quote.total, stage.language)
        ValueRow(box, stage.t("You pay when it is printed"), price, strong=True).pack(fill="x")

    def _buttons(self, box: Box, stage: Stage) -> None:
        if not self.waiting.waits:
            return
        wide = stage.layout == "wide"
        if not self.waiting.slip_asked:
            Button(
                box, stage.t.button("Print the slip"), lambda: self._slip(stage), icon="ticket", name="slip"
            ).pack(fill="x" if wide else "none", anchor="w", pady=(stage.px(10), 0))  # fmt: skip
        Button(
            box, stage.t.button("Do not print, destroy it"), lambda: self._ask_drop(stage), icon="eraser", name="drop"
        ).pack(fill="x" if wide else "none", anchor="w")

    def on_show(self, stage: Stage) -> None:
        """Follow it: as soon as it is released, the screen shows its paper."""
        waiting = self.waiting

        def seen(found: tuple[HeldJob, bool]) -> None:
            before = waiting.waits, waiting.may_release, waiting.on_its_way
            waiting.job, waiting.may_release = found
            job = waiting.job
            if job.state in ("released", "done") and job.job is not None:
                stage.replace(waiting.printing(job))
                return
            if (waiting.waits, waiting.may_release, waiting.on_its_way) != before:
                stage.rebuild()
            if waiting.waits:
                again()

        def again(_: object = None) -> None:
            stage.after(LOOK_MS, lambda: self.on_show(stage))

        stage.run(waiting.fetch, seen, again, kind="read")

    def _slip(self, stage: Stage) -> None:
        waiting = self.waiting
        if waiting.slip_asked:
            return
        waiting.slip_asked = True

        def asked(_: object) -> None:
            stage.rebuild()
            stage.toast(stage.t("Your slip is being printed."), "ticket")

        def failed(error: AkimatDeskError) -> None:
            waiting.slip_asked = False
            stage.error(error)

        stage.run(waiting.slip, asked, failed)

    def _ask_drop(self, stage: Stage) -> None:
        t, waiting = stage.t, self.waiting
        question = Question(
            t("Destroy this document?"),
            t("It is not printed, and there is nothing to pay."),
            t.button("Let it wait"),
            t.button("Yes, destroy"),
        )

        def dropped(job: HeldJob) -> None:
            waiting.job = job
            stage.rebuild()

        stage.ask(question, lambda yes: stage.run(waiting.drop, dropped) if yes else None)
