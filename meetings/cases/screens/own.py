"""A resident sees how the assignments of their own appeal stand, and says whether what was answered is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.locale import format_date
from akimat_desk.base.words import N_, Translator
from akimat_desk.ui.screen import Action, Footer, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.choice_row import ChoiceRow
from akimat_desk.ui.widgets.surface import Box, Text
from meetings.cases import legal
from meetings.cases.words import state_of

if TYPE_CHECKING:
    from meetings.cases.own import OwnCase
    from meetings.cases.records import Assignment

    Say = Callable[[OwnCase, str, Literal["confirmed", "disputed"], str], OwnCase]


STATES: Final[Mapping[str, str]] = {
    "answered": N_("There is an answer. Is it done?"),
    "confirmed": N_("You have said that it is done."),
    "disputed": N_("You are not content. Staff open it again."),
}
"""What its owner is told, where that is not what staff read."""


class OwnCaseScreen(Screen):
    """The assignments one below the other; those that were answered have two buttons. `say` blocks."""

    name = "cases.own"

    def __init__(self, own: OwnCase, say: Say) -> None:
        self.own, self.say = own, say

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Your appeal № {number}", number=self.own.case.number)

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        return Footer(back=Action(stage.t.button("Back"), stage.back, icon="arrow-left"))

    def build(self, body: Box, stage: Stage) -> None:
        """When the answer is due, then every assignment."""
        t, px, own = stage.t, stage.px, self.own
        received = format_date(own.case.received, stage.language, "full")
        Text(body, t("Received: {date}", date=received), "body", edge=True, wrap=True).pack(fill="x")
        if own.answer_by is not None:
            due = format_date(own.answer_by, stage.language, "full")
            Text(body, t("Answer due: {date}", date=due), "body", edge=True, wrap=True).pack(fill="x")
        for one in own.assignments:
            card = Card(body)
            card.pack(fill="x", pady=(px(8), 0))
            self._one(card.body, stage, one)
        if not own.assignments:
            said = t("No assignments were given. Ask staff for the answer.")
            Text(body, said, "body", edge=True, wrap=True).pack(fill="x", pady=(px(8), 0))

    def _one(self, box: Box, stage: Stage, one: Assignment) -> None:
        t = stage.t
        _, colour, state = state_of(one, self.own.today)
        due = format_date(one.life.due, stage.language, "short")
        Text(box, t("Assignment {n}, by {date}", n=one.place, date=due), "label", edge=True, wrap=True).pack(fill="x")
        Text(box, t(STATES.get(one.life.state, state)), "strong", colour, edge=True, wrap=True).pack(fill="x")
        if not one.life.fits("confirmed"):
            return
        row = Box(box)
        row.pack(fill="x")
        side: Literal["top", "left"] = "top" if stage.layout == "large" else "left"
        Button(
            row, t.button("Yes, it is done"), lambda: self._say(stage, one), icon="check", name=f"done-{one.place}"
        ).pack(side=side, anchor="w")
        Button(
            row, t.button("No, not done"), lambda: self._why(stage, one), icon="x", name=f"not-{one.place}"
        ).pack(side=side, anchor="w")  # fmt: skip

    def _say(self, stage: Stage, one: Assignment) -> None:
        stage.run(lambda: self.say(self.own, one.id, "confirmed", ""), lambda found: self._said(stage, found))

    def _said(self, stage: Stage, found: OwnCase) -> None:
        self.own = found
        stage.rebuild()
        stage.say("done", lambda t: t("Your word is written down. Staff see it."))

    def _why(self, stage: Stage, one: Assignment) -> None:
        stage.go(WhyScreen(lambda reason: self.say(self.own, one.id, "disputed", reason), self._keep))

    def _keep(self, found: OwnCase) -> None:
        self.own = found


class WhyScreen(Screen):
    """Why a resident is not content: one press."""

    name = "cases.why"

    def __init__(self, say: Callable[[str], OwnCase], done: Callable[[OwnCase], object]) -> None:
        self.say, self.done = say, done

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("What is wrong with the answer?")

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        return Footer(back=Action(stage.t.button("Back"), stage.back, icon="arrow-left"))

    def build(self, body: Box, stage: Stage) -> None:
        """The reasons, one below the other."""
        for one in legal.DISPUTES:
            ChoiceRow(
                body, stage.t(one.name), lambda key=one.key: self._say(stage, key), name=one.key  # type: ignore[misc]
            ).pack(fill="x", pady=(0, stage.px(4)))  # fmt: skip

    def _say(self, stage: Stage, reason: str) -> None:
        def said(found: OwnCase) -> None:
            self.done(found)
            stage.toast(stage.t("Your word is written down. Staff see it."))
            stage.back()

        stage.run(lambda: self.say(reason), said)
