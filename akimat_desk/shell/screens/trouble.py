"""The desk cannot be opened: what is so, what to do, and nothing else. No data was changed."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.surface import Box


class TroubleScreen(Screen):
    """`again` opens the desk once more (a full disk may have room now), `close` ends the program."""

    name = "shell.trouble"

    def __init__(self, error: AkimatDeskError, again: Callable[[], object], close: Callable[[], object]) -> None:
        self.error, self._again, self._close = error, again, close

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("This computer cannot be used now")

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        text = f"{t.say(self.error.next_step)} {t('Code: {code}', code=self.error.values['code'])}"
        EmptyState(body, t.say(self.error.for_staff), text).pack(fill="both", expand=True)

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        return Footer(
            back=Action(t.button("Close"), self._close, icon="log-out"),
            primary=Action(t.button("Try again"), self._again, icon="refresh-cw"),
        )

    def on_escape(self, stage: Stage) -> None:
        """Escape closes nothing."""
