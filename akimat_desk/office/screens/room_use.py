"""What a PC of the room is for, and its number, changed at a staff PC."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from akimat_desk.base.words import Translator
from akimat_desk.office.screens import room_words
from akimat_desk.office.screens.room_add import MEANINGS
from akimat_desk.office.screens.settings import MOST_SEATS, USES, what_comes
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.stepper import Stepper
from akimat_desk.ui.widgets.surface import Box, Text

if TYPE_CHECKING:
    from akimat_desk.office.room import RoomPc, Use


@dataclass
class RoomUse:
    """What is chosen; `save` blocks."""

    pc: RoomPc
    save: Callable[[Use, int], object]
    use: Use
    seat: int

    @classmethod
    def of(cls, pc: RoomPc, save: Callable[[Use, int], object]) -> RoomUse:
        """Begin from what is so now."""
        return cls(pc, save, pc.use, pc.seat)


class RoomUseScreen(Screen):
    """See the module."""

    name = "office.room_use"
    frame = "staff"

    def __init__(self, using: RoomUse) -> None:
        self.using = using

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("What this PC is for")

    def build(self, body: Box, stage: Stage) -> None:
        """The choice, what comes of it, and the number."""
        t, px, using = stage.t, stage.px, self.using
        column = Box(body, width=px(720))
        if stage.layout == "large":
            column.pack(fill="x")
        else:
            column.pack(side="left", fill="y")
            column.pack_propagate(False)
        card = panel(column)
        now = t("Now: {pc}.", pc=room_words.called(t, using.pc.use, using.pc.seat))
        Text(card, now, "strong", edge=True, wrap=True).pack(fill="x", pady=(0, px(6)))
        OptionRow(
            card,
            t("Use of this PC"),
            [Option(use, t(words), room_words.ICONS[use]) for use, words in USES],
            using.use,
            lambda use: self._use(stage, use),
            columns=1 if stage.layout == "large" else 0,
            name="use",
        ).pack(fill="x")
        Remark(card, t(MEANINGS[using.use]), "info", "sky").pack(fill="x", pady=(px(6), 0))
        comes = what_comes(using.pc.use, using.use)
        if comes:
            Remark(card, t(comes), "triangle-alert", "gold").pack(fill="x", pady=(px(6), 0))
        Stepper(
            card, t("Number of the place"), using.seat, lambda seat: setattr(using, "seat", seat), least=0,
            most=MOST_SEATS, name="seat",
        ).pack(fill="x", pady=(px(10), 0))  # fmt: skip
        row = ButtonRow(column)
        row.pack(fill="x")
        Button(row, t.button("Back"), stage.back, icon="arrow-left", name="cancel", height=52)
        Button(row, t.button("Save"), lambda: self._save(stage), "primary", icon="save", name="save", height=52)

    def _use(self, stage: Stage, use: str) -> None:
        self.using.use = cast("Use", use)
        stage.rebuild()

    def _save(self, stage: Stage) -> None:
        using = self.using
        stage.clear_banner()
        stage.run(lambda: using.save(using.use, using.seat), lambda _: stage.back())

    def on_escape(self, stage: Stage) -> None:
        """Back to the room."""
        stage.back()
