"""The resident leaves: what is being erased, that it is, and what to take along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage
from akimat_desk.ui.widgets.banner import Banner
from akimat_desk.ui.widgets.empty_state import Done, EmptyState
from akimat_desk.ui.widgets.surface import Box

if TYPE_CHECKING:
    from akimat_desk.people.session import Session

SHOWN_MS: Final = 12_000


@dataclass
class Farewell:
    """One resident's end. `left`: something could not be erased, and staff must come before the resident goes."""

    session: Session
    state: Literal["erasing", "erased", "left"] = "erasing"


class FarewellScreen(Screen):
    """`gone` leads back to the home, `again` tries to erase what is left."""

    name = "shell.farewell"

    def __init__(self, farewell: Farewell, gone: Callable[[], object], again: Callable[[Farewell], object]) -> None:
        self.farewell, self._gone, self._again = farewell, gone, again

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Call a member of staff") if self.farewell.state == "left" else ""

    def first_focus(self) -> str:
        """See `Screen`."""
        return "" if self.farewell.state == "erasing" else "continue"

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, state = stage.t, self.farewell.state
        if state == "erasing":
            EmptyState(body, t("Your data are being erased from this computer."), t("This takes a few seconds.")).pack(
                fill="both", expand=True
            )
        elif state == "left":
            from akimat_desk.people.session import NOT_ERASED  # brings in the database, which no first picture needs

            Banner(body, "error", t(NOT_ERASED), name="left").pack(fill="x", pady=stage.px(24))
        else:
            Done(body, t("Your data on this computer are erased."), t("Do not forget your USB stick and papers.")).pack(
                fill="both", expand=True
            )

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t, state = stage.t, self.farewell.state
        if state == "erasing":
            return Footer()
        if state == "erased":
            return Footer(primary=Action(t.button("To the start"), self._gone, icon="house"))
        home = Action(t.button("To the start"), self._gone, icon="house", short=t.button("Back"))
        again = Action(
            t.button("Erase again"), lambda: self._again(self.farewell), icon="eraser", short=t.button("Erase")
        )
        return Footer(back=home, primary=again)

    def on_show(self, stage: Stage) -> None:
        """The next person finds the home again; a warning stays until somebody has seen it."""
        if self.farewell.state == "erased":
            stage.after(SHOWN_MS, self._gone)
