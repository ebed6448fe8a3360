"""Keys that must work whatever the keyboard's layout, and the way Tab goes.

Under a Kazakh or Russian layout Ctrl+C arrives as Ctrl+с (Cyrillic) and Tk does nothing (CPython #75427): the copying
keys are recognised by the key's place on the board instead. Tab goes through the controls of the topmost layer in the
order they were built, which is the reading order, and begins with the page itself.
"""

from __future__ import annotations

import sys
import tkinter
from collections.abc import Callable, Sequence
from typing import Final, cast

from akimat_desk.ui.widgets.surface import Control, Layer

PLACES: Final[dict[int, str]] = (
    {67: "<<Copy>>", 86: "<<Paste>>", 88: "<<Cut>>", 65: "<<SelectAll>>", 90: "<<Undo>>"}
    if sys.platform == "win32"
    else {54: "<<Copy>>", 55: "<<Paste>>", 53: "<<Cut>>", 38: "<<SelectAll>>", 52: "<<Undo>>"}
)
"""Key codes of C, V, X, A, Z: the letter's own on Windows, the place on the board on X11."""

LATIN: Final = frozenset("cvxazCVXAZ")


def understand_all_layouts(root: tkinter.Misc) -> None:
    """Make the copying keys work in every entry and text of `root`, whatever the layout."""

    def translate(event: tkinter.Event[tkinter.Misc]) -> str | None:
        if event.keysym in LATIN or event.keycode not in PLACES:
            return None
        event.widget.event_generate(PLACES[event.keycode])
        return "break"

    for kind in ("Entry", "Text"):
        root.bind_class(kind, "<Control-Key>", translate, add=True)
    root.bind_class("Entry", "<<SelectAll>>", lambda event: cast(tkinter.Entry, event.widget).select_range(0, "end"))
    root.bind_class("Entry", "<Control-Key-a>", lambda event: _generate(event, "<<SelectAll>>"))
    root.bind_class("Entry", "<Control-Key-z>", lambda event: _generate(event, "<<Undo>>"))


def _generate(event: tkinter.Event[tkinter.Misc], name: str) -> str:
    event.widget.event_generate(name)
    return "break"


def reachable(layer: Layer) -> list[Control]:
    """The controls of a layer that Tab stops at, in reading order."""
    return [
        control for control in layer.controls.values() if isinstance(control, tkinter.Misc) and control.winfo_viewable()
    ]


def _first_of_page(layer: Layer, controls: Sequence[Control]) -> int:
    """Where Tab begins: at what the page is about. The controls round it, the same on every page, come last."""
    inside = f"{layer.area}."
    return next((n for n, control in enumerate(controls) if layer.area and f"{control}".startswith(inside)), 0)


def go_through(root: tkinter.Misc, topmost: Callable[[], Layer]) -> None:
    """Let Tab and Shift+Tab go round the controls of the topmost layer."""

    def step(way: int) -> Callable[[object], str]:
        def move(_: object) -> str:
            controls = reachable(topmost())
            if controls:
                start = _first_of_page(topmost(), controls) - 1 if way > 0 else 0
                now = next((n for n, control in enumerate(controls) if control.has_focus()), start)
                controls[(now + way) % len(controls)].take_focus()
            return "break"

        return move

    root.bind_all("<<NextWindow>>", step(1))
    root.bind_all("<<PrevWindow>>", step(-1))


def clear_clipboard(root: tkinter.Misc) -> None:
    """Empty the clipboard and the selection, so that the next person pastes nothing of this one."""
    root.clipboard_clear()
    root.clipboard_append("")
    root.selection_clear()
