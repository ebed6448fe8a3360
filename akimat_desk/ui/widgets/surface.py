"""What everything is built on: a plain box, a rounded surface, the halo round a control, and text."""

from __future__ import annotations

import tkinter
import tkinter.font
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple, Protocol

from akimat_desk.ui.fonts import Role
from akimat_desk.ui.look import Look, ground_of, look_of
from akimat_desk.ui.theme import Token
from akimat_desk.ui.toolkit import CTkFrame


class Control(Protocol):
    """Something the keyboard reaches."""

    name: str

    def take_focus(self, *, quiet: bool = False) -> None:
        """Put the keyboard here; `quiet`: a button draws no ring (its page was only built again after a click)."""
        ...

    @property
    def ring_shown(self) -> bool:
        """Whether the focus is to be seen."""
        ...

    def has_focus(self) -> bool:
        """Whether the keyboard is here."""
        ...


def has_keyboard(widget: tkinter.Misc) -> bool:
    """Whether keys go to `widget`, or will when its window, which lost them to another program, has them again."""
    return widget.focus_lastfor() is widget


class Layer(tkinter.Frame):
    """One whole page or dialog: has its own look, and knows its controls by name so that a rebuilt page can put the
    focus back.
    """

    def __init__(self, master: tkinter.Misc, look: Look, ground: Token = "ground") -> None:
        self.look = look
        self.ground = look.colour(ground)
        self.controls: dict[str, Control] = {}
        self.memory: dict[str, object] = {}
        """What controls keep over a rebuild besides the presenter's state (where a table was scrolled to)."""
        self.area: tkinter.Misc | None = None
        """The scroll area that wheel and keys turn wherever on the layer they are used."""
        super().__init__(master, bg=self.ground, bd=0, highlightthickness=0, takefocus=0)

    def enlist(self, control: Control, name: str) -> str:
        """Keep `control` under `name`; unnamed ones are counted, so a page built again gives the same names."""
        if not name or name in self.controls:
            name = f"{name or type(control).__name__}-{len(self.controls)}"
        self.controls[name] = control
        return name

    def dismiss(self, part: tkinter.Misc) -> list[Control]:
        """Forget the controls on `part`, which is about to be destroyed, or hidden; gives them back."""
        inside = f"{part}."
        gone = {name: control for name, control in self.controls.items() if f"{control}".startswith(inside)}
        self.controls = {name: control for name, control in self.controls.items() if name not in gone}
        return list(gone.values())

    @contextmanager
    def relisting(self, part: tkinter.Misc) -> Iterator[list[Control]]:
        """Whatever is enlisted meanwhile comes in the place of the controls that `part` had, which are given out."""
        order = list(self.controls)
        gone = self.dismiss(part)
        others = list(self.controls.items())
        yield gone
        place = order.index(gone[0].name) if gone else len(others)
        new = list(self.controls.items())[len(others) :]
        self.controls = dict(others[:place] + new + others[place:])

    def focused(self) -> str:
        """The name of the control that has the keyboard, or ""."""
        here = f"{self.focus_lastfor()}"
        near = ((name, control) for name, control in self.controls.items() if here.startswith(f"{control}"))
        return next((name for name, control in near if control.has_focus()), "")


def layer_of(widget: tkinter.Misc) -> Layer:
    """The page or dialog `widget` is on."""
    found: tkinter.Misc | None = widget
    while not isinstance(found, Layer):
        if found is None:
            raise LookupError(widget)
        found = found.master
    return found


class Box(tkinter.Frame):
    """A container without a look of its own; filled like what it lies on unless `ground` names a token."""

    def __init__(self, master: tkinter.Misc, ground: Token | None = None, *, width: int = 0, height: int = 0) -> None:
        self.ground = look_of(master).colour(ground) if ground else ground_of(master)
        super().__init__(master, bg=self.ground, bd=0, highlightthickness=0, takefocus=0, width=width, height=height)


class Live(Box):
    """A part of a page that is built again by itself (`refresh`): the panel beside a table whose chosen row changes."""

    def __init__(self, master: tkinter.Misc, build: Callable[[Box], object]) -> None:
        super().__init__(master)
        self._build = build
        self._content = Box(self)
        self.refresh()

    def refresh(self) -> None:
        """Build the content anew; a control of the same name keeps the keyboard."""
        layer = layer_of(self)
        focused = layer.focused()
        old, self._content = self._content, Box(self)
        layer.dismiss(old)
        self._build(self._content)
        self._content.pack(fill="both", expand=True)
        old.destroy()
        if focused and not layer.focused() and focused in layer.controls:
            layer.controls[focused].take_focus()


class Paint(NamedTuple):
    """Colours of a rounded shape: its fill (None: what it lies on), its border of `border` design pixels, what is
    written on it.
    """

    fill: Token | None
    edge: Token | None = None
    border: float = 0
    text: Token = "ink"


class Rounded:
    """A rounded rectangle on a canvas: four corner pictures and plain rectangles between them."""

    def __init__(self, canvas: tkinter.Canvas, look: Look, ground: str, radius: int, tag: str = "shape") -> None:
        self._canvas = canvas
        self._look = look
        self._ground = ground
        self._radius = radius
        self._drawn: tuple[object, ...] = ()
        self._rectangles = [canvas.create_rectangle(0, 0, 0, 0, width=0, outline="", tags=tag) for _ in range(4)]
        self._corners = [canvas.create_image(0, 0, anchor="nw", tags=tag) for _ in range(4)]

    def draw(self, x0: int, y0: int, x1: int, y1: int, fill: str, edge: str, border: int) -> None:
        """Put the shape between the corners given, in these colours ("#RRGGBB"); nothing happens when it is there
        already.
        """
        wanted = (x0, y0, x1, y1, fill, edge, border)
        if wanted == self._drawn:
            return
        canvas, drawn, r = self._canvas, self._drawn, max(1, min(self._radius, (x1 - x0) // 2, (y1 - y0) // 2))
        self._drawn = wanted
        if drawn[:4] != wanted[:4] or drawn[6:] != wanted[6:]:
            outer, upright, inner, tall = self._rectangles
            canvas.coords(outer, x0, y0 + r, x1, y1 - r)
            canvas.coords(upright, x0 + r, y0, x1 - r, y1)
            canvas.coords(inner, x0 + border, y0 + r, x1 - border, y1 - r)
            canvas.coords(tall, x0 + r, y0 + border, x1 - r, y1 - border)
            for corner, (x, y) in zip(
                self._corners, ((x0, y0), (x1 - r, y0), (x0, y1 - r), (x1 - r, y1 - r)), strict=True
            ):
                canvas.coords(corner, x, y)
        for number, rectangle in enumerate(self._rectangles):
            canvas.itemconfigure(rectangle, fill=edge if number < 2 and border else fill)
        pictures = self._look.corners(r, min(border, r), fill, edge, self._ground)
        for corner, picture in zip(self._corners, pictures, strict=True):
            canvas.itemconfigure(corner, image=picture)


class Surface(CTkFrame):
    """customtkinter's frame, drawn with smooth corners. Children lie inside; `paint` changes its colours."""

    def __init__(
        self, master: tkinter.Misc, paint: Paint, *, radius: int | None = None, width: int = 0, height: int = 0
    ) -> None:
        self.look = look_of(master)
        self.paint = paint
        self._radius = self.look.radius if radius is None else radius
        self._under = ground_of(master)
        self.ground = self.look.colour(paint.fill) if paint.fill else self._under
        self._shape: Rounded | None = None
        super().__init__(master, width=width, height=height, bg_color=self._under, fg_color=self.ground)
        self.canvas.configure(takefocus=0)

    @property
    def canvas(self) -> tkinter.Canvas:
        """The canvas the surface is drawn on; controls draw their content on it."""
        return self._canvas

    def repaint(self, paint: Paint) -> None:
        """Change the colours."""
        if paint != self.paint:
            self.paint = paint
            self.ground = self.look.colour(paint.fill) if paint.fill else self._under
            self._draw()

    def _draw(self, no_color_updates: bool = False) -> None:
        if self._shape is None:
            self._shape = Rounded(self._canvas, self.look, self._under, self._radius)
        width, height = round(self._current_width), round(self._current_height)
        if width > 1 and height > 1:
            edge = self.look.colour(self.paint.edge) if self.paint.edge else self.ground
            border = self.look.px(self.paint.border) if self.paint.edge else 0
            self._shape.draw(0, 0, width, height, self.ground, edge, border)


class Halo(tkinter.Frame):
    """The margin round a control. The focus ring appears in it, so nothing moves when the focus does.

    The gap inside the ring is the ground's own colour; a ring is only drawn the first time it is needed.
    """

    def __init__(self, master: tkinter.Misc) -> None:
        self.look = look_of(master)
        self.ground = ground_of(master)
        self._ring: tkinter.Canvas | None = None
        margin = self.look.halo
        super().__init__(master, bg=self.ground, bd=0, highlightthickness=0, padx=margin, pady=margin, takefocus=0)

    def show_ring(self, on: bool) -> None:
        """Show or hide the focus ring."""
        if on and self._ring is None:
            ring = tkinter.Canvas(self, bg=self.ground, bd=0, highlightthickness=0, takefocus=0)
            shape = Rounded(ring, self.look, self.ground, self.look.ring_radius)
            focus = self.look.colour("focus")

            def redraw(event: tkinter.Event[tkinter.Misc]) -> None:
                shape.draw(0, 0, event.width, event.height, self.ground, focus, self.look.ring)

            ring.bind("<Configure>", redraw)
            tkinter.Misc.lower(ring)
            self._ring = ring
        if self._ring is not None:
            if on:
                self._ring.place(bordermode="outside", x=0, y=0, relwidth=1, relheight=1)
            else:
                self._ring.place_forget()

    @property
    def ring_shown(self) -> bool:
        """Whether the focus ring is to be seen."""
        return self._ring is not None and bool(self._ring.winfo_manager())


class Text(tkinter.Label):
    """Words on a surface. `wrap` breaks lines at the width the text is given; `edge` lines it up with the controls
    beside it.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        text: str,
        role: Role = "body",
        colour: Token = "ink",
        *,
        wrap: bool = False,
        edge: bool = False,
        align: Literal["left", "center", "right"] = "left",
    ) -> None:
        look = look_of(master)
        anchor: Literal["w", "center", "e"] = {"left": "w", "center": "center", "right": "e"}[align]  # type: ignore[assignment]
        super().__init__(
            master,
            text=text,
            font=look.font(role),
            fg=look.colour(colour),
            bg=ground_of(master),
            anchor=anchor,
            justify=align,
            bd=0,
            padx=look.halo if edge else 0,
            pady=0,
            highlightthickness=0,
            takefocus=0,
        )
        self.wraps = wrap
        if wrap:
            self.configure(width=1)
            inset = 2 * look.halo if edge else 0
            self.bind("<Configure>", lambda event: self.configure(wraplength=max(1, event.width - inset)))

    def say(self, text: str) -> None:
        """Show other words."""
        self.configure(text=text)


class Elided(Text):
    """One line of text, cut with … where the place is too narrow (a zone's name; never a sentence)."""

    def __init__(self, master: tkinter.Misc, text: str, role: Role, colour: Token = "ink") -> None:
        super().__init__(master, text, role, colour)
        self.full, self._font = text, look_of(master).font(role)
        self.configure(width=1)
        self.bind("<Configure>", lambda event: self._fit(event.width))

    def say(self, text: str) -> None:
        """Show other words, cut in their turn."""
        self.full = text
        self._fit(self.winfo_width())

    def _fit(self, width: int) -> None:
        super().say(cut(self.full, self._font, width))


def cut(text: str, font: tkinter.font.Font, width: int) -> str:
    """`text`, ended with … where it is wider than `width` pixels."""
    if font.measure(text) <= width:
        return text
    while text and font.measure(text + "…") > width:
        text = text[:-1]
    return text.rstrip() + "…"


class Line(Box):
    """A horizontal rule: `strong` where it closes a table or a sum."""

    def __init__(self, master: tkinter.Misc, *, strong: bool = False) -> None:
        look = look_of(master)
        thin = look.px(2 if strong or not look.staff else 1)
        super().__init__(master, "edge" if strong else "line", height=thin, width=1)


class Words(Box):
    """One line of text in which `bold` (a part of `text`) stands out. The sentence stays whole for the translators."""

    def __init__(
        self,
        master: tkinter.Misc,
        text: str,
        bold: str = "",
        colour: Token = "ink",
        *,
        roles: tuple[Role, Role] = ("body", "strong"),
    ) -> None:
        super().__init__(master)
        self.text = text
        before, found, after = text.partition(bold) if bold else (text, "", "")
        for words, role in ((before, roles[0]), (found, roles[1]), (after, roles[0])):
            if words:
                Text(self, words, role, "ink" if role == roles[1] else colour).pack(side="left")


def picture_label(master: tkinter.Misc, picture: tkinter.PhotoImage) -> tkinter.Label:
    """A picture on a surface."""
    return tkinter.Label(
        master, image=picture, bg=ground_of(master), bd=0, padx=0, pady=0, highlightthickness=0, takefocus=0
    )
