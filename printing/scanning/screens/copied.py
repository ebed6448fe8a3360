"""The copy on its way out: as any document's, in the words and steps of copying."""

from __future__ import annotations

from typing import ClassVar

from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.screen import Action, Footer, Stage, Steps
from printing.scanning.screens.steps import steps
from printing.screens.progress import ProgressScreen


class CopiedScreen(ProgressScreen):
    """See the module."""

    name = "printing.scan_copied"
    promise: ClassVar[str] = N_("Nothing of it stays on this computer.")

    def steps(self, t: Translator) -> Steps:
        """See `Screen`."""
        return steps(t, 3)

    def footer(self, stage: Stage) -> Footer:
        """Afterwards another paper, not another file."""
        footer = super().footer(stage)
        if not self.progress.now.over:
            return footer
        t = stage.t
        more = Action(
            t.button("Scan more"),
            lambda: stage.replace(self.progress.again()),
            icon="scan-line",
            short=t.button("Scan"),
            name="again",
        )
        return footer._replace(back=more)
