"""Jobs from the spool to their printers: one in flight a printer, nothing printed twice, nothing charged unprinted.

Each step first writes what it is about to do, so that whoever opens the spool after a power cut knows what may have
happened. The table of a lost reply:

    the document …             the printer …                  then
    certainly never left       knows the job, without pages   tell it to drop the job, send again
                               does not know the job          send again
    may have left              knows the job                  follow it
                               does not know the job          uncertain: staff look and say
    (either)                   does not answer                keep asking; nothing is sent meanwhile
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError, Unavailable
from printing.devices import backend
from printing.devices.backend import Bitmaps, Document, JobState, JobTicket, PrinterBackend, Unknown, open_backend
from printing.ending import end
from printing.records import Printer
from printing.rules import Sides
from printing.spool import DocumentGone, Spool, SpooledJob

if TYPE_CHECKING:
    from akimat_desk.journal import Journal

SIDES: Final[Mapping[Sides, backend.Sides]] = {
    "one": "one-sided",
    "long": "two-sided-long-edge",
    "short": "two-sided-short-edge",
}

OpenBackend = Callable[[str], PrinterBackend]
Rasterise = Callable[[bytes], Bitmaps]
"""How the pages of a PDF are drawn for a printer that takes no PDF."""

POLL_SECONDS: Final = (0.3, 0.5, 1.0, 2.0)
RETRY_SECONDS: Final = (2.0, 5.0, 10.0, 30.0)


class Delivery:
    """Carries the jobs of this PC. Each printer is served by one thread at a time."""

    def __init__(
        self, journal: Journal, spool: Spool, *, rasterise: Rasterise, connect: OpenBackend = open_backend
    ) -> None:
        self._journal = journal
        self._spool = spool
        self._rasterise = rasterise
        self._connect = connect

    def recover(self, printer: Printer) -> None:
        """After a start: what was being told or sent when this PC went down must be asked for first."""
        job = self._spool.next_for(printer.id)
        if job is not None and job.state in ("creating", "sending"):
            self._move(job, "asking", may_have_printed=job.state == "sending")

    def step(self, printer: Printer) -> SpooledJob | None:
        """Do the next thing there is to do at `printer`; the job as it is afterwards, None when there is none."""
        job = self._spool.next_for(printer.id)
        if job is None:
            return None
        try:
            self._act(job, self._connect(printer.uri))
        except Unavailable as why:
            self._move(job, self._spool.get(job.job).state, reason=why.code)
        return self._spool.get(job.job)

    def _act(self, job: SpooledJob, printer: PrinterBackend) -> None:
        if job.state == "waiting":
            if job.stop_wanted:
                end(self._journal, self._spool, job, "stopped", "stopped", printed=0)
            else:
                self._send(job, printer)
        elif job.state == "asking":
            self._ask(job, printer)
        else:
            self._follow(job, printer)

    def _send(self, job: SpooledJob, printer: PrinterBackend) -> None:
        try:
            pdf = self._spool.document(job.job)
        except DocumentGone as why:
            end(self._journal, self._spool, job, "not_printed", "failed", reason=why.code)
            return
        ticket = JobTicket(
            uuid=job.job,
            copies=job.options.copies,
            sides=SIDES[job.options.sides],
            colour=job.options.colour == "colour",
        )
        self._move(job, "creating", reason="")
        try:
            sent = printer.submit(
                ticket,
                Document(pdf=pdf, bitmaps=self._rasterise(pdf)),
                created=lambda handle: self._move(job, "sending", handle=handle, may_have_printed=True),
            )
        except Unavailable as why:
            self._move(job, "waiting", reason=why.code, handle=None, may_have_printed=False)
        except AkimatDeskError as why:
            end(self._journal, self._spool, job, "not_printed", "failed", reason=why.code)
        else:
            if isinstance(sent, Unknown):
                reason = sent.why.code if sent.why else ""
                self._move(job, "asking", handle=sent.handle, may_have_printed=sent.may_have_printed, reason=reason)
            else:
                self._move(job, "printing", handle=sent.handle, may_have_printed=True, reason="")

    def _ask(self, job: SpooledJob, printer: PrinterBackend) -> None:
        found = printer.find(job.job)
        if found is None and not job.may_have_printed:
            self._move(job, "waiting", handle=None, reason="")
        elif found is None:
            self._move(job, "uncertain", reason="")
        elif found.has_document is False:
            printer.cancel(found.handle)
            self._move(job, "waiting", handle=None, may_have_printed=False, reason="")
        else:
            self._move(job, "printing", handle=found.handle, may_have_printed=True, reason="")

    def _follow(self, job: SpooledJob, printer: PrinterBackend) -> None:
        handle = job.handle or ""
        state = printer.poll(handle)
        if job.stop_wanted and not state.ended:
            printer.cancel(handle)
            state = printer.poll(handle)
        if state.state == "gone":
            self._move(job, "uncertain", printed=state.impressions)
        elif state.state == "completed":
            end(self._journal, self._spool, job, "printed", "done", count=state.impressions)
        elif state.state == "cancelled":
            end(
                self._journal,
                self._spool,
                job,
                "stopped",
                "stopped",
                printed=state.impressions or 0,
                count=state.impressions,
            )
        elif state.state == "aborted":
            end(
                self._journal,
                self._spool,
                job,
                "not_printed",
                "failed",
                count=state.impressions,
                reason=_first(state) or "aborted",
            )
        else:
            self._move(job, "printing", printed=state.impressions, reason=_first(state))

    def _move(self, job: SpooledJob, state: str, **values: object) -> None:
        with self._journal.store.write() as db:
            self._spool.mark(db, job.job, state, **values)  # type: ignore[arg-type]


class DeliveryThread:
    """Serves one printer until stopped. `changed` is called after every step that moved a job."""

    def __init__(self, delivery: Delivery, printer: Printer, changed: Callable[[], None]) -> None:
        self._delivery = delivery
        self._printer = printer
        self._changed = changed
        self._wake = threading.Event()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name=f"delivery-{printer.id}", daemon=True)

    def start(self) -> None:
        """Begin, with what a power cut left."""
        self._thread.start()

    def wake(self) -> None:
        """Something new may be there."""
        self._wake.set()

    def stop(self, seconds: float = 5.0) -> None:
        """End after the present step."""
        self._stopped = True
        self._wake.set()
        self._thread.join(seconds)

    def _run(self) -> None:
        self._delivery.recover(self._printer)
        before: SpooledJob | None = None
        tries = 0
        while not self._stopped:
            job = self._delivery.step(self._printer)
            same = job is not None and before is not None and (job.job, job.state) == (before.job, before.state)
            tries = tries + 1 if same else 0
            if job != before:
                self._changed()
            before = job
            if job is None:
                pause = 1.0
            elif same and job.state in ("waiting", "asking"):
                pause = RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)]
            elif same:
                pause = POLL_SECONDS[min(tries, len(POLL_SECONDS) - 1)]
            else:
                pause = 0.05
            self._wake.wait(pause)
            self._wake.clear()


def _first(state: JobState) -> str:
    return state.reasons[0] if state.reasons else ""
