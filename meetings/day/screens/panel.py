"""The panel beside the day's list: who is being received, whom staff have gone to, who is next, the day so far.

Each card keeps the forms it has taken (`Kept`): a key at the door changes words and swaps forms, and builds nothing
that was there before. A card's form is what buttons and lines it has; what it tells are their words.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from akimat_desk.base.words import N_
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.kept import Kept
from akimat_desk.ui.widgets.surface import Box, Elided, Line, Text
from meetings.day.screens.words import name_of, since

if TYPE_CHECKING:
    from akimat_desk.ui.screen import Stage
    from akimat_desk.ui.widgets.card import CardKind
    from meetings.day.queue import Person
    from meetings.day.rules import Span
    from meetings.day.screens.presenter import Act, DayPresenter, DayView

SHOWN_WAITING: Final = 3
MINUTE_MS: Final = 60_000

WHERE: Final = {
    ("free", True): N_("Nobody is in room {room}"),
    ("free", False): N_("Nobody is with the official"),
    ("called", True): N_("Called, room {room}"),
    ("called", False): N_("Called"),
    ("talking", True): N_("Being received now, room {room}"),
    ("talking", False): N_("Being received"),
}


class Hands(NamedTuple):
    """What the panel's buttons lead to."""

    act: Callable[[Act], object]
    call_chosen: Callable[[], object]
    """Who is chosen is called, after a question where somebody else is next."""
    change_place: Callable[[], object]
    """Another official or room."""
    open_protocol: Callable[[], object]
    """The minutes of who is being received."""
    open_protocol_of_chosen: Callable[[], object]
    print_minutes: Callable[[], object]
    """The minutes of the day."""


class Pairs(Box):
    """Buttons two and two, of one width; in large print one under the other."""

    def arrange(self) -> None:
        """Place what was put on it, in that order."""
        across = 1 if look_of(self).layout == "large" else 2
        for column in range(across):
            self.columnconfigure(column, weight=1, uniform="pairs")
        for place, child in enumerate(self.children.values()):
            child.grid(row=place // across, column=place % across, sticky="nsew")


Words = tuple[str, ...]
Say = Callable[[Words], object]


class NowForm(NamedTuple):
    """What the card of who is being received has on it."""

    state: str
    follows: bool
    """Somebody is next."""
    left_behind: bool
    others: bool
    """There is another official to send on to."""
    again: bool
    """They were called more than once."""


class ChosenForm(NamedTuple):
    """What the card of who was gone to in the list has on it."""

    apart: str
    here: bool
    key: str
    call: bool
    gone: bool
    sent_on: bool
    reopen: bool


class Told(NamedTuple):
    """What a card tells: which lines and buttons it has, their words, and what draws it; None for no card at all."""

    form: Hashable
    words: Words = ()
    draw: Callable[[Box], Say] | None = None


NO_CARD: Final = Told(None)


class Panel:
    """The four cards, on `box`; `show` after everything that happened."""

    def __init__(self, box: Box, stage: Stage, day: DayPresenter, hands: Hands) -> None:
        self._stage, self._day, self._hands = stage, day, hands
        self._cards = tuple(Kept[Words](box) for _ in range(4))
        for row, card in enumerate(self._cards):
            card.grid(row=row, column=0, sticky="ew")

    def show(self, view: DayView) -> None:
        """Tell how things stand."""
        attended, chosen = self._day.attended(), self._day.chosen_one()
        told = (
            self._tell_now(view, attended),
            self._tell_chosen(view, attended, chosen) if chosen else NO_CARD,
            self._tell_queue(view),
            NO_CARD if chosen else self._tell_sums(view),
        )
        for card, each in zip(self._cards, told, strict=True):
            kind: CardKind = "chosen" if card is self._cards[0] else "plain"
            card.show(each.form, partial(_on_a_card, kind, each.draw), each.words)

    def _button(self, box: Box, act: Act, words: str, icon: str = "", *, primary: bool = False) -> Button:
        button = Button(
            box, words, lambda: self._hands.act(act), "primary" if primary else "plain", icon=icon,
            key=self._day.key_of(act), name=act, height=52 if primary else 0,
        )  # fmt: skip
        if primary:
            button.pack(fill="x")
        return button

    # ---- who is being received

    def _tell_now(self, view: DayView, one: Person | None) -> Told:
        t, queue = self._stage.t, view.queue
        state = "free" if one is None else one.turn.state
        said = t(WHERE[state, bool(view.room)], room=view.room)
        follows = view.number_of(queue.next.id) if queue.next else ""
        again = one is not None and one.turn.calls > 1
        form = NowForm(state, bool(follows), view.left_behind, bool(view.others), again)
        draw = partial(self._now, form)
        if one is None:
            return Told(form, (said, t.button("Call {number}", number=follows)), draw)
        at = view.clock(one.turn.started_ms if state == "talking" else one.turn.called_ms)
        minutes = self._day.minutes_of(one)
        return Told(
            form,
            (
                said,
                t.button("End, call {number}", number=follows),
                one.visit.number,
                name_of(one),
                t("since {time}, {n} min", time=since(at, self._stage.language), n=minutes),
                t("Times called: {n}", n=one.turn.calls),
            ),
            draw,
        )

    def _now(self, form: NowForm, card: Box) -> Say:
        t, px, state = self._stage.t, self._stage.px, form.state
        top = Box(card)
        top.pack(fill="x")
        where = Text(top, "", "hint", "ink2", edge=True, wrap=True)
        where.pack(side="left", fill="x", expand=True)
        Button(top, t.button("Change"), self._hands.change_place, "quiet", name="place", height=32).pack(side="right")
        if form.left_behind:
            Remark(card, t("This PC was switched off meanwhile. Say how it went on."), "triangle-alert", "gold").pack(
                fill="x", pady=(0, px(4))
            )
        if state == "free":
            call = self._button(card, "next", "", "bell-ring", primary=True) if form.follows else None
            if call is None:
                Text(card, t("Nobody is waiting"), "section", edge=True).pack(fill="x")
            return lambda words: _say((where, call), words)
        line = Box(card)
        line.pack(fill="x")
        line.columnconfigure(1, weight=1)
        number, name = Text(line, "", "number", edge=True), Elided(line, "", "strong")
        number.grid(row=0, column=0, rowspan=2)
        name.grid(row=0, column=1, sticky="sew", padx=(px(10), 0))
        for_how_long = Text(line, "", "hint", "ink2")
        for_how_long.grid(row=1, column=1, sticky="new", padx=(px(10), 0))
        calls = Text(card, "", "hint", "ink2", edge=True) if form.again else None
        if calls is not None:
            calls.pack(fill="x")
        call = None
        if state == "called":
            self._button(card, "start", t.button("Begin the talk"), "circle-dot", primary=True)
        elif form.follows:
            call = self._button(card, "next", "", "bell-ring", primary=True)
        else:
            self._button(card, "end", t.button("End"), "circle-check", primary=True)
        pair = Pairs(card)
        pair.pack(fill="x")
        if state == "called":
            self._button(pair, "again", t.button("Call again"))
            self._button(pair, "missed", t.button("Nobody came"))
            self._button(pair, "came", t.button("Back into the queue"))
        else:
            if self._day.protocol is not None:
                Button(pair, t.button("Protocol"), self._hands.open_protocol, name="protocol")
            if form.follows:
                self._button(pair, "end", t.button("End"))
        self._button(pair, "hold", t.button("Ask to wait"))
        if form.others:
            self._button(pair, "pass", t.button("Send on"))
        pair.arrange()
        return lambda words: _say((where, call, number, name, for_how_long, calls), words)

    # ---- whom staff have gone to in the list

    def _tell_chosen(self, view: DayView, attended: Person | None, one: Person) -> Told:
        t, turn, day = self._stage.t, one.turn, self._day
        apart = ""
        if turn.overtaken:
            room = t("Room {room} counts.", room=turn.room) if turn.room else ""
            apart = f"{t('Two PCs said different things of this ticket.')} {room}".strip()
        form = ChosenForm(
            apart,
            day.may_arrive(),
            day.key_of("here"),
            attended is None and turn.state in ("expected", "waiting", "missed", "held"),
            turn.state == "waiting",
            day.may_be_sent_on() and bool(view.others),
            turn.state == "ended",
        )
        return Told(form, (one.visit.number, name_of(one)), partial(self._chosen, form))

    def _chosen(self, form: ChosenForm, card: Box) -> Say:
        t, px, act = self._stage.t, self._stage.px, self._hands.act
        line = Box(card)
        line.pack(fill="x")
        number, name = Text(line, "", "section", edge=True), Elided(line, "", "strong")
        number.pack(side="left")
        name.pack(side="left", fill="x", expand=True, padx=(px(6), 0))
        if form.apart:
            Remark(card, form.apart, "triangle-alert", "gold").pack(fill="x", pady=(0, px(4)))
        row = ButtonRow(card)
        row.pack(fill="x")
        if form.here:
            self._button(row, "here", t.button("Is here"), "check")
        if form.call:
            Button(row, t.button("Call this one"), self._hands.call_chosen, icon="bell-ring", name="call")
        if form.gone:
            Button(row, t.button("Went away"), lambda: act("gone"), icon="circle-x", name="gone")
        if form.sent_on:
            self._button(row, "pass", t.button("Send on"))
        if form.reopen:
            if self._day.protocol is not None:
                Button(row, t.button("Protocol"), self._hands.open_protocol_of_chosen, name="protocol-chosen")
            Button(row, t.button("Goes on"), lambda: act("reopen"), icon="undo-2", name="reopen")
        return lambda words: _say((number, name), words)

    # ---- who is next

    def _tell_queue(self, view: DayView) -> Told:
        t, queue = self._stage.t, view.queue
        first = queue.waiting[:SHOWN_WAITING]
        words = [t("In the queue: {n}", n=len(queue.waiting)), self._newcomer(queue.wait(len(queue.waiting)))]
        for one in first:
            waited = max(0, view.now.now_ms - one.turn.arrived_ms) // MINUTE_MS
            words += one.visit.number, t("{n} min", n=waited), name_of(one)
        return Told(len(first), tuple(words), partial(self._queue, len(first)))

    def _newcomer(self, wait: Span | None) -> str:
        t = self._stage.t
        if wait is None:
            return t("How long a newcomer waits is not known yet.")
        if not wait.high:
            return t("A newcomer is received at once.")
        return t("A newcomer waits {low}–{high} minutes.", low=wait.low, high=wait.high)

    def _queue(self, lines: int, card: Box) -> Say:
        stage, px = self._stage, self._stage.px
        head, said = Text(card, "", "section", edge=True), Text(card, "", "hint", "ink2", edge=True, wrap=True)
        head.pack(fill="x")
        told: list[Text] = []
        for _ in range(lines):
            Line(card).pack(fill="x", padx=stage.look.halo, pady=px(3))
            row = Box(card)
            row.pack(fill="x", padx=stage.look.halo)
            number, waited, name = Text(row, "", "strong"), Text(row, "", "hint", "ink2"), Elided(row, "", "body")
            number.pack(side="left")
            waited.pack(side="right")
            name.pack(side="left", fill="x", expand=True, padx=px(12))
            told += number, waited, name
        said.pack(fill="x", pady=(px(6), 0))
        return lambda words: _say((head, said, *told), words)

    # ---- the day so far

    def _tell_sums(self, view: DayView) -> Told:
        labels = tuple(label for label, _ in view.sums)
        return Told(labels, tuple(str(number) for _, number in view.sums), partial(self._sums, labels))

    def _sums(self, labels: tuple[str, ...], card: Box) -> Say:
        t = self._stage.t
        Text(card, t("The day so far"), "section", edge=True).pack(fill="x")
        rows = [ValueRow(card, t(label), "") for label in labels]
        for row in rows:
            row.pack(fill="x")
        Button(
            card, t.button("Print the day’s minutes"), self._hands.print_minutes, icon="printer", name="print-minutes"
        ).pack(anchor="w", pady=(self._stage.px(6), 0))
        return lambda words: _say(rows, words)


class _Says(Protocol):
    def say(self, text: str, /) -> None: ...


def _say(lines: Iterable[_Says | None], words: Words) -> None:
    for line, text in zip(lines, words, strict=True):
        if line is not None:
            line.say(text)


def _on_a_card(kind: CardKind, draw: Callable[[Box], Say] | None, box: Box) -> Say:
    if draw is None:
        return lambda _: None
    return draw(panel(box, kind))
