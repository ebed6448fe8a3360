"""The last step of a PC's first set-up: the key that opens the backups, on paper, and proved to be readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.shell.screens.first_run import SetUpStep
from akimat_desk.ui.screen import Action, Footer, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box, Text

if TYPE_CHECKING:
    from akimat_desk.shell.first_run import FirstRun


class RecoveryKeyScreen(SetUpStep):
    """The sheet is printed, or written down; typing its last group shows that it can be read."""

    name = "shell.first_run.recovery_key"

    def __init__(self, run: FirstRun) -> None:
        super().__init__(run)
        self.shown = False
        self.typed = ""

    @property
    def number(self) -> int:  # type: ignore[override]
        """The last step."""
        return len(self.run.steps)

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Print the recovery key")

    def footer(self, stage: Stage) -> Footer:
        """There is no way back: the desk is made."""
        return Footer(primary=Action(stage.t.button("Ready"), lambda: self.carry_on(stage), icon="check"))

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, px, wide = stage.t, stage.px, stage.layout != "large"
        body.columnconfigure(0, weight=1, uniform="halves" if wide else "")
        left, right = Box(body), Box(body)
        left.grid(row=0, column=0, sticky="nsew")
        if wide:
            body.columnconfigure(1, weight=1, uniform="halves")
        right.grid(row=0 if wide else 1, column=1 if wide else 0, sticky="new")
        why = t("If this PC breaks or is stolen, only this key opens the backups. Keep the sheet in the akimat's safe.")
        Text(left, why, "body", wrap=True, edge=True).pack(fill="x", pady=(px(6), px(12)))
        for words, run, icon, name in (
            (t.button("Print the sheet"), self._print, "printer", "print-key"),
            (t.button("Show it to write down"), self._show, "eye", "show-key"),
        ):
            Button(left, words, lambda run=run: run(stage), icon=icon, name=name, height=60).pack(anchor="w")  # type: ignore[misc]
        if self.shown:
            card = Card(right, "chosen")
            card.pack(fill="x", pady=px(8))
            for group in self.run.key.split("-"):
                Text(card.body, group, "section", edge=True).pack(anchor="w")
        Field(
            left,
            t("Last group of the sheet"),
            self.typed,
            self._type,
            hint=t("Type the last five signs from the paper: this shows that the sheet is readable."),
            error=self.said(stage, "typed"),
            on_enter=lambda _: self.carry_on(stage),
            name="typed",
        ).pack(fill="x", pady=px(8))

    def carry_on(self, stage: Stage) -> None:
        """Keep the key's public half once the paper is proved."""
        if not self.run.is_last_group(self.typed):
            wrong = Sentence(N_("These are not the last five signs. Compare them with the sheet."))
            self.refuse(stage, {"typed": (wrong,)})
            return
        stage.run(self.run.keep_key, lambda _: self.run.done())

    def _type(self, value: str) -> None:
        self.typed = value

    def _show(self, stage: Stage) -> None:
        self.shown = not self.shown
        stage.rebuild()

    def _print(self, stage: Stage) -> None:
        said = stage.t("The sheet is on its way to the printer.")
        stage.run(self.run.print_sheet, lambda _: stage.toast(said, "printer"))
