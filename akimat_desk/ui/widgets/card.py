"""A card: a surface that groups things. `chosen` marks the one that is being worked on; `tint` tells of a state."""

from __future__ import annotations

import tkinter
from typing import Literal

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.surface import Box, Paint, Surface

CardKind = Literal["plain", "chosen", "sunken", "help", "info", "done", "warning", "error"]

PAINTS: dict[CardKind, Paint] = {
    "plain": Paint("surface", "line", 2),
    "chosen": Paint("surface", "sky", 2),
    "sunken": Paint("sunken", "line", 2),
    "help": Paint("surface", "clay", 3),
    "info": Paint("sky_tint", text="sky"),
    "done": Paint("grass_tint", text="grass"),
    "warning": Paint("gold_tint", text="gold_text"),
    "error": Paint("berry_tint", text="berry"),
}


class Card(Box):
    """Put the content on `body`. Carries the margin every control has, so cards and controls line up.

    Text in a card takes `edge=True`, because controls stand above or under it; `pad` is the distance from the card's
    edge to theirs, in design pixels.
    """

    def __init__(self, master: tkinter.Misc, kind: CardKind = "plain", *, pad: int | None = None) -> None:
        super().__init__(master)
        look = look_of(master)
        paint = PAINTS[kind]
        if look.staff and kind == "plain":
            paint = Paint("surface", "line", 1)
        self.face = Surface(self, paint)
        self.face.pack(fill="both", expand=True, padx=look.halo, pady=look.halo)
        self.body = Box(self.face)
        inset = look.px(pad if pad is not None else 17 if look.staff else 20) - look.halo
        self.body.pack(fill="both", expand=True, padx=inset, pady=inset)
