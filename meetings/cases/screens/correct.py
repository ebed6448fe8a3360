"""Minutes that were recorded are corrected: their lines as they stand, to be changed, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Sentence, Translator
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.surface import Box
from akimat_desk.ui.widgets.text_area import TextArea
from meetings.cases.actions import ProtocolForm
from meetings.cases.correcting import WHY
from meetings.cases.drafts import Draft
from meetings.cases.screens.lines import Lines

if TYPE_CHECKING:
    from meetings.cases.records import Case


@dataclass
class CorrectForm:
    """What is typed. `save` blocks."""

    case: Case
    draft: Draft
    save: Callable[[Draft, str], object]
    why: str = ""
    errors: Mapping[str, Sentence] = field(default_factory=dict)


class CorrectScreen(Screen):
    """See the module."""

    name = "meetings.correct"
    frame = "staff"

    def __init__(self, form: CorrectForm) -> None:
        self.form = form

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Correct minutes № {number}", number=self.form.case.number)

    def first_focus(self) -> str:
        """See `Screen`."""
        return "asked"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Away from here: nothing is written."""
        Button(box, stage.t.button("Cancel"), stage.back, icon="arrow-left", name="cancel").pack()

    def build(self, body: Box, stage: Stage) -> None:
        """What was said on the left, the person and the law on the right, and why."""
        left, right = two_parts(body, beside=stage.layout == "wide", left=19, right=12)
        lines = Lines(
            self.form.draft,
            self.form.errors,
            lambda line, typed: setattr(self.form.draft, line, typed),
            lambda line, key: self._choose(stage, line, key),
        )
        lines.talk(panel(left), stage)
        lines.person(panel(right), stage)
        lines.law(panel(right), stage)
        self._why(panel(left if stage.layout == "wide" else right, "chosen"), stage, lines)

    def _why(self, card: Box, stage: Stage, lines: Lines) -> None:
        t, px = stage.t, stage.px

        def write(typed: str) -> None:
            self.form.why = typed

        TextArea(
            card, t("Why the minutes are corrected"), self.form.why, write, error=lines.wrong(WHY, stage), lines=2,
            name=WHY,
        ).pack(fill="x")  # fmt: skip
        said = t(
            "The first text stays and can always be read. The new paper says that its text is corrected, and when."
        )
        Remark(card, said, "info", "sky").pack(fill="x", pady=(px(6), 0))
        Button(
            card, t.button("Correct and print"), lambda: self._save(stage), "primary", icon="printer", name="save",
            height=52,
        ).pack(anchor="w", pady=(px(6), 0))  # fmt: skip

    def _choose(self, stage: Stage, line: str, key: str) -> None:
        setattr(self.form.draft, line, key)
        stage.rebuild()

    def _save(self, stage: Stage) -> None:
        form = self.form
        form.errors = {}

        def saved(_: object) -> None:
            stage.toast(stage.t("Corrected. The new paper is in the out-tray."))
            stage.back()

        def failed(error: AkimatDeskError) -> None:
            if isinstance(error, ProtocolForm):
                form.errors = error.fields
            stage.rebuild()
            stage.error(error)
            if form.errors:
                stage.focus(next(iter(form.errors)))

        stage.run(lambda: form.save(form.draft, form.why), saved, failed)

    def on_escape(self, stage: Stage) -> None:
        """Nothing is written."""
        stage.back()
