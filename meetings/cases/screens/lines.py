"""The lines of minutes as they are filled in: when they are written, and when they are corrected."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.widgets.text_area import TextArea
from meetings.cases import legal
from meetings.cases.screens.law import LawScreen
from meetings.visits.subjects import SUBJECTS

if TYPE_CHECKING:
    from akimat_desk.base.words import Sentence
    from akimat_desk.ui.screen import Stage
    from meetings.cases.drafts import Draft


class Lines:
    """Draws the lines of `draft`. `write` gets a line's name and what was typed, `choose` the same and draws anew."""

    def __init__(
        self,
        draft: Draft,
        errors: Mapping[str, Sentence],
        write: Callable[[str, str], object],
        choose: Callable[[str, str], object],
    ) -> None:
        self.draft, self.errors, self._write, self._choose = draft, errors, write, choose

    def wrong(self, line: str, stage: Stage) -> str:
        """What is wrong with a line, "" where nothing is."""
        return stage.t.say(self.errors[line]) if line in self.errors else ""

    def talk(self, card: Box, stage: Stage) -> None:
        """What was asked, explained and promised, and what it was about."""
        t, px = stage.t, stage.px
        for line, label, lines in (
            ("asked", t("What is asked"), 5),
            ("explained", t("What was explained"), 4),
            ("promised", t("What was promised"), 2),
        ):
            TextArea(
                card,
                label,
                getattr(self.draft, line),
                lambda typed, line=line: self._write(line, typed),  # type: ignore[misc]
                error=self.wrong(line, stage),
                lines=lines,
                name=line,
            ).pack(fill="x", pady=(0 if line == "asked" else px(6), 0))
        OptionRow(
            card,
            t("Subject"),
            [Option(one.key, t(one.name)) for one in SUBJECTS],
            self.draft.subject,
            lambda key: self._choose("subject", key),
            columns=1 if stage.layout == "large" else 2,
            name="subject",
        ).pack(fill="x", pady=(px(6), 0))

    def person(self, card: Box, stage: Stage) -> None:
        """Who came, and the language of the papers."""
        t, px, draft = stage.t, stage.px, self.draft
        Text(card, t("Who came"), "section", edge=True, wrap=True).pack(fill="x")
        for line, label in (
            ("name", t("Surname, name and patronymic")),
            ("address", t("Postal address")),
            ("iin", t("IIN, if there is one")),
            ("phone", t("Phone")),
        ):
            Field(
                card,
                label,
                getattr(draft, line),
                lambda typed, line=line: self._write(line, typed),  # type: ignore[misc]
                error=self.wrong(line, stage),
                groups=(6, 6) if line == "iin" else (),
                width=120,
                name=line,
            ).pack(fill="x", pady=(px(4), 0))
        OptionRow(
            card,
            t("Language of the papers"),
            [Option("kk", "Қазақша"), Option("ru", "Русский")],
            "ru" if draft.language == "ru" else "kk",
            lambda key: self._choose("language", key),
            name="language",
        ).pack(fill="x", pady=(px(4), 0))

    def law(self, card: Box, stage: Stage) -> None:
        """Which kind of appeal it is, how it is answered, and who received."""
        t, px, draft = stage.t, stage.px, self.draft
        OptionRow(
            card,
            t("Kind of appeal"),
            [Option(one.key, t(one.name)) for one in legal.KINDS],
            draft.kind,
            lambda key: self._choose("kind", key),
            columns=2 if stage.layout != "large" else 1,
            name="kind",
        ).pack(fill="x")
        OptionRow(
            card,
            t("Kind of answer"),
            [Option(one.key, t(one.name)) for one in legal.ANSWERS],
            draft.answer,
            lambda key: self._choose("answer", key),
            columns=1,
            name="answer",
        ).pack(fill="x", pady=(px(6), 0))
        Button(card, t.button("See the law"), lambda: stage.go(LawScreen()), icon="library", name="law").pack(
            fill="x", pady=(px(4), 0)
        )
        Field(
            card,
            t("Received by: name, then office"),
            draft.official,
            lambda typed: self._write("official", typed),
            width=120,
            name="official",
        ).pack(fill="x", pady=(px(6), 0))
