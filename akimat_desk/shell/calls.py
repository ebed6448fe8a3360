"""Who has asked for staff at this PC. Lives in memory only: after a restart nobody waits any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from akimat_desk.base.clock import Clock

SAME_CALL_S: Final = 300
"""Pressing again within five minutes is the same call: an anxious person presses often."""


@dataclass(frozen=True, slots=True)
class HelpCall:
    """One call; `at_ms` is the wall clock."""

    number: int
    at_ms: int


class HelpCalls:
    """The calls nobody has gone to yet, the oldest first."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: dict[int, HelpCall] = {}
        self._last: tuple[int, float] = (0, 0.0)

    @property
    def waiting(self) -> tuple[HelpCall, ...]:
        """Calls to go to."""
        return tuple(self._waiting.values())

    def ask(self) -> HelpCall:
        """A resident asks for staff; the call that stands, where they asked just before."""
        number, at = self._last
        now = self._clock.monotonic()
        if number in self._waiting and now - at < SAME_CALL_S:
            return self._waiting[number]
        call = HelpCall(number + 1, self._clock.now_ms())
        self._last = (call.number, now)
        self._waiting[call.number] = call
        return call

    def went(self, number: int) -> None:
        """Somebody has gone there."""
        self._waiting.pop(number, None)
