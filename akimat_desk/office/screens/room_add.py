"""A PC is added to the room: what it is for, then the code to type at it, until it has come."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.words import N_, Translator
from akimat_desk.office.screens import room_words
from akimat_desk.office.screens.room_words import MINUTE_MS
from akimat_desk.office.screens.settings import MOST_SEATS, USES
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.empty_state import Done
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box, Text

if TYPE_CHECKING:
    from akimat_desk.office.room import Code, RoomPc, RoomView, Use

LOOK_AGAIN_MS: Final = 1_000
MEANINGS: Final = {
    "desk": N_("Shows names, prints, lets other PCs in, and can become the main PC."),
    "kiosk": N_("Shows the residents' home. No names stay on it."),
    "board": N_("Shows numbers on the wall. No names are on it."),
}


@dataclass
class RoomAdd:
    """What is chosen, and the code that is out. `fetch`, `give` and `withdraw` block."""

    fetch: Callable[[], tuple[RoomView, tuple[str, ...]]]
    give: Callable[[Use, int], Code]
    withdraw: Callable[[], object]
    now_ms: Callable[[], int]
    view: RoomView | None = None
    addresses: tuple[str, ...] = ()
    use: Use = "kiosk"
    seat: int = 0
    code: str = ""
    until_ms: int = 0
    before: frozenset[tuple[str, bytes]] = frozenset()
    came: RoomPc | None = None

    def begin(self, view: RoomView, addresses: tuple[str, ...]) -> None:
        """The room as it is; the number is the first that no PC has."""
        first = self.view is None
        self.view, self.addresses = view, addresses
        if first:
            self.seat = self.free_seat()

    def free_seat(self) -> int:
        """The first number that no PC of the room has."""
        taken = {pc.seat for pc in self.view.pcs if not pc.revoked} if self.view else set[int]()
        return next(number for number in range(1, len(taken) + 2) if number not in taken)

    @property
    def can(self) -> bool:
        """Whether codes are given here: only the main PC answers to them."""
        return self.view is not None and self.view.main is not None and self.view.main.this

    def minutes_left(self) -> int:
        """Whole minutes the code is still good for, the begun one counted; 0 when it is over."""
        return max(0, -(-(self.until_ms - self.now_ms()) // MINUTE_MS))

    def end(self) -> None:
        """The code is good no more (blocks); where that cannot be written, it ends by itself within minutes."""
        with contextlib.suppress(AkimatDeskError):
            self.withdraw()

    def shown(self) -> object:
        """All that changes what is drawn while nobody presses anything."""
        return self.view is None, self.can, self.addresses, self.minutes_left() if self.code else 0, self.came


class RoomAddScreen(Screen):
    """See the module."""

    name = "office.room_add"
    frame = "staff"
    topics = frozenset({"journal.devices"})

    def __init__(self, adding: RoomAdd) -> None:
        self.adding = adding
        self._drawn: object = None

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Add a PC to the room")

    def build(self, body: Box, stage: Stage) -> None:
        """The choice; then the code and what to do with it; then who came."""
        adding = self.adding
        if adding.view is None:
            return
        self._drawn = adding.shown()
        column = Box(body, width=stage.px(720))
        if stage.layout == "large":
            column.pack(fill="x")
        else:
            column.pack(side="left", fill="y")
            column.pack_propagate(False)
        if adding.came is not None:
            self._came(column, stage, adding.came)
        elif not adding.can:
            self._elsewhere(column, stage)
        elif adding.code:
            self._code(column, stage)
        else:
            self._choice(column, stage)

    def _elsewhere(self, box: Box, stage: Stage) -> None:
        t, view = stage.t, self.adding.view
        assert view is not None
        card = panel(box)
        words = t("PCs are added at the main PC. This is another one.")
        if view.main is not None:
            words += " " + t("Go to: {pc}.", pc=room_words.called(t, view.main.use, view.main.seat))
        Remark(card, words, "info", "sky").pack(fill="x")
        Text(
            card, t("Is the main PC broken? Go back, choose this PC and make it the main PC."), "hint", "ink2",
            edge=True, wrap=True,
        ).pack(fill="x", pady=(stage.px(6), 0))  # fmt: skip
        self._buttons(box, stage)

    def _choice(self, box: Box, stage: Stage) -> None:
        t, px, adding = stage.t, stage.px, self.adding
        card = panel(box)
        OptionRow(
            card,
            t("What is the new PC for?"),
            [Option(use, t(words), room_words.ICONS[use]) for use, words in USES],
            adding.use,
            lambda use: self._use(stage, use),
            columns=1 if stage.layout == "large" else 0,
            name="use",
        ).pack(fill="x")
        Remark(card, t(MEANINGS[adding.use]), "info", "sky").pack(fill="x", pady=(px(6), px(10)))
        Stepper(
            card, t("Number of the place"), adding.seat, lambda seat: setattr(adding, "seat", seat), least=0,
            most=MOST_SEATS, name="seat",
        ).pack(fill="x")  # fmt: skip
        row = self._buttons(box, stage)
        Button(
            row, t.button("Make a code"), lambda: self._give(stage), "primary", icon="key-round", name="give", height=52
        )

    def _code(self, box: Box, stage: Stage) -> None:
        t, px, adding = stage.t, stage.px, self.adding
        left = adding.minutes_left()
        card = panel(box, "chosen" if left else "plain")
        name = room_words.called(t, adding.use, adding.seat)
        Text(card, t("Code for: {pc}", pc=name), "section", edge=True, wrap=True).pack(fill="x")
        if not left:
            words = t("The code is over: nobody has typed it in time. Make a new one.")
            Remark(card, words, "clock", "gold").pack(fill="x", pady=px(6))
        else:
            Text(card, adding.code, "number", "sky", edge=True, wrap=True).pack(fill="x", pady=px(6))
            Text(card, t("Minutes left: {n}. For one PC, once.", n=left), "strong", edge=True, wrap=True).pack(fill="x")
            self._how(card, stage)
            waits = t("Waiting for the new PC. This page tells when it has come; leaving the page ends the code.")
            Remark(card, waits, "hourglass", "sky").pack(fill="x", pady=(px(8), 0))
        row = self._buttons(box, stage)
        again = t.button("Make a new code")
        Button(
            row, again, lambda: self._give(stage), "plain" if left else "primary", icon="refresh-cw", name="again",
            height=52,
        )  # fmt: skip

    def _how(self, card: Box, stage: Stage) -> None:
        t, px = stage.t, stage.px
        typed = ", ".join(self.adding.addresses)
        lines = (
            t("Put the new PC on the room's network and open Akimat Desk on it."),
            t("Press “Join the room of this village” there."),
            t("Choose this PC there: its address is {address}. Type the code.", address=typed)
            if typed
            else t("Choose this PC there and type the code."),
        )
        for number, words in enumerate(lines, 1):
            row = Box(card)
            row.pack(fill="x", padx=stage.look.halo, pady=(px(6), 0))
            row.columnconfigure(1, weight=1)
            Text(row, str(number), "strong", "sky").grid(row=0, column=0, sticky="n", padx=(0, px(10)))
            Text(row, words, "body", wrap=True).grid(row=0, column=1, sticky="ew")

    def _came(self, box: Box, stage: Stage, pc: RoomPc) -> None:
        t = stage.t
        card = panel(box)
        words = t(
            "It is taking in what the room has, and opens by itself: {pc}.", pc=room_words.called(t, pc.use, pc.seat)
        )
        Done(card, t("The PC has joined the room"), words, more=True).pack(fill="x")
        row = ButtonRow(box)
        row.pack(fill="x")
        Button(row, t.button("Show the room"), stage.back, "primary", icon="check", name="finish", height=52)
        Button(row, t.button("Add another PC"), lambda: self._another(stage), icon="plus", name="another", height=52)

    def _buttons(self, box: Box, stage: Stage) -> ButtonRow:
        row = ButtonRow(box)
        row.pack(fill="x")
        Button(row, stage.t.button("Back"), stage.back, icon="arrow-left", name="cancel", height=52)
        return row

    # ---- what a person does

    def _use(self, stage: Stage, use: str) -> None:
        self.adding.use = cast("Use", use)
        stage.rebuild()

    def _give(self, stage: Stage) -> None:
        adding = self.adding

        def given(code: Code) -> None:
            adding.code, adding.until_ms = code.code, adding.now_ms() + code.minutes * MINUTE_MS
            stage.rebuild()

        stage.clear_banner()
        adding.before = frozenset((pc.device, pc.key) for pc in adding.view.pcs) if adding.view else frozenset()
        stage.run(lambda: adding.give(adding.use, adding.seat), given)

    def _another(self, stage: Stage) -> None:
        adding = self.adding
        adding.came, adding.code = None, ""
        adding.seat = adding.free_seat()
        stage.rebuild()

    # ---- looking

    def on_show(self, stage: Stage) -> None:
        """Look, and go on looking: the new PC may come at any moment."""
        self._fetch(stage)
        stage.after(LOOK_AGAIN_MS, lambda: self.on_show(stage))

    def on_topics(self, stage: Stage, changed: frozenset[str]) -> None:
        """Look at once."""
        self._fetch(stage)

    def _fetch(self, stage: Stage) -> None:
        adding = self.adding

        def show(found: tuple[RoomView, tuple[str, ...]]) -> None:
            adding.begin(*found)
            new = [pc for pc in found[0].pcs if (pc.device, pc.key) not in adding.before]
            if adding.code and adding.came is None and new:
                adding.came = new[-1]
            if adding.shown() != self._drawn:
                stage.rebuild()

        stage.run(adding.fetch, show, kind="read")

    def on_leave(self, stage: Stage) -> None:
        """The code ends with the page, unless the PC has it already: that one may still ask for its answer again."""
        adding = self.adding
        if adding.code and adding.came is None:
            adding.code = ""
            stage.run(adding.end)

    def on_escape(self, stage: Stage) -> None:
        """Back to the room."""
        stage.back()
