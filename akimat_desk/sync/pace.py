"""How much goes into one message: what the line carries in a few seconds, so that a cut costs little on a slow one."""

from __future__ import annotations

from typing import Final

AIM_SECONDS: Final = 5.0
QUICK_SECONDS: Final = 1.0


class Pace:
    """`size` is how many bytes to send, or to ask for, next: between `least` and `most`, and at first `first`."""

    def __init__(self, *, least: int, first: int, most: int) -> None:
        self._least = min(least, most)
        self._most = most
        self.size = min(first, most)

    def took(self, seconds: float, size: int) -> None:
        """A message with `size` bytes and its answer took so long. One much smaller than asked for says nothing of what
        the line could carry.
        """
        if seconds > AIM_SECONDS:
            self.size = max(self._least, min(self.size // 2, int(size * AIM_SECONDS / seconds)))
        elif seconds < QUICK_SECONDS and size * 2 >= self.size:
            self.size = min(self._most, self.size * 2)

    def broke(self) -> None:
        """A message did not come through: a smaller one may."""
        self.size = max(self._least, self.size // 2)
