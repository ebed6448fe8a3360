"""The base of everything a person presses: one place for mouse, keyboard, focus ring and colours.

Sliding off before letting go cancels (WCAG 2.5.2); Space and Enter press; a click takes the focus without drawing the
ring, Tab draws it. The whole control is one canvas, so no part of it is dead.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from akimat_desk.ui.fonts import Role
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.surface import Halo, Paint, Surface, has_keyboard, layer_of

Anchor = Literal["nw", "w", "center", "e"]

_TAG: Final = "DeskPressable"


class Coat(NamedTuple):
    """The paints of a control: at rest, under the pointer, pressed."""

    rest: Paint
    over: Paint
    down: Paint


class Pressable(Halo):
    """A control. Subclasses draw on `canvas` in `compose` and say how large they would like to be."""

    text: str = ""
    """The words on it; tests and the tour find it by them."""

    def __init__(
        self,
        master: tkinter.Misc,
        command: Callable[[], object],
        coat: Coat,
        *,
        name: str = "",
        width: int = 0,
        height: int = 0,
        focusable: bool = True,
        radius: int | None = None,
    ) -> None:
        super().__init__(master)
        self.command = command
        self.coat = coat
        self._inside = self._down = self._clicked = False
        self._composed = (0, 0)
        self._least_height = height
        height = max(height, self.look.heights.get(self.text, 0))
        self.face = Surface(self, coat.rest, width=width, height=height, radius=radius)
        self.face.pack(fill="both", expand=True)
        self.canvas = self.face.canvas
        self.canvas.configure(takefocus=focusable)
        _listen(self.canvas)
        self.name = layer_of(self).enlist(self, name) if focusable else name

    def press(self) -> None:
        """Do what the control does."""
        self.command()

    def take_focus(self, *, quiet: bool = False) -> None:
        """See `Control`."""
        self._clicked = quiet and not self.has_focus()
        self.canvas.focus_set()

    def has_focus(self) -> bool:
        """See `Control`."""
        return has_keyboard(self.canvas)

    def rest(self) -> None:
        """Look untouched: it is being hidden, and nobody tells it that the pointer has gone."""
        self._inside = self._down = False
        self._paint()

    def dress(self, coat: Coat) -> None:
        """Change the colours."""
        self.coat = coat
        self._paint()

    def compose(self, width: int, height: int, paint: Paint) -> None:
        """Draw the content (items tagged "content") for a face of `width` x `height`."""

    def ask_height(self, height: int) -> None:
        """Say how high the content is at the present width (a text may have broken into more lines than expected)."""
        wanted = max(height, self._least_height)
        if wanted > self._least_height:
            self.look.heights[self.text] = wanted
        else:
            self.look.heights.pop(self.text, None)
        if wanted != int(tkinter.Frame.cget(self.face, "height")):
            self.face.configure(height=wanted)

    def write(
        self,
        x: int,
        y: int,
        text: str,
        role: Role,
        colour: Token,
        *,
        anchor: Anchor = "w",
        width: int = 0,
        justify: Literal["left", "center"] = "left",
    ) -> int:
        """Put words on the canvas; returns the item."""
        return self.canvas.create_text(
            x,
            y,
            text=text,
            font=self.look.font(role),
            fill=self.look.colour(colour),
            anchor=anchor,
            width=width,
            justify=justify,
            tags="content",
        )

    def draw(self, x: int, y: int, picture: tkinter.PhotoImage, anchor: Anchor = "w") -> None:
        """Put a picture on the canvas."""
        self.canvas.create_image(x, y, image=picture, anchor=anchor, tags="content")

    def redraw(self) -> None:
        """Draw the content again (a state changed)."""
        width, height = self._composed
        if width:
            self.canvas.delete("content")
            self.compose(width, height, self.face.paint)

    def _resized(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if (event.width, event.height) != self._composed and event.width > 1:
            self._composed = (event.width, event.height)
            self.redraw()

    def _paint(self) -> None:
        coat = self.coat
        before = self.face.paint
        self.face.repaint(coat.down if self._down and self._inside else coat.over if self._inside else coat.rest)
        if before != self.face.paint:
            self.redraw()

    def _hover(self, inside: bool) -> None:
        self._inside = inside
        self._paint()

    def _pressed(self, _: tkinter.Event[tkinter.Misc]) -> None:
        self._down = self._inside = True
        if self.has_focus():
            self.show_ring(False)
        elif int(self.canvas.cget("takefocus")):
            self._clicked = True
            self.canvas.focus_set()
        self._paint()

    def _released(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if not self._down:
            return
        self._down = False
        self._inside = 0 <= event.x < self.canvas.winfo_width() and 0 <= event.y < self.canvas.winfo_height()
        self._paint()
        if self._inside:
            self.press()

    def _key(self, _: tkinter.Event[tkinter.Misc]) -> str:
        self.press()
        return "break"

    def _focus(self, on: bool) -> None:
        self.show_ring(on and not self._clicked)
        self._clicked = False


_HEARD: Final[dict[str, Callable[[Pressable, tkinter.Event[tkinter.Misc]], str | None]]] = {
    "<Configure>": Pressable._resized,
    "<Enter>": lambda control, _: control._hover(True),
    "<Leave>": lambda control, _: control._hover(False),
    "<ButtonPress-1>": Pressable._pressed,
    "<ButtonRelease-1>": Pressable._released,
    "<FocusIn>": lambda control, _: control._focus(True),
    "<FocusOut>": lambda control, _: control._focus(False),
    **dict.fromkeys(("<Key-space>", "<Key-Return>", "<Key-KP_Enter>"), Pressable._key),
}


def _listen(canvas: tkinter.Canvas) -> None:
    """Let a control hear what happens to its canvas. All of a window share what is bound: by themselves, that alone
    would take half the time of making a button.
    """
    if not canvas.bind_class(_TAG):
        for sequence, hear in _HEARD.items():
            canvas.bind_class(_TAG, sequence, lambda event, hear=hear: hear(event.widget.master.master, event))  # type: ignore[misc]
    canvas.bindtags((_TAG, *canvas.bindtags()))
