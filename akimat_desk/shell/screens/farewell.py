"""The session is over: what was erased, and what to take along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from akimat_desk.base.words import Translator
from akimat_desk.people.session import NOT_ERASED
from akimat_desk.ui.screen import Action, Footer, Screen, Stage
from akimat_desk.ui.widgets.banner import Banner
from akimat_desk.ui.widgets.empty_state import Done
from akimat_desk.ui.widgets.surface import Box

SHOWN_MS: Final = 12_000


class FarewellScreen(Screen):
    """`complete` false: something could not be erased, and staff must come before the resident goes."""

    name = "shell.farewell"

    def __init__(self, complete: bool, home: Callable[[], object]) -> None:
        self.complete, self._home = complete, home

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return "" if self.complete else t("Call a member of staff")

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        if not self.complete:
            Banner(body, "error", t(NOT_ERASED), name="left").pack(fill="x", pady=stage.px(24))
        else:
            Done(body, t("Your data on this computer are erased."), t("Do not forget your USB stick and papers.")).pack(
                fill="both", expand=True
            )

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        return Footer(primary=Action(stage.t.button("To the start"), self._home, icon="house"))

    def on_show(self, stage: Stage) -> None:
        """The next person finds the home again; a warning stays until somebody has seen it."""
        if self.complete:
            stage.after(SHOWN_MS, self._home)
