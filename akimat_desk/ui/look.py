"""How a window looks now: theme, scale, fonts and pictures together. Widgets find it by asking their parents.

A change of language, text size, theme or window size makes a new `Look` and a new page; a look itself never changes.
"""

from __future__ import annotations

import tkinter
import tkinter.font
from collections.abc import Callable
from typing import Literal, Protocol, cast

from akimat_desk.base.errors import Misuse
from akimat_desk.base.words import Translator
from akimat_desk.ui import fonts
from akimat_desk.ui.fonts import Density, Role, face_of
from akimat_desk.ui.pictures import Corners, Pictures
from akimat_desk.ui.scale import Layout, Scale
from akimat_desk.ui.theme import Theme, Token


class Look:
    """Sizes in design pixels go in, pixels of the screen come out; token names go in, colours come out."""

    def __init__(
        self,
        root: tkinter.Misc,
        pictures: Pictures,
        words: Translator,
        *,
        family: str,
        theme: Theme,
        scale: Scale,
        size: tuple[int, int],
        density: Density = "resident",
    ) -> None:
        self.root = root
        self.pictures = pictures
        self.t = words
        self.theme = theme
        self.scale = scale
        self.width, self.height = size
        """The window's size in pixels, which Tk does not know before the window is mapped."""
        self.density = density
        self.family = family
        self._fonts: dict[Role, tkinter.font.Font] = {}
        self._lines: dict[Role, int] = {}
        self.heights: dict[str, int] = {}
        """How high its words last made a control, where they took more lines than one: the next one with these words is
        that high at once, and nothing round it has to move twice.
        """
        staff = density == "staff"
        self.halo = scale.px(5 if staff else 7)
        """The margin every block carries; a focus ring fits in it (design: halo rule)."""
        self.ring = scale.px(2 if staff else 3)
        self.ring_radius = scale.px(12 if staff else 16)
        self.radius = scale.px(8 if staff else 12)
        self.border = scale.px(1 if staff else 2)

    @property
    def staff(self) -> bool:
        """Whether this is a staff window."""
        return self.density == "staff"

    @property
    def layout(self) -> Layout:
        """wide, mid or large (print)."""
        return self.scale.layout

    def later(self, milliseconds: int, call: Callable[[], object]) -> None:
        """Call later; after 0 milliseconds: when nothing else is due.

        The timer is the window's own: a widget's would ring in the void when the widget goes before it.
        """
        if milliseconds:
            self.root.after(milliseconds, call)
        else:
            self.root.after_idle(call)

    def px(self, length: float) -> int:
        """Pixels of the screen for a length of the drawing."""
        return self.scale.px(length)

    def size(self, role: Role) -> int:
        """Height in pixels of text in this role."""
        return self.scale.text(face_of(role, self.density)[0])

    def font(self, role: Role) -> tkinter.font.Font:
        """The font of a role."""
        found = self._fonts.get(role)
        if found is None:
            found = self._fonts[role] = self._open(role, self.size(role))
        return found

    def font_within(self, role: Role, text: str, width: int) -> tkinter.font.Font:
        """The font of a role, or the same one smaller, in which `text` is at most `width` pixels wide."""
        found = self.font(role)
        wide = found.measure(text)
        return found if wide <= width else self._open(role, max(1, self.size(role) * width // wide))

    def _open(self, role: Role, size: int) -> tkinter.font.Font:
        weight: Literal["bold", "normal"] = "bold" if face_of(role, self.density)[1] else "normal"
        name = f"desk-{self.family}-{size}-{weight}".replace(" ", "")
        try:
            return tkinter.font.Font(self.root, name=name, exists=True)
        except tkinter.TclError:
            found = tkinter.font.Font(self.root, name=name, family=self.family, size=-size, weight=weight)
            found.delete_font = False  # other looks use the same name
            fonts.keep_open(self.root, found)
            return found

    def line(self, role: Role) -> int:
        """Height in pixels of one line of text."""
        found = self._lines.get(role)
        if found is None:
            found = self._lines[role] = int(self.font(role).metrics("linespace"))
        return found

    def colour(self, token: Token) -> str:
        """The token's colour in this theme."""
        return self.theme[token]

    def icon(self, name: str, size: int, token: Token, *, left: int = 0, right: int = 0) -> tkinter.PhotoImage:
        """An icon drawn `size` high (design pixels; it grows with the text), with `left` and `right` empty pixels."""
        return self.pictures.icon(name, self.scale.text(size), self.theme[token], left=left, right=right)

    def corners(self, radius: int, border: int, fill: str, edge: str, ground: str) -> Corners:
        """See `Pictures.corners`."""
        return self.pictures.corners(radius, border, fill, edge, ground)


class HasLook(Protocol):
    """A container that knows its look."""

    look: Look


class HasGround(Protocol):
    """A container that knows the colour it is filled with."""

    ground: str


def look_of(widget: tkinter.Misc) -> Look:
    """The look of the nearest container that has one."""
    return cast(HasLook, _nearest(widget, "look")).look


def ground_of(widget: tkinter.Misc) -> str:
    """The colour `widget` lies on, "#RRGGBB"."""
    return cast(HasGround, _nearest(widget, "ground")).ground


def _nearest(widget: tkinter.Misc | None, attribute: str) -> object:
    while widget is not None:
        if hasattr(widget, attribute):
            return widget
        widget = widget.master
    raise Misuse(what=f"no container with {attribute}")
