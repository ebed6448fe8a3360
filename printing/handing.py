"""Documents taken in at this PC go over to the room's main PC: at once where it answers, else as soon as it does.

This PC's copy is destroyed when the main PC has its own on the disk. Between asking it to hold the document and hearing
that it does, nobody can know; meanwhile the document is printed here by nobody, and the question is asked again.
"""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import peewee

from akimat_desk.base.errors import AkimatDeskError, Refused, Unavailable
from akimat_desk.base.words import N_
from akimat_desk.sync.asking import is_host
from printing.held import Held, HeldOver
from printing.held_job import HeldJob, State
from printing.money.entries import WRITTEN_OFF, WrittenOff
from printing.records import HeldRow, PrintedJob
from printing.room_calls import There
from printing.sealing import DocumentGone

if TYPE_CHECKING:
    from akimat_desk.journal import Commit, Journal

IDLE_SECONDS: Final = 5.0
PAUSES: Final = (2.0, 5.0, 10.0, 30.0)
"""Seconds after the first time the main PC did not answer, the second, and so on; the last one stays."""
_HELD: Final[tuple[State, ...]] = ("held",)
_HANDING: Final[tuple[State, ...]] = ("handing",)

_GONE: Final[tuple[State, ...]] = ("cancelled", "expired")
"""There is nothing at the main PC that could still be printed, and nothing was."""

_log = logging.getLogger(__name__)


class MainPcSilent(Unavailable):
    """It was asked for a document, and says neither that it has it nor that it has not."""

    code = "handing-silent"
    resident_text = N_("The main computer does not answer. Call a member of staff.")
    staff_text = N_("The main PC does not answer, so nobody knows whether it has this document.")
    next_text = N_("Look at the main PC: is the code in its list, or the paper in the tray?")


class AtTheMainPc(Refused):
    """The main PC has it, and prints it or has printed it."""

    code = "handing-there"
    resident_text = N_("Your document is already being printed at the main computer.")
    staff_text = N_("The main PC has this document, and prints it or has printed it.")
    next_text = N_("Look at the list of the main PC.")


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
        if not only and not is_host(self._journal):
            self._tell()
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

    def again(self, held: str) -> None:
        """Hand over one document now (blocks). Raises why it does not go, and `HeldOver`."""
        if not is_host(self._journal):
            self._hand(held)

    def _hand(self, held: str) -> None:
        job = self._held.get(held)
        if job.state == "held":
            self._there.bring(self._held.arrival(held), self._held.pieces(held))
            self._mark(held, "handing", _HELD)
        elif job.state != "handing":
            raise HeldOver
        try:
            self._there.finish(held)
        except (HeldOver, DocumentGone):  # it says that it has no such document: it is ours again
            self._mark(held, "held", _HANDING)
            raise
        with self._journal.store.write() as db:
            if not self._held.is_handing(db, held):  # taken back meanwhile
                raise HeldOver
            self._held.mark(db, held, "handed", before=_HANDING)
        self._held.destroy(held)

    def _keep(self, waiting: list[str] | tuple[str, ...]) -> bool:
        """This PC has become the main one: what it was about to hand over stays."""
        for held in waiting:
            with suppress(HeldOver):
                self._mark(held, "held", _HANDING)
        return False

    def _mark(self, held: str, state: State, before: tuple[State, ...], **values: object) -> None:
        with self._journal.store.write() as db:
            self._held.mark(db, held, state, before=before, **values)

    # ---- back again

    def take_back(self, held: str, *, by: str | None, sure: bool = False) -> HeldJob:
        """Of a document on its way to the main PC: let it wait here again (blocks).

        The main PC is asked first. One that has printed it keeps it: raises `AtTheMainPc`. One that does not answer may
        have it: raises `MainPcSilent`, unless somebody is `sure` that it has not; then it is told as soon as it
        answers, and what only waits there is destroyed. `by` answers for what was printed at both. Raises `HeldOver`.
        """
        if is_host(self._journal):
            self._mark(held, "held", _HANDING)
            return self._held.get(held)
        with self._journal.store.write() as db:  # from now on nobody here hands it over
            self._held.mark(db, held, "handing", before=_HANDING, back="untold", back_by=by)
        try:
            there = self._there.recall(self._held.arrival(held))
        except Unavailable as why:
            if not sure:
                self._mark(held, "handing", _HANDING, back="", back_by=None)
                raise MainPcSilent from why
            self._mark(held, "held", _HANDING)
            return self._held.get(held)
        self._settle(held, there.state, by)
        here = self._held.get(held)
        if here.state == "handed":
            raise AtTheMainPc
        return here

    def give_up(self, held: str) -> HeldJob:
        """Nobody wants it any more, wherever it is between the two (blocks). Raises `HeldOver`, `AtTheMainPc`."""
        if self._held.get(held).state == "handing":
            self.take_back(held, by=None, sure=True)
        return self._held.cancel(held)

    def _tell(self) -> None:
        """The main PC may have what was taken back from it while it was silent."""
        for held, by in self._held.to_tell():
            try:
                there = self._there.recall(self._held.arrival(held))
            except Unavailable:
                return
            except AkimatDeskError as why:
                _log.warning("A document that was taken back: %s", why.code)
                continue
            self._settle(held, there.state, by)

    def _settle(self, held: str, there: State, by: str | None) -> None:
        """The main PC has said how it stands there."""
        gone = False
        with self._journal.commit() as commit:
            mine = (HeldRow.held == held) & (HeldRow.back == "untold")
            here = HeldRow.select(HeldRow.state).where(mine).scalar(commit.db)
            values = {"back": "told"}
            if there in _GONE:
                values |= {"state": "held"} if here == "handing" else {}
            elif here in ("handing", "held"):
                values |= {"state": "handed"}  # it is there after all
                gone = True
            elif here == "released" or (here == "done" and there == "released"):
                return  # on paper soon, or not: it is asked again
            elif here == there == "done" and by:
                _charge_once(commit, self._journal, held, by)
            HeldRow.update(**values).where(mine).execute(commit.db)
        if gone:
            self._held.destroy(held)


def _charge_once(commit: Commit, journal: Journal, held: str, by: str) -> None:
    """It came out at both PCs: what this one charged is written off, in the name of whoever was sure."""
    mine = (PrintedJob.job == held) & (PrintedJob.device == journal.device)
    tenge = PrintedJob.select(peewee.fn.COALESCE(peewee.fn.SUM(PrintedJob.tenge), 0)).where(mine).scalar(commit.db)
    if tenge:
        facts = WrittenOff(charge=held, ms=max(0, journal.clock.now_ms()), tenge=tenge, reason="our-fault", by=by)
        commit.append(WRITTEN_OFF, facts)
