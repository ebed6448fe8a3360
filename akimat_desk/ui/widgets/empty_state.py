"""Nothing here yet: emblem, what is missing, what to do, one button. And its sister: it is done."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import Final

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.surface import Box, Text, picture_label


class EmptyState(Box):
    """Fills its place; the content stands in the middle. In large print the emblem gives way to the words."""

    def __init__(
        self,
        master: tkinter.Misc,
        title: str,
        text: str,
        button: str = "",
        command: Callable[[], object] | None = None,
        *,
        icon: str = "",
    ) -> None:
        super().__init__(master)
        look = look_of(master)
        emblem = None
        if look.layout != "large":
            emblem = look.pictures.emblem(look.px(104), look.colour("sky"), look.colour("diamond"))
        _middle(self, emblem, title, text)
        if button and command is not None:
            Button(self.children_box, button, command, "primary", icon=icon, name="empty-button").pack(
                pady=(look.px(5), 0)
            )

    children_box: Box


class Done(Box):
    """It is done: a green circle with a tick, the statement, and what happens next.

    Alone on its page it stands in the middle; with `more` under it, on the left and as low as it can be.
    """

    children_box: Box

    def __init__(self, master: tkinter.Misc, title: str, text: str, *, more: bool = False) -> None:
        super().__init__(master)
        look = look_of(master)
        size = look.px(64 if more else 96)
        picture = look.pictures.disc(
            size, look.colour("grass"), look.colour("grass"), 0, "check", look.colour("on_fill")
        )
        if not more:
            _middle(self, picture, title, text)
            return
        self.columnconfigure(1, weight=1)
        picture_label(self, picture).grid(
            row=0, column=0, rowspan=2, sticky="n", padx=(look.halo, look.px(18)), pady=look.px(4)
        )
        Text(self, title, "section", wrap=True).grid(row=0, column=1, sticky="ew", padx=(0, look.halo))
        Text(self, text, "hint", "ink2", wrap=True).grid(row=1, column=1, sticky="ew", padx=(0, look.halo))


LINE: Final = 70
"""Letters; a longer line is hard to follow to the next one."""


def _middle(box: EmptyState | Done, picture: tkinter.PhotoImage | None, title: str, text: str) -> None:
    look = look_of(box)
    inner = box.children_box = Box(box)
    inner.pack(expand=True, fill="x")
    most = look.font("hint").measure("n" * LINE)
    box.bind("<Configure>", lambda event: inner.pack_configure(padx=max(0, (event.width - most) // 2)), add=True)
    if picture is not None:
        picture_label(inner, picture).pack(pady=(0, look.px(12)))
    Text(inner, title, "section", wrap=True, align="center").pack(fill="x")
    Text(inner, text, "hint", "ink2", wrap=True, align="center").pack(fill="x", pady=(look.px(6), 0))
