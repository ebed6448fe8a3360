"""A toast: something said in passing, in reversed colours above the footer; never the only place of a message."""

from __future__ import annotations

import tkinter

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.surface import Paint, Surface, Text, picture_label


class Toast(Surface):
    """Place it at the bottom centre; the window takes it away after six seconds."""

    def __init__(self, master: tkinter.Misc, sentence: str, icon: str) -> None:
        look = look_of(master)
        super().__init__(master, Paint("ink", text="ground"))
        self.text = sentence
        picture_label(self, look.icon(icon, 20 if look.staff else 26, "ground")).pack(
            side="left", padx=(look.px(20), look.px(12))
        )
        words = Text(self, sentence, "note", "ground")
        words.configure(wraplength=look.px(760))
        words.pack(side="left", padx=(0, look.px(20)), pady=look.px(13))
