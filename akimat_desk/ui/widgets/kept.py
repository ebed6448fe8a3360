"""A part of a page that takes one of several forms and keeps the widgets of each.

To build a card with six buttons takes ten times as long as to show one that is there and to change its words. So a part
that changes with every key press builds each form once, when it is first needed; after that it hides one, shows the
other and tells it what to say.
"""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from akimat_desk.ui.widgets.pressable import Pressable
from akimat_desk.ui.widgets.surface import Box, Control, layer_of

V = TypeVar("V")
Say = Callable[[V], object]
"""Puts what is to be told into the words of a form."""


class _Form(Box, Generic[V]):
    """One form: `say` fills in the words; `controls` are those of it while it is hidden."""

    def __init__(self, master: tkinter.Misc, build: Callable[[Box], Say[V]]) -> None:
        super().__init__(master)
        self.controls: list[Control] = []
        self.said: V | None = None
        self._say = build(self)

    def tell(self, value: V) -> None:
        if value != self.said:
            self.said = value
            self._say(value)


class Kept(Box, Generic[V]):
    """See the module. Shows nothing until `show`."""

    def __init__(self, master: tkinter.Misc) -> None:
        super().__init__(master)
        self._forms: dict[Hashable, _Form[V]] = {}
        self._shown: _Form[V] | None = None

    def show(self, form: Hashable, build: Callable[[Box], Say[V]], value: V) -> None:
        """Take the form `form`, which `build` makes if it was never taken, and tell it `value`. A control keeps the
        keyboard where the new form has one of its name; what follows the part on the page stays behind it for Tab.
        """
        layer, before = layer_of(self), self._shown
        known = self._forms.get(form)
        if known is not None and known is before:
            known.tell(value)
            return
        focused = layer.focused()
        quiet = bool(focused) and not layer.controls[focused].ring_shown
        with layer.relisting(self) as gone:
            if known is None:
                known = self._forms[form] = _Form(self, build)
            for control in known.controls:
                control.name = layer.enlist(control, control.name)
        known.tell(value)
        known.pack(fill="both", expand=True)
        if before is not None:
            before.controls = gone
            before.pack_forget()
            for control in gone:
                if isinstance(control, Pressable):
                    control.rest()
        self._shown = known
        if focused and focused not in layer.controls:
            layer.focus_set()
        elif focused and not layer.focused():
            layer.controls[focused].take_focus(quiet=quiet)
