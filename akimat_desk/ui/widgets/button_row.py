"""Controls side by side while there is room, and under each other when there is none (large print, long words)."""

from __future__ import annotations

import tkinter

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.surface import Box


class ButtonRow(Box):
    """Make controls with the row as their parent, in reading order, and give the row its whole width (`fill="x"`)."""

    def __init__(self, master: tkinter.Misc) -> None:
        super().__init__(master, width=1, height=1)
        self._arranged: tuple[int, ...] = ()
        self.bind("<Configure>", lambda _: self.arrange())

    def arrange(self) -> None:
        """Place the controls; a control that is wider than the row breaks its words."""
        if not self.winfo_exists():
            return
        room, children = self.winfo_width(), list(self.children.values())
        wishes = (room, *(size for child in children for size in (child.winfo_reqwidth(), child.winfo_reqheight())))
        if room <= 1 or wishes == self._arranged:
            return
        self._arranged = wishes
        x = y = high = 0
        for child in children:
            wide = min(child.winfo_reqwidth(), room)
            if x and x + wide > room:
                x, y, high = 0, y + high, 0
            child.place(x=x, y=y, width=wide)
            child.bind("<Configure>", lambda _: look_of(self).later(0, self.arrange))
            x, high = x + wide, max(high, child.winfo_reqheight())
        self.configure(height=y + high)
