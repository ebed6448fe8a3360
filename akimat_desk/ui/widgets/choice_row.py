"""A long, whole-width choice in a list: icon, name, and something small at the right (a date, a size)."""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.button import coat_of
from akimat_desk.ui.widgets.pressable import Pressable
from akimat_desk.ui.widgets.surface import Paint


class ChoiceRow(Pressable):
    """`text` breaks into lines where it is too long; `note` is left out in large print."""

    def __init__(
        self,
        master: tkinter.Misc,
        text: str,
        command: Callable[[], object],
        *,
        icon: str = "",
        note: str = "",
        chosen: bool = False,
        name: str = "",
    ) -> None:
        look = look_of(master)
        self.text, self._icon = text, icon
        self._note = "" if look.layout == "large" else note
        height = max(look.px(60), look.line("body") + look.px(22))
        super().__init__(master, command, coat_of("chosen" if chosen else "plain"), name=name, height=height)

    def compose(self, width: int, height: int, paint: Paint) -> None:
        """See `Pressable`."""
        look, middle = self.look, height // 2
        x = look.px(18)
        if self._icon:
            self.draw(x, middle, look.icon(self._icon, 26, "sky"))
            x += look.scale.text(26) + look.px(14)
        room = width - x - look.px(18)
        if self._note:
            self.write(width - look.px(18), middle, self._note, "hint", "ink2", anchor="e")
            room -= look.font("hint").measure(self._note) + look.px(14)
        item = self.write(x, middle, self.text, "strong", paint.text, width=max(1, room))
        _, top, _, bottom = self.canvas.bbox(item)
        self.ask_height(bottom - top + look.px(22))
