"""A file with a password: type it, or take another file. It is used once, kept nowhere, and never logged."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Sentence, Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage, Steps
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box
from printing.flow import PrintFlow
from printing.screens.steps import steps


class PasswordScreen(Screen):
    """See the module. `after` gives the screen for the opened file."""

    name = "printing.password"

    def __init__(self, flow: PrintFlow, after: Callable[[], Screen]) -> None:
        self.flow, self._after = flow, after
        self.typed = ""
        self.error: Sentence | None = None
        self.busy = False

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("This file has a password")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 1)

    def first_focus(self) -> str:
        """See `Screen`."""
        return "password"

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        return Footer(
            back=Action(t.button("Back"), stage.back, icon="arrow-left"),
            primary=Action(t.button("Continue"), lambda: self._open(stage), arrow="arrow-right"),
        )

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        Field(
            body,
            t("Password of the file"),
            self.typed,
            self._type,
            hint=t("It is used only to open the file and is not kept."),
            error=t.say(self.error) if self.error else "",
            secret=True,
            on_enter=lambda _: self._open(stage),
            width=420,
            name="password",
        ).pack(anchor="w", pady=stage.px(12))

    def _type(self, value: str) -> None:
        self.typed = value

    def _open(self, stage: Stage) -> None:
        if self.busy:
            return
        self.busy = True

        def seen(_: object) -> None:
            self.busy = False
            inspection = self.flow.inspection
            assert inspection is not None
            if inspection.can_print:
                self.typed = ""
                stage.replace(self._after())
            else:
                self.typed, self.error = "", inspection.message
                stage.rebuild()
                stage.focus("password")

        def failed(error: AkimatDeskError) -> None:
            self.busy = False
            stage.error(error)

        typed = self.typed
        stage.run(lambda: self.flow.unlock(typed), seen, failed, kind="read")
