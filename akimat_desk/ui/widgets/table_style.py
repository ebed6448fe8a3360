"""Dress for ttk's tree and scroll bar, which follow no theme, scale or language by themselves."""

from __future__ import annotations

import tkinter
from tkinter import ttk
from typing import Final
from weakref import WeakKeyDictionary

from akimat_desk.ui.look import Look

INSET: Final = 10
"""Design pixels between a column's edge and its words, in heads and rows alike."""

BAR: Final = "Desk.Vertical.TScrollbar"
"""The style of a scroll bar."""

OWN_PADDING: Final = 4
"""What ttk's text in a cell keeps free by itself."""


_worn: Final[WeakKeyDictionary[tkinter.Misc, tuple[Look, str, int]]] = WeakKeyDictionary()
"""What the trees and bars of a window wear."""


def style(look: Look, ground: str, row_height: int) -> None:
    """Dress the trees and their bars in `look`; `ground` is the colour they lie on. Styles are one for a window.

    Not twice in the same: ttk tells every widget there is of each change.
    """
    if _worn.get(look.root) == (look, ground, row_height):
        return
    _worn[look.root] = look, ground, row_height
    dress = _dress(look)
    colour, inset = look.colour, look.px(INSET)
    dress.configure("Desk.Treeview.Cell", padding=(inset - OWN_PADDING, 0))
    dress.configure(
        "Desk.Treeview",
        background=ground,
        fieldbackground=ground,
        foreground=colour("ink"),
        font=look.font("body"),
        rowheight=row_height,
        borderwidth=0,
        relief="flat",
        indent=0,
    )
    dress.map("Desk.Treeview", background=[("selected", colour("sky_tint"))], foreground=[("selected", colour("ink"))])
    dress.layout("Desk.Treeview", [("Treeview.treearea", {"sticky": "nswe"})])
    dress.layout(
        "Desk.Treeview.Item",
        [("Treeitem.image", {"side": "left", "sticky": ""}), ("Treeitem.text", {"side": "left", "sticky": ""})],
    )
    dress.configure(
        "Desk.Treeview.Heading",
        background=ground,
        foreground=colour("ink2"),
        font=look.font("head"),
        borderwidth=0,
        relief="flat",
        padding=(inset, look.px(10), inset, look.px(10)),
    )
    dress.map("Desk.Treeview.Heading", background=[("active", colour("row"))])
    dress.layout(
        "Desk.Treeview.Heading",
        [
            ("Treeheading.cell", {"sticky": "nswe"}),
            (
                "Treeheading.padding",
                {
                    "sticky": "nswe",
                    "children": [
                        ("Treeheading.image", {"side": "right", "sticky": ""}),
                        ("Treeheading.text", {"sticky": "we"}),
                    ],
                },
            ),
        ],
    )
    _style_bar(look, dress)


def _style_bar(look: Look, dress: ttk.Style) -> None:
    colour = look.colour
    dress.configure(
        BAR,
        background=colour("edge"),
        troughcolor=colour("sunken"),
        bordercolor=colour("sunken"),
        lightcolor=colour("edge"),
        darkcolor=colour("edge"),
        borderwidth=0,
        relief="flat",
        width=look.px(14),
        gripcount=0,
    )
    dress.map(BAR, background=[("active", colour("ink2"))])
    thumb = ("Vertical.Scrollbar.thumb", {"expand": "1", "sticky": "nswe"})
    dress.layout(BAR, [("Vertical.Scrollbar.trough", {"sticky": "ns", "children": [thumb]})])  # type: ignore[list-item]


def _dress(look: Look) -> ttk.Style:
    dress = ttk.Style(look.root)
    if dress.theme_use() != "clam":
        dress.theme_use("clam")
    return dress
