"""A line of a form that is drawn anew while it is filled in; what is typed and what is wrong stay in the form."""

from __future__ import annotations

import tkinter
from collections.abc import Callable, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from akimat_desk.ui.look import look_of
from akimat_desk.ui.widgets.field import Field

if TYPE_CHECKING:
    from akimat_desk.base.words import Sentence


class FormLine(Field):
    """The line `name`: its words come from `typed` and go there at every key, `errors` says what is wrong with it, and
    Enter is `done`. More goes to `Field`.
    """

    def __init__(
        self,
        master: tkinter.Misc,
        label: str,
        name: str,
        typed: MutableMapping[str, str],
        errors: Mapping[str, Sentence],
        done: Callable[[], object],
        **more: Any,
    ) -> None:
        error = look_of(master).t.say(errors[name]) if name in errors else ""
        super().__init__(
            master,
            label,
            typed[name],
            lambda value: typed.__setitem__(name, value),
            error=error,
            on_enter=lambda _: done(),
            name=name,
            **more,
        )
