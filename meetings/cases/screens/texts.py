"""All texts of minutes that were corrected: the first one whole, then every correction with who, when and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from akimat_desk.base.clock import local
from akimat_desk.base.locale import format_date, format_time
from akimat_desk.base.words import Translator
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.surface import Box, Text
from meetings.cases.corrections import LINES, first_text, line_of
from meetings.cases.words import LINE_NAMES, tell_line

if TYPE_CHECKING:
    from meetings.cases.corrections import Correction, Texts
    from meetings.cases.records import Case


class TextsScreen(Screen):
    """See the module."""

    name = "meetings.case_texts"
    frame = "staff"

    def __init__(self, case: Case, texts: Texts) -> None:
        self.case, self.texts = case, texts

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("All texts of minutes № {number}", number=self.case.number)

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Back to the case."""
        Button(box, stage.t.button("Back"), stage.back, icon="arrow-left", name="back").pack()

    def build(self, body: Box, stage: Stage) -> None:
        """The first text on the left, what was changed on the right, the latest at the bottom."""
        t = stage.t
        left, right = two_parts(body, beside=stage.layout == "wide")
        card = panel(left)
        day = format_date(self.case.received, stage.language, "short")
        Text(card, t("The first text, {date}", date=day), "section", edge=True, wrap=True).pack(fill="x")
        first = first_text(self.case, self.texts.corrections)
        changed = {change.line for one in self.texts.corrections for change in one.changes}
        for line in LINES:
            value = tell_line(line, line_of(first, line), t)
            if value or line in changed:
                self._pair(card, stage, t(LINE_NAMES[line]), value)
        for one in self.texts.corrections:
            self._correction(panel(right), stage, one)

    def _correction(self, card: Box, stage: Stage, one: Correction) -> None:
        t = stage.t
        day = format_date(one.on, stage.language, "short")
        head = t("Corrected on {date} at {time}", date=day, time=format_time(local(one.at_ms)))
        Text(card, head, "section", edge=True, wrap=True).pack(fill="x")
        Text(card, f"{one.author}: {one.why}" if one.author else one.why, "body", edge=True, wrap=True).pack(fill="x")
        for change in one.changes:
            self._pair(card, stage, t(LINE_NAMES[change.line]), tell_line(change.line, change.now, t))

    def _pair(self, card: Box, stage: Stage, label: str, text: str) -> None:
        Text(card, label, "strong", edge=True, wrap=True).pack(fill="x", pady=(stage.px(6), 0))
        Text(card, text or stage.t("(empty)"), "body", edge=True, wrap=True).pack(fill="x")

    def on_escape(self, stage: Stage) -> None:
        """Back to the case."""
        stage.back()
