"""A ticket as it will be on paper: number large, then date, place and code, in the same order."""

from __future__ import annotations

import tkinter
from collections.abc import Sequence

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.card import Card
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.surface import Line, Text


class TicketCard(Card):
    """`rows` are (label, value)."""

    def __init__(self, master: tkinter.Misc, title: str, number: str, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__(master, "chosen")
        look = look_of(master)
        Text(self.body, title, "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        Text(self.body, number, "number", edge=True).pack(fill="x")
        Line(self.body, strong=True).pack(fill="x", padx=look.halo, pady=look.px(8))
        for label, value in rows:
            ValueRow(self.body, label, value).pack(fill="x", pady=look.px(3))
