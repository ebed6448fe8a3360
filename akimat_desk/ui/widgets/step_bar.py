"""Where in a flow: words first, then circles. Words alone where the circles do not fit, or for more than five steps."""

from __future__ import annotations

import tkinter
from collections.abc import Sequence

from akimat_desk.ui.fonts import Role
from akimat_desk.ui.look import ground_of, look_of
from akimat_desk.ui.theme import Token

MOST_CIRCLES = 5


class StepBar(tkinter.Canvas):
    """One canvas; not focusable, because nothing on it can be pressed."""

    def __init__(self, master: tkinter.Misc, words: str, now: int, names: Sequence[str]) -> None:
        look = look_of(master)
        self._look, self._words, self._now, self._names = look, words, now, names
        self._room = 0
        height = max(look.px(32), look.line("note"))
        super().__init__(master, height=height, width=1, bg=ground_of(master), bd=0, highlightthickness=0, takefocus=0)
        self.texts = [words, *names]
        self.bind("<Configure>", lambda event: self._compose(event.width))

    def _compose(self, room: int) -> None:
        if room == self._room:
            return
        self._room = room
        self.delete("all")
        look, middle = self._look, int(self.cget("height")) // 2
        circles = look.layout != "large" and len(self._names) <= MOST_CIRCLES
        role: Role = "note" if circles else "hint"
        x = self._write(0, middle, self._words, role, "ink" if circles else "ink2")
        if circles:
            self._circles(x + look.px(40), middle)
            x0, _, x1, _ = self.bbox("all")
            if x1 - x0 > room:
                self.delete("circles")

    def _circles(self, x: int, middle: int) -> None:
        look, size = self._look, self._look.px(32)
        for number, name in enumerate(self._names, 1):
            if number > 1:
                x += look.px(14)
                done = number <= self._now
                self.create_line(
                    x,
                    middle,
                    x + look.px(64),
                    middle,
                    width=look.px(2),
                    fill=look.colour("grass" if done else "edge"),
                    tags="circles",
                )
                x += look.px(64 + 14)
            if number < self._now:
                picture = look.pictures.disc(
                    size, look.colour("grass"), look.colour("grass"), 0, "check", look.colour("on_fill")
                )
            elif number == self._now:
                picture = look.pictures.disc(size, look.colour("sky"), look.colour("sky"), 0)
            else:
                picture = look.pictures.disc(size, look.colour("ground"), look.colour("edge"), look.px(2))
            self.create_image(x + size // 2, middle, image=picture, tags="circles")
            if number >= self._now:
                ink: Token = "on_sky" if number == self._now else "ink2"
                self.create_text(
                    x + size // 2,
                    middle,
                    text=str(number),
                    font=look.font("note"),
                    fill=look.colour(ink),
                    tags="circles",
                )
            x += size + look.px(10)
            now = number == self._now
            x = self._write(x, middle, name, "note" if now else "hint", "ink" if now else "ink2", "circles")

    def _write(self, x: int, y: int, text: str, role: Role, colour: Token, tag: str = "words") -> int:
        look = self._look
        self.create_text(x, y, text=text, anchor="w", font=look.font(role), fill=look.colour(colour), tags=tag)
        return x + look.font(role).measure(text)
