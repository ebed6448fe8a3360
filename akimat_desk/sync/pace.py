"""How much goes into one message: what the line carries in a few seconds, so that a cut costs little on a slow one."""

from __future__ import annotations

from typing import Final

from akimat_desk.journal.batch import BATCH_BYTES

AIM_SECONDS: Final = 5.0
QUICK_SECONDS: Final = 1.0
LEAST: Final = 8 * 1024
FIRST: Final = 64 * 1024


class Pace:
    """`size` is how many bytes of entries to send, or to ask for, next; never more than `most`."""

    def __init__(self, most: int = BATCH_BYTES) -> None:
        self._most = most
        self.size = min(most, FIRST)

    def took(self, seconds: float, size: int) -> None:
        """A message with `size` bytes of entries and its answer took so long."""
        least = min(LEAST, self._most)
        if seconds > AIM_SECONDS:
            self.size = max(least, min(self.size // 2, int(size * AIM_SECONDS / seconds)))
        elif seconds < QUICK_SECONDS and size * 2 >= self.size:
            self.size = min(self._most, self.size * 2)

    def broke(self) -> None:
        """A message did not come through: a smaller one may."""
        self.size = max(min(LEAST, self._most), self.size // 2)
