"""What lies over a screen: questions, the idle check, a side panel. Frames of the same window, never a second window.

The veil covers the whole window, so nothing under it can be pressed, and Tab stays inside.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from akimat_desk.ui.look import Look
from akimat_desk.ui.widgets.button import Button, Kind
from akimat_desk.ui.widgets.button_row import ButtonRow
from akimat_desk.ui.widgets.scroll_area import ScrollArea
from akimat_desk.ui.widgets.scroll_guide import ScrollButtons, stand
from akimat_desk.ui.widgets.surface import Box, Layer, Paint, Surface, Text

Answer = tuple[str, Kind, str, Callable[[], None]]
"""A dialog's button: words, kind, name, what it does."""


class Overlay(Layer):
    """The veil with a card in its middle. `escape` is what the Escape key does."""

    def __init__(
        self, root: tkinter.Misc, look: Look, escape: Callable[[], None], *, width: int = 560, widest: int = 640
    ) -> None:
        super().__init__(root, look, "sunken")
        self.escape = escape
        self.first = ""
        self.card = Surface(self, Paint("surface", "ink", 3))
        self.card.place(relx=0.5, rely=0.5, anchor="center")
        self.inside = Box(self.card)
        self.inside.pack(fill="both", expand=True, padx=look.px(28) - look.halo, pady=look.px(26) - look.halo // 2)
        most = look.width - look.px(2 * 24)
        self.inside.columnconfigure(
            0, weight=1, minsize=min(most - look.px(52), look.px(widest), look.scale.with_text(width))
        )

    def raise_over(self) -> None:
        """Cover the window and take the keyboard."""
        self.place(x=0, y=0, relwidth=1, relheight=1)
        tkinter.Misc.lift(self)
        self.update_idletasks()
        control = self.controls.get(self.first)
        if control is not None:
            control.take_focus()


class Dialog(Overlay):
    """A question. The first answer is the safe one: it stands on the left and has the keyboard."""

    def __init__(
        self, root: tkinter.Misc, look: Look, title: str, text: str, answers: list[Answer], escape: Callable[[], None]
    ) -> None:
        super().__init__(root, look, escape, width=520)
        self.title = Text(self.inside, title, "section", wrap=True, edge=True)
        self.title.grid(row=0, column=0, sticky="ew")
        self.message = Text(self.inside, text, "body" if look.staff else "hint", wrap=True, edge=True)
        self.message.grid(row=1, column=0, sticky="ew", pady=(look.px(8), look.px(12)))
        row = ButtonRow(self.inside)
        row.grid(row=2, column=0, sticky="ew")
        for words, kind, name, command in answers:
            Button(row, words, command, kind, name=name)
        self.first = answers[0][2]


class Panel(Overlay):
    """A side panel shown over the screen (there was no room beside it)."""

    def __init__(
        self, root: tkinter.Misc, look: Look, title: str, build: Callable[[Box], None], close: Callable[[], None]
    ) -> None:
        super().__init__(root, look, close, width=640, widest=960)
        Text(self.inside, title, "section", wrap=True, edge=True).grid(row=0, column=0, sticky="ew")
        area = self.area = ScrollArea(self.inside)
        area.grid(row=1, column=0, sticky="nsew", pady=look.px(8))
        build(area.body)
        foot = Box(self.inside)
        foot.grid(row=2, column=0, sticky="ew")
        foot.columnconfigure(0, weight=1)
        leave = Button(foot, look.t.button("Close"), close, icon="x", name="close")
        leave.grid(row=0, column=0, sticky="w")
        stand(ScrollButtons(foot, area, "pair"), row=0, column=1, sticky="e")
        leave.update_idletasks()  # it is not seen yet
        used = look.line("section") + leave.winfo_reqheight() + look.px(2 * 8 + 2 * 26 + 2 * 24)
        area.configure(height=max(look.px(200), look.height - used))
        self.first = "close"
