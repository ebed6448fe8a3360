"""The middle of a screen: fills its place when the content fits, and scrolls with two large buttons when it does not.

No scroll bar for residents: the buttons «Up» and «Down» are 64 high and stand where the hand expects them (`rail`).
The wheel works too, and whatever gets the focus is scrolled into view.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import Final

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.surface import Box, layer_of

SETTLE_MS: Final = 30
"""A change of the content is judged when it is over: half-way, a text that breaks anew is too high for a moment."""

WHEEL: Final = 60
"""Pixels a notch of the wheel moves by."""

PAGE: Final = 0.8
"""How much of what is seen one press moves by."""


class ScrollArea(Box):
    """Put the content on `body`. `rail` is where the buttons go; `on_overflow` is called once, when they are needed."""

    def __init__(
        self, master: tkinter.Misc, rail: Box | None = None, on_overflow: Callable[[], None] | None = None
    ) -> None:
        super().__init__(master, width=1, height=1)
        self._rail, self._on_overflow = rail, on_overflow
        self._offset = 0
        self._shown = self._due = False
        self._inner = Box(self)
        self._inner.columnconfigure(0, weight=1)
        self._inner.rowconfigure(0, weight=1)
        self.body = Box(self._inner)
        self.body.grid(row=0, column=0, sticky="nsew")
        self._inner.place(x=0, y=0, relwidth=1)
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

    def scroll_to(self, offset: int) -> None:
        """Show the content from `offset` pixels on."""
        most = max(0, self._inner.winfo_height() - self.winfo_height())
        self._offset = max(0, min(offset, most))
        self._inner.place(x=0, y=-self._offset, relwidth=1)

    def page(self, direction: int) -> None:
        """Move by most of a page, down (1) or up (-1)."""
        self.scroll_to(self._offset + direction * int(self.winfo_height() * PAGE))

    def see(self, widget: tkinter.Misc) -> None:
        """Scroll until `widget`, which lies on the body, is seen whole."""
        top = widget.winfo_rooty() - self._inner.winfo_rooty()
        bottom = top + widget.winfo_height()
        margin = max(0, min(look_of(self).halo, (self.winfo_height() - widget.winfo_height()) // 2))
        if bottom + margin > self._offset + self.winfo_height():
            self.scroll_to(bottom + margin - self.winfo_height())
        if top - margin < self._offset:
            self.scroll_to(top - margin)

    def settle(self) -> None:
        """Show the buttons when they are needed. Called when the page stands; the area itself does it for later
        changes.
        """
        self._due = False
        if not self.winfo_exists():
            return
        if self._offset:
            self.scroll_to(self._offset)
        if self.winfo_height() > 1 and self.overflows and not self._shown:
            self._shown = True
            if self._rail is not None:
                self._show_rail(self._rail)
            if self._on_overflow:
                self._on_overflow()

    def _fit(self, event: tkinter.Event[tkinter.Misc]) -> None:
        self._inner.rowconfigure(0, minsize=event.height)
        self._changed()

    def _changed(self) -> None:
        if not self._due:
            self._due = True
            look_of(self).later(SETTLE_MS, self.settle)

    def _show_rail(self, rail: Box) -> None:
        t = look_of(self).t
        Button(rail, t.button("Up"), lambda: self.page(-1), icon="chevron-up", name="scroll-up").pack(fill="x")
        Button(rail, t.button("Down"), lambda: self.page(1), icon="chevron-down", name="scroll-down").pack(fill="x")


def follow_focus_and_wheel(root: tkinter.Misc) -> None:
    """Let all areas of a window show what gets the focus, and turn with the wheel."""

    def focused(event: tkinter.Event[tkinter.Misc]) -> None:
        area = scroll_area_of(event.widget) if isinstance(event.widget, tkinter.Misc) else None
        if area is not None:
            area.see(control_of(event.widget, area))

    def turned(event: tkinter.Event[tkinter.Misc], way: int) -> None:
        area = scroll_area_of(event.widget) if isinstance(event.widget, tkinter.Misc) else None
        if area is not None and area.overflows:
            area.scroll_to(area.offset + way * WHEEL)

    root.bind_all("<FocusIn>", focused, add=True)
    root.bind_all("<Button-4>", lambda event: turned(event, -1), add=True)
    root.bind_all("<Button-5>", lambda event: turned(event, 1), add=True)
    root.bind_all("<MouseWheel>", lambda event: turned(event, -1 if event.delta > 0 else 1), add=True)


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
