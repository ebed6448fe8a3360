"""Whether somebody is still there: three quiet minutes, then the question for one, then the end. Pure.

Time is monotonic: a turned clock ends nobody's session. Every key, press and movement counts as being there, also while
the question stands.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum
from typing import Final

from akimat_desk.base.clock import Clock

QUIET_SECONDS: Final = 180
ASKING_SECONDS: Final = 60


class Presence(Enum):
    """What the screen does now."""

    THERE = "there"
    ASKED = "asked"
    """"Are you still here?" stands over the screen."""
    GONE = "gone"
    """The session ends and is wiped. Nothing brings it back."""


@dataclass(frozen=True, slots=True)
class Watched:
    """`left`: whole seconds until the session ends, told only while `presence` is ASKED (0 otherwise)."""

    presence: Presence
    left: int = 0


class IdleWatch:
    """The screen calls `touched` for everything a person does, and `now` a few times a second."""

    def __init__(self, clock: Clock, *, quiet: float = QUIET_SECONDS, asking: float = ASKING_SECONDS) -> None:
        self._clock = clock
        self._quiet = quiet
        self._asking = asking
        self._last = clock.monotonic()
        self._gone = False

    def touched(self) -> None:
        """Somebody is there. Too late once they were taken for gone."""
        if self.now().presence is not Presence.GONE:
            self._last = self._clock.monotonic()

    def now(self) -> Watched:
        """How things stand."""
        over = self._clock.monotonic() - self._last - self._quiet
        if self._gone or over >= self._asking:
            self._gone = True
            return Watched(Presence.GONE)
        if over < 0:
            return Watched(Presence.THERE)
        return Watched(Presence.ASKED, math.ceil(self._asking - over))
