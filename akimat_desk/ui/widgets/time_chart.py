"""Standing bars on a canvas, for what runs from left to right: days, months, the hours of a day. One hue.

A bar may show the interval its value may lie in. As many labels as have room; the figure stands over the highest bar,
and over every bar where there is room for it.
"""

from __future__ import annotations

import tkinter
from collections.abc import Sequence
from typing import NamedTuple

from akimat_desk.ui.look import ground_of, look_of
from akimat_desk.ui.theme import CHIP, Hue


class Pillar(NamedTuple):
    """One bar; `shown` is the value as it is written, `low` and `high` the bounds of its interval."""

    label: str
    value: float
    shown: str = ""
    low: float | None = None
    high: float | None = None


class TimeChart(tkinter.Canvas):
    """`height` is in design pixels; `most` is the value of the full height, without it the highest bar's."""

    def __init__(
        self,
        master: tkinter.Misc,
        pillars: Sequence[Pillar],
        hue: Hue = "sky",
        *,
        height: int = 150,
        most: float = 0,
    ) -> None:
        look = look_of(master)
        self._look, self._pillars, self._hue, self._most = look, pillars, hue, most
        self.texts = [pillar.label for pillar in pillars]
        line = look.line("hint")
        super().__init__(
            master,
            height=look.px(height) + 2 * line,
            width=look.px(320),
            bg=ground_of(master),
            bd=0,
            highlightthickness=0,
            takefocus=0,
        )
        self.bind("<Configure>", lambda event: self._draw(event.width, event.height))

    def _draw(self, width: int, height: int) -> None:
        look, pillars = self._look, self._pillars
        self.delete("all")
        if not pillars:
            return
        hint, bold = look.font("hint"), look.font("note")
        line = look.line("hint")
        left, right, foot = look.halo, width - look.halo, height - line
        step = (right - left) / len(pillars)
        full = self._most or max(max(each.value, each.high or 0) for each in pillars) or 1
        scale = (foot - line) / full
        every = max(1, -int(-(max(hint.measure(each.label) for each in pillars) + look.px(8)) // step))
        tall = max(range(len(pillars)), key=lambda number: pillars[number].value)
        roomy = max(bold.measure(each.shown) for each in pillars) + look.px(6) <= step
        ink = look.colour("ink")
        for number, each in enumerate(pillars):
            middle, wide = left + (number + 0.5) * step, min(step * 0.7, look.px(44))
            top = foot - each.value * scale
            colour = look.colour(CHIP[self._hue][1])
            self.create_rectangle(middle - wide / 2, top, middle + wide / 2, foot, fill=colour, width=0)
            if each.low is not None and each.high is not None:
                low, top = foot - each.low * scale, foot - each.high * scale
                cap = look.px(5)
                self.create_line(middle, low, middle, top, fill=ink, width=look.px(2))
                for y in (low, top):
                    self.create_line(middle - cap, y, middle + cap, y, fill=ink, width=look.px(2))
            if each.value and each.shown and (roomy or number == tall):
                at = min(max(middle, left + bold.measure(each.shown) / 2), right - bold.measure(each.shown) / 2)
                self.create_text(at, top - look.px(2), text=each.shown, anchor="s", font=bold, fill=ink)
            if number % every == 0:
                half = hint.measure(each.label) / 2
                at = min(max(middle, left + half), right - half)
                self.create_text(at, foot, text=each.label, anchor="n", font=hint, fill=look.colour("ink2"))
        self.create_line(left, foot, right, foot, fill=look.colour("edge"))
