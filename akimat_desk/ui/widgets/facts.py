"""Label and value: the lines of a price, of a summary, of the panel «Today»."""

from __future__ import annotations

import tkinter

from akimat_desk.ui.fonts import Role
from akimat_desk.ui.look import look_of
from akimat_desk.ui.theme import CHIP, Hue
from akimat_desk.ui.widgets.surface import Box, Paint, Surface, Text, picture_label


class ValueRow(Box):
    """Label on the left, value at the right margin; or `below` its label, where both are long."""

    def __init__(
        self,
        master: tkinter.Misc,
        label: str,
        value: str,
        *,
        strong: bool = False,
        role: Role | None = None,
        below: bool = False,
    ) -> None:
        super().__init__(master)
        look = look_of(master)
        small: Role = "body" if look.staff else "hint"
        self.columnconfigure(0, weight=1)
        words = Text(
            self, label, "strong" if strong else small, "ink" if strong or not look.staff else "ink2", wrap=True
        )
        words.grid(row=0, column=0, sticky="ew", padx=(look.halo, look.px(8)))
        self._number = Text(self, value, role or ("section" if strong else small), align="right")
        self._number.grid(row=int(below), column=int(not below), sticky="e", padx=(0, look.halo))

    def say(self, value: str) -> None:
        """Show another value."""
        self._number.say(value)


class IconFact(Box):
    """Icon, small label, value in bold, and a line under it."""

    def __init__(self, master: tkinter.Misc, icon: str, hue: Hue, label: str, value: str, note: str = "") -> None:
        super().__init__(master)
        look = look_of(master)
        self.columnconfigure(1, weight=1)
        picture = look.icon(icon, 20 if look.staff else 26, CHIP[hue][1])
        picture_label(self, picture).grid(row=0, column=0, rowspan=3, sticky="n", padx=(look.halo, look.px(10)))
        Text(self, label, "hint", "ink2", wrap=True).grid(row=0, column=1, sticky="ew", padx=(0, look.halo))
        Text(self, value, "strong", wrap=True).grid(row=1, column=1, sticky="ew", padx=(0, look.halo))
        if note:
            Text(self, note, "hint", wrap=True).grid(row=2, column=1, sticky="ew", padx=(0, look.halo))


class Remark(Box):
    """A promise or a condition inside a card: icon and words on a tint."""

    def __init__(self, master: tkinter.Misc, text: str, icon: str = "lock-keyhole", hue: Hue = "grass") -> None:
        super().__init__(master)
        look = look_of(master)
        tint, ink = CHIP[hue]
        face = Surface(self, Paint(tint), radius=look.px(10))
        face.pack(fill="x", padx=look.halo)
        face.columnconfigure(1, weight=1)
        picture_label(face, look.icon(icon, 20 if look.staff else 26, ink)).grid(
            row=0, column=0, sticky="n", padx=(look.px(12), look.px(8)), pady=look.px(11)
        )
        Text(face, text, "hint", wrap=True).grid(row=0, column=1, sticky="ew", padx=(0, look.px(12)), pady=look.px(11))
