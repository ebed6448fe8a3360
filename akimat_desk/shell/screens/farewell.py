"""The session is over: what was erased, and what to take along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage
from akimat_desk.ui.widgets.banner import Banner
from akimat_desk.ui.widgets.empty_state import Done
from akimat_desk.ui.widgets.surface import Box

SHOWN_MS: Final = 12_000


class FarewellScreen(Screen):
    """`left` is how many things could not be erased; then staff must come before the resident goes."""

    name = "shell.farewell"

    def __init__(self, left: int, home: Callable[[], object]) -> None:
        self.left, self._home = left, home

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return "" if self.left == 0 else t("Call a member of staff")

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        if self.left:
            Banner(
                body, "error", t("Not everything was erased. Stay here and call a member of staff."), name="left"
            ).pack(fill="x", pady=stage.px(24))
        else:
            Done(body, t("Your data on this computer are erased."), t("Do not forget your USB stick and papers.")).pack(
                fill="both", expand=True
            )

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        return Footer(primary=Action(stage.t.button("To the start"), self._home, icon="house"))

    def on_show(self, stage: Stage) -> None:
        """The next person finds the home again; a warning stays until somebody has seen it."""
        if self.left == 0:
            stage.after(SHOWN_MS, self._home)
