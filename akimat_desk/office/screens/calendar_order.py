"""The form of an order about working days: which day, what becomes of it, by whose order. Before it is written down it
is said what would move.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from akimat_desk.base.errors import AkimatDeskError, Refused
from akimat_desk.base.locale import NotADate, format_date, parse_date
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.calendar.actions import OrderForm, SwapForm, check
from akimat_desk.calendar.days import Authority, Decree, State, YearUnknown
from akimat_desk.calendar.words import AUTHORITIES, full_day
from akimat_desk.office.screens.side import halves, panel
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.form_line import FormLine
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.surface import Box, Text

if TYPE_CHECKING:
    from akimat_desk.calendar.actions import Decreed
    from akimat_desk.calendar.days import Day

STATES: Final = (("off", N_("A day off")), ("worked", N_("A working day")))
_LINE_OF: Final[Mapping[type[Refused], str]] = {OrderForm: "order", SwapForm: "other", YearUnknown: "day"}


@dataclass
class DayOrder:
    """What is typed about a day. `preview` and `save` block."""

    about: Day
    preview: Callable[[Sequence[Decree]], tuple[Sentence, ...]]
    save: Callable[[Sequence[Decree]], Decreed]
    saved: Callable[[date], object]
    state: State = "off"
    authority: Authority = "government"
    typed: dict[str, str] = field(default_factory=dict)
    errors: Mapping[str, Sentence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        order = self.about.decree
        self.state = "off" if self.about.working else "worked"
        if order is not None:
            self.state, self.authority = order.state, order.authority
        self.typed = {
            "day": format_date(self.about.day, "kk", "short"),
            "other": format_date(order.other, "kk", "short") if order and order.other else "",
            "order": order.order if order else "",
            "ordered_on": format_date(order.ordered_on, "kk", "short") if order else "",
        }

    def decrees(self) -> tuple[Decree, ...]:
        """The order as typed, one for each of its days; none where something is wrong, and `errors` says what."""
        found, days = dict[str, Sentence](), dict[str, date]()
        if not self.typed["order"].strip():
            found["order"] = OrderForm().for_staff
        for line in ("day", "other", "ordered_on"):
            if line == "other" and not self.typed[line].strip():
                continue
            try:
                days[line] = parse_date(self.typed[line])
            except NotADate as why:
                found[line] = why.for_staff
        self.errors = found
        if found:
            return ()
        number = " ".join(self.typed["order"].split())
        one = Decree(days["day"], self.state, number, days["ordered_on"], self.authority, days.get("other"))
        both = (one, *self._of_the_other(one))
        try:
            check(both)
        except Refused as why:
            self.errors = {_LINE_OF[type(why)]: why.for_staff}
            return ()
        return both

    def taken_back(self) -> tuple[Decree, ...]:
        """The order that counts now, on every day it is about, as one that counts no more."""
        order = self.about.decree
        assert order is not None
        days = filter(None, (order.day, order.other))
        return tuple(Decree(day, "law", order.order, order.ordered_on, order.authority) for day in days)

    def _of_the_other(self, one: Decree) -> tuple[Decree, ...]:
        if one.other is None:
            return ()
        state: State = "worked" if one.state == "off" else "off"
        return (Decree(one.other, state, one.order, one.ordered_on, one.authority, one.day),)


class DayOrderScreen(Screen):
    """See the module."""

    name = "office.calendar_order"
    frame = "staff"

    def __init__(self, order: DayOrder) -> None:
        self.order = order

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("An order about a working day")

    def first_focus(self) -> str:
        """The day is there already."""
        return "order"

    def build(self, body: Box, stage: Stage) -> None:
        """What becomes of the day at the left, whose order it is at the right."""
        t, px, order = stage.t, stage.px, self.order
        left, right = halves(body, stage)
        card = panel(left)
        Text(card, full_day(order.about.day, t), "section", edge=True, wrap=True).pack(fill="x")
        OptionRow(
            card,
            t("What becomes of the day"),
            [Option(state, t(name)) for state, name in STATES],
            order.state,
            lambda state: self._set(stage, state),
            name="state",
        ).pack(fill="x", pady=(px(8), 0))
        self._line(card, stage, "day", t("The day"), "").pack(fill="x", pady=(px(8), 0))
        hint = t("The day worked for it, or the day off in its place. Leave it empty where there is none.")
        self._line(card, stage, "other", t("The other day"), hint).pack(fill="x", pady=(px(8), 0))
        card = panel(right)
        self._line(card, stage, "order", t("Number of the order"), "").pack(fill="x")
        self._line(card, stage, "ordered_on", t("Date of the order"), "").pack(fill="x", pady=(px(8), 0))
        OptionRow(
            card,
            t("Whose order"),
            [Option(key, t(name)) for key, name in AUTHORITIES.items()],
            order.authority,
            lambda key: self._authority(stage, key),
            columns=2,
            name="authority",
        ).pack(fill="x", pady=(px(8), 0))
        said = t("Nothing that was planned moves by itself. What would move is shown before.")
        Remark(card, said, "info", "sky").pack(fill="x", pady=(px(8), 0))
        Button(
            right, t.button("Write it down"), lambda: self._save(stage), "primary", icon="save", name="save", height=52
        ).pack(fill="x")
        if order.about.decree is not None:
            Button(
                right, t.button("Take the order back"), lambda: self._ask(stage, order.taken_back()), icon="undo-2",
                name="take-back",
            ).pack(fill="x")  # fmt: skip
        Button(right, t.button("Cancel"), stage.back, icon="arrow-left", name="cancel").pack(fill="x")

    def _line(self, box: Box, stage: Stage, name: str, label: str, hint: str) -> FormLine:
        return FormLine(box, label, name, self.order.typed, self.order.errors, lambda: self._save(stage), hint=hint)

    def _set(self, stage: Stage, state: str) -> None:
        self.order.state = cast(State, state)
        stage.rebuild()

    def _authority(self, stage: Stage, key: str) -> None:
        self.order.authority = cast(Authority, key)
        stage.rebuild()

    def _save(self, stage: Stage) -> None:
        decrees = self.order.decrees()
        if not decrees:
            stage.rebuild()
            stage.focus(next(iter(self.order.errors)))
            return
        self._ask(stage, decrees)

    def _ask(self, stage: Stage, decrees: tuple[Decree, ...]) -> None:
        """Say what would move, then ask."""
        t = stage.t

        def ask(moves: tuple[Sentence, ...]) -> None:
            if moves:
                listed = "\n".join(t.say(move) for move in moves[:8])
                text = (
                    f"{t('These dates would be others. They move only when you confirm it in the plan.')}\n\n{listed}"
                )
            else:
                text = t("No planned date moves by it.")
            question = Question(
                t("Write this order down?"), text, t.button("Cancel"), t.button("Write it down"), harmless=True
            )
            stage.ask(question, lambda yes: self._write(stage, decrees) if yes else None)

        stage.run(lambda: self.order.preview(decrees), ask, kind="read")

    def _write(self, stage: Stage, decrees: tuple[Decree, ...]) -> None:
        def saved(_: Decreed) -> None:
            self.order.saved(decrees[0].day)
            stage.back()

        def failed(error: AkimatDeskError) -> None:
            stage.rebuild()
            stage.error(error)

        stage.run(lambda: self.order.save(decrees), saved, failed)

    def on_escape(self, stage: Stage) -> None:
        """Nothing is written."""
        stage.back()
