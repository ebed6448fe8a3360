"""Horizontal bars on a canvas: label left, value at the bar's end, one hue. No axis lines, no pie."""

from __future__ import annotations

import tkinter
from collections.abc import Sequence
from typing import Final, NamedTuple

from akimat_desk.ui.look import ground_of, look_of
from akimat_desk.ui.theme import CHIP, Hue

_GAP: Final = 14
"""Between a label and its bar."""


class Bar(NamedTuple):
    """One bar; `shown` is the value as it is written."""

    label: str
    value: float
    shown: str


class Chart(tkinter.Canvas):
    """Winners are told by order and words, not by colour."""

    def __init__(self, master: tkinter.Misc, bars: Sequence[Bar], hue: Hue = "sky") -> None:
        look = look_of(master)
        self._look, self._bars, self._hue = look, bars, hue
        self.texts = [bar.label for bar in bars]
        self._row = max(look.px(34), look.line("hint") + look.px(10))
        super().__init__(
            master,
            height=self._row * len(bars),
            width=look.px(320),
            bg=ground_of(master),
            bd=0,
            highlightthickness=0,
            takefocus=0,
        )
        self.bind("<Configure>", lambda event: self._draw(event.width))

    def _fit(self, lines: int) -> None:
        """Make every row as high as a label of so many lines."""
        row = max(self._look.px(34), lines * self._look.line("hint") + self._look.px(10))
        if row != self._row:
            self._row = row
            self.configure(height=row * len(self._bars))

    def _draw(self, width: int) -> None:
        look = self._look
        self.delete("all")
        if not self._bars:
            return
        hint, bold = look.font("hint"), look.font("note")
        widest = max(hint.measure(bar.label) for bar in self._bars)
        labels = min(width // 2, widest + look.px(40))
        self._fit(2 if widest + look.px(_GAP) > labels else 1)
        values = max(bold.measure(bar.shown) for bar in self._bars) + look.px(20)
        most = max((bar.value for bar in self._bars), default=0) or 1
        room = max(1, width - labels - values - look.halo)
        high = min(look.px(24), self._row - look.px(8))
        for number, bar in enumerate(self._bars):
            middle = number * self._row + self._row // 2
            self.create_text(
                look.halo,
                middle,
                text=bar.label,
                anchor="w",
                font=hint,
                fill=look.colour("ink"),
                width=labels - look.px(_GAP),
            )
            end = labels + round(room * bar.value / most)
            colour = look.colour(CHIP[self._hue][1])
            self.create_rectangle(labels, middle - high // 2, end, middle + high // 2, fill=colour, width=0)
            self.create_text(end + look.px(10), middle, text=bar.shown, anchor="w", font=bold, fill=look.colour("ink"))
