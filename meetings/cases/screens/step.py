"""The forms of one step of an assignment: an answer, another date, a dispute, opening it again, ending it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import NotADate, format_date, parse_date
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.office.screens.side import basis_remark, panel
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import Column
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.widgets.text_area import TextArea
from meetings.cases import legal

if TYPE_CHECKING:
    from meetings.cases.records import Assignment

What = Literal["answer", "extend", "dispute", "reopen", "close"]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a form asks for: its title, the reasons to choose from, what is to be told, whether there is a date."""

    title: str
    choice: str
    table: Sequence[legal.Provision]
    text: str
    dated: bool = False
    remark: str = ""


SHAPES: Mapping[What, Shape] = {
    "answer": Shape(
        N_("The answer"), N_("What came of it"), legal.OUTCOMES, N_("What the resident is told"),
        remark=N_("The resident reads this on the answer, and confirms or not."),
    ),
    "extend": Shape(
        N_("Another date"), N_("Why the date is moved"), legal.EXTENSIONS, N_("What the resident is told"), dated=True,
        remark=N_("The resident must be told within three working days. Print the notice."),
    ),
    "dispute": Shape(N_("The resident is not content"), N_("Why"), legal.DISPUTES, N_("In the resident’s words")),
    "reopen": Shape(N_("Open it again"), "", (), N_("What is to be done now"), dated=True),
    "close": Shape(
        N_("End it without the resident"), N_("Why"), legal.CLOSINGS, N_("What is known"),
        remark=N_("It is counted apart, not as confirmed."),
    ),
}  # fmt: skip


@dataclass
class StepForm:
    """What is typed. `save` blocks and gets the date (None where there is none), the reason and the text."""

    what: What
    about: Assignment
    save: Callable[[date | None, str, str], object]
    reason: str = ""
    on: str = ""
    text: str = ""
    errors: Mapping[str, Sentence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        table = SHAPES[self.what].table
        self.reason = self.reason or (table[0].key if table else "")

    def date(self) -> date | None:
        """The typed date. Raises `NotADate`."""
        return parse_date(self.on) if SHAPES[self.what].dated else None


class StepScreen(Screen):
    """See the module."""

    name = "meetings.assignment_step"
    frame = "staff"

    def __init__(self, form: StepForm) -> None:
        self.form = form
        self.shape = SHAPES[form.what]

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t(self.shape.title)

    def first_focus(self) -> str:
        """See `Screen`."""
        return "due" if self.shape.dated else "text"

    def build(self, body: Box, stage: Stage) -> None:
        """One card, in the width of a form."""
        t, px, form, shape = stage.t, stage.px, self.form, self.shape
        column: Box
        if stage.layout == "large":
            column = Box(body)
            column.pack(fill="x")
        else:
            wide = Column(body, stage.look.scale.with_text(680))
            wide.pack(anchor="nw")
            column = wide.inside
        card = panel(column)
        Text(card, form.about.what, "section", edge=True, wrap=True).pack(fill="x")
        due = format_date(form.about.life.due, stage.language, "short")
        Text(card, t("{who}, by {date}", who=form.about.who, date=due), "body", "ink2", edge=True, wrap=True).pack(
            fill="x"
        )
        if shape.dated:
            Field(
                card, t("The new date"), form.on, lambda typed: setattr(form, "on", typed),
                hint=t("For example: {example}.", example="24.11.2026"),
                error=t.say(form.errors["due"]) if "due" in form.errors else "", name="due",
            ).pack(fill="x", pady=(px(8), 0))  # fmt: skip
        if shape.table:
            OptionRow(
                card, t(shape.choice), [Option(one.key, t(one.name)) for one in shape.table], form.reason,
                lambda key: self._choose(stage, key), columns=1 if stage.layout == "large" else 2, name="reason",
            ).pack(fill="x", pady=(px(8), 0))  # fmt: skip
            chosen = next((one for one in shape.table if one.key == form.reason), None)
            if chosen is not None and form.what == "extend":
                basis_remark(card, chosen.basis, t)
        TextArea(
            card, t(shape.text), form.text, lambda typed: setattr(form, "text", typed), lines=5, name="text",
            error=t.say(form.errors["text"]) if "text" in form.errors else "",
        ).pack(fill="x", pady=(px(8), 0))  # fmt: skip
        if shape.remark:
            Remark(card, t(shape.remark), "info", "sky").pack(fill="x", pady=(px(8), 0))
        buttons = Box(column)
        buttons.pack(fill="x")
        Button(
            buttons, t.button("Write it down"), lambda: self._save(stage), "primary", icon="save", name="save",
            height=52,
        ).pack(side="left")  # fmt: skip
        Button(buttons, t.button("Cancel"), stage.back, icon="arrow-left", name="cancel", height=52).pack(side="left")

    def _choose(self, stage: Stage, key: str) -> None:
        self.form.reason = key
        stage.rebuild()

    def _save(self, stage: Stage) -> None:
        form = self.form
        form.errors = {}
        try:
            day = form.date()
        except NotADate as why:
            self._show(stage, {"due": why.for_staff})
            return

        def failed(error: AkimatDeskError) -> None:
            line = {"assignment-extension": "due", "case-answer": "text", "case-text": "text"}.get(error.code)
            if line:
                self._show(stage, {line: error.for_staff})
            else:
                stage.rebuild()
                stage.error(error)

        stage.run(lambda: form.save(day, form.reason, form.text), lambda _: stage.back(), failed)

    def _show(self, stage: Stage, errors: Mapping[str, Sentence]) -> None:
        self.form.errors = errors
        stage.rebuild()
        stage.focus(next(iter(errors)))

    def on_escape(self, stage: Stage) -> None:
        """Nothing is written."""
        stage.back()
