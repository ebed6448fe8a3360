"""Python's garbage is collected on the screen's thread while a window is open.

Tk's pictures and variables end with a call into Tk, which only its own thread may make. Left to itself, Python collects
cycles on whatever thread happens to allocate; so the automatic collection rests, and the window collects in between.
"""

from __future__ import annotations

import gc
import tkinter
from typing import Final

LOOK_MS: Final = 1_000
MANY: Final = 2_000
"""New objects since the last look that are worth a quick collection (Python's own first threshold is 700 to 2,000)."""
WHOLE_EVERY: Final = 30
"""A whole collection takes some 20 ms on a weak PC; every thirtieth look is often enough."""


class Collector:
    """Begins with the window and ends with `stop`."""

    def __init__(self, root: tkinter.Misc) -> None:
        self._root = root
        self._looks = 0
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = root.after(LOOK_MS, self._look)

    def stop(self) -> None:
        """Collect once more, then leave it to Python again."""
        self._root.after_cancel(self._timer)
        gc.collect()
        if self._was_on:
            gc.enable()

    def _look(self) -> None:
        self._looks += 1
        if self._looks % WHOLE_EVERY == 0:
            gc.collect()
        elif gc.get_count()[0] > MANY:
            gc.collect(1)
        self._timer = self._root.after(LOOK_MS, self._look)
