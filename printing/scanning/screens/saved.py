"""The scan is on the stick: its name there, what to pay, and what not to forget."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.base.locale import format_money
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.empty_state import Done
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.surface import Box, Text
from printing.scanning.actions import Saved
from printing.scanning.screens.steps import steps


class SavedScreen(Screen):
    """See the module. `again` gives the screen that begins anew."""

    name = "printing.scan_saved"
    aside_width = 320

    def __init__(self, saved: Saved, again: Callable[[], Screen]) -> None:
        self.saved, self._again = saved, again

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Your scan is on the USB stick")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 3)

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        return Footer(
            back=Action(
                t.button("Scan more"),
                lambda: stage.replace(self._again()),
                icon="scan-line",
                short=t.button("Scan"),
                name="again",
            ),
            primary=Action(t.button("Home"), stage.home, icon="house"),
        )

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, more = stage.t, stage.layout != "wide"
        done = Done(body, self.saved.file.name, t("Nothing of it stays on this computer."), more=more)
        done.pack(fill="both", expand=not more)
        if more:
            self._facts(body, stage)

    def build_aside(self, box: Box, stage: Stage) -> None:
        """What to pay, and the paper on the glass."""
        t = stage.t
        card = Card(box)
        card.pack(fill="both", expand=True)
        if self.saved.code:
            Text(card.body, t("Code of the document"), "hint", "ink2", edge=True, wrap=True).pack(fill="x")
            Text(card.body, self.saved.code, "number", edge=True).pack(fill="x")
        if stage.layout == "wide":
            self._facts(card.body, stage)
        Box(card.body).pack(fill="both", expand=True)
        Remark(card.body, t("Do not forget your paper on the scanner."), "hand", "gold").pack(fill="x")

    def _facts(self, box: Box, stage: Stage) -> None:
        t, saved = stage.t, self.saved
        if stage.layout != "wide" and saved.code:
            ValueRow(box, t("Code of the document"), saved.code, strong=True).pack(fill="x")
        ValueRow(box, t("Pages"), str(saved.pages)).pack(fill="x", pady=stage.px(3))
        ValueRow(box, t("You pay"), format_money(saved.tenge, stage.language), strong=True).pack(fill="x")
        if saved.tenge:
            words = (
                t("Put the money into the box. Thank you!")
                if saved.honest
                else t("You give the money to a member of staff.")
            )
            Text(box, words, "hint", "ink2", edge=True, wrap=True).pack(fill="x")
