"""Where the main PC is, typed by hand: for networks in which PCs do not find each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from akimat_desk.base.words import Translator
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.facts import Remark
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.surface import Box


@dataclass
class RoomAddress:
    """What is typed; `save` blocks."""

    save: Callable[[str], object]
    typed: str = ""
    missing: bool = False


class RoomAddressScreen(Screen):
    """See the module."""

    name = "office.room_address"
    frame = "staff"

    def __init__(self, address: RoomAddress) -> None:
        self.address = address

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Where is the main PC?")

    def first_focus(self) -> str:
        """See `Screen`."""
        return "typed"

    def build(self, body: Box, stage: Stage) -> None:
        """One field."""
        t, px, address = stage.t, stage.px, self.address
        column = Box(body, width=px(620))
        if stage.layout == "large":
            column.pack(fill="x")
        else:
            column.pack(side="left", fill="y")
            column.pack_propagate(False)
        card = panel(column)
        words = t("PCs of one network find each other by themselves. Type the address only where they do not.")
        Remark(card, words, "info", "sky").pack(fill="x", pady=(0, px(8)))
        Field(
            card,
            t("Address of the main PC"),
            address.typed,
            lambda value: setattr(address, "typed", value),
            hint=t("For example: {example}. The main PC shows it where a PC is added.", example="192.168.1.10"),
            error=t("Fill in this line.") if address.missing else "",
            on_enter=lambda _: self._save(stage),
            name="typed",
        ).pack(fill="x")
        row = ButtonRow(column)
        row.pack(fill="x")
        Button(row, t.button("Back"), stage.back, icon="arrow-left", name="cancel", height=52)
        Button(
            row,
            t.button("Use this address"),
            lambda: self._save(stage),
            "primary",
            icon="check",
            name="save",
            height=52,
        )

    def _save(self, stage: Stage) -> None:
        address = self.address
        address.missing = not address.typed.strip()
        if address.missing:
            stage.rebuild()
            stage.focus("typed")
            return
        stage.run(lambda: address.save(address.typed), lambda _: stage.back())

    def on_escape(self, stage: Stage) -> None:
        """Back to the room."""
        stage.back()
