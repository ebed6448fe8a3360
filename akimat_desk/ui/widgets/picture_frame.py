"""A picture with a frame on it that says which part is meant: drawn, moved and resized by pointer and by keyboard.

The pointer draws a new frame beside the old one, moves it where it is taken inside, and resizes it at a corner. Arrow
keys move it, with Shift they move its lower right corner. A frame may be `fixed` in its size: then it only moves.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import Final, Literal

from akimat_desk.ui.look import look_of
from akimat_desk.ui.pictures import veil_svg
from akimat_desk.ui.theme import TOKENS
from akimat_desk.ui.widgets.surface import Halo, has_keyboard, layer_of

Frame = tuple[float, float, float, float]
"""Left, top, width and height, in parts of the picture."""
Grip = Literal["new", "inside", "nw", "ne", "sw", "se"]

STEP: Final = 0.01
"""Of the picture's longer side, for a press of an arrow key."""
LEAST: Final = 0.04
VEIL: Final = 0.45
"""How dark lies what is outside the frame."""
_REACH: Final = 22
"""How near to a corner it is taken, in design pixels."""


def hold(frame: Frame) -> Frame:
    """`frame` moved, and cut where it must be, so that it lies on the picture."""
    wide, high = min(1.0, max(LEAST, frame[2])), min(1.0, max(LEAST, frame[3]))
    return min(max(0.0, frame[0]), 1 - wide), min(max(0.0, frame[1]), 1 - high), wide, high


def between(start: tuple[float, float], end: tuple[float, float]) -> Frame:
    """The frame with these two corners, on the picture."""
    (left, right), (top, bottom) = (
        sorted(min(1.0, max(0.0, value)) for value in (start[axis], end[axis])) for axis in (0, 1)
    )
    return hold((left, top, right - left, bottom - top))


class PictureFrame(Halo):
    """`picture` is a PNG at its final size; `on_change` gets the frame when a key or the pointer has let go of it."""

    def __init__(
        self,
        master: tkinter.Misc,
        picture: bytes,
        frame: Frame,
        on_change: Callable[[Frame], object],
        *,
        fixed: bool = False,
        name: str = "frame",
    ) -> None:
        super().__init__(master)
        look = look_of(master)
        self._picture = look.pictures.png(picture)
        self.width, self.height = self._picture.width(), self._picture.height()
        self.frame, self._fixed, self._on_change = frame, fixed, on_change
        self._grip: Grip | None = None
        self._from = (0.0, 0.0)
        self._start = frame
        self.canvas = tkinter.Canvas(
            self, width=self.width, height=self.height, bd=0, highlightthickness=0, takefocus=1
        )
        self.canvas.pack()
        self.canvas.create_image(0, 0, image=self._picture, anchor="nw")
        shade, line, gap = (TOKENS[token][0] for token in ("ink", "sky", "on_sky"))  # paper is light in both themes
        veil = look.pictures.svg(
            ("veil", self.width, self.height), lambda: veil_svg(self.width, self.height, shade, VEIL)
        )
        self.canvas.create_image(0, 0, image=veil, anchor="nw")
        self._bright = tkinter.PhotoImage(master=self)
        self._inside = self.canvas.create_image(0, 0, image=self._bright, anchor="nw")
        self._outer = self.canvas.create_rectangle(0, 0, 0, 0, width=look.px(6), outline=gap)
        self._inner = self.canvas.create_rectangle(0, 0, 0, 0, width=look.px(3), outline=line)
        self._corners = [
            self.canvas.create_rectangle(0, 0, 0, 0, width=look.px(2), outline=gap, fill=line)
            for _ in range(0 if fixed else 4)
        ]
        bind = self.canvas.bind
        bind("<ButtonPress-1>", self._press)
        bind("<B1-Motion>", self._drag)
        bind("<ButtonRelease-1>", self._release)
        bind("<FocusIn>", lambda _: self.show_ring(self._grip is None))
        bind("<FocusOut>", lambda _: self.show_ring(False))
        for key, right, down in (("Left", -1, 0), ("Right", 1, 0), ("Up", 0, -1), ("Down", 0, 1)):
            bind(f"<Key-{key}>", lambda _, right=right, down=down: self._key(right, down))  # type: ignore[misc]
            bind(f"<Shift-Key-{key}>", lambda _, right=right, down=down: self._key(right, down, corner=True))  # type: ignore[misc]
        self._place()
        self.name = layer_of(self).enlist(self, name)

    def take_focus(self, *, quiet: bool = False) -> None:
        """See `Control`."""
        self.canvas.focus_set()

    def has_focus(self) -> bool:
        """See `Control`."""
        return has_keyboard(self.canvas)

    def _place(self) -> None:
        left, top, wide, high = self.frame
        x0, y0 = round(left * self.width), round(top * self.height)
        x1, y1 = round((left + wide) * self.width), round((top + high) * self.height)
        x1, y1 = max(x1, x0 + 1), max(y1, y0 + 1)
        self._bright.tk.call(self._bright, "copy", self._picture, "-from", x0, y0, x1, y1, "-to", 0, 0, "-shrink")
        self.canvas.coords(self._inside, x0, y0)
        inset = self.look.px(2)
        for line in (self._outer, self._inner):
            self.canvas.coords(line, x0 + inset, y0 + inset, x1 - inset, y1 - inset)
        half = self.look.px(8)
        for corner, (x, y) in zip(
            self._corners, ((x0, y0), (x1, y0), (x0, y1), (x1, y1)) if self._corners else (), strict=True
        ):
            x, y = min(max(x, half), self.width - half), min(max(y, half), self.height - half)
            self.canvas.coords(corner, x - half, y - half, x + half, y + half)

    # ---- pointer

    def _at(self, event: tkinter.Event[tkinter.Misc]) -> tuple[float, float]:
        return event.x / self.width, event.y / self.height

    def _taken(self, x: float, y: float) -> Grip:
        left, top, wide, high = self.frame
        if not self._fixed:
            reach = self.look.px(_REACH)
            for grip, corner in (
                ("nw", (left, top)),
                ("ne", (left + wide, top)),
                ("sw", (left, top + high)),
                ("se", (left + wide, top + high)),
            ):
                if abs(x - corner[0]) * self.width <= reach and abs(y - corner[1]) * self.height <= reach:
                    return grip  # type: ignore[return-value]
        whole = wide > 0.97 and high > 0.97
        if self._fixed or (left <= x <= left + wide and top <= y <= top + high and not whole):
            return "inside"
        return "new"

    def _press(self, event: tkinter.Event[tkinter.Misc]) -> None:
        self._from, self._start = self._at(event), self.frame
        self._grip = self._taken(*self._from)
        self.canvas.focus_set()

    def _drag(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if self._grip is None:
            return
        x, y = self._at(event)
        left, top, wide, high = self._start
        if self._grip == "inside":
            self.frame = hold((left + x - self._from[0], top + y - self._from[1], wide, high))
        elif self._grip == "new":
            self.frame = between(self._from, (x, y))
        else:
            opposite = (
                left + wide if "w" in self._grip else left,
                top + high if "n" in self._grip else top,
            )
            self.frame = between(opposite, (x, y))
        self._place()

    def _release(self, _: tkinter.Event[tkinter.Misc]) -> None:
        moved, self._grip = self.frame != self._start, None
        if moved:
            self._on_change(self.frame)

    # ---- keyboard

    def _key(self, right: int, down: int, *, corner: bool = False) -> str:
        longer = max(self.width, self.height)
        x, y = right * STEP * longer / self.width, down * STEP * longer / self.height
        left, top, wide, high = self.frame
        if corner and not self._fixed:
            wide, high = min(1 - left, max(LEAST, wide + x)), min(1 - top, max(LEAST, high + y))
            self.frame = (left, top, wide, high)
        else:
            self.frame = hold((left + x, top + y, wide, high))
        self._place()
        self._on_change(self.frame)
        return "break"
