"""The keeper: the one process of this PC that does what must be done whether or not anybody looks.

It runs the services' threads (printing's delivery) and their ticks. Whoever holds the lock is it: the open window, or
`akimat-desk keeper` started with the PC. The plan of the ticks is the services'; a PC that was off catches up because
each tick asks "what is due now" instead of counting the ticks it had.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

import schedule

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.service import Changed, Desk, Tick, load, load_all

if TYPE_CHECKING:
    from akimat_desk.store.lock import DeskLock

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.0
LOCK: Final = "keeper"


class Keeper:
    """A context that keeps from entering to leaving; while another process is the keeper it waits to take over."""

    def __init__(self, desk: Desk, changed: Changed) -> None:
        self._desk = desk
        self._changed = changed
        self._stopped = threading.Event()
        self._began = threading.Event()
        self._stops: list[Callable[[], None]] = []
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
        from akimat_desk.store.lock import DeskLock

        lock = DeskLock(self._desk.home, LOCK)
        while not self._taken(lock):
            if self._stopped.wait(LOOK_SECONDS):
                return
        try:
            self._keep()
        finally:
            for stop in reversed(self._stops):
                stop()
            lock.release()

    def _taken(self, lock: DeskLock) -> bool:
        try:
            lock.acquire()
        except AkimatDeskError:
            return False
        return True

    def _keep(self) -> None:
        for service in self._desk.services:
            if service.keep:
                self._stops.append(load(service.keep)(self._desk, self._changed))
        plan = schedule.Scheduler()
        for tick in load_all([service.ticks for service in self._desk.services]):
            plan.every(tick.seconds).seconds.do(self._do, tick)
        self._began.set()
        plan.run_all()
        while not self._stopped.wait(LOOK_SECONDS):
            plan.run_pending()

    def _do(self, tick: Tick) -> None:
        """One tick; one that cannot be done now is tried again at its next turn and hinders no other."""
        try:
            load(tick.run)(self._desk)
        except AkimatDeskError as why:
            log.warning("tick %s: %s", tick.name, why.code)
