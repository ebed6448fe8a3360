"""Python's garbage is collected on the screen's thread while a window is open, and between two presses.

Tk's pictures and variables end with a call into Tk, which only its own thread may make. Left to itself, Python collects
cycles on whatever thread happens to allocate; so the automatic collection rests, and the window collects in between.

Nearly all that lives is there from the start: modules, the words of three languages, the database's tables, a hundred
thousand objects. A collection that goes through them takes 30 to 60 ms, and a press that falls on it waits. So they are
set aside (`gc.freeze`) once the first screen stands, and what came later is gone through in a few. They are
taken back, collected and set aside anew when nobody has touched the PC for a minute, and when a resident has left:
a page that was set aside would keep what was typed. Whoever never pauses stops a collection only up to a bound.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from akimat_desk.ui.idle import Timers

LOOK_MS: Final = 1_000
MANY: Final = 2_000
"""New objects since the last look that are worth a quick collection (Python's own first threshold is 700 to 2,000)."""
PAUSE: Final = 3
"""After so many looks without a key, click or movement somebody reads or thinks, and no press is in hand."""
OLD_EVERY: Final = 30
"""What came since the start is gone through in a pause, and no more often than every thirtieth look."""
AWAY: Final = 60
"""After so many looks nobody is there."""
ALL_EVERY: Final = 600
"""All there is is gone through when nobody is there, and no more often than every ten minutes."""
BOUND: Final = 200_000
"""So many objects that are new, or have outlived a quick collection, are gone through whoever presses. The start makes
some 120,000; this many take 20 to 40 MB."""


def collect_all() -> None:
    """Collect whatever nobody can reach, in what was set aside, too; then set aside what lives. Takes 30 to 60 ms."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Collector:
    """Begins with the window and ends with `stop`. `timers` is the window."""

    def __init__(self, timers: Timers) -> None:
        self._timers = timers
        self._untouched = self._since_old = self._since_all = 0
        self._kept = 0
        self._set_aside = False
        self._was_on = gc.isenabled()
        gc.disable()
        self._timer = timers.after(LOOK_MS, self._look)

    def touched(self) -> None:
        """Somebody pressed a key or a button, or moved the mouse."""
        self._untouched = 0

    def stop(self) -> None:
        """Collect once more, then leave it to Python again."""
        self._timers.after_cancel(self._timer)
        gc.unfreeze()
        gc.collect()
        if self._was_on:
            gc.enable()

    def _look(self) -> None:
        self._untouched += 1
        self._since_old += 1
        self._since_all += 1
        self._tidy(gc.get_count()[0])
        self._timer = self._timers.after(LOOK_MS, self._look)

    def _tidy(self, new: int) -> None:
        if self._is_time_for_all():
            collect_all()
            self._set_aside = True
            self._since_all = self._since_old = self._kept = 0
        elif self._kept + new > BOUND or (self._untouched >= PAUSE and self._since_old >= OLD_EVERY):
            gc.collect()
            self._since_old = self._kept = 0
        elif new > MANY and self._set_aside:
            self._kept += new - gc.collect(1)

    def _is_time_for_all(self) -> bool:
        """In the first pause after the start, and later when nobody is there."""
        if not self._set_aside:
            return self._untouched >= PAUSE
        return self._untouched >= AWAY and self._since_all >= ALL_EVERY
