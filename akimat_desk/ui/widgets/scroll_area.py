"""The middle of a screen: fills its place when the content fits, and scrolls when it does not.

How a person learns that there is more, and gets there, is a guide's business (`scroll_guide`); it takes no width from
the content. The wheel, Page Up and Page Down, the arrows, Home and End turn the area wherever the pointer or the
keyboard is, and whatever gets the focus is scrolled into view.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import Final, Protocol

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.surface import Box, Line, has_keyboard, layer_of

SETTLE_MS: Final = 30
"""A change of the content is judged when it is over: half-way, a text that breaks anew is too high for a moment."""

STEP: Final = 60
"""Design pixels a notch of the wheel or an arrow key moves by."""

EDGE: Final = 32
"""So few design pixels above a control are the edge of its card: the page stands at its top then."""

PAGE: Final = 0.8
"""How much of what is seen one page moves by."""


class Guide(Protocol):
    """Shows that there is more than is seen, and leads there."""

    def tell(self, first: float, last: float) -> None:
        """From where to where the content is seen, 0 to 1; (0, 1) when all of it is."""
        ...


class ScrollArea(Box):
    """Put the content on `body`. `guide` is told what is seen whenever that changes."""

    def __init__(self, master: tkinter.Misc) -> None:
        super().__init__(master, width=1, height=1)
        self.guide: Guide | None = None
        self.first_seen: tkinter.Misc | None = None
        """What is to be in sight when the area is shown first."""
        self._offset = 0
        self._told = (0.0, 1.0)
        self._due = False
        self._inner = Box(self)
        self._inner.columnconfigure(0, weight=1)
        self._inner.rowconfigure(0, weight=1)
        self.body = Box(self._inner)
        self.body.grid(row=0, column=0, sticky="nsew")
        self._inner.place(x=0, y=0, relwidth=1)
        self._cuts = Line(self), Line(self)
        """Where the content is cut off, above and below."""
        self.bind("<Configure>", self._fit)
        self._inner.bind("<Configure>", lambda _: self._changed())

    @property
    def overflows(self) -> bool:
        """Whether the content is higher than the place."""
        return self._inner.winfo_height() > self.winfo_height() + 1

    @property
    def offset(self) -> int:
        """How many pixels are scrolled away at the top."""
        return self._offset

    @property
    def full_height(self) -> int:
        """Pixels of the whole content, seen and unseen."""
        return self._inner.winfo_height()

    def scroll_to(self, offset: int) -> None:
        """Show the content from `offset` pixels on, as far as there is any."""
        most = max(0, self._inner.winfo_height() - self.winfo_height())
        self._offset = max(0, min(offset, most))
        self._inner.place(x=0, y=-self._offset, relwidth=1)
        self._tell()

    def page(self, way: int) -> None:
        """Move by most of a page, down (1) or up (-1)."""
        self.scroll_to(self._offset + way * int(self.winfo_height() * PAGE))

    def step(self, way: int) -> None:
        """Move a little, down (1) or up (-1)."""
        self.scroll_to(self._offset + way * look_of(self).px(STEP))

    def end(self, way: int) -> None:
        """Show the last (1) or the first (-1) of the content."""
        self.scroll_to(self.full_height if way > 0 else 0)

    def see(self, widget: tkinter.Misc) -> None:
        """Scroll until `widget`, which lies on the body, is seen whole."""
        top = widget.winfo_rooty() - self._inner.winfo_rooty()
        bottom = top + widget.winfo_height()
        margin = max(0, min(look_of(self).halo, (self.winfo_height() - widget.winfo_height()) // 2))
        if bottom + margin > self._offset + self.winfo_height():
            self.scroll_to(bottom + margin - self.winfo_height())
        if top - margin < self._offset:
            self.scroll_to(top - margin if top - margin > look_of(self).px(EDGE) else 0)

    def settle(self) -> None:
        """Show or hide the guide. Called when the page stands; the area itself does it for later changes."""
        self._due = False
        if self.winfo_exists() and self.winfo_height() > 1:
            self.scroll_to(self._offset)
            if self.first_seen is not None:
                self.see(self.first_seen)
                self.first_seen = None

    def _tell(self) -> None:
        whole, seen = self._inner.winfo_height(), self.winfo_height()
        told = (self._offset / whole, min(1.0, (self._offset + seen) / whole)) if self.overflows else (0.0, 1.0)
        if told == self._told:
            return
        self._told = first, last = told
        above, below = self._cuts
        for line, cut in ((above, first > 0), (below, last < 1)):
            if cut:
                line.place(x=0, rely=line is below, anchor="sw" if line is below else "nw", relwidth=1)
                tkinter.Misc.lift(line)
            else:
                line.place_forget()
        if self.guide is not None:
            self.guide.tell(first, last)

    def _fit(self, event: tkinter.Event[tkinter.Misc]) -> None:
        self._inner.rowconfigure(0, minsize=event.height)
        self._changed()

    def _changed(self) -> None:
        if not self._due:
            self._due = True
            look_of(self).later(SETTLE_MS, self.settle)


def follow_focus_wheel_and_keys(root: tkinter.Misc) -> None:
    """Let all areas of a window show what gets the focus, and turn with the wheel and the keys."""

    def focused(event: tkinter.Event[tkinter.Misc]) -> None:
        widget = event.widget
        if not isinstance(widget, tkinter.Misc) or not has_keyboard(widget):
            return  # Tk tells it to everything the one with the keyboard lies in, too
        area = scroll_area_of(widget)
        if area is not None:
            area.see(control_of(widget, area))

    def turning(move: Callable[[ScrollArea], None], *, writes: bool = False) -> Callable[[object], None]:
        def turned(event: object) -> None:
            widget = getattr(event, "widget", None)
            if not isinstance(widget, tkinter.Misc) or (writes and isinstance(widget, tkinter.Entry)):
                return  # in a field these keys go through what is written
            area = area_to_turn(widget)
            if area is not None:
                move(area)

        return turned

    root.bind_all("<FocusIn>", focused, add=True)
    root.bind_all("<MouseWheel>", lambda event: turning(lambda area: area.step(-1 if event.delta > 0 else 1))(event))
    for way, button, page, arrow, end in ((-1, 4, "Prior", "Up", "Home"), (1, 5, "Next", "Down", "End")):
        root.bind_all(f"<Button-{button}>", turning(lambda area, way=way: area.step(way)), add=True)  # type: ignore[misc]
        root.bind_all(f"<Key-{page}>", turning(lambda area, way=way: area.page(way)))  # type: ignore[misc]
        root.bind_all(f"<Key-{arrow}>", turning(lambda area, way=way: area.step(way), writes=True))  # type: ignore[misc]
        root.bind_all(f"<Key-{end}>", turning(lambda area, way=way: area.end(way), writes=True))  # type: ignore[misc]


def control_of(widget: tkinter.Misc, area: ScrollArea) -> tkinter.Misc:
    """The whole control `widget` belongs to (a field with its label and error), where the area can show all of it."""
    controls = [control for control in layer_of(area).controls.values() if isinstance(control, tkinter.Misc)]
    whole = next((control for control in controls if f"{widget}".startswith(f"{control}.")), widget)
    return whole if whole.winfo_height() <= area.winfo_height() else widget


def scroll_area_of(widget: tkinter.Misc | None) -> ScrollArea | None:
    """The area `widget` lies in, if it lies in one."""
    while widget is not None and not isinstance(widget, ScrollArea):
        widget = widget.master
    return widget


def area_to_turn(widget: tkinter.Misc) -> ScrollArea | None:
    """The area that wheel and keys turn at `widget`: the one it lies in, else the page's own; None when all is seen."""
    near = scroll_area_of(widget)
    if near is not None and near.overflows:
        return near
    try:
        main = layer_of(widget).area
    except LookupError:  # the window itself
        return None
    return main if isinstance(main, ScrollArea) and main.overflows else None
