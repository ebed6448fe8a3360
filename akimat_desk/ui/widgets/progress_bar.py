"""How far something is: words above, a bar under them. Unknown length means words only; there is no spinner."""

from __future__ import annotations

import tkinter

from akimat_desk.ui.look import ground_of, look_of
from akimat_desk.ui.widgets.surface import Box, Text


class ProgressBar(Box):
    """`share` is between 0 and 1, or None while nobody knows."""

    def __init__(self, master: tkinter.Misc, sentence: str, share: float | None = None) -> None:
        super().__init__(master)
        look = look_of(master)
        self._look, self._share = look, share
        self._words = Text(self, sentence, "note", edge=True, wrap=True)
        self._words.pack(fill="x")
        height = 2 * (look.px(18) // 2)
        self._bar = tkinter.Canvas(
            self, height=height, width=1, bg=ground_of(self), bd=0, highlightthickness=0, takefocus=0
        )
        self._rectangles = [self._bar.create_rectangle(0, 0, 0, 0, width=0) for _ in range(3)]
        self._ends = [self._bar.create_image(0, 0, anchor="nw") for _ in range(4)]
        self._bar.bind("<Configure>", lambda _: self._draw())
        self.show(sentence, share)

    def show(self, sentence: str, share: float | None) -> None:
        """Move the bar."""
        self._share = share
        self._words.say(sentence)
        if share is None:
            self._bar.pack_forget()
        elif not self._bar.winfo_manager():
            self._bar.pack(fill="x", padx=self._look.halo, pady=(self._look.px(6), 0))
        self._draw()

    def _draw(self) -> None:
        width, height = self._bar.winfo_width(), self._bar.winfo_height()
        if self._share is None or width <= 1:
            return
        look, bar = self._look, self._bar
        border, r = look.px(2), height // 2
        sky, rest, edge = look.colour("sky"), look.colour("sunken"), look.colour("edge")
        end = max(r, min(width - r, round(width * self._share)))
        for rectangle, colour, *corners in (
            (self._rectangles[0], edge, r, 0, width - r, height),
            (self._rectangles[1], rest, r, border, width - r, height - border),
            (self._rectangles[2], sky, r, border, end, height - border),
        ):
            bar.coords(rectangle, *corners)
            bar.itemconfigure(rectangle, fill=colour)
        full = self._share >= 1
        left = look.corners(r, border, sky if self._share > 0 else rest, edge, ground_of(self))
        right = look.corners(r, border, sky if full else rest, edge, ground_of(self))
        for item, picture, x, y in zip(
            self._ends, (left[0], right[1], left[2], right[3]), (0, width - r, 0, width - r), (0, 0, r, r), strict=True
        ):
            bar.coords(item, x, y)
            bar.itemconfigure(item, image=picture)
