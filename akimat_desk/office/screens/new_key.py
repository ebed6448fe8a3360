"""An administrator's page for a new recovery key: the sheet is printed, and typing its last group proves it."""

from __future__ import annotations

from akimat_desk.base.words import Translator
from akimat_desk.office.new_key import NewKey
from akimat_desk.office.screens.side import halves, panel
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box, Text


class NewKeyScreen(Screen):
    """See the module."""

    name = "office.new_key"
    frame = "staff"

    def __init__(self, key: NewKey) -> None:
        self.key = key
        self.shown = False
        self.typed = ""
        self.wrong = False

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("A new recovery key")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "print-key"

    def build(self, body: Box, stage: Stage) -> None:
        """What to do on the left, in order; the key on the right where it is to be written down by hand."""
        t, px = stage.t, stage.px
        left, right = halves(body, stage)
        card = panel(left)
        Text(card, t("1. Put the key on paper"), "section", edge=True, wrap=True).pack(fill="x")
        why = t("If this PC breaks or is stolen, only this key opens the backups. Keep the sheet in the akimat's safe.")
        Text(card, why, "body", edge=True, wrap=True).pack(fill="x", pady=(0, px(6)))
        for words, run, icon, name in (
            (t.button("Print the sheet"), self._print, "printer", "print-key"),
            (
                t.button("Hide it") if self.shown else t.button("Show it to write down"),
                self._show,
                "eye-off" if self.shown else "eye",
                "show-key",
            ),
        ):
            Button(card, words, lambda run=run: run(stage), icon=icon, name=name).pack(fill="x")  # type: ignore[misc]
        card = panel(left)
        Text(card, t("2. Prove that the sheet can be read"), "section", edge=True, wrap=True).pack(fill="x")
        Field(
            card,
            t("Last group of the sheet"),
            self.typed,
            lambda value: setattr(self, "typed", value),
            hint=t("Type the last five signs from the paper: this shows that the sheet is readable."),
            error=t("These are not the last five signs. Compare them with the sheet.") if self.wrong else "",
            on_enter=lambda _: self._use(stage),
            name="typed",
        ).pack(fill="x")
        buttons = Box(left)
        buttons.pack(fill="x")
        Button(
            buttons, t.button("Use this key"), lambda: self._use(stage), "primary", icon="key-round", name="use",
            height=52,
        ).pack(side="left")  # fmt: skip
        Button(buttons, t.button("Cancel"), stage.back, icon="arrow-left", name="cancel", height=52).pack(side="left")
        self._aside(right, stage)

    def _aside(self, box: Box, stage: Stage) -> None:
        t, px = stage.t, stage.px
        if self.shown:
            card = panel(box, "chosen")
            Text(card, t("Sheet {sheet}", sheet=self.key.sheet), "strong", "ink2", edge=True).pack(fill="x")
            grid = Box(card)
            grid.pack(fill="x", pady=(px(6), 0))
            for number, group in enumerate(self.key.groups):
                place = Box(grid)
                place.grid(row=number // 2, column=number % 2, sticky="w", padx=(0, px(24)), pady=px(4))
                Text(place, str(number + 1), "hint", "ink2", edge=True).pack(side="left")
                Text(place, group, "title", edge=True).pack(side="left")
        if self.key.old_sheet:
            words = t(
                "Backups made until now are opened by sheet {sheet}. Keep that sheet, too.", sheet=self.key.old_sheet
            )
            Remark(box, words, "info", "gold").pack(fill="x", pady=stage.look.halo)
        words = t("The key is nowhere on this PC. Whoever loses the sheet makes a new key and prints it again.")
        Remark(box, words, "lock-keyhole", "sky").pack(fill="x", pady=stage.look.halo)

    def _show(self, stage: Stage) -> None:
        self.shown = not self.shown
        stage.rebuild()

    def _print(self, stage: Stage) -> None:
        def said(t: Translator) -> str:
            return t("The sheet is on its way to the printer.")

        stage.run(self.key.print_sheet, lambda _: stage.say("info", said))

    def _use(self, stage: Stage) -> None:
        self.wrong = not self.key.is_last_group(self.typed)
        if self.wrong:
            stage.rebuild()
            stage.focus("typed")
            return

        stage.run(self.key.use, lambda _: stage.back())

    def on_leave(self, stage: Stage) -> None:
        """The key is not kept longer than this page."""
        self.key.forget()

    def on_escape(self, stage: Stage) -> None:
        """The key that holds now stays."""
        stage.back()
