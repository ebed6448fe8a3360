"""Long work on a page: how far it is and a button that stops it on top; how it ended in the banner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_
from akimat_desk.office.long_work import LongWork, Outcome
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.surface import Box

WATCH_MS: Final = 200
"""How often the bar is moved."""


class WorkCard:
    """`work` may have begun on this page, before it was left, or elsewhere. `ended` is told what came of it."""

    def __init__(self, work: LongWork, ended: Callable[[Stage, Outcome], object]) -> None:
        self.work = work
        self._ended = ended
        self._starting = False
        self._bar: ProgressBar | None = None

    @property
    def busy(self) -> bool:
        """Whether there is something to do."""
        return self._starting or self.work.now is not None

    def draw(self, body: Box, stage: Stage) -> None:
        """In row 0 of `body`, while there is something to do."""
        self._bar = None
        if not self.busy:
            return
        place = Box(body)
        place.grid(row=0, column=0, sticky="ew")
        card = panel(place, "chosen")
        self._bar = ProgressBar(card, "")
        self._bar.pack(fill="x")
        Button(card, stage.t.button("Stop"), self.work.stop, icon="circle-stop", name="stop").pack(anchor="w")
        self._move(stage)

    def start(self, stage: Stage, action: Callable[[], None]) -> None:
        """Begin `action`, which runs `work` (blocks)."""
        self._starting = True
        stage.clear_banner()
        stage.rebuild()

        def over(error: AkimatDeskError | None = None) -> None:
            self._starting = False
            stage.rebuild()
            self._end(stage)
            if error is not None:
                stage.error(error)

        stage.run(action, lambda _: over(), over, kind="long")
        stage.after(WATCH_MS, lambda: self.watch(stage))

    def watch(self, stage: Stage) -> None:
        """Move the bar while there is something to do; when it is over, say how it ended."""
        if self.busy:
            self._move(stage)
            stage.after(WATCH_MS, lambda: self.watch(stage))
        else:
            self._end(stage)

    def _move(self, stage: Stage) -> None:
        now = self.work.now
        if self._bar is not None:
            what = N_("It is being stopped.") if now and now.stopping else now.what if now else ""
            self._bar.show(stage.t(what) if what else "…", now.share if now else None)

    def _end(self, stage: Stage) -> None:
        outcome, self.work.outcome = self.work.outcome, None
        if outcome is not None:
            self._ended(stage, outcome)
