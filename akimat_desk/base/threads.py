"""The guard of the screen's thread: nothing that blocks runs there.

The window names its thread once; stores, files and sockets call `must_not_block` and a programming mistake shows up in
tests as an error instead of as a frozen screen.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from akimat_desk.base.errors import Misuse

_screen_thread: int | None = None


class BlocksScreen(Misuse):
    """Something slow was called on the screen's thread."""

    code = "blocks-screen"
    staff_text = "Blocking call on the screen's thread: {what}."


@contextmanager
def screen_thread() -> Iterator[None]:
    """The calling thread draws the screen until the block ends."""
    global _screen_thread
    before, _screen_thread = _screen_thread, threading.get_ident()
    try:
        yield
    finally:
        _screen_thread = before


def must_not_block(what: str) -> None:
    """Raise `BlocksScreen` on the screen's thread; `what` names the call."""
    if _screen_thread == threading.get_ident():
        raise BlocksScreen(what=what)
