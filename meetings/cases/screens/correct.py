"""Minutes that were recorded are corrected: their lines as they stand, to be changed, and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import Sentence, Translator
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.widgets.text_area import TextArea
from meetings.cases.actions import ProtocolForm
from meetings.cases.correcting import WHY, begun_of
from meetings.cases.drafts import CorrectionDraft, Draft, Kept
from meetings.cases.screens.keeping import Keeping
from meetings.cases.screens.lines import Lines

if TYPE_CHECKING:
    from meetings.cases.records import Case


@dataclass
class CorrectForm:
    """What is typed, over the minutes as they count now. `save`, `keep` and `throw_away` block."""

    case: Case
    draft: Draft
    seen: tuple[str, ...]
    """The corrections these minutes rest on."""
    save: Callable[[Draft, str], object]
    keep: Callable[[CorrectionDraft], Kept]
    throw_away: Callable[[], object]
    why: str = ""
    overtaken: bool = False
    """Somebody else has corrected the minutes since this was begun."""
    errors: Mapping[str, Sentence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._kept = self.begun

    @property
    def begun(self) -> CorrectionDraft:
        """What is typed, as it is kept."""
        return begun_of(self.case, self.draft, self.why, self.seen)

    @property
    def dirty(self) -> bool:
        """See `Typed`."""
        return self.begun != self._kept

    def keep_now(self) -> Kept:
        """See `Typed`."""
        now = self.begun
        done = self.keep(now)
        self._kept = now
        return done


class CorrectScreen(Screen):
    """See the module."""

    name = "meetings.correct"
    frame = "staff"

    def __init__(self, form: CorrectForm) -> None:
        self.form = form
        self._keeping = Keeping(form)

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Correct minutes № {number}", number=self.form.case.number)

    def first_focus(self) -> str:
        """See `Screen`."""
        return "asked"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Away from here: what was typed stays, or goes."""
        t = stage.t
        Button(box, t.button("Throw away"), lambda: self._throw_away(stage), icon="eraser", name="away").pack(
            side="left"
        )
        Button(box, t.button("Later"), stage.back, icon="arrow-left", name="back").pack(side="left")

    def build(self, body: Box, stage: Stage) -> None:
        """What was said on the left, the person and the law on the right, and why."""
        left, right = two_parts(body, beside=stage.layout == "wide", left=19, right=12)
        lines = Lines(
            self.form.draft,
            self.form.errors,
            lambda line, typed: self._write(stage, line, typed),
            lambda line, key: self._choose(stage, line, key),
        )
        if self.form.overtaken:
            said = stage.t("These minutes were corrected meanwhile. What you typed stands here: read every line again.")
            Remark(left, said, "triangle-alert", "gold").pack(fill="x", pady=(0, stage.px(4)))
        lines.talk(panel(left), stage)
        lines.person(panel(right), stage)
        lines.law(panel(right), stage)
        self._why(panel(left if stage.layout == "wide" else right, "chosen"), stage, lines)

    def _why(self, card: Box, stage: Stage, lines: Lines) -> None:
        t, px = stage.t, stage.px

        def write(typed: str) -> None:
            self.form.why = typed
            self._keeping.touched(stage)

        TextArea(
            card, t("Why the minutes are corrected"), self.form.why, write, error=lines.wrong(WHY, stage), lines=2,
            name=WHY,
        ).pack(fill="x")  # fmt: skip
        said = t(
            "The first text stays and can always be read. The new paper says that its text is corrected, and when."
        )
        Remark(card, said, "info", "sky").pack(fill="x", pady=(px(6), 0))
        Text(card, t("What you type is kept as you type."), "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        Button(
            card, t.button("Correct and print"), lambda: self._save(stage), "primary", icon="printer", name="save",
            height=52,
        ).pack(anchor="w", pady=(px(6), 0))  # fmt: skip

    def _write(self, stage: Stage, line: str, typed: str) -> None:
        setattr(self.form.draft, line, typed)
        self._keeping.touched(stage)

    def _choose(self, stage: Stage, line: str, key: str) -> None:
        self._write(stage, line, key)
        stage.rebuild()

    def _throw_away(self, stage: Stage) -> None:
        def answered(yes: bool) -> None:
            if yes:
                self._keeping.done = True
                stage.run(self.form.throw_away, lambda _: stage.back())

        if self.form.begun.empty:
            answered(True)
            return
        t = stage.t
        question = Question(
            t("Throw this correction away?"),
            t("What was typed is lost. The minutes stay as they are."),
            t.button("Keep"),
            t.button("Throw away"),
        )
        stage.ask(question, answered)

    def _save(self, stage: Stage) -> None:
        form = self.form
        form.errors = {}

        def saved(_: object) -> None:
            self._keeping.done = True
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

    def on_leave(self, stage: Stage) -> None:
        """Whatever was typed last is kept, too."""
        self._keeping.leave(stage)

    def on_escape(self, stage: Stage) -> None:
        """What was typed stays."""
        stage.back()
