"""Jobs from the spool to their printers: one in flight a printer, nothing printed twice, nothing charged unprinted.

Each step first writes what it is about to do, so that whoever opens the spool after a power cut knows what may have
happened. The table of a lost reply:

    the document …             the printer …                  then
    certainly never left       knows the job, without pages   tell it to drop the job, send again; where it prints all
                                                              the same, follow it
                               does not know the job          send again
                               has printed one all the same   follow it
    may have left              knows the job                  follow it
                               does not know the job          uncertain: staff look and say
    (either)                   does not answer                keep asking; nothing is sent meanwhile
    was being followed         has another's job there        ask by our own name, as above: it counts anew

A call to a printer can be stopped: when the desk closes, and, while a document is being sent, when somebody wants the
job stopped. What then may have left is asked about like after a lost reply.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.documents.errors import DocumentError, DocumentUnavailable
from printing import past
from printing.devices import backend
from printing.devices.backend import Bitmaps, Document, JobState, JobTicket, PrinterBackend, Unknown
from printing.devices.errors import DeviceError, DeviceRefused, DeviceUnavailable, OptionsRefused, Stopped
from printing.devices.ipp.transport import Patience
from printing.devices.opening import open_backend
from printing.ending import end
from printing.entries import Outcome
from printing.records import OPEN, Printer
from printing.records import JobState as SpoolState
from printing.rules import Sides
from printing.sizes import MEDIA, can
from printing.spool import DocumentGone, JobOver, Spool, SpooledJob
from printing.troubles import hindrance

if TYPE_CHECKING:
    from akimat_desk.journal import Journal

SIDES: Final[Mapping[Sides, backend.Sides]] = {
    "one": "one-sided",
    "long": "two-sided-long-edge",
    "short": "two-sided-short-edge",
}
_WAITING: Final[tuple[SpoolState, ...]] = ("waiting",)
LOOK_SECONDS: Final = 0.5
"""How often a call to a printer looks whether its job is still wanted."""

Connect = Callable[[Printer, threading.Event], PrinterBackend]
"""How a printer is reached; the event ends every wait for it."""

Rasterise = Callable[[bytes], Bitmaps]
"""How the pages of a PDF are drawn for a printer that takes no PDF."""


def connect(printer: Printer, stop: threading.Event) -> PrinterBackend:
    """The back end of a printer in this PC's list."""
    return open_backend(
        printer.uri, patience=Patience(stop=stop), pin=printer.pin, document_format=printer.document_format
    )


class _NotWanted(threading.Event):
    """Set as soon as the desk closes or `job` is to be stopped; asked, as `Patience` does, several times a second."""

    def __init__(self, closing: threading.Event, spool: Spool, job: str) -> None:
        super().__init__()
        self._closing, self._spool, self._job = closing, spool, job
        self._looked = time.monotonic()

    def is_set(self) -> bool:
        if not super().is_set():
            if self._closing.is_set():
                self.set()
            elif time.monotonic() - self._looked >= LOOK_SECONDS:
                self._looked = time.monotonic()
                with suppress(AkimatDeskError):  # a busy store must not break off what is being sent
                    if self._spool.stop_wanted(self._job):
                        self.set()
        return super().is_set()


class Delivery:
    """Carries the jobs of this PC. Each printer is served by one thread at a time."""

    def __init__(self, journal: Journal, spool: Spool, *, rasterise: Rasterise, connect: Connect = connect) -> None:
        self._journal = journal
        self._spool = spool
        self._rasterise = rasterise
        self._connect = connect

    def step(self, printer: Printer, closing: threading.Event | None = None) -> SpooledJob | None:
        """Do the next thing there is to do at `printer`; the job as it is afterwards, None when there is none.

        `closing` ends every wait for the printer. A trouble with the printer is kept in the job; errors of the store go
        up, and the job then goes on from what was written last.
        """
        job = self._spool.next_for(printer.id, printer.group, lambda options: can(printer, options))
        if job is None:
            return None
        closing = closing or threading.Event()
        try:
            self._act(job, printer, closing)
        except Stopped:
            pass
        except DeviceError as why:
            now = self._spool.get(job.job)
            if now.reason != why.code:
                self._move(now, now.state, why=why)
        now = self._spool.get(job.job)
        self._note(printer, job, now)
        return now

    def _note(self, printer: Printer, before: SpooledJob, now: SpooledJob) -> None:
        """What has just become of a job is a line of the printer's past."""
        ended = now.state not in OPEN
        if ended or (now.reason and now.reason != before.reason):
            at_ms = self._journal.clock.now_ms()
            with self._journal.store.write() as db:
                if now.reason and hindrance(now.reason) is not None:
                    past.note_fault(db, printer.id, at_ms, now.reason)
                if ended:
                    past.note_job(db, printer.id, at_ms, job=now.charge, code=now.state, pages=now.printed)

    def adopt(self, printers: Sequence[Printer]) -> bool:
        """Jobs of a printer that was taken out of the list: those that certainly did not leave go to the first of
        `printers` that can print them, else to the first, which says why it cannot; of the others staff say what became
        of them. Whether there was one.
        """
        moved = False
        for job in self._spool.without_printer([printer.id for printer in printers]):
            if job.state in ("sending", "printing") or job.may_have_printed:
                self._move(job, "uncertain", reason="")
            elif job.stop_wanted:
                end(self._journal, self._spool, job, "stopped", "stopped", printed=0)
            elif printers:
                to = next((each for each in printers if can(each, job.options)), printers[0])
                self._move(job, "waiting", printer=to.id, group=to.group, handle=None, reason="")
            else:
                continue
            moved = True
        return moved

    def _act(self, job: SpooledJob, printer: Printer, closing: threading.Event) -> None:
        if job.state == "waiting":
            if job.stop_wanted:
                end(self._journal, self._spool, job, "stopped", "stopped", printed=0, before=_WAITING)
            else:
                self._send(job, printer, closing)
            return
        if job.state in ("creating", "sending"):
            # Nobody sends it: the desk went down, or could not write, in the middle of it.
            self._move(job, "asking", may_have_printed=job.state == "sending")
            job = self._spool.get(job.job)
        if job.state == "asking":
            self._ask(job, self._connect(printer, closing))
        else:
            self._follow(job, printer, self._connect(printer, closing))

    def _send(self, job: SpooledJob, printer: Printer, closing: threading.Event) -> None:
        ticket = JobTicket(
            uuid=job.job,
            copies=job.options.copies,
            sides=SIDES[job.options.sides],
            colour=job.options.colour == "colour",
            media=MEDIA[job.options.size],
            true_size=job.work == "copy",
        )
        try:
            if job.options.size not in printer.paper:  # many a printer would take it, and print it on what there is
                raise OptionsRefused(["media"])
            pdf = self._spool.document(job.job)
            device = self._connect(printer, _NotWanted(closing, self._spool, job.job))
            self._move(job, "creating", before=_WAITING, printer=printer.id)
            sent = device.submit(
                ticket,
                Document(pdf=pdf, bitmaps=self._rasterise(pdf)),
                created=lambda handle: self._move(job, "sending", handle=handle, may_have_printed=True),
            )
        except JobOver:
            return  # another printer of the group was faster, or it was moved to another
        except Stopped:
            self._move(job, "waiting", reason="", handle=None, may_have_printed=False)
        except (DeviceUnavailable, DocumentUnavailable) as why:
            self._move(job, "waiting", why=why, handle=None, may_have_printed=False)
        except (DeviceError, DocumentError, DocumentGone) as why:
            end(self._journal, self._spool, job, "not_printed", "failed", why=why)
        else:
            if not isinstance(sent, Unknown):
                self._move(job, "printing", handle=sent.handle, may_have_printed=True, reason="")
                return
            told = None if isinstance(sent.why, Stopped) else sent.why
            self._move(job, "asking", handle=sent.handle, may_have_printed=sent.may_have_printed, why=told, reason="")

    def _ask(self, job: SpooledJob, device: PrinterBackend) -> None:
        found = device.find(job.job)
        if found is None and not job.may_have_printed:
            self._move(job, "waiting", handle=None, reason="")
        elif found is None:
            self._move(job, "uncertain", reason="")
        elif found.has_document is False or (found.has_document is None and not job.may_have_printed):
            device.cancel(found.handle)
            if device.poll(found.handle).state in ("processing", "completed"):  # it had come in whole all the same
                self._move(job, "printing", handle=found.handle, may_have_printed=True, reason="")
            else:
                self._move(job, "waiting", handle=None, may_have_printed=False, reason="")
        else:
            self._move(job, "printing", handle=found.handle, may_have_printed=True, reason="")

    def _follow(self, job: SpooledJob, printer: Printer, device: PrinterBackend) -> None:
        handle = job.handle or ""
        state = device.poll(handle)
        if state.name and not job.job.startswith(state.name):  # a printer may keep only the beginning of a name
            self._move(job, "asking", handle=None)
            return
        if job.stop_wanted and not state.ended:
            with suppress(DeviceRefused):  # a printer that cannot stop prints on, and that is paid
                device.cancel(handle)
            state = device.poll(handle)
        printed = state.impressions or 0
        if state.state == "gone":
            self._move(job, "uncertain", printed=state.impressions, reason="")
        elif state.state == "sent" and job.reason:
            self._move(job, "uncertain", printed=state.impressions)  # it left in the middle of a trouble
        elif state.state in ("completed", "sent"):
            self._end(job, "printed", "done", state, reason="sent" if state.state == "sent" else "")
        elif state.state == "cancelled" or (state.state == "aborted" and job.stop_wanted):
            self._end(job, "stopped", "stopped", state, printed)
        elif state.state == "aborted" and job.paper is None and not self._surely_nothing(job, printer, state):
            self._move(job, "uncertain", printed=state.impressions or job.printed, reason=_first(state) or "aborted")
        elif state.state == "aborted" and (state.impressions or job.printed):
            self._move(job, "uncertain", reason=_first(state))  # the tray would print all of it again by itself
        elif state.state == "aborted":
            self._end(job, "not_printed", "failed", state, 0, _first(state) or "aborted")
        elif (state.impressions, _first(state)) != (job.printed, job.reason):
            self._move(job, "printing", printed=state.impressions, reason=_first(state))

    def _surely_nothing(self, job: SpooledJob, printer: Printer, state: JobState) -> bool:
        """Whether a job that the printer gave up put no page into the tray: it says none, and it is one that counts.

        Many printers say 0, or nothing, whatever they print: of these nobody knows, and staff look.
        """
        if state.impressions or job.printed or state.impressions is None:
            return False
        with self._journal.store.read() as db:
            return past.compared(db, printer.id).theirs > 0

    def _end(
        self, job: SpooledJob, outcome: Outcome, state: SpoolState, told: JobState, printed: int = 0, reason: str = ""
    ) -> None:
        count = told.impressions
        end(self._journal, self._spool, job, outcome, state, printed=printed, count=count, reason=reason)

    def _move(self, job: SpooledJob, state: SpoolState, *, why: AkimatDeskError | None = None, **values: Any) -> None:
        with self._journal.store.write() as db:
            self._spool.mark(db, job.job, state, why=why, **values)


def _first(state: JobState) -> str:
    return state.reasons[0] if state.reasons else ""
