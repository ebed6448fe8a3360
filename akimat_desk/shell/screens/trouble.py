"""The desk cannot be opened: what is so, what to do, and nothing else. No data was changed."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.surface import Box


class TroubleScreen(Screen):
    """See the module."""

    name = "shell.trouble"

    def __init__(self, error: AkimatDeskError, close: Callable[[], object]) -> None:
        self.error, self._close = error, close

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("This computer cannot be used now")

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        text = f"{t.say(self.error.next_step)} {t('Code: {code}', code=self.error.code)}"
        EmptyState(body, t.say(self.error.for_staff), text).pack(fill="both", expand=True)

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        return Footer(primary=Action(stage.t.button("Close"), self._close, icon="log-out"))
