"""A number with a large minus and a large plus: how many copies."""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.surface import Box, Paint, Surface, Text


class Stepper(Box):
    """`on_change` gets the new number; at `least` and `most` a press changes nothing."""

    def __init__(
        self,
        master: tkinter.Misc,
        label: str,
        value: int,
        on_change: Callable[[int], object],
        *,
        least: int = 1,
        most: int = 99,
        name: str = "stepper",
    ) -> None:
        super().__init__(master)
        look = look_of(master)
        self.value, self._least, self._most, self._on_change = value, least, most, on_change
        if label:
            Text(self, label, "label", edge=True, wrap=True).pack(fill="x")
        row = Box(self)
        row.pack(anchor="w")
        height = 40 if look.staff else 60
        self._button(row, "minus", -1, f"{name}-less", height)
        face = Surface(
            row,
            Paint("surface", "edge", 1 if look.staff else 2),
            width=max(look.px(84), look.font("section").measure("8888")),
        )
        face.pack_propagate(False)
        face.pack(side="left", fill="y", pady=look.halo, padx=max(0, look.px(10) - look.halo))
        self._shown = Text(face, str(value), "section", align="center")
        self._shown.configure(width=3)
        self._shown.pack(expand=True, padx=look.px(6))
        self._button(row, "plus", 1, f"{name}-more", height)

    def _button(self, row: Box, icon: str, by: int, name: str, height: int) -> None:
        pad = 11 if look_of(self).staff else 19
        Button(row, "", lambda: self._step(by), icon=icon, name=name, height=height, pad=pad).pack(side="left")

    def _step(self, by: int) -> None:
        value = max(self._least, min(self.value + by, self._most))
        if value != self.value:
            self.value = value
            self._shown.say(str(value))
            self._on_change(value)
