"""What a screen shows while the scanner works: words, and one way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.ui.operations import Progress
from akimat_desk.ui.screen import Action, Footer, Screen, Stage
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.surface import Box
from printing.scanning.errors import ScanStopped
from printing.scanning.flow import ScanFlow


class ScanningScreen(Screen):
    """A screen from which the scanner is set to work; while it works nothing else can be pressed but Stop."""

    def __init__(self, flow: ScanFlow) -> None:
        self.flow = flow
        self.working = ""
        """What is being done, a sentence; "" while nothing is."""
        self._bar: ProgressBar | None = None

    def work(
        self,
        stage: Stage,
        words: str,
        act: Callable[..., object],
        done: Callable[[], object],
        *,
        tells: bool = False,
    ) -> None:
        """Do `act` beside the screen. A stop asked for is no error; another one stands on the screen as it was.

        Where it `tells`, `act` is called with a `Report`, and what that says is shown.
        """
        if self.working:
            return
        self.working = words
        stage.clear_banner()
        stage.rebuild()

        def finished(_: object) -> None:
            self.working = ""
            done()

        def broke(error: AkimatDeskError) -> None:
            self.working = ""
            stage.rebuild()
            if not isinstance(error, ScanStopped):
                stage.error(error)

        def moved(now: Progress) -> None:
            self.working = stage.t.say(now.sentence)
            if self._bar is not None and self._bar.winfo_exists():
                self._bar.show(self.working, None)

        stage.run(act, finished, broke, progress=moved if tells else None, kind="long")

    def show_work(self, body: Box, stage: Stage) -> bool:
        """Say what is being done; whether anything is."""
        if self.working:
            self._bar = ProgressBar(body, self.working)
            self._bar.pack(fill="x", pady=stage.px(24))
        return bool(self.working)

    def working_footer(self, stage: Stage) -> Footer:
        """The one thing that can be done meanwhile."""
        return Footer(back=Action(stage.t.button("Stop"), self.flow.stop, icon="circle-x", name="stop"))
