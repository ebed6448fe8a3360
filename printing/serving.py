"""The threads that serve the printers of this PC, each its own printer until it is halted."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from printing.spool import SpooledJob

if TYPE_CHECKING:
    from printing.delivery import Delivery
    from printing.records import Printer
    from printing.spool import Spool

log = logging.getLogger(__name__)

IDLE_SECONDS: Final = 1.0
POLL_SECONDS: Final = (0.3, 0.5, 1.0, 2.0)
RETRY_SECONDS: Final = (2.0, 5.0, 10.0)
NEXT_SECONDS: Final = 0.02
"""After a step that moved a job."""


class DeliveryThread:
    """Serves one printer until halted. `changed` is called after every step that moved a job."""

    def __init__(self, delivery: Delivery, spool: Spool, printer: Printer, changed: Callable[[], None]) -> None:
        self.printer = printer
        self._delivery = delivery
        self._spool = spool
        self._changed = changed
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"delivery-{printer.id}", daemon=True)

    def start(self) -> None:
        """Begin, with what a power cut left."""
        self._thread.start()

    def wake(self) -> None:
        """Something new may be there."""
        self._wake.set()

    @property
    def alive(self) -> bool:
        """Whether it still works."""
        return self._thread.is_alive()

    def halt(self) -> None:
        """End soon: a printer that does not answer is not waited for."""
        self._closing.set()
        self._wake.set()

    def join(self, seconds: float = 10.0) -> None:
        """Wait for the end."""
        self._thread.join(seconds)

    def _run(self) -> None:
        before: SpooledJob | None = None
        tries = 0
        while not self._closing.is_set():
            try:
                job = self._delivery.step(self.printer, self._closing)
            except AkimatDeskError as why:
                self._complain(why.code)
                job = before = None
                pause = RETRY_SECONDS[-1]
            except Exception as bug:  # one job must not end the printing of all; no message: it could hold a name
                self._complain(type(bug).__name__, logging.ERROR)
                job = before = None
                pause = RETRY_SECONDS[-1]
            else:
                same = job is not None and before is not None and (job.job, job.state) == (before.job, before.state)
                tries = tries + 1 if same else 0
                if job != before:
                    self._changed()
                before = job
                pause = _pause(job, tries)
            self._rest(pause, job)

    def _complain(self, what: str, level: int = logging.WARNING) -> None:
        if not self._closing.is_set():
            log.log(level, "printer %d is not served: %s", self.printer.id, what)

    def _rest(self, seconds: float, job: SpooledJob | None) -> None:
        """Until it is time, or somebody wakes us, or the job is to be stopped (another process does not wake us)."""
        while seconds > 0 and not self._wake.wait(min(seconds, IDLE_SECONDS)):
            seconds -= IDLE_SECONDS
            if seconds > 0 and job is not None and not job.stop_wanted and self._stop_wanted(job.job):
                break
        self._wake.clear()

    def _stop_wanted(self, job: str) -> bool:
        try:
            return self._spool.stop_wanted(job)
        except AkimatDeskError:
            return False  # the next step meets the same trouble, and tells


def _pause(job: SpooledJob | None, tries: int) -> float:
    if job is None:
        return IDLE_SECONDS
    if not tries:
        return NEXT_SECONDS if not job.reason else POLL_SECONDS[0]
    steps = RETRY_SECONDS if job.state in ("waiting", "asking") else POLL_SECONDS
    return steps[min(tries - 1, len(steps) - 1)]
