"""Time. Wall clocks of village PCs lie; whatever measures a duration uses the monotonic one."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Protocol

KAZAKHSTAN: Final = timezone(timedelta(hours=5))
"""UTC+5 in the whole country since 1 March 2024 (Government resolution of 19 January 2024, No. 20)."""


class Clock(Protocol):
    """What code asks for the time; tests hand in a `FixedClock`."""

    def now_ms(self) -> int:
        """Wall clock, milliseconds since 1970-01-01 UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only ever grow while the PC is on."""
        ...


class SystemClock:
    """The PC's own clocks."""

    def now_ms(self) -> int:
        """See `Clock`."""
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        """See `Clock`."""
        return time.monotonic()


class FixedClock:
    """A clock that stands still until told to go on; for tests, the tour and stable pictures."""

    def __init__(self, at: datetime) -> None:
        self._ms = int(at.timestamp() * 1000)
        self._monotonic = 0.0

    def now_ms(self) -> int:
        """See `Clock`."""
        return self._ms

    def monotonic(self) -> float:
        """See `Clock`."""
        return self._monotonic

    def pass_seconds(self, seconds: float) -> None:
        """Let both clocks go on by `seconds`."""
        self._ms += round(seconds * 1000)
        self._monotonic += seconds

    def turn_to(self, at: datetime) -> None:
        """Turn the wall clock, as a person or a dead battery does; the monotonic one does not follow."""
        self._ms = int(at.timestamp() * 1000)


def local(ms: int) -> datetime:
    """The moment `ms` as a Kazakhstan date and time."""
    return datetime.fromtimestamp(ms / 1000, tz=UTC).astimezone(KAZAKHSTAN)


def local_date(ms: int) -> date:
    """The Kazakhstan calendar day of the moment `ms`."""
    return local(ms).date()
