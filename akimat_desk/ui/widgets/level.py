"""How much is left of something: name left, a bar, the percentage in words. Little left is told by words and colour."""

from __future__ import annotations

import tkinter

from akimat_desk.ui.look import ground_of, look_of
from akimat_desk.ui.widgets.surface import Box, Text

_HEIGHT = 16


class Level(Box):
    """`percent` from 0 to 100, or None while nobody knows; `shown` is how it is written; `low` draws attention."""

    def __init__(self, master: tkinter.Misc, label: str, percent: int | None, shown: str, *, low: bool = False) -> None:
        super().__init__(master)
        look = look_of(master)
        self._look, self._percent, self._low = look, percent, low
        self.columnconfigure(0, weight=1)
        Text(self, label, "body" if look.staff else "hint", wrap=True).grid(
            row=0, column=0, sticky="ew", padx=(look.halo, look.px(8))
        )
        Text(self, shown, "strong", "berry" if low else "ink", align="right").grid(
            row=0, column=1, sticky="e", padx=(0, look.halo)
        )
        if percent is not None:
            self._bar = tkinter.Canvas(
                self, height=look.px(_HEIGHT), width=1, bg=ground_of(self), bd=0, highlightthickness=0, takefocus=0
            )
            self._bar.grid(row=1, column=0, columnspan=2, sticky="ew", padx=look.halo, pady=(look.px(2), look.px(4)))
            self._bar.bind("<Configure>", lambda event: self._draw(event.width, event.height))

    def _draw(self, width: int, height: int) -> None:
        look, border = self._look, max(1, self._look.px(1))
        self._bar.delete("all")
        self._bar.create_rectangle(0, 0, width, height, fill=look.colour("edge"), width=0)
        self._bar.create_rectangle(border, border, width - border, height - border, fill=look.colour("sunken"), width=0)
        end = border + round((width - 2 * border) * max(0, min(100, self._percent or 0)) / 100)
        if end > border:
            colour = look.colour("berry" if self._low else "sky")
            self._bar.create_rectangle(border, border, end, height - border, fill=colour, width=0)
