"""The idle check: three minutes without a key, click or movement, then a minute to answer, then the session ends.

Numbers from the UK's and WCAG's rules on timeouts (SC 2.2.1): people are warned and can stay with one press.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol

from akimat_desk.base.clock import Clock

WARN_AFTER: Final = 180
GRACE: Final = 60


class Timers(Protocol):
    """A window's timers."""

    def after(self, ms: int, func: Callable[[], object]) -> str:
        """Call later."""
        ...

    def after_cancel(self, id: str) -> None:
        """Do not call after all."""
        ...


class IdleWatch:
    """Counts quiet seconds by the clock that never jumps. Off until `start`.

    `on_warn(seconds)` asks whether the person is there, `on_tick(seconds)` follows each second, `on_stay` when they
    are, `on_expire` when they are not. `on_start(watch)` is told when it begins to count.
    """

    def __init__(
        self,
        timers: Timers,
        clock: Clock,
        *,
        on_warn: Callable[[int], object],
        on_tick: Callable[[int], object],
        on_stay: Callable[[], object],
        on_expire: Callable[[], object],
        on_start: Callable[[IdleWatch], object] = lambda _: None,
        warn_after: int = WARN_AFTER,
        grace: int = GRACE,
    ) -> None:
        self._timers, self._clock = timers, clock
        self._on_warn, self._on_tick, self._on_stay, self._on_expire = on_warn, on_tick, on_stay, on_expire
        self._on_start = on_start
        self._warn_after, self._grace = warn_after, grace
        self._last = 0.0
        self._warned_at: float | None = None
        self._timer: str | None = None

    @property
    def running(self) -> bool:
        """Whether it counts now."""
        return self._timer is not None

    @property
    def warned(self) -> bool:
        """Whether the question is on the screen."""
        return self._warned_at is not None

    def start(self) -> None:
        """Count from now on."""
        self.stop()
        self._last = self._clock.monotonic()
        self._schedule(self._warn_after)
        self._on_start(self)

    def stop(self) -> None:
        """Do not count (no session)."""
        if self._timer is not None:
            self._timers.after_cancel(self._timer)
        self._timer = self._warned_at = None

    def activity(self) -> None:
        """A key, a click or a movement. While the question is shown only its own button counts: see `stay`."""
        self._last = self._clock.monotonic()

    def stay(self) -> None:
        """«Yes, I am here»."""
        if self.warned:
            self.start()
            self._on_stay()

    def ask_again(self) -> None:
        """Another screen came by itself over the question: put it again, with the seconds that are left."""
        if self._warned_at is not None:
            self._on_warn(max(1, self._grace - int(self._clock.monotonic() - self._warned_at)))

    def _schedule(self, seconds: float) -> None:
        self._timer = self._timers.after(max(1, round(seconds * 1000)), self._ring)

    def _ring(self) -> None:
        now = self._clock.monotonic()
        if self._warned_at is None:
            quiet = now - self._last
            if quiet < self._warn_after:
                self._schedule(self._warn_after - quiet)
                return
            self._warned_at = now
            self._on_warn(self._grace)
            self._schedule(1)
            return
        left = self._grace - int(now - self._warned_at)
        if left > 0:
            self._on_tick(left)
            self._schedule(1)
        else:
            self.stop()
            self._on_expire()
