"""The desk cannot be opened: what is so, what to do, and a backup where that helps. No data was changed."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.surface import Box


class TroubleScreen(Screen):
    """`again` opens the desk once more (a full disk may have room now), `close` ends the program, `restore` leads to a
    backup where one helps against this error.
    """

    name = "shell.trouble"

    def __init__(
        self,
        error: AkimatDeskError,
        again: Callable[[], object],
        close: Callable[[], object],
        restore: Callable[[], object] | None = None,
    ) -> None:
        self.error, self._again, self._close, self._restore = error, again, close, restore

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("This computer cannot be used now")

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t = stage.t
        text = f"{t.say(self.error.next_step)} {t('Code: {code}', code=self.error.values['code'])}"
        state = EmptyState(body, t.say(self.error.for_staff), text)
        state.pack(fill="both", expand=True)
        if self._restore is not None:
            Button(
                state.children_box, t("Restore a backup"), self._restore, icon="database-backup", name="restore",
                height=60,
            ).pack(pady=stage.px(12))  # fmt: skip

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        return Footer(
            back=Action(t.button("Close"), self._close, icon="log-out"),
            primary=Action(t.button("Try again"), self._again, icon="refresh-cw"),
        )

    def on_escape(self, stage: Stage) -> None:
        """Escape closes nothing."""
