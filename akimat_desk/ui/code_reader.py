"""A code reader that types what it has read, like a keyboard, and ends with Enter: wherever the keyboard stands.

It is told from a person by its pace. What it typed goes to the screen (`Screen.on_code`) as soon as the screen knows it
as a whole; the keyboard then rests nowhere until the reader's Enter has come, so that it presses no button, and none of
the page to which the code has led: that one gets the keyboard afterwards.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable
from typing import Final

from akimat_desk.ui.widgets.surface import has_keyboard

PACE_MS: Final = 150
"""Between two keys of a reader at most, by the keys' own time."""
LEAST: Final = 12
"""Shorter codes are not asked for: nobody types so much so fast."""
REST_MS: Final = 1500
"""How long Enter is waited for; not every reader sends it."""


class CodeReader:
    """Listens to every key of `root`; `take` says whether it knows the text. `rested` is called when Enter is past."""

    def __init__(self, root: tkinter.Misc, take: Callable[[str], bool], rested: Callable[[], object]) -> None:
        self._root, self._take, self._rested = root, take, rested
        self._text, self._last = "", 0
        self._waits: str | None = None
        self._wanted: tkinter.Misc | None = None
        """Who was given the keyboard while it rests."""
        root.bind_all("<Key>", self._key, add=True)
        root.bind_all("<FocusIn>", self._given, add=True)

    def _key(self, event: tkinter.Event[tkinter.Misc]) -> None:
        if event.keysym in ("Return", "KP_Enter"):
            self._rest_is_over()
        if not event.char or not event.char.isprintable():
            return  # Shift alone says nothing
        if abs(event.time - self._last) > PACE_MS:
            self._text = ""
        self._text, self._last = (self._text + event.char)[-256:], event.time
        if len(self._text) >= LEAST and self._take(self._text):
            self._text = ""
            self._root.focus_set()
            if self._waits is not None:
                self._root.after_cancel(self._waits)
            self._waits, self._wanted = self._root.after(REST_MS, self._rest_is_over), None

    def _given(self, event: tkinter.Event[tkinter.Misc]) -> None:
        widget = event.widget
        if self._waits is None or not isinstance(widget, tkinter.Misc) or widget is self._root:
            return
        if has_keyboard(widget):
            self._wanted = widget
            self._root.focus_set()

    def _rest_is_over(self) -> None:
        if self._waits is None:
            return
        self._root.after_cancel(self._waits)
        self._waits = None
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted.winfo_exists():
            wanted.focus_set()
        else:
            self._rested()
