"""A field of several lines, for what people say. As in `Field`, every key is written through to the presenter.

Tab leaves it, as it leaves every field; Enter begins a new line.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.field import ErrorLine
from akimat_desk.ui.widgets.surface import Box, Halo, Paint, Surface, Text, has_keyboard, layer_of


class TextArea(Box):
    """Label, hint, box of `lines` lines, error. `on_change` gets the text at every key."""

    def __init__(
        self,
        master: tkinter.Misc,
        label: str,
        value: str,
        on_change: Callable[[str], object],
        *,
        hint: str = "",
        error: str = "",
        lines: int = 4,
        name: str = "",
    ) -> None:
        super().__init__(master)
        look = look_of(master)
        self.text, self.hint, self.error = label, hint, error
        self._on_change, self._value = on_change, value
        Text(self, label, "label", edge=True, wrap=True).pack(fill="x")
        if hint:
            Text(self, hint, "hint", "ink2", edge=True, wrap=True).pack(fill="x")
        self._halo = Halo(self)
        self._halo.pack(fill="x", pady=(look.px(2), 0))
        border = (2 if look.staff else 3) if error else 1 if look.staff else 2
        face = Surface(
            self._halo, Paint("surface", "berry" if error else "edge", border), radius=look.px(8 if look.staff else 10)
        )
        face.pack(fill="x")
        inset = look.px(9)
        self.entry = tkinter.Text(
            face,
            height=lines,
            width=1,
            wrap="word",
            undo=True,
            bd=0,
            highlightthickness=0,
            font=look.font("body"),
            bg=look.colour("surface"),
            fg=look.colour("ink"),
            insertbackground=look.colour("ink"),
            insertwidth=look.px(2),
            insertofftime=0,
            selectbackground=look.colour("sky"),
            selectforeground=look.colour("on_sky"),
            spacing3=look.px(3),
        )
        self.entry.pack(fill="both", expand=True, padx=inset, pady=inset)
        self.entry.insert("1.0", value)
        self.entry.edit_reset()
        self.entry.edit_modified(False)
        if error:
            ErrorLine(self, error).pack(fill="x", padx=look.halo)
        self.entry.bind("<<Modified>>", self._typed)
        self.entry.bind("<FocusIn>", lambda _: self._halo.show_ring(True), add=True)
        self.entry.bind("<FocusOut>", lambda _: self._halo.show_ring(False), add=True)
        # The text widget's own Tab would write one; Shift+Tab is passed on by itself.
        self.entry.bind("<Key-Tab>", lambda _: self._leave("<<NextWindow>>"))
        self.name = layer_of(self).enlist(self, name)

    @property
    def value(self) -> str:
        """What is in the box."""
        return self._value

    def put(self, value: str) -> None:
        """Put a text in, as if it had been typed."""
        self.entry.delete("1.0", "end")
        self.entry.insert("1.0", value)

    def take_focus(self, *, quiet: bool = False) -> None:
        """See `Control`."""
        self.entry.focus_set()

    def has_focus(self) -> bool:
        """See `Control`."""
        return has_keyboard(self.entry)

    @property
    def ring_shown(self) -> bool:
        """Whether the focus ring is to be seen."""
        return self._halo.ring_shown

    def _leave(self, way: str) -> str:
        self.entry.event_generate(way)
        return "break"

    def _typed(self, _: tkinter.Event[tkinter.Misc]) -> None:
        if not self.entry.edit_modified():
            return
        self.entry.edit_modified(False)
        value = self.entry.get("1.0", "end-1c")
        if value != self._value:
            self._value = value
            self._on_change(value)
