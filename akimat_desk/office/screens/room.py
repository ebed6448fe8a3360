"""An administrator's page: the PCs of the room, how each is, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from akimat_desk.base.words import Translator
from akimat_desk.office.exchange import exchanging, moment, trouble
from akimat_desk.office.screens import room_words
from akimat_desk.office.screens.room_words import MINUTE_MS
from akimat_desk.office.screens.side import panel, table_height
from akimat_desk.office.waits import REASONS
from akimat_desk.ui.screen import Question, Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.columns import with_panel
from akimat_desk.ui.widgets.empty_state import EmptyState
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Live, Text
from akimat_desk.ui.widgets.table import Table

if TYPE_CHECKING:
    from akimat_desk.office.room import Knock, RoomPc, RoomView

LOOK_AGAIN_MS: Final = 5_000
"""How often is looked who is on: that is told nowhere in the journal."""
OUTCOME_MS: Final = 500
OUTCOME_LOOKS: Final = 40
"""How often is looked whether the exchange is over, and how many times: twenty seconds in all."""


@dataclass
class RoomPresenter:
    """The room as it was last seen. Callables block, except those that give a screen, and `now_ms`."""

    fetch: Callable[[], RoomView]
    now_ms: Callable[[], int]
    exchange: Callable[[], object]
    let_in: Callable[[Knock], object]
    turn_away: Callable[[Knock], object]
    make_main: Callable[[], object]
    shut_out: Callable[[str], object]
    add: Callable[[], Screen]
    use: Callable[[RoomPc], Screen]
    address: Callable[[], Screen]
    log: Callable[[], Screen]
    stick: Callable[[], Screen]
    view: RoomView | None = None
    chosen: str = ""
    looks_left: int = 0
    """How many times is still looked whether the exchange that was asked for is over; 0 while none is."""

    def members(self) -> tuple[RoomPc, ...]:
        """Those that belong to the room now."""
        return tuple(pc for pc in self.view.pcs if not pc.revoked) if self.view else ()

    def gone(self) -> tuple[RoomPc, ...]:
        """Those that were shut out."""
        return tuple(pc for pc in self.view.pcs if pc.revoked) if self.view else ()

    def choice(self) -> RoomPc | None:
        """The chosen PC; the first one where none was chosen."""
        pcs = self.members()
        return next((pc for pc in pcs if pc.device == self.chosen), pcs[0] if pcs else None)


class RoomScreen(Screen):
    """See the module."""

    name = "office.room"
    frame = "staff"
    topics = frozenset({"journal.devices", "sync.state"})

    def __init__(self, room: RoomPresenter) -> None:
        self.room = room
        self._card: Live | None = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("PCs of the room")

    def build_tools(self, box: Box, stage: Stage) -> None:
        """A new PC."""
        view = self.room.view
        if view is not None and not view.alone:
            Button(
                box, stage.t.button("Add a PC"), lambda: stage.go(self.room.add()), icon="plus", name="add"
            ).pack()  # fmt: skip

    def build(self, body: Box, stage: Stage) -> None:
        """Who asks to be let in on top; then how the exchange goes and the PCs, the chosen one at the right."""
        view = self.room.view
        self._card = None
        if view is None:
            return
        if view.alone:
            self._knocks(body, stage, view)
            self._alone(body, stage, view)
            self._waits(body, stage, view)
            self._gone(body, stage)
            return
        left, right = with_panel(body)
        self._knocks(left, stage, view)
        self._exchange(left, stage, view)
        self._table(left, stage)
        self._waits(left, stage, view)
        self._gone(left, stage)
        self._card = Live(right, lambda box: self._pc(box, stage))
        self._card.grid(row=0, column=0, sticky="ew")

    # ---- the parts

    def _knocks(self, box: Box, stage: Stage, view: RoomView) -> None:
        t = stage.t
        known = {pc.device: pc for pc in view.pcs}
        for number, knock in enumerate(view.knocks):
            pc = known.get(knock.device)
            place = Box(box)
            place.pack(fill="x")
            card = panel(place, "chosen")
            if pc is not None and pc.revoked:
                words = t(
                    "{pc}, which was shut out, asks to be let in. If it may take part again, add it with a code.",
                    pc=room_words.called(t, pc.use, pc.seat),
                )
            elif pc is not None:
                words = t(
                    "{pc} asks to be let in again. It was restored from a backup, or its data were put on another"
                    " machine. Let it in only if that was done by you.",
                    pc=room_words.called(t, pc.use, pc.seat),
                )
            else:
                words = t(
                    "A PC that this room does not know asks to be let in. A new PC is added with a code; another room's"
                    " PC is turned away."
                )
            Remark(card, words, "triangle-alert", "gold").pack(fill="x")
            row = ButtonRow(card)
            row.pack(fill="x", pady=(stage.px(4), 0))
            if pc is not None and not pc.revoked and view.staff_pc:
                let_in = partial(self._do, stage, partial(self.room.let_in, knock))
                Button(row, t.button("Let it in again"), let_in, "primary", icon="check", name=f"let-in-{number}")
            turn_away = partial(self._do, stage, partial(self.room.turn_away, knock))
            Button(row, t.button("Turn it away"), turn_away, icon="x", name=f"turn-away-{number}")

    def _alone(self, box: Box, stage: Stage, view: RoomView) -> None:
        t = stage.t
        if not view.staff_pc:
            words, button, do = t("This PC is for residents. Other PCs are added at a staff PC."), "", None
        elif view.main is None:
            words = t("A room of several PCs has a main one, with which the others exchange.")
            button, do = t.button("Make this the main PC"), lambda: self._ask_main(stage)
        else:
            words = t("Everything is kept here. Add a second PC, and what is done at one is seen at the other.")
            button, do = t.button("Add a PC"), lambda: stage.go(self.room.add())
        EmptyState(box, t("This room has one PC"), words, button, do, icon="plus").pack(fill="both", expand=True)

    def _exchange(self, box: Box, stage: Stage, view: RoomView) -> None:
        t, px, room = stage.t, stage.px, self.room
        now = exchanging(replace(view, knocks=()), room.now_ms())
        place = Box(box)
        place.pack(fill="x")
        card = panel(place)
        if room.looks_left:
            Remark(card, t("Exchanging with the main PC."), "hourglass", "sky").pack(fill="x")
        else:
            words = t.say(now.text, now.todo)
            Remark(card, words, "cloud-check" if now.good else "cloud-off", "grass" if now.good else "gold").pack(
                fill="x"
            )
        for fork in view.forks:
            pc = next((pc for pc in view.pcs if pc.device == fork.device), None)
            words = t(
                "{pc} was set back to an older copy, or its data were copied. Both histories are kept, nothing is lost:"
                " that PC brings them together itself.",
                pc=room_words.called(t, pc.use, pc.seat) if pc else t("A PC"),
            )
            Remark(card, words, "info", "sky").pack(fill="x", pady=(px(6), 0))
        row = ButtonRow(card)
        row.pack(fill="x", pady=(px(4), 0))
        if view.main is None or not view.main.this:
            Button(
                row, t.button("Exchange now"), lambda: self._exchange_now(stage),
                icon="hourglass" if room.looks_left else "refresh-cw", name="exchange",
            )  # fmt: skip
        Button(row, t.button("Carry by stick"), lambda: stage.go(room.stick()), icon="usb", name="stick")
        Button(row, t.button("Show the log"), lambda: stage.go(room.log()), icon="list", name="log")

    def _table(self, box: Box, stage: Stage) -> None:
        t, room = stage.t, self.room
        pcs = room.members()
        chosen = room.choice()
        place = Box(box, height=table_height(stage, max(3, len(pcs))))
        place.pack(fill="x")
        place.grid_propagate(False)
        place.columnconfigure(0, weight=1)
        place.rowconfigure(0, weight=1)
        Table(
            place,
            [
                Column("pc", t("PC"), 150, stretch=True),
                Column("what", t("What it is"), 175, spare=1),
                Column("state", t("State"), 255),
                Column("waiting", t("Waits"), 110, align="right", spare=2),
            ],
            ListedRows([self._row(t, pc) for pc in pcs]),
            chosen=chosen.device if chosen else "",
            on_choose=lambda key: self._choose(key),
            counts=t("PCs that are on: {n}", n=sum(pc.here for pc in pcs)),
            note=t("In all: {n}", n=len(pcs)),
            name="pcs",
        ).grid(row=0, column=0, sticky="nsew")

    def _row(self, t: Translator, pc: RoomPc) -> Row:
        cells = (
            room_words.in_a_list(t, pc),
            room_words.what_it_is(t, pc),
            room_words.how_it_is(t, pc),
            room_words.waiting(t, pc),
        )
        return Row(pc.device, cells, room_words.ICONS[pc.use], room_words.colour_of(pc))

    def _waits(self, box: Box, stage: Stage, view: RoomView) -> None:
        """Every record's place is the main PC, but for these."""
        t, px = stage.t, stage.px
        if not view.waits:
            return
        place = Box(box)
        place.pack(fill="x")
        card = panel(place)
        title = (
            t("What needs attention")
            if view.main is not None and view.main.this
            else t("What has not come to the main PC yet")
        )
        Text(card, title, "section", edge=True, wrap=True).pack(fill="x", pady=(0, px(4)))
        for one in view.waits:
            count = (
                t("{n}, the oldest: {moment}", n=one.count, moment=moment(one.oldest_ms))
                if one.oldest_ms
                else one.count
            )
            ValueRow(card, t(one.what), str(count)).pack(fill="x")
            if one.reason is not None:
                Remark(card, t(REASONS[one.reason]), "triangle-alert", "gold").pack(fill="x", pady=(0, px(6)))

    def _gone(self, box: Box, stage: Stage) -> None:
        t, gone = stage.t, self.room.gone()
        if not gone:
            return
        place = Box(box)
        place.pack(fill="x")
        card = panel(place)
        Text(card, t("Shut out"), "section", edge=True, wrap=True).pack(fill="x")
        for pc in gone:
            Text(card, room_words.called(t, pc.use, pc.seat), "body", edge=True, wrap=True).pack(fill="x")
        words = t("What they wrote before stands. To use such a PC again, add it with a new code.")
        Text(card, words, "hint", "ink2", edge=True, wrap=True).pack(fill="x")

    def _pc(self, box: Box, stage: Stage) -> None:
        t, px, room, pc = stage.t, stage.px, self.room, self.room.choice()
        if pc is None or room.view is None:
            return
        card = panel(box, "chosen")
        Text(card, room_words.called(t, pc.use, pc.seat), "section", edge=True, wrap=True).pack(fill="x")
        what = room_words.what_it_is(t, pc)
        if what:
            Text(card, what, "strong", "sky", edge=True, wrap=True).pack(fill="x")
        Text(card, room_words.how_it_is(t, pc), "strong", room_words.colour_of(pc), edge=True, wrap=True).pack(
            fill="x", pady=(0, px(6))
        )
        facts = [
            (t("Entries that wait"), room_words.waiting(t, pc)),
            (t("Printer"), room_words.printer(t, pc)),
            (t("Free on the disk"), room_words.free_disk(t, pc)),
        ]
        if pc.presence is not None and pc.presence.version:
            facts.append((t("Version"), pc.presence.version))
        for label, value in facts:
            if value:
                ValueRow(card, label, value).pack(fill="x")
        if pc.presence is not None and pc.presence.trouble:
            words = t.say(*trouble(pc.presence.trouble))
            Remark(card, words, "triangle-alert", "gold").pack(fill="x", pady=(px(8), 0))
        if pc.clock_is_off:
            Remark(card, room_words.clock(t, pc), "clock", "gold").pack(fill="x", pady=(px(8), 0))
        self._deeds(card, stage, room.view, pc)

    def _deeds(self, card: Box, stage: Stage, view: RoomView, pc: RoomPc) -> None:
        """What can be done with the chosen PC."""
        t, room = stage.t, self.room
        if pc.this and not pc.host and view.staff_pc:
            Button(
                card, t.button("Make this the main PC"), lambda: self._ask_main(stage), icon="house", name="make-main"
            ).pack(fill="x", pady=(stage.px(8), 0))  # fmt: skip
        if pc.this and not pc.host:
            Button(
                card, t.button("Type an address"), lambda: stage.go(room.address()), icon="map-pin",
                name="address",
            ).pack(fill="x")  # fmt: skip
        if view.staff_pc:
            Button(
                card, t.button("Change its use"), lambda: stage.go(room.use(pc)), icon="pencil", name="use"
            ).pack(fill="x", pady=(stage.px(8), 0))  # fmt: skip
        if not pc.this and view.staff_pc:
            Button(
                card, t.button("Shut this PC out"), lambda: self._ask_shut_out(stage, pc), icon="circle-x",
                name="shut-out",
            ).pack(fill="x")  # fmt: skip

    # ---- what a person does

    def _choose(self, key: str) -> None:
        self.room.chosen = key
        if self._card is not None:
            self._card.refresh()

    def _do(self, stage: Stage, action: Callable[[], object]) -> None:
        stage.clear_banner()
        stage.run(action, lambda _: self._fetch(stage))

    def _ask_main(self, stage: Stage) -> None:
        t = stage.t
        question = Question(
            t("Make this PC the main one?"),
            t(
                "The others exchange with the main PC, and it gives out times and numbers. Change it when the main PC"
                " is broken or gone; if it comes back, it gives way by itself."
            ),
            t.button("Leave it as it is"),
            t.button("Make this the main PC"),
            harmless=True,
        )
        stage.ask(question, lambda yes: self._do(stage, self.room.make_main) if yes else None)

    def _ask_shut_out(self, stage: Stage, pc: RoomPc) -> None:
        t = stage.t
        name = room_words.called(t, pc.use, pc.seat)
        meaning = t(
            "Do this when the PC was stolen, sold or given away. What it sent before stands; what it writes from now on"
            " counts nowhere."
        )
        question = Question(
            t("Shut this PC out of the room?"), f"{name}\n\n{meaning}", t.button("Keep"), t.button("Shut this PC out")
        )
        stage.ask(question, lambda yes: self._do(stage, lambda: self.room.shut_out(pc.device)) if yes else None)

    def _exchange_now(self, stage: Stage) -> None:
        room, before = self.room, self.room.view
        if room.looks_left or before is None:
            return
        room.looks_left = OUTCOME_LOOKS
        stage.clear_banner()
        stage.rebuild()

        def over(view: RoomView) -> None:
            if view.state.tried_ms > before.state.tried_ms:
                room.looks_left = 0
                stage.rebuild()
                self._tell(stage, view)
            elif room.looks_left > 1:
                room.looks_left -= 1
                stage.after(OUTCOME_MS, look)
            else:
                room.looks_left = 0
                stage.rebuild()
                stage.say("warning", lambda t: t("Nothing was exchanged yet. It is tried again and again by itself."))

        def look() -> None:
            self._fetch(stage, over)

        stage.run(room.exchange, lambda _: look())

    def _tell(self, stage: Stage, view: RoomView) -> None:
        if view.state.code:
            stage.say("error", lambda t: t.say(*trouble(view.state.code)))
        else:
            done = moment(view.state.done_ms)
            stage.say("done", lambda t: t("Exchanged with the main PC: {moment}.", moment=done))

    # ---- looking

    def _fetch(self, stage: Stage, then: Callable[[RoomView], object] = lambda _: None) -> None:
        room = self.room

        def show(view: RoomView) -> None:
            if _shown(view) != _shown(room.view):
                room.view = view
                stage.rebuild()
            room.view = view
            then(view)

        stage.run(room.fetch, show, kind="read")

    def _look(self, stage: Stage) -> None:
        self._fetch(stage)
        stage.after(LOOK_AGAIN_MS, lambda: self._look(stage))

    def on_show(self, stage: Stage) -> None:
        """Look, and go on looking."""
        self.room.looks_left = 0
        self._look(stage)

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """Look at once."""
        self._fetch(stage)


def _shown(view: RoomView | None) -> object:
    """All of the view that can be seen: when a PC that is on was last heard of, and its clock, move all the time."""
    if view is None:
        return None
    pcs = tuple(
        (
            replace(pc, presence=None, seen_ms=0 if pc.here else pc.seen_ms, clock_off_ms=pc.clock_off_ms // MINUTE_MS),
            how
            and (
                how.version,
                how.trouble,
                how.printer,
                how.waiting,
                how.waiting_bytes,
                how.free_mb // room_words.GB_OF_MB,
            ),
        )
        for pc, how in ((pc, pc.presence) for pc in view.pcs)
    )
    state = replace(view.state, tried_ms=0, done_ms=view.state.done_ms // MINUTE_MS)
    return replace(view, pcs=(), state=state), pcs
