"""Documents taken in at this PC go over to the room's main PC: at once where it answers, else as soon as it does.

This PC's copy is destroyed when the main PC has its own on the disk. Between asking it to hold the document and hearing
that it does, nobody can know; meanwhile the document is printed here by nobody, and the question is asked again.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError, Unavailable
from akimat_desk.sync.asking import is_host
from printing.held import Arrival, Held, HeldOver, State
from printing.room_calls import There
from printing.sealing import DocumentGone

if TYPE_CHECKING:
    from akimat_desk.journal import Journal

IDLE_SECONDS: Final = 5.0
PAUSES: Final = (2.0, 5.0, 10.0, 30.0)
"""Seconds after the first time the main PC did not answer, the second, and so on; the last one stays."""
_HELD: Final[tuple[State, ...]] = ("held",)
_HANDING: Final[tuple[State, ...]] = ("handing",)

_log = logging.getLogger(__name__)


class Handing:
    """Of one PC. May be called from two processes at once: every step may come twice."""

    def __init__(self, journal: Journal, held: Held, there: There | None = None) -> None:
        self._journal = journal
        self._held = held
        self._there = there or There(journal)
        self._failures = 0
        self.due = threading.Event()
        """Set it, and whoever waits for `pause` looks again."""

    @property
    def pause(self) -> float:
        """Seconds until it is worth trying again."""
        return PAUSES[min(self._failures, len(PAUSES)) - 1] if self._failures else IDLE_SECONDS

    def step(self, only: str = "") -> bool:
        """Hand over what waits here, or `only` that document; whether anything went. A main PC that does not answer is
        asked again later (blocks).
        """
        waiting = [only] if only else self._held.to_hand_over()
        if not waiting:
            return False
        if is_host(self._journal):
            return self._keep(waiting)
        went = False
        for held in waiting:
            try:
                self._hand(held)
            except HeldOver:  # released or cancelled here meanwhile, or handed over by another process
                continue
            except Unavailable as why:
                _log.info("A document waits here for the main PC: %s", why.code)
                self._failures += 1
                return went
            except AkimatDeskError as why:
                _log.warning("A document was not handed over: %s", why.code)
                continue
            went = True
        self._failures = 0
        return went

    def _hand(self, held: str) -> None:
        job = self._held.get(held)
        if job.state == "held":
            arrival = Arrival(
                held, job.code, job.device, job.seat, job.pages, job.options, job.quote, job.size,
                self._held.digest(held),
            )  # fmt: skip
            self._there.bring(arrival, self._held.pieces(held))
            self._mark(held, "handing", _HELD)
        elif job.state != "handing":
            raise HeldOver
        try:
            self._there.finish(held)
        except (HeldOver, DocumentGone):  # it says that it has no such document: it is ours again
            self._mark(held, "held", _HANDING)
            raise
        self._mark(held, "handed", _HANDING)
        self._held.destroy(held)

    def _keep(self, waiting: list[str] | tuple[str, ...]) -> bool:
        """This PC has become the main one: what it was about to hand over stays."""
        for held in waiting:
            with suppress(HeldOver):
                self._mark(held, "held", _HANDING)
        return False

    def _mark(self, held: str, state: State, before: tuple[State, ...]) -> None:
        with self._journal.store.write() as db:
            self._held.mark(db, held, state, before=before)
