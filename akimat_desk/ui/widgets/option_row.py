"""Two to four choices side by side, all of them to be seen; the chosen one has a tint, a thick border, a tick and bold
words.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.surface import Box, Text


class Option(NamedTuple):
    """One choice; `key` is what `on_choose` gets."""

    key: str
    text: str
    icon: str = ""


class OptionRow(Box):
    """Label and choices. `on_choose` usually changes the presenter and rebuilds the screen. Columns are of one width,
    or share it by `weights`.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        label: str,
        options: Sequence[Option],
        chosen: str,
        on_choose: Callable[[str], object],
        *,
        columns: int = 0,
        weights: Sequence[int] = (),
        name: str = "",
    ) -> None:
        super().__init__(master)
        look = look_of(master)
        across = columns or len(options)
        if label:
            Text(self, label, "label", edge=True, wrap=True).grid(row=0, column=0, columnspan=across, sticky="ew")
        for number, option in enumerate(options):
            is_chosen = option.key == chosen
            Button(
                self,
                option.text,
                lambda key=option.key: on_choose(key),  # type: ignore[misc]
                "chosen" if is_chosen else "plain",
                icon="check" if is_chosen else option.icon,
                role="label" if is_chosen and not look.staff else "strong" if is_chosen else "option",
                height=40 if look.staff else 60,
                pad=12,
                name=f"{name}-{option.key}" if name else "",
            ).grid(row=1 + number // across, column=number % across, sticky="nsew")
        for column in range(across):
            self.columnconfigure(column, weight=weights[column] if weights else 1, uniform="options")
