"""How a person is led through what does not fit, without taking any width from it.

Residents get two labelled buttons and a sentence, because a scroll bar has to be known: in a row under the content, or
under the side panel where there is one. Staff get a bar at the very edge of the window, in the margin that is empty
anyway, where the pointer cannot miss it.

`stand` gives a guide its place in a grid; it is seen there only while there is more than is seen.
"""

from __future__ import annotations

import tkinter
from typing import Any, Final, Literal

from akimat_desk.ui.fonts import Role
from akimat_desk.ui.look import ground_of, look_of
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button, coat_of
from akimat_desk.ui.widgets.pressable import Coat
from akimat_desk.ui.widgets.scroll_area import ScrollArea
from akimat_desk.ui.widgets.surface import Box, Paint, Rounded, Text

LOW: Final = 48
"""Design pixels; the least a resident presses. A row takes height from the content, so it is no higher."""

WIDE: Final = 16
"""Design pixels of a bar; the staff's margin is 20."""

_REST = Paint("sunken", text="ink2")
SPENT = Coat(_REST, _REST, _REST)
"""A button that would lead no further."""


def stand(guide: tkinter.Widget, **where: Any) -> None:
    """Keep a place for a guide, as `grid` takes it."""
    guide.grid(**where)
    guide.grid_remove()


class ScrollButtons(Box):
    """«Up» and «Down»: a `row` has a sentence before them, a `pair` stands beside other buttons, and `upright` they
    stand one over the other.
    """

    def __init__(self, master: tkinter.Misc, area: ScrollArea, kind: Literal["row", "pair", "upright"] = "row") -> None:
        super().__init__(master)
        self._area, self._kind = area, kind
        self._made: tuple[Button, Button] | None = None
        self._words: Text | None = None
        area.guide = self

    def tell(self, first: float, last: float) -> None:
        """See `Guide`."""
        if (first, last) == (0.0, 1.0):
            self.grid_remove()
            return
        up, down = self._made or self._make()
        plain = coat_of("plain", staff=look_of(self).staff)
        up.dress(plain if first > 0 else SPENT)
        down.dress(plain if last < 1 else SPENT)
        if self._words is not None:
            t = look_of(self).t
            above, below = t("There is more above."), t("There is more below.")
            self._words.say(below if first == 0 else above if last == 1 else t("There is more above and below."))
        self.grid()

    def _make(self) -> tuple[Button, Button]:
        t, upright = look_of(self).t, self._kind == "upright"
        self.columnconfigure(0, weight=1)
        if self._kind == "row":
            self._words = Text(self, "", "hint", "ink2", wrap=True, edge=True)
            self._words.grid(row=0, column=0, sticky="ew")
        up = self._button(t.button("Up"), -1, "chevron-up", "scroll-up")
        down = self._button(t.button("Down"), 1, "chevron-down", "scroll-down")
        for number, button in enumerate((up, down)):
            button.grid(row=number if upright else 0, column=0 if upright else 1 + number, sticky="ew")
        self._made = up, down
        return self._made

    def _button(self, words: str, way: int, icon: str, name: str) -> Button:
        role: Role = "note" if self._kind == "row" else "strong"
        height = LOW if self._kind == "row" else 0
        return Button(self, words, lambda: self._area.page(way), icon=icon, name=name, role=role, height=height)


class EdgeBar(tkinter.Canvas):
    """A scroll bar in the margin: an arrow at either end, a grip to drag, and a press beside the grip turns a page."""

    def __init__(self, master: tkinter.Misc, area: ScrollArea) -> None:
        look = look_of(master)
        self._look, self._area = look, area
        self._width = look.scale.with_text(WIDE)
        self._seen = (0.0, 1.0)
        self._held: float | None = None
        """How far below the grip's upper end it is being dragged."""
        super().__init__(
            master, width=self._width, height=1, bg=ground_of(master), bd=0, highlightthickness=0, takefocus=0
        )
        self._grip = Rounded(self, look, ground_of(master), (self._width - 2 * look.px(3)) // 2, "grip")
        self._arrows = [
            self.create_image(0, 0, image=look.pictures.icon(name, self._width, look.colour("ink2")), anchor=anchor)
            for name, anchor in (("chevron-up", "nw"), ("chevron-down", "sw"))
        ]
        self._colour: Token = "edge"
        for sequence, react in (
            ("<Configure>", lambda _: self._draw()),
            ("<Enter>", lambda _: self._tint("ink2")),
            ("<Leave>", lambda _: self._tint("edge")),
            ("<ButtonPress-1>", self._pressed),
            ("<B1-Motion>", self._dragged),
            ("<ButtonRelease-1>", lambda _: self._let_go()),
        ):
            self.bind(sequence, react)
        area.guide = self

    def tell(self, first: float, last: float) -> None:
        """See `Guide`."""
        self._seen = (first, last)
        if (first, last) == (0.0, 1.0):
            self.grid_remove()
        else:
            self._draw()
            self.grid()

    def _track(self) -> tuple[int, int, int]:
        """Where the grip may be, and how long it is, in pixels: it stays large enough to be caught."""
        top, bottom = self._width, self.winfo_height() - self._width
        first, last = self._seen
        return top, bottom, max(round((bottom - top) * (last - first)), 2 * self._width)

    def _place(self) -> tuple[int, int]:
        """The grip's upper and lower end."""
        top, bottom, long = self._track()
        first, last = self._seen
        free = 1 - (last - first)
        start = top + round((bottom - top - long) * (first / free if free > 0 else 0))
        return start, start + long

    def _draw(self) -> None:
        start, stop = self._place()
        inset, colour = self._look.px(3), self._look.colour(self._colour)
        self._grip.draw(inset, start, self._width - inset, stop, colour, colour, 0)
        self.coords(self._arrows[1], 0, self.winfo_height())

    def _tint(self, colour: Token) -> None:
        self._colour = colour
        self._draw()

    def _pressed(self, event: tkinter.Event[tkinter.Misc]) -> None:
        top, bottom, _ = self._track()
        start, stop = self._place()
        if start <= event.y < stop:
            self._held = event.y - start
        elif top <= event.y < bottom:
            self._area.page(-1 if event.y < start else 1)
        else:
            self._area.step(-1 if event.y < top else 1)

    def _dragged(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if self._held is None:
            return
        top, bottom, long = self._track()
        free = self._area.full_height - self._area.winfo_height()
        self._area.scroll_to(round((event.y - self._held - top) / max(1, bottom - top - long) * free))

    def _let_go(self) -> None:
        self._held = None
