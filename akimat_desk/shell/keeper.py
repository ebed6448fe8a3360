"""The keeper: the one process of this PC that does what must be done whether or not anybody looks.

It runs the services' threads (printing's delivery) and their ticks. Whoever holds the lock is it: the open window, or
`akimat-desk keeper` started with the PC. Ticks are counted by the clock that never jumps, so a wall clock set right
after years neither stops nor floods them; a PC that was off catches up because each tick asks "what is due now".
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import Final, Self

import schedule

from akimat_desk.base.clock import Clock
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.service import Changed, Desk, Tick, load, load_all
from akimat_desk.store.lock import DeskLock

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.0
LOCK: Final = "keeper"


class Plan:
    """Which ticks are due. Every one is due at first, and again so many seconds after it was handed out."""

    def __init__(self, ticks: Sequence[Tick], clock: Clock) -> None:
        self._due: list[Tick] = []
        self._scheduler = _Scheduler(clock)
        for tick in ticks:
            self._scheduler.every(tick.seconds).seconds.do(self._due.append, tick)

    def due(self) -> list[Tick]:
        """Hand out what is due now; everything is at the beginning."""
        self._scheduler.run_pending()
        found, self._due[:] = list(self._due), []
        return found


class _Scheduler(schedule.Scheduler):  # type: ignore[misc]  # the library has no types
    """The library's scheduler with jobs that count by the monotonic clock."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock

    def every(self, interval: int = 1) -> schedule.Job:
        """A job of this scheduler."""
        return _Job(interval, self)


class _Job(schedule.Job):  # type: ignore[misc]  # as above
    """The library asks the wall clock whether a job is due; turned back by a year, no tick would come for a year."""

    _due_at: float | None = None

    @property
    def should_run(self) -> bool:
        """Whether it is due."""
        now: float = self.scheduler.clock.monotonic()
        return self._due_at is None or self._due_at <= now

    def run(self) -> object:
        """Do it, and count from now."""
        self._due_at = self.scheduler.clock.monotonic() + self.interval
        return super().run()


class Keeper:
    """A context that keeps from entering to leaving; while another process is the keeper it waits to take over."""

    def __init__(self, desk: Desk, changed: Changed) -> None:
        self._desk = desk
        self._changed = changed
        self._stopped = threading.Event()
        self._began = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._thread.join()

    def keeps(self, seconds: float) -> bool:
        """Whether this process is the keeper, waiting at most `seconds` for it."""
        return self._began.wait(seconds)

    def _run(self) -> None:
        lock = DeskLock(self._desk.home, LOCK)
        while not lock.acquire():
            if self._stopped.wait(LOOK_SECONDS):
                return
        with ExitStack() as stack:
            stack.callback(lock.release)
            self._keep(stack)

    def _keep(self, stack: ExitStack) -> None:
        for service in self._desk.services:
            if service.keep:
                with _logged(service.name):
                    stop: Callable[[], None] = load(service.keep)(self._desk, self._changed)
                    stack.callback(_quietly, service.name, stop)
        plan = Plan(load_all([service.ticks for service in self._desk.services]), self._desk.clock)
        self._began.set()
        while not self._stopped.is_set():
            for tick in plan.due():
                with _logged(tick.name):
                    load(tick.run)(self._desk)
            self._stopped.wait(LOOK_SECONDS)


@contextmanager
def _logged(what: str) -> Iterator[None]:
    """What goes wrong inside is written down by kind and hinders nothing else."""
    try:
        yield
    except AkimatDeskError as why:
        log.warning("%s: %s", what, why.code)
    except Exception as bug:
        log.warning("%s: %s", what, type(bug).__name__)


def _quietly(what: str, call: Callable[[], None]) -> None:
    with _logged(what):
        call()
