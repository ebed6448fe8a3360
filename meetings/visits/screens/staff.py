"""Staff's list of who comes: booking on the telephone, a ticket for who walked in, moving, and the waiting list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.clock import local
from akimat_desk.base.locale import format_date, format_time
from akimat_desk.base.words import N_, Language, Translator
from akimat_desk.office.screens.side import panel, table_height
from akimat_desk.people.iin import masked
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Live, Text, layer_of
from akimat_desk.ui.widgets.table import Table
from meetings.plan import clock_of
from meetings.visits import scan
from meetings.visits.flow import Booking
from meetings.visits.number import is_meant
from meetings.visits.screens.staff_form import StaffDetailsScreen, WalkInScreen
from meetings.visits.screens.ticket import TicketScreen
from meetings.visits.screens.times import TimeScreen
from meetings.visits.subjects import subject

if TYPE_CHECKING:
    from akimat_desk.ui.theme import Token
    from meetings.visits.actions import Asking
    from meetings.visits.flow import TimeChoice
    from meetings.visits.free import Day
    from meetings.visits.listed import Listed
    from meetings.visits.records import Visit
    from meetings.visits.room import Given, Own
    from meetings.visits.rules import Slot

WAYS: Final = {
    "kiosk": N_("at a computer of the room"),
    "staff": N_("at the desk"),
    "phone": N_("by telephone"),
    "walk-in": N_("came without a booking"),
    "waiting": N_("waiting list"),
}
NEEDS: Final = {
    "wheelchair": N_("comes in a wheelchair"),
    "interpreter": N_("needs an interpreter"),
    "home-visit": N_("cannot leave home"),
}


@dataclass
class VisitsPresenter:
    """The list and the chosen visit. Callables block, except `times`."""

    fetch: Callable[[], Listed]
    book: Callable[[Asking], Given]
    move: Callable[[str, date, int], Own]
    cancel: Callable[[str, str], object]
    print_again: Callable[[str], object]
    tell: Callable[[str], object]
    new_code: Callable[[str], Given]
    times: Callable[[str | None], TimeChoice]
    now: Listed | None = None
    chosen: str = ""

    def visits(self) -> tuple[Visit, ...]:
        """Who waits for staff first, then by day and time."""
        if self.now is None:
            return ()
        listed = self.now
        due = {*listed.offers, *listed.doubled, *listed.to_tell}
        waits = [one for one in listed.visits if one.id in due]
        rest = [one for one in listed.visits if one not in waits]
        return (*waits, *rest)

    def choice(self) -> Visit | None:
        """The chosen visit, else the first."""
        visits = self.visits()
        return next((one for one in visits if one.id == self.chosen), visits[0] if visits else None)


class VisitsScreen(Screen):
    """See the module."""

    name = "visits.list"
    frame = "staff"
    topics = frozenset({"meetings.visits", "meetings.plan"})

    def __init__(self, visits: VisitsPresenter) -> None:
        self.visits = visits
        self._card: Live | None = None
        self._table: Table | None = None
        self._body: Box | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Bookings")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "visits"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """New ones: somebody who calls, somebody who came."""
        t, listed = stage.t, self.visits.now
        if listed is None or not listed.content:
            return
        Button(box, t.button("Book a time"), lambda: self._book(stage), icon="phone", name="book").pack(side="left")
        if listed.received_today:
            Button(
                box, t.button("Ticket for who came"), lambda: self._walk_in(stage), icon="ticket", name="walk-in"
            ).pack(side="left")

    def build(self, body: Box, stage: Stage) -> None:
        """The list at the left, the chosen one at the right."""
        t, presenter = stage.t, self.visits
        listed = presenter.now
        self._body, self._table = body, None
        if listed is None:
            return
        if not listed.visits:
            can = bool(listed.content)
            EmptyState(
                body,
                t("Nobody is booked yet") if can else t("No reception day is announced."),
                t("Residents book at the shared computers; you book for those who call.")
                if can
                else t("Announce the dates of the receptions first."),
                t.button("Book a time") if can else "",
                (lambda: self._book(stage)) if can else None,
            ).pack(fill="both", expand=True)
            return
        left, right = with_panel(body)
        left.rowconfigure(0, weight=1, minsize=table_height(stage))
        choice = presenter.choice()
        days = {one.day for one in listed.visits}
        self._table = Table(
            left,
            [
                Column("day", t("Day and time"), 120, words=[_when(day, 0, stage.language) for day in days]),
                Column("number", t("Ticket"), 68),
                Column("name", t("Name"), 160, stretch=True),
                Column("state", t("State"), 250, spare=1),
            ],
            ListedRows([self._row(stage, one, listed) for one in presenter.visits()]),
            chosen=choice.id if choice else "",
            on_choose=self._choose,
            counts=t("Visits: {n}", n=len(listed.visits)),
            note=self._note(t, listed),
            name="visits",
        )
        self._table.grid(row=0, column=0, sticky="nsew")
        self._card = Live(right, lambda box: self._visit(box, stage))
        self._card.grid(row=0, column=0, sticky="ew")

    def _note(self, t: Translator, listed: Listed) -> str:
        said = [t("Waiting for you: {n}", n=listed.waits)] if listed.waits else []
        return " · ".join([*said, t("to be told: {n}", n=len(listed.to_tell))] if listed.to_tell else said)

    def _row(self, stage: Stage, one: Visit, listed: Listed) -> Row:
        t = stage.t
        icon, colour, words = state_of(one, listed)
        when = _when(one.day, one.start, stage.language)
        return Row(one.id, (when, one.number, one.name or t("no name here"), t(words)), icon, colour)

    def _visit(self, box: Box, stage: Stage) -> None:
        t, px, presenter = stage.t, stage.px, self.visits
        one, listed = presenter.choice(), presenter.now
        if one is None or listed is None:
            return
        body = panel(box, "chosen")
        Text(body, one.number, "title", edge=True).pack(fill="x")
        Text(body, one.name or t("no name here"), "section", edge=True, wrap=True).pack(fill="x")
        _, colour, words = state_of(one, listed)
        Text(body, t(words), "strong", colour, edge=True, wrap=True).pack(fill="x", pady=(0, px(4)))
        day = format_date(one.day, stage.language)
        time = f", {format_time(clock_of(one.start))}" if one.start is not None else ""
        lines = [
            (t("Day and time"), f"{day}{time}"),
            (t("Subject"), t(subject(one.subject).name)),
            (t("Phone"), one.phone),
            (t("IIN"), masked(one.iin)),
            (t("Speaks for them"), one.spoken_for),
            (t("Booked"), t(WAYS.get(one.way, WAYS["staff"]))),
        ]
        for label, value in lines:
            if value:
                ValueRow(body, label, value, below=len(value) > 18).pack(fill="x")
        told = listed.told.get(one.id)
        if told is not None:
            at = local(told.at_ms)
            when = f"{format_date(at, stage.language, 'short')} {format_time(at)}"
            said = t("They were told: {when}", when=f"{when}, {told.by}" if told.by else when)
            Remark(body, said, "circle-check", "grass").pack(fill="x", pady=(px(4), 0))
        for need in one.needs:
            Remark(body, t(NEEDS[need]), "hand", "sky").pack(fill="x", pady=(px(4), 0))
        if one.about:
            Text(body, one.about, "body", edge=True, wrap=True).pack(fill="x", pady=(px(4), 0))
        self._buttons(body, stage, one, listed)

    def _buttons(self, body: Box, stage: Stage, one: Visit, listed: Listed) -> None:
        t, px = stage.t, stage.px
        offer = listed.offers.get(one.id)
        if one.state == "cancelled":
            words = t("The reception of this day does not take place. Call them and book another day.")
            Remark(body, words, "phone", "gold").pack(fill="x", pady=(px(4), 0))
            if one.id in listed.to_tell:
                self._told_button(body, stage, one, "primary")
            return
        if one.id in listed.to_tell:
            words = t("The reception was moved. Tell them the new day and time.")
            Remark(body, words, "phone", "gold").pack(fill="x", pady=(px(4), 0))
            self._told_button(body, stage, one, "plain" if offer is not None else "primary")
        if one.id in listed.doubled:
            note = t("This person is booked twice on this day, at two computers. Cancel one of the two.")
            Remark(body, note, "triangle-alert", "gold").pack(fill="x", pady=(px(4), 0))
        if offer is not None:
            day, time = format_date(offer.day, stage.language), format_time(clock_of(offer.start))
            said = t("A time is free: {day}, {time}. Call them.", day=day, time=time)
            Remark(body, said, "phone", "gold").pack(fill="x", pady=(px(4), 0))
            Button(
                body, t.button("Give this time"), lambda: self._move(stage, one, offer.day, offer.start), "primary",
                icon="check", name="give", height=52,
            ).pack(fill="x")  # fmt: skip
        Button(
            body, t.button("Another time"), lambda: self._another(stage, one), icon="calendar-days", name="move"
        ).pack(fill="x")  # fmt: skip
        Button(
            body, t.button("Print the ticket"), lambda: self._print(stage, one), icon="printer", name="again"
        ).pack(fill="x")  # fmt: skip
        Button(body, t.button("New code"), lambda: self._recode(stage, one), icon="qr-code", name="code").pack(fill="x")
        Button(body, t.button("Cancel the visit"), lambda: self._ask(stage, one), icon="x", name="cancel").pack(
            fill="x"
        )

    def _told_button(self, body: Box, stage: Stage, one: Visit, look: Literal["primary", "plain"]) -> None:
        def told(_: object) -> None:
            stage.say("done", lambda t: t("It is written down that they were told."))
            self.on_show(stage)

        Button(
            body, stage.t.button("They were told"), lambda: stage.run(lambda: self.visits.tell(one.id), told), look,
            icon="check", name="told", height=52 if look == "primary" else 0,
        ).pack(fill="x")  # fmt: skip

    def on_code(self, stage: Stage, text: str) -> bool:
        """A ticket that is read is gone to in the list."""
        found = scan.pasted(text)
        if found is None or self._table is None:
            return False
        meant = [
            at
            for at, one in enumerate(self.visits.visits())
            if is_meant(found.number, one.number) and found.day in (None, one.day)
        ]
        if meant:
            self._table.choose(meant[0])
        else:
            stage.say("warning", lambda t: t("Ticket {number} is not in this list.", number=found.number))
        return True

    def _choose(self, key: str) -> None:
        self.visits.chosen = key
        if self._card is not None:
            self._card.refresh()

    def _book(self, stage: Stage) -> None:
        booking = Booking(self.visits.times(None), self.visits.book, way="phone")

        def form(there: Stage) -> None:
            there.replace(StaffDetailsScreen(booking, self._ticket, lambda form: form.replace(times())))

        def chosen(there: Stage, day: Day, slot: Slot) -> None:
            booking.waiting = False
            form(there)

        def wait(there: Stage, day: Day) -> None:
            booking.waiting = True
            form(there)

        def times() -> Screen:
            return TimeScreen(booking.times, chosen, wait=wait, moving=True, staff=True)

        stage.go(times())

    def _walk_in(self, stage: Stage) -> None:
        assert self.visits.now is not None
        booking = Booking(self.visits.times(None), self.visits.book, way="walk-in")
        stage.go(WalkInScreen(booking, self.visits.now.received_today, self._ticket))

    def _ticket(self, given: Given) -> Screen:
        self.visits.chosen = given.ticket.visit.id
        return TicketScreen(given.ticket, lambda stage: stage.back(), staff=True)

    def _another(self, stage: Stage, one: Visit) -> None:
        def chosen(there: Stage, day: Day, slot: Slot) -> None:
            def moved(own: Own) -> None:
                there.back()
                if own.was:
                    stage.say("done", lambda t: _renumbered(own, t))

            there.run(lambda: self.visits.move(one.id, day.day, slot.start), moved)

        stage.go(TimeScreen(self.visits.times(one.series), chosen, moving=True, staff=True))

    def _move(self, stage: Stage, one: Visit, day: date, start: int) -> None:
        def moved(own: Own) -> None:
            stage.say(
                "done",
                lambda t: f"{t('The time is theirs. A new ticket is being printed.')} {_renumbered(own, t)}".strip(),
            )
            self.on_show(stage)

        stage.run(lambda: self.visits.move(one.id, day, start), moved)

    def _print(self, stage: Stage, one: Visit) -> None:
        stage.run(
            lambda: self.visits.print_again(one.id),
            lambda _: stage.say("done", lambda t: t("The ticket is printed once more, without the secret code.")),
        )

    def _recode(self, stage: Stage, one: Visit) -> None:
        t = stage.t
        question = Question(
            t("Give ticket {number} a new code?", number=one.number),
            t("Only to the person themselves: the code opens the booking. The old code opens it no more."),
            t.button("Keep the old code"),
            t.button("Give a new code"),
            harmless=True,
        )

        def answer(yes: bool) -> None:
            if yes:
                stage.run(lambda: self.visits.new_code(one.id), lambda given: stage.go(self._ticket(given)))

        stage.ask(question, answer)

    def _ask(self, stage: Stage, one: Visit) -> None:
        t = stage.t
        reason = "double" if self.visits.now and one.id in self.visits.now.doubled else "wish"
        question = Question(
            t("Cancel the visit of ticket {number}?", number=one.number),
            t("The time becomes free. The number is not given to anybody else."),
            t.button("Keep the visit"),
            t.button("Cancel the visit"),
        )

        def answer(yes: bool) -> None:
            if yes:
                stage.run(lambda: self.visits.cancel(one.id, reason), lambda _: self.on_show(stage))

        stage.ask(question, answer)

    def on_show(self, stage: Stage) -> None:
        """Read the list anew."""

        def show(found: Listed) -> None:
            free = self.visits.now is None and self._body is not None and not layer_of(self._body).focused()
            if found != self.visits.now:
                self.visits.now = found
                stage.rebuild()
            if free:
                stage.focus(self.first_focus() if found.visits else "empty-button")

        stage.run(self.visits.fetch, show, kind="read")


def _when(day: date, start: int | None, language: Language) -> str:
    """Day and time of a visit in the list; a dash where it has no time."""
    return f"{format_date(day, language, 'short')}  {format_time(clock_of(start)) if start is not None else '–'}"


def _renumbered(own: Own, t: Translator) -> str:
    if not own.was:
        return ""
    return t("The number is now {number}. The secret code stays the same.", number=own.visit.number)


def state_of(one: Visit, listed: Listed) -> tuple[str, Token, str]:
    """Icon, colour and words of how a visit stands."""
    if one.state == "cancelled":
        return (
            ("phone", "gold_text", N_("no reception: call them"))
            if one.id in listed.to_tell
            else ("circle-x", "ink2", N_("no reception: they were told"))
        )
    if one.id in listed.doubled:
        return "triangle-alert", "gold_text", N_("booked twice")
    if one.state == "refused":
        return "triangle-alert", "gold_text", N_("the time went to another")
    if one.waits_for_a_time:
        return ("phone", "gold_text", N_("a time is free")) if one.id in listed.offers else (
            "hourglass", "ink2", N_("on the waiting list")
        )  # fmt: skip
    if one.state == "requested":
        return "hourglass", "ink2", N_("waits for the main computer")
    if one.id in listed.to_tell:
        return "phone", "gold_text", N_("the day was moved: call them")
    return "circle-check", "grass", N_("booked") if one.start is not None else N_("came without a booking")
