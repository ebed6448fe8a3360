"""Buttons. One filled button a screen; everything else is outlined or plain words."""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from functools import cache
from typing import Final, Literal

from akimat_desk.ui.fonts import Role
from akimat_desk.ui.look import Look, look_of
from akimat_desk.ui.widgets.pressable import Coat, Pressable
from akimat_desk.ui.widgets.surface import Paint

Kind = Literal["primary", "plain", "quiet", "help", "danger", "chosen"]


@cache
def coat_of(kind: Kind, *, staff: bool = False) -> Coat:
    """The colours of a kind of button. `chosen` is what was selected among several."""
    thin = 1 if staff else 2
    chosen = Paint("sky_tint", "sky", 2 if staff else 3)
    return {
        "primary": _coat(Paint("sky", text="on_sky"), Paint("sky_down", text="on_sky")),
        "plain": Coat(Paint("surface", "edge", thin), Paint("row", "edge", thin), Paint("sunken", "edge", thin)),
        "quiet": _coat(Paint(None, text="sky"), Paint("sky_tint", text="sky")),
        "help": _coat(Paint("surface", "clay", thin, "clay"), Paint("clay_tint", "clay", thin, "clay")),
        "danger": _coat(Paint("berry", text="on_fill"), Paint("berry", "ink", 3, "on_fill")),
        "chosen": Coat(chosen, chosen, chosen),
    }[kind]


def _coat(rest: Paint, active: Paint) -> Coat:
    return Coat(rest, active, active)


WRAP_MARGIN: Final = 12


def _pad(kind: Kind, *, staff: bool) -> int:
    """Room left and right of the words. Words alone stand nearer to the line of the texts beside them."""
    if kind == "quiet":
        return 8 if staff else 12
    return 15 if staff else 32 if kind in ("primary", "danger") else 24


class Button(Pressable):
    """A button: an icon on the left, words, an arrow on the right. `short` replaces `text` in large print. `key` is the
    function key that does the same (`Screen.on_key`), told at the right edge.

    It is never disabled for missing input: pressing it explains. Words that are too long for the place break into
    lines.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        text: str,
        command: Callable[[], object],
        kind: Kind = "plain",
        *,
        icon: str = "",
        arrow: str = "",
        short: str = "",
        key: str = "",
        name: str = "",
        role: Role = "strong",
        height: int = 0,
        pad: int = 0,
        focusable: bool = True,
        radius: int | None = None,
    ) -> None:
        look = look_of(master)
        staff = look.staff
        self.text = short if short and look.layout == "large" else text
        self._icon, self._arrow, self._role, self._shortcut = icon, arrow, role, key
        self._pad = look.px(pad or _pad(kind, staff=staff))
        self._gap = look.px(8 if staff else 12)
        self._picture = 20 if staff else 26
        for picture in filter(None, (icon, arrow)):
            look.icon(
                picture, self._picture, coat_of(kind).rest.text
            )  # an unknown name is met here, not when it is drawn
        super().__init__(
            master,
            command,
            coat_of(kind, staff=staff),
            name=name,
            width=self.wish(look, self.text, kind, icon=icon, arrow=arrow, role=role, pad=pad, key=key) - 2 * look.halo,
            height=max(
                look.px(height or (40 if staff else 64)), look.line(role) + look.scale.with_text(12 if staff else 20)
            ),
            focusable=focusable,
            radius=radius,
        )

    @staticmethod
    def wish(
        look: Look,
        text: str,
        kind: Kind = "plain",
        *,
        icon: str = "",
        arrow: str = "",
        role: Role = "strong",
        pad: int = 0,
        key: str = "",
    ) -> int:
        """How wide such a button would like to be, its halo counted."""
        picture = look.scale.text(20 if look.staff else 26) + (look.px(8 if look.staff else 12) if text else 0)
        pads = 2 * look.px(pad or _pad(kind, staff=look.staff))
        told = look.font("hint").measure(key) + look.px(8) if key else 0
        return look.font(role).measure(text) + picture * (bool(icon) + bool(arrow)) + told + pads + 2 * look.halo

    def say(self, text: str) -> None:
        """Bear other words, in the same place."""
        if text != self.text:
            self.text = text
            self.redraw()

    def compose(self, width: int, height: int, paint: Paint) -> None:
        """See `Pressable`."""
        look, middle = self.look, height // 2
        icons = [look.icon(name, self._picture, paint.text) if name else None for name in (self._icon, self._arrow)]
        if self._shortcut:
            width -= look.font("hint").measure(self._shortcut) + look.px(8)
            self.write(width + look.px(8 - WRAP_MARGIN), middle, self._shortcut, "hint", paint.text)
        beside = sum(picture.width() + (self._gap if self.text else 0) for picture in icons if picture)
        room = width - beside - 2 * min(self._pad, look.px(WRAP_MARGIN))
        wide = look.font(self._role).measure(self.text)
        left, right = icons
        item = 0
        if self.text:
            item = self.write(
                0, middle, self.text, self._role, paint.text, width=room + 1 if wide > room else 0, justify="center"
            )
            x0, y0, x1, y1 = self.canvas.bbox(item)
            wide = x1 - x0
            self.ask_height(y1 - y0 + look.scale.with_text(12 if look.staff else 20))
        x = (width - wide - beside) // 2 if self.text else (width - beside) // 2
        if left:
            self.draw(x, middle, left)
            x += left.width() + self._gap
        if item:
            self.canvas.coords(item, x, middle)
        if right:
            self.draw(x + wide + self._gap if self.text else x, middle, right)
