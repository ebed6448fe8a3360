"""The form of an order about one date: held on another day, not at all, or on one more day besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import NotADate, format_date, parse_date
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.calendar.actions import OrderForm
from akimat_desk.calendar.words import describe, full_day
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import Column
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.form_line import FormLine
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text
from meetings.actions import DateHeld
from meetings.rules import Order

if TYPE_CHECKING:
    from akimat_desk.calendar.days import Day
    from meetings.rules import Occurrence

WHAT: Final = (
    ("moved", N_("On another day")),
    ("cancelled", N_("It is not held")),
    ("extra", N_("One more day besides")),
)


@dataclass
class DateOrder:
    """What is typed about a date. `save` and `look` block; `look` is what the calendar says of a day."""

    about: Occurrence
    save: Callable[[Order], object]
    look: Callable[[date], Day]
    what: str = "moved"
    typed: dict[str, str] = field(default_factory=dict)
    errors: Mapping[str, Sentence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        order = self.about.order
        self.typed = {"held_on": "", "order": "", "ordered_on": "", **self.typed}
        if order is not None:
            self.what = "moved" if order.held_on else "cancelled"
            self.typed |= {"order": order.order, "ordered_on": format_date(order.ordered_on, "kk", "short")}

    def order(self) -> Order | None:
        """The order as it was typed; None where something is wrong, and `errors` says what."""
        found, days = dict[str, Sentence](), dict[str, date]()
        for line in ("ordered_on",) if self.what == "cancelled" else ("held_on", "ordered_on"):
            try:
                days[line] = parse_date(self.typed[line])
            except NotADate as why:
                found[line] = why.for_staff
        if not self.typed["order"].strip():
            found["order"] = OrderForm().for_staff
        self.errors = found
        if found:
            return None
        of = days["held_on"] if self.what == "extra" else self.about.of
        return Order(of, days.get("held_on"), self.typed["order"], days["ordered_on"])


class DateOrderScreen(Screen):
    """See the module."""

    name = "meetings.date_order"
    frame = "staff"

    def __init__(self, form: DateOrder) -> None:
        self.form = form

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("An order about one date")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "held_on"

    def build(self, body: Box, stage: Stage) -> None:
        """One card, in the width of a form."""
        t, px, form = stage.t, stage.px, self.form
        if stage.layout == "large":
            column = Box(body)
            column.pack(fill="x")
        else:
            wide = Column(body, stage.look.scale.with_text(620))
            wide.pack(anchor="nw")
            column = wide.inside
        card = panel(column)
        Text(card, full_day(form.about.of, t), "section", edge=True, wrap=True).pack(fill="x")
        OptionRow(
            card,
            t("When it is held"),
            [Option(key, t(name)) for key, name in WHAT],
            form.what,
            lambda key: self._set(stage, key),
            name="what",
        ).pack(fill="x", pady=(px(8), 0))
        if form.what != "cancelled":
            hint = t("For example: {example}.", example=format_date(form.about.of, "kk", "short"))
            self._line(card, stage, "held_on", t("The new day"), hint).pack(fill="x", pady=(px(8), 0))
        self._line(card, stage, "order", t("Number of the order"), "").pack(fill="x", pady=(px(8), 0))
        self._line(card, stage, "ordered_on", t("Date of the order"), "").pack(fill="x", pady=(px(8), 0))
        said = t("People are told of it when you announce the new day in the plan.")
        Remark(card, said, "info", "sky").pack(fill="x", pady=(px(8), 0))
        buttons = Box(column)
        buttons.pack(fill="x")
        Button(
            buttons,
            t.button("Write it down"),
            lambda: self._save(stage),
            "primary",
            icon="save",
            name="save",
            height=52,
        ).pack(side="left")
        Button(buttons, t.button("Cancel"), stage.back, icon="arrow-left", name="cancel", height=52).pack(side="left")

    def _line(self, box: Box, stage: Stage, name: str, label: str, hint: str) -> FormLine:
        return FormLine(box, label, name, self.form.typed, self.form.errors, lambda: self._save(stage), hint=hint)

    def _set(self, stage: Stage, what: str) -> None:
        self.form.what = what
        stage.rebuild()

    def _save(self, stage: Stage) -> None:
        order = self.form.order()
        if order is None:
            stage.rebuild()
            stage.focus(next(iter(self.form.errors)))
            return

        def failed(error: AkimatDeskError) -> None:
            line = "order" if isinstance(error, OrderForm) else "held_on" if isinstance(error, DateHeld) else ""
            if line:
                self.form.errors = {line: error.for_staff}
                stage.rebuild()
                stage.focus(line)
            else:
                stage.rebuild()
                stage.error(error)

        def looked(day: Day) -> None:
            if day.working:
                write()
            else:
                self._ask(stage, day, write)

        def write() -> None:
            stage.run(lambda: self.form.save(order), lambda _: stage.back(), failed)

        if order.held_on is None:
            write()
        else:
            held_on = order.held_on
            stage.run(lambda: self.form.look(held_on), looked, failed, kind="read")

    def _ask(self, stage: Stage, day: Day, write: Callable[[], None]) -> None:
        """A day off is asked about: nobody orders a reception on one by mistake."""
        from akimat_desk.ui.screen import Question

        t = stage.t
        question = Question(
            t("This day is a day off. Hold it all the same?"),
            f"{full_day(day.day, t)}. {describe(day, t)}",
            t.button("Choose another day"),
            t.button("Hold it"),
            harmless=True,
        )
        stage.ask(question, lambda yes: write() if yes else stage.focus("held_on"))

    def on_escape(self, stage: Stage) -> None:
        """Nothing is written."""
        stage.back()
