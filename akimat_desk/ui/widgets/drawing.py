"""Line drawings of what to do with the machine: paper out, jam, power, toner, call staff."""

from __future__ import annotations

import tkinter
from typing import Final, Literal, get_args

from akimat_desk.ui.look import look_of
from akimat_desk.ui.theme import TOKENS
from akimat_desk.ui.widgets.surface import Box, picture_label

DrawingName = Literal["paper-out", "paper-jam", "power", "toner", "cover-open", "take-paper", "staff"]
DRAWINGS: Final[tuple[DrawingName, ...]] = get_args(DrawingName)


class Drawing(Box):
    """A drawing 4:3, `width` design pixels wide; it grows with the window, not with the text."""

    def __init__(self, master: tkinter.Misc, name: DrawingName, width: int = 240) -> None:
        super().__init__(master)
        look = look_of(master)
        colours: dict[str, str] = {token: look.colour(token) for token in TOKENS}
        picture_label(self, look.pictures.drawing(name, look.px(width), colours)).pack()
