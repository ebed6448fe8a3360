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
from akimat_desk.office.screens.side import panel, table_height
from akimat_desk.ui.look import look_of
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Elided, Line, Live, Text, layer_of
from akimat_desk.ui.widgets.table import Table
from meetings.day.screens.words import APART, STATES, name_of, since, time_of
from meetings.visits import scan
from meetings.visits.subjects import subject

if TYPE_CHECKING:
    from datetime import date

    from akimat_desk.base.errors import AkimatDeskError
    from meetings.day.queue import Person
    from meetings.day.screens.presenter import Act, DayPresenter, DayView

SHOWN_WAITING: Final = 3
MINUTE_MS: Final = 60_000
TICK_MS: Final = 20_000

WHERE: Final = {
    ("free", True): N_("Nobody is in room {room}"),
    ("free", False): N_("Nobody is with the official"),
    ("called", True): N_("Called, room {room}"),
    ("called", False): N_("Called"),
    ("talking", True): N_("Being received now, room {room}"),
    ("talking", False): N_("Being received"),
}
EMPTY: Final = N_("Nobody is booked for this day")
NO_RECEPTION: Final = N_("Receptions are planned and announced on the page “Plan of receptions”.")
EMPTY_TODO: Final = N_("Whoever comes without a booking gets a ticket here.")


class Pairs(Box):
    """Buttons two and two, of one width; in large print one under the other."""

    def arrange(self) -> None:
        """Place what was put on it, in that order."""
        across = 1 if look_of(self).layout == "large" else 2
        for column in range(across):
            self.columnconfigure(column, weight=1, uniform="pairs")
        for place, child in enumerate(self.children.values()):
            child.grid(row=place // across, column=place % across, sticky="nsew")


class DayScreen(Screen):
    """See the module."""

    name = "meetings.day"
    frame = "staff"
    topics = frozenset({"meetings.queue", "meetings.visits", "meetings.plan"})

    def __init__(self, day: DayPresenter) -> None:
        self.day = day
        self._body: Box | None = None
        self._table: Table | None = None
        self._panel: list[Live] = []
        self._shown: list[object] = []
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
        self._body, self._table, self._panel = body, None, []
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
        self._shown = [shown for shown, _ in self._cards()]
        self._panel = [Live(right, lambda box, place=place: self._card(place, box, stage)) for place in range(4)]  # type: ignore[misc]
        for row, live in enumerate(self._panel):
            live.grid(row=row, column=0, sticky="ew")

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

    # ---- the panel

    def _cards(self) -> tuple[tuple[object, Callable[[Box, Stage, DayView], object] | None], ...]:
        """Each card of the panel: what it shows, and what draws it; None where there is none now."""
        view, day = self.day.view, self.day
        if view is None:
            return ((), None), ((), None), ((), None), ((), None)
        chosen, attended, following = day.chosen_one(), day.attended(), view.queue.next
        at_hand = (attended and (attended.id, attended.turn, day.minutes_of(attended)), following and following.id)
        minute = view.now.now_ms // MINUTE_MS
        first = tuple(one.id for one in view.queue.waiting[:SHOWN_WAITING])
        return (
            ((*at_hand, view.room, bool(view.others), view.left_behind), self._now),
            (
                (chosen and (chosen.id, chosen.turn), attended and attended.turn.state, bool(view.others)),
                self._chosen if chosen else None,
            ),
            ((first, len(view.queue.waiting), minute, view.queue.length), self._queue),
            ((view.sums, chosen is None), None if chosen else self._sums),
        )

    def _refresh(self) -> None:
        """Draw those cards again that show something else by now."""
        for place, (shown, _) in enumerate(self._cards()):
            if self._shown[place] != shown:
                self._shown[place] = shown
                self._panel[place].refresh()

    def _card(self, place: int, box: Box, stage: Stage) -> None:
        draw, view = self._cards()[place][1], self.day.view
        if draw is not None and view is not None:
            draw(panel(box, "chosen" if place == 0 else "plain"), stage, view)

    def _now(self, card: Box, stage: Stage, view: DayView) -> None:
        t, px, one, queue = stage.t, stage.px, self.day.attended(), view.queue
        state = "free" if one is None else one.turn.state
        said = t(WHERE[state, bool(view.room)], room=view.room)
        top = Box(card)
        top.pack(fill="x")
        Text(top, said, "hint", "ink2", edge=True, wrap=True).pack(side="left", fill="x", expand=True)
        Button(top, t.button("Change"), lambda: stage.go(self.day.place()), "quiet", name="place", height=32).pack(
            side="right"
        )
        if view.left_behind:
            Remark(card, t("This PC was switched off meanwhile. Say how it went on."), "triangle-alert", "gold").pack(
                fill="x", pady=(0, px(4))
            )
        if one is None:
            if queue.next is None:
                Text(card, t("Nobody is waiting"), "section", edge=True).pack(fill="x")
                return
            number = view.number_of(queue.next.id)
            self._button(card, stage, "next", t.button("Call {number}", number=number), "bell-ring", primary=True)
            return
        line = Box(card)
        line.pack(fill="x")
        line.columnconfigure(1, weight=1)
        Text(line, one.visit.number, "number", edge=True).grid(row=0, column=0, rowspan=2)
        Elided(line, name_of(one), "strong").grid(row=0, column=1, sticky="sew", padx=(px(10), 0))
        at = view.clock(one.turn.started_ms if one.turn.state == "talking" else one.turn.called_ms)
        minutes = self.day.minutes_of(one)
        Text(line, t("since {time}, {n} min", time=since(at, stage.language), n=minutes), "hint", "ink2").grid(
            row=1, column=1, sticky="new", padx=(px(10), 0)
        )
        if one.turn.calls > 1:
            Text(card, t("Times called: {n}", n=one.turn.calls), "hint", "ink2", edge=True).pack(fill="x")
        if one.turn.state == "talking":
            if queue.next is not None:
                number = view.number_of(queue.next.id)
                words = t.button("End, call {number}", number=number)
                self._button(card, stage, "next", words, "bell-ring", primary=True)
            else:
                self._button(card, stage, "end", t.button("End"), "circle-check", primary=True)
        else:
            self._button(card, stage, "start", t.button("Begin the talk"), "circle-dot", primary=True)
        pair = Pairs(card)
        pair.pack(fill="x")
        if one.turn.state == "called":
            self._button(pair, stage, "again", t.button("Call again"))
            self._button(pair, stage, "missed", t.button("Nobody came"))
            self._button(pair, stage, "came", t.button("Back into the queue"))
        else:
            protocol = self.day.protocol
            if protocol is not None:
                Button(pair, t.button("Protocol"), lambda: stage.go(protocol(one.id)), name="protocol")
            if queue.next is not None:
                self._button(pair, stage, "end", t.button("End"))
        self._button(pair, stage, "hold", t.button("Ask to wait"))
        if view.others:
            self._button(pair, stage, "pass", t.button("Send on"))
        pair.arrange()

    def _chosen(self, card: Box, stage: Stage, view: DayView) -> None:
        """Whom staff have gone to in the list."""
        one = self.day.chosen_one()
        assert one is not None
        t, px, turn = stage.t, stage.px, one.turn
        line = Box(card)
        line.pack(fill="x")
        Text(line, one.visit.number, "section", edge=True).pack(side="left")
        Elided(line, name_of(one), "strong").pack(side="left", fill="x", expand=True, padx=(px(6), 0))
        if turn.overtaken:
            room = t("Room {room} counts.", room=turn.room) if turn.room else ""
            apart = t("Two PCs said different things of this ticket.")
            Remark(card, f"{apart} {room}".strip(), "triangle-alert", "gold").pack(fill="x", pady=(0, px(4)))
        row = ButtonRow(card)
        row.pack(fill="x")
        if self.day.may_arrive():
            self._button(row, stage, "here", t.button("Is here"), "check")
        if turn.state in ("expected", "waiting", "missed", "held") and self.day.attended() is None:
            Button(row, t.button("Call this one"), lambda: self._call_chosen(stage), icon="bell-ring", name="call")
        if turn.state == "waiting":
            Button(row, t.button("Went away"), lambda: self._act(stage, "gone"), icon="circle-x", name="gone")
        if self.day.may_be_sent_on() and view.others:
            self._button(row, stage, "pass", t.button("Send on"))
        if turn.state == "ended":
            Button(row, t.button("Goes on"), lambda: self._act(stage, "reopen"), icon="undo-2", name="reopen")

    def _queue(self, card: Box, stage: Stage, view: DayView) -> None:
        t, px, queue = stage.t, stage.px, view.queue
        Text(card, t("In the queue: {n}", n=len(queue.waiting)), "section", edge=True).pack(fill="x")
        for one in queue.waiting[:SHOWN_WAITING]:
            Line(card).pack(fill="x", padx=stage.look.halo, pady=px(3))
            row = Box(card)
            row.pack(fill="x", padx=stage.look.halo)
            Text(row, one.visit.number, "strong").pack(side="left")
            waited = max(0, view.now.now_ms - one.turn.arrived_ms) // MINUTE_MS
            Text(row, t("{n} min", n=waited), "hint", "ink2").pack(side="right")
            Elided(row, name_of(one), "body").pack(side="left", fill="x", expand=True, padx=px(12))
        wait = queue.wait(len(queue.waiting))
        said = t("How long a newcomer waits is not known yet.")
        if wait is not None:
            said = t("A newcomer waits {low}–{high} minutes.", low=wait.low, high=wait.high)
            if not wait.high:
                said = t("A newcomer is received at once.")
        Text(card, said, "hint", "ink2", edge=True, wrap=True).pack(fill="x", pady=(px(6), 0))

    def _sums(self, card: Box, stage: Stage, view: DayView) -> None:
        t = stage.t
        Text(card, t("The day so far"), "section", edge=True).pack(fill="x")
        for label, number in view.sums:
            ValueRow(card, t(label), str(number)).pack(fill="x")
        day = view.now.day
        Button(
            card, t.button("Print the day’s minutes"), lambda: self._print_minutes(stage, day), icon="printer",
            name="print-minutes",
        ).pack(anchor="w", pady=(stage.px(6), 0))  # fmt: skip

    def _button(self, box: Box, stage: Stage, act: Act, words: str, icon: str = "", *, primary: bool = False) -> None:
        button = Button(
            box, words, lambda: self._act(stage, act), "primary" if primary else "plain", icon=icon,
            key=self.day.key_of(act), name=act, height=52 if primary else 0,
        )  # fmt: skip
        if primary:
            button.pack(fill="x")

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

    def _choose(self, key: str) -> None:
        self.day.chosen = key
        self._refresh()

    def _go(self, stage: Stage, to: object) -> None:
        self.day.go(to)
        self.on_topics(stage, self.topics)

    def _print(self, stage: Stage) -> None:
        done = N_("The list lies in the out-tray and is printed when a printer is free.")
        stage.run(lambda: self.day.print_list(self.day), lambda _: stage.say("done", lambda t: t(done)))

    def _print_minutes(self, stage: Stage, day: date) -> None:
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
        self._refresh()
