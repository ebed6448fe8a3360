"""A banner: one sentence on top of a screen. An error's banner takes the keyboard, so that it is met first."""

from __future__ import annotations

import tkinter
from typing import Literal

from akimat_desk.ui.look import look_of
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.surface import Halo, Paint, Surface, Text, has_keyboard, layer_of, picture_label

BannerKind = Literal["info", "done", "warning", "error"]

LOOKS: dict[BannerKind, tuple[str, Token, Token, Token]] = {
    # icon, tint, border, icon's colour
    "info": ("info", "sky_tint", "sky", "sky"),
    "done": ("circle-check", "grass_tint", "grass", "grass"),
    "warning": ("triangle-alert", "gold_tint", "gold", "gold_text"),
    "error": ("circle-alert", "berry_tint", "berry", "berry"),
}


class Banner(Halo):
    """Icon, sentence, and at most one quiet button."""

    def __init__(
        self,
        master: tkinter.Misc,
        kind: BannerKind,
        sentence: str,
        *,
        button: str = "",
        command: object = None,
        name: str = "banner",
    ) -> None:
        super().__init__(master)
        look = look_of(master)
        icon, tint, edge, ink = LOOKS[kind]
        self.text = sentence
        self.face = Surface(self, Paint(tint, edge, 1 if look.staff else 2))
        self.face.pack(fill="both", expand=True)
        pad = look.px(12 if look.staff else 14)
        self.face.columnconfigure(1, weight=1)
        picture = look.icon(icon, 20 if look.staff else 26, ink)
        picture_label(self.face, picture).grid(row=0, column=0, padx=(look.px(18), look.px(12)), pady=pad, sticky="n")
        Text(self.face, sentence, "body" if look.staff else "hint", wrap=True).grid(
            row=0, column=1, sticky="ew", padx=(0, look.px(16)), pady=look.px(8)
        )
        if button and callable(command):
            quiet = Button(self.face, button, command, "quiet", name=f"{name}-button", height=0 if look.staff else 48)
            quiet.grid(row=0, column=2, padx=(look.px(8), look.px(4)), pady=look.px(2))
        self.face.canvas.configure(takefocus=1)
        self.face.canvas.bind("<FocusIn>", lambda _: self.show_ring(True))
        self.face.canvas.bind("<FocusOut>", lambda _: self.show_ring(False))
        self.name = layer_of(self).enlist(self, name)

    def take_focus(self, *, quiet: bool = False) -> None:
        """See `Control`."""
        self.face.canvas.focus_set()

    def has_focus(self) -> bool:
        """See `Control`."""
        return has_keyboard(self.face.canvas)
