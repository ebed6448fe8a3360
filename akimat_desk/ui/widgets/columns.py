"""How a staff page lies beside its panel: the list takes the room, the panel keeps its width in every text size."""

from __future__ import annotations

import tkinter
from typing import Final

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.surface import Box

PANEL: Final = 334
"""Design pixels of a panel, its halos counted."""


class Column(Box):
    """As wide as it is told, whatever lies in it, and as high as that; put the content on `inside`."""

    def __init__(self, master: tkinter.Misc, width: int) -> None:
        super().__init__(master, width=width, height=1)
        self.inside = Box(self)
        self.inside.columnconfigure(0, weight=1)
        self.inside.place(x=0, y=0, relwidth=1)
        self.inside.bind("<Configure>", lambda event: self.configure(height=event.height))


def two_parts(body: Box, *, beside: bool, left: int = 1, right: int = 1) -> tuple[Box, Box]:
    """Two parts of a page, their widths as `left` to `right` where they lie `beside` each other, else one below the
    other.
    """
    body.columnconfigure(0, weight=left, uniform="parts" if beside else "")
    first, second = Box(body), Box(body)
    first.grid(row=0, column=0, sticky="nsew")
    second.grid(row=0 if beside else 1, column=1 if beside else 0, sticky="new")
    if beside:
        body.columnconfigure(1, weight=right, uniform="parts")
    return first, second


def with_panel(body: Box, width: int = PANEL) -> tuple[Box, Box]:
    """The page's main part, and a panel of `width` design pixels at its right, which grows by half of what text grows
    by.
    """
    body.columnconfigure(0, weight=1)
    body.rowconfigure(0, weight=1)
    main, panel = Box(body), Column(body, look_of(body).scale.with_text(width))
    main.columnconfigure(0, weight=1)
    main.grid(row=0, column=0, sticky="nsew")
    panel.grid(row=0, column=1, sticky="new")
    return main, panel.inside
