"""One's own ticket: found by number and secret code; moved, or given back. No name is ever shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_date, format_time
from akimat_desk.base.words import N_, Sentence, Translator
from akimat_desk.ui.screen import Action, Footer, Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box, Text
from akimat_desk.ui.widgets.ticket_card import TicketCard
from meetings.plan import clock_of
from meetings.visits import scan
from meetings.visits.screens.times import TimeScreen
from meetings.visits.secret import is_code, typed
from meetings.visits.ticket import doubt, remark, renumbered, when

if TYPE_CHECKING:
    from meetings.visits.flow import TimeChoice
    from meetings.visits.free import Day
    from meetings.visits.room import Own
    from meetings.visits.rules import Slot

MOST_TYPED: Final = 64
"""Of the number: whoever pastes it pastes the code with it."""
STATES = {
    "standing": N_("it stands"),
    "requested": N_("it waits for the main computer"),
    "refused": N_("another time is needed"),
    "cancelled": N_("it is cancelled"),
}


@dataclass
class OwnTicket:
    """What is typed, and what may be done with the ticket that was found. Callables block, but `times`."""

    look_up: Callable[[str, str], Own]
    move: Callable[[str, date, int], Own]
    cancel: Callable[[str], Own]
    print_again: Callable[[str], object]
    times: Callable[[str], TimeChoice]
    """The times of a series."""
    case: Callable[[str, str], Callable[[], Screen] | None] | None = None
    """The resident's own minutes by number and code, as what makes their screen; None where it is a ticket's number."""
    come: Callable[[str], object] | None = None
    """Puts whoever has come into the queue (blocks)."""
    today: Callable[[], date] | None = None
    number: str = ""
    code: str = ""
    errors: dict[str, Sentence] = field(default_factory=dict)

    def check(self) -> str:
        """Which field is empty or no number or code at all, "" where none is; `errors` says how."""
        self.errors = {}
        if not any(sign.isdigit() for sign in self.number):
            self.errors["number"] = Sentence(N_("Type the number that is printed large on the ticket."))
        if not is_code(typed(self.code)):
            self.errors["code"] = Sentence(N_("Type the six digits of the secret code."))
        return next(iter(self.errors), "")


class LookUpScreen(Screen):
    """Number and code are typed."""

    name = "visits.look_up"

    def __init__(self, own: OwnTicket) -> None:
        self.own = own
        self.busy = False

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("What stands on your ticket?")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "number"

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        t = stage.t
        return Footer(
            back=Action(t.button("Back"), stage.back, icon="arrow-left"),
            primary=Action(t.button("Continue"), lambda: self._look(stage), arrow="arrow-right", name="continue"),
        )

    def build(self, body: Box, stage: Stage) -> None:
        """See `Screen`."""
        t, own = stage.t, self.own

        def number(text: str) -> None:
            own.number = text

        def code(text: str) -> None:
            own.code = text

        def look(_: str) -> None:
            self._look(stage)

        wrong = {line: t.say(why) for line, why in own.errors.items()}
        Field(
            body,
            t("Ticket number"),
            own.number,
            number,
            error=wrong.get("number", ""),
            on_enter=look,
            most=MOST_TYPED,
            width=420,
            name="number",
        ).pack(anchor="w", pady=stage.px(8))
        Field(
            body,
            t("Secret code"),
            own.code,
            code,
            hint=t("Six digits at the end of the ticket. A code reader fills in both."),
            error=wrong.get("code", ""),
            on_enter=look,
            groups=(3, 3),
            width=420,
            name="code",
        ).pack(anchor="w", pady=stage.px(8))

    def on_code(self, stage: Stage, text: str) -> bool:
        """The QR code of a ticket, or what was copied: both fields at once."""
        found = scan.pasted(text)
        if found is None:
            return False
        self.own.number, self.own.code, self.own.errors = found.number, found.secret, {}
        stage.rebuild()
        self._look(stage)
        return True

    def _look(self, stage: Stage) -> None:
        if self.busy:
            return
        told = bool(self.own.errors)
        wrong = self.own.check()
        if wrong or told:
            stage.rebuild()
        if wrong:
            stage.focus(wrong)
            return
        self.busy = True

        def look() -> Callable[[], Screen]:
            minutes = self.own.case(number, code) if self.own.case is not None else None
            if minutes is not None:
                return minutes
            ticket = self.own.look_up(number, code)
            return lambda: OwnVisitScreen(self.own, ticket)

        def found(screen: Callable[[], Screen]) -> None:
            self.busy, self.own.number, self.own.code = False, "", ""
            stage.replace(screen())

        def failed(error: AkimatDeskError) -> None:
            self.busy = False
            stage.error(error)

        number, code = self.own.number.replace("№", "").strip(), self.own.code
        stage.run(look, found, failed, kind="read")


class OwnVisitScreen(Screen):
    """The ticket that was found, and what can be done with it."""

    name = "visits.own"

    def __init__(self, own: OwnTicket, found: Own) -> None:
        self.own, self.found = own, found
        self.moved = False

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Your ticket")

    def footer(self, stage: Stage) -> Footer:
        """See `Screen`."""
        return Footer(back=Action(stage.t.button("Back"), stage.back, icon="arrow-left"))

    def build(self, body: Box, stage: Stage) -> None:
        """The ticket; beside it what can be done."""
        t, px, found = stage.t, stage.px, self.found
        visit, content = found.visit, found.series.content
        left, right = two_parts(body, beside=stage.layout != "large")
        rows = [
            (t("Day"), format_date(visit.day, stage.language)),
            (t("Time"), when(visit, t)),
            (t("State"), t(STATES[visit.state])),
            (t("Who receives"), content.official(stage.language)),
        ]
        place = content.place(stage.language)
        if place:
            rows.append((t("Where"), place))
        TicketCard(left, t("Ticket number"), visit.number, rows).pack(fill="x")
        if found.may_change and visit.coming:
            Remark(right, doubt(t), "triangle-alert", "gold").pack(fill="x", pady=(0, px(8)))
        if visit.state in ("refused", "requested"):
            Remark(right, remark(visit, t), "hourglass", "gold").pack(fill="x", pady=(0, px(8)))
        elif visit.state == "cancelled":
            Text(right, remark(visit, t), "body", edge=True, wrap=True).pack(fill="x")
            if not found.heard:
                later = t("The main computer hears of it when the computers are connected again.")
                Remark(right, later, "hourglass", "gold").pack(fill="x", pady=(px(8), 0))
            return
        own = self.own
        if own.come is not None and own.today is not None and visit.day == own.today() and visit.state != "refused":
            Button(
                right, t.button("I have come"), lambda: self._come(stage), "primary", icon="check", name="come"
            ).pack(fill="x")
        if found.offered is not None:
            offered = found.offered
            day, time = format_date(offered.day, stage.language), format_time(clock_of(offered.start))
            nearest = t("The nearest free time: {day}, {time}.", day=day, time=time)
            Text(right, nearest, "strong", edge=True, wrap=True).pack(fill="x", pady=(0, px(6)))
            Button(
                right,
                t.button("Take this time"),
                lambda: self._move(stage, offered.day, offered.start),
                "primary",
                icon="check",
                name="take",
            ).pack(fill="x")
        Button(
            right, t.button("Choose another time"), lambda: self._choose(stage), icon="calendar-days", name="move"
        ).pack(fill="x")
        Button(right, t.button("Print it again"), lambda: self._print(stage), icon="printer", name="again").pack(
            fill="x"
        )
        Button(right, t.button("Cancel the ticket"), lambda: self._ask(stage), icon="x", name="cancel").pack(fill="x")

    def _come(self, stage: Stage) -> None:
        come = self.own.come
        assert come is not None
        stage.run(
            lambda: come(self.found.visit.id),
            lambda _: stage.say("done", lambda t: t("You are in the queue. Look at the board: your number is called.")),
        )

    def _choose(self, stage: Stage) -> None:
        times = self.own.times(self.found.visit.series)

        def chosen(there: Stage, day: Day, slot: Slot) -> None:
            def moved(own: Own) -> None:
                self.found, self.moved = own, True
                there.back()

            there.run(lambda: self.own.move(self.found.visit.id, day.day, slot.start), moved)

        stage.go(TimeScreen(times, chosen, moving=True))

    def _move(self, stage: Stage, day: date, start: int) -> None:
        def moved(own: Own) -> None:
            self.found, self.moved = own, True
            stage.rebuild()
            self.on_show(stage)

        stage.run(lambda: self.own.move(self.found.visit.id, day, start), moved)

    def on_show(self, stage: Stage) -> None:
        """Another time was chosen: say so."""
        if self.moved:
            self.moved = False
            found = self.found

            def said(t: Translator) -> str:
                told = t("The time is moved. Take the new paper.")
                return f"{told} {renumbered(found.visit, found.was, t)}".strip()

            stage.say("done", said)

    def _print(self, stage: Stage) -> None:
        stage.run(
            lambda: self.own.print_again(self.found.visit.id),
            lambda _: stage.say("done", lambda t: t("The ticket is printed once more, without the secret code.")),
        )

    def _ask(self, stage: Stage) -> None:
        t = stage.t
        question = Question(
            t("Cancel the ticket?"),
            t("The time is given to somebody else."),
            t.button("Keep the ticket"),
            t.button("Cancel the ticket"),
        )

        def cancelled(own: Own) -> None:
            self.found = own
            free = N_("The ticket is cancelled. The time is free for others.")
            stage.say("done", lambda t: t(free) if own.heard else t("The ticket is cancelled."))
            stage.rebuild()

        def answer(yes: bool) -> None:
            if yes:
                stage.run(lambda: self.own.cancel(self.found.visit.id), cancelled)

        stage.ask(question, answer)
