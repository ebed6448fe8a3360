"""The day at the official's door: the list, who is being received, who is next. One key for each thing that is done.

Only what has changed is drawn anew: the list's rows in their place, and the panel. So nothing flickers, and a key is
answered within the time of one step's writing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.locale import format_date
from akimat_desk.base.words import N_, Translator
from akimat_desk.office.screens.side import table_height
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, layer_of
from akimat_desk.ui.widgets.table import Table
from meetings.day.screens.panel import Hands, Panel
from meetings.day.screens.words import APART, STATES, name_of, time_of
from meetings.visits import scan
from meetings.visits.subjects import subject

if TYPE_CHECKING:
    from akimat_desk.base.errors import AkimatDeskError
    from meetings.day.queue import Person
    from meetings.day.screens.presenter import Act, DayPresenter, DayView

TICK_MS: Final = 20_000

EMPTY: Final = N_("Nobody is booked for this day")
NO_RECEPTION: Final = N_("Receptions are planned and announced on the page “Plan of receptions”.")
EMPTY_TODO: Final = N_("Whoever comes without a booking gets a ticket here.")


class DayScreen(Screen):
    """See the module."""

    name = "meetings.day"
    frame = "staff"
    topics = frozenset({"meetings.queue", "meetings.visits", "meetings.plan"})

    def __init__(self, day: DayPresenter) -> None:
        self.day = day
        self._body: Box | None = None
        self._table: Table | None = None
        self._panel: Panel | None = None
        self._made: dict[str, tuple[object, Row]] = {}

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        view = self.day.view
        return t("Reception: {date}", date=format_date(view.now.day, t.language)) if view else t("Reception")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "people"

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Other days, the list on paper, a ticket for whoever comes."""
        t, day = stage.t, self.day
        if day.view is None:
            return
        view = day.view
        for icon, name, to in (
            ("chevron-left", "day-before", view.before),
            ("", "today", None),
            ("chevron-right", "day-after", view.after),
        ):
            if name == "today" or to is not None:
                words = t("Today") if name == "today" else ""
                Button(box, words, lambda to=to: self._go(stage, to), icon=icon, name=name, pad=10).pack(side="left")  # type: ignore[misc]
        Button(box, t.button("Print the list"), lambda: self._print(stage), icon="printer", name="print").pack(
            side="left"
        )
        ticket = day.give_ticket()
        if ticket is not None:
            Button(box, t.button("Give a ticket"), lambda: stage.go(ticket), icon="ticket", name="ticket").pack(
                side="left"
            )

    def build(self, body: Box, stage: Stage) -> None:
        """The list on the left, what is done now on the right."""
        t, view = stage.t, self.day.view
        self._body, self._table, self._panel = body, None, None
        if view is None:
            return
        if not view.people:
            ticket = self.day.give_ticket()
            text, button = (EMPTY_TODO, t.button("Give a ticket")) if ticket else (NO_RECEPTION, "")
            EmptyState(body, t(EMPTY), t(text), button, (lambda: stage.go(ticket)) if ticket else None).pack(
                fill="both", expand=True
            )
            return
        left, right = with_panel(body)
        left.rowconfigure(0, weight=1, minsize=table_height(stage))
        booked = sum(one.visit.start is not None for one in view.people)
        self._table = Table(
            left,
            [
                Column("time", t("Time"), 132),
                Column("number", t("Ticket"), 68),
                Column("name", t("Name"), 150, stretch=True),
                Column("subject", t("Matter"), 150, stretch=True, spare=2),
                Column("state", t("State"), 166, spare=1),
            ],
            self._rows(stage, view),
            chosen=self.day.chosen,
            on_choose=self._choose,
            on_open=lambda _: self._call_chosen(stage),
            counts=t("All: {n}", n=len(view.people)),
            note=t("Booked: {booked}, without a booking: {walked}", booked=booked, walked=len(view.people) - booked),
            name="people",
        )
        self._table.grid(row=0, column=0, sticky="nsew")
        hands = Hands(
            act=lambda act: self._act(stage, act),
            call_chosen=lambda: self._call_chosen(stage),
            change_place=lambda: stage.go(self.day.place()),
            open_protocol=lambda: self._open_protocol(stage, self.day.attended()),
            open_protocol_of_chosen=lambda: self._open_protocol(stage, self.day.chosen_one()),
            print_minutes=lambda: self._print_minutes(stage),
        )
        self._panel = Panel(right, stage, self.day, hands)
        self._panel.show(view)

    def _rows(self, stage: Stage, view: DayView) -> ListedRows:
        """A row is worded once, and again when its ticket stands otherwise."""
        made, self._made = self._made, {}
        for one in view.people:
            stands = stage.language, one.turn.state, one.turn.overtaken, one.visit
            before = made.get(one.id)
            self._made[one.id] = before if before and before[0] == stands else (stands, self._row(stage, one))
        return ListedRows([row for _, row in self._made.values()])

    def _row(self, stage: Stage, one: Person) -> Row:
        t = stage.t
        icon, colour, words = STATES[one.turn.state]
        if one.turn.overtaken:
            icon, colour = APART
        matter = t(subject(one.visit.subject).name)
        return Row(one.id, (time_of(one, t), one.visit.number, name_of(one), matter, t(words)), icon, colour)

    # ---- what is done

    def on_key(self, stage: Stage, key: str) -> None:
        """See `presenter.KEYS`."""
        act = self.day.act_of(key)
        if act is not None:
            self._act(stage, act)

    def on_code(self, stage: Stage, text: str) -> bool:
        """A ticket that is read is gone to in the list: F5 then says that they are here."""
        found, view = scan.pasted(text), self.day.view
        if found is None or view is None:
            return False
        at = view.place_of(found)
        if at is not None and self._table is not None:
            self._table.choose(at)
        else:
            stage.say("warning", lambda t: t("Ticket {number} is not in this list.", number=found.number))
        return True

    def _act(self, stage: Stage, act: Act) -> None:
        if act == "pass":
            self._send_on(stage)
            return
        self._run(stage, lambda: self.day.do(act))

    def _send_on(self, stage: Stage) -> None:
        try:
            there = self.day.send_on()
        except Refused as why:
            stage.error(why)
        else:
            stage.go(there)

    def _call_chosen(self, stage: Stage) -> None:
        day, one = self.day, self.day.chosen_one()
        if one is None or day.view is None:
            return
        following = day.view.queue.next
        if following is not None and following.id == one.id:
            self._act(stage, "call")
            return
        t = stage.t
        question = Question(
            t("Call {number} out of the order?", number=one.visit.number),
            t("It is written down, and seen in the day’s list."),
            t.button("Keep the order"),
            t.button("Call this one"),
            harmless=True,
        )
        stage.ask(question, lambda yes: self._act(stage, "call") if yes else None)

    def _run(self, stage: Stage, action: Callable[[], DayView]) -> None:
        stage.run(action, lambda found: self._done(stage, found), lambda why: self._failed(stage, why))

    def _done(self, stage: Stage, found: DayView) -> None:
        """What was done is seen first; what was said of an earlier step goes after it."""
        self._take(stage, found)
        stage.clear_banner()

    def _failed(self, stage: Stage, why: AkimatDeskError) -> None:
        """Say it, and show how things stand: somebody may have been faster."""
        stage.error(why)
        self.on_topics(stage, self.topics)

    def _open_protocol(self, stage: Stage, one: Person | None) -> None:
        if one is not None and self.day.protocol is not None:
            stage.go(self.day.protocol(one.id))

    def _choose(self, key: str) -> None:
        self.day.chosen = key
        self._tell()

    def _tell(self) -> None:
        if self._panel is not None and self.day.view is not None:
            self._panel.show(self.day.view)

    def _go(self, stage: Stage, to: object) -> None:
        self.day.go(to)
        self.on_topics(stage, self.topics)

    def _print(self, stage: Stage) -> None:
        done = N_("The list lies in the out-tray and is printed when a printer is free.")
        stage.run(lambda: self.day.print_list(self.day), lambda _: stage.say("done", lambda t: t(done)))

    def _print_minutes(self, stage: Stage) -> None:
        if self.day.view is None:
            return
        day = self.day.view.now.day
        done = N_("The minutes lie in the out-tray and are printed when a printer is free.")
        stage.run(lambda: self.day.print_minutes(day), lambda _: stage.say("done", lambda t: t(done)))

    def on_show(self, stage: Stage) -> None:
        """Look, and count the minutes."""
        stage.run(self.day.fetch, lambda found: self._take(stage, found), kind="read")
        stage.after(TICK_MS, lambda: self._tick(stage))

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """Somebody came, was called, or went, here or at another PC."""
        stage.run(self.day.fetch, lambda found: self._take(stage, found), kind="read")

    def _tick(self, stage: Stage) -> None:
        """Somebody's time may have come meanwhile."""

        stage.run(self.day.fetch, lambda found: self._take(stage, found), kind="read")
        stage.after(TICK_MS, lambda: self._tick(stage))

    def _focused(self) -> bool:
        """Whether somebody has gone somewhere with the keyboard already."""
        return self._body is not None and bool(layer_of(self._body).focused())

    def _take(self, stage: Stage, found: DayView) -> None:
        """Show what was found; only the list's rows and the panel are drawn again, where there is nothing else."""
        before, self.day.view = self.day.view, found
        if before is None or self._table is None or before.page != found.page:
            moved = before is not None or self._focused()
            stage.rebuild()
            if not moved:
                stage.focus("people" if self._table is not None else "ticket")
            return
        self._table.replace(self._rows(stage, found))
        self._tell()
