"""A printer that speaks IPP, as a `PrinterBackend`.

How `submit` never prints twice. The job is made with our uuid as its name (Create-Job), then gets its document
(Send-Document); whatever can refuse has refused before anything is made.

    what happened                            what is so                         what `submit` does
    ---------------------------------------  ---------------------------------  ------------------------------------
    our document cannot be opened or drawn   nothing left the PC                raises that error
    Create-Job: no connection                nothing left the PC                raises NotReached
    Create-Job: answered "no" (IPP, HTTP)    no job                             raises that error
    Create-Job: "yes, but not as you asked"  a job without document             cancels it, raises OptionsRefused
    Create-Job: reply lost or unreadable     perhaps a job, surely no document  Unknown(may_have_printed=False)
    Send-Document: no connection             a job without document             Unknown(may_have_printed=False, handle)
    Send-Document: IPP status "no", and ...  cancelled: is any page out?
      the job ended without a page           nothing was printed                raises that error
      a page is out, or nobody can tell      part of it is printed              Unknown(may_have_printed=True, handle)
    Send-Document: anything else             perhaps printing                   Unknown(may_have_printed=True, handle)
    Send-Document: IPP status "yes"          it has the job                     Submitted(handle)

A job without a document keeps many printers busy until it times out, so whoever finds one (`PrinterJob.has_document`
is False) cancels it before sending again. A printer that draws while it reads may say "no" in the middle of a document,
with sheets in the tray already.

Printers without Create-Job get Print-Job, after Validate-Job has found no objection; there a lost reply is
Unknown(may_have_printed=True), and a job that was made, but not as asked, is cancelled and looked at as above.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from printing.devices.backend import (
    ENDED,
    Bitmap,
    Capabilities,
    Document,
    JobState,
    JobTicket,
    PageSize,
    PrinterJob,
    State,
    Submitted,
    Unknown,
)
from printing.devices.errors import (
    DeviceError,
    DeviceMisuse,
    DeviceRefused,
    JobGone,
    NotReached,
    OptionsRefused,
    OtherPrinter,
    ReplyLost,
    Stopped,
    TooLate,
    Unreadable,
)
from printing.devices.ipp.capabilities import QUESTIONS, read_capabilities
from printing.devices.ipp.client import IppClient
from printing.devices.ipp.codec import Attribute, Group, Tag, attribute
from printing.devices.ipp.plan import Plan, plan
from printing.devices.ipp.transport import Address, Body, Patience, fingerprint
from printing.devices.ipp.words import JobStateNumber, Operation
from printing.devices.raster import encode as encode_raster
from printing.devices.reasons import stable

_PIECE: Final = 64 * 1024
_STATES: Final[dict[int, State]] = {
    JobStateNumber.PENDING: "pending",
    JobStateNumber.PENDING_HELD: "pending",
    JobStateNumber.PROCESSING: "processing",
    JobStateNumber.PROCESSING_STOPPED: "processing",
    JobStateNumber.CANCELED: "cancelled",
    JobStateNumber.ABORTED: "aborted",
    JobStateNumber.COMPLETED: "completed",
}


class IppBackend:
    """See `PrinterBackend`. `document_format` overrides the choice of format; `pin` is a remembered certificate."""

    def __init__(self, uri: str, *, patience: Patience | None = None, pin: str = "", document_format: str = "") -> None:
        self.address = Address.of(uri)
        self.client = IppClient(self.address, patience, pin=pin)
        self._override = document_format
        self._known: Capabilities | None = None

    def probe(self) -> Capabilities:
        """See `PrinterBackend`."""
        answer = self.client.printer_attributes(QUESTIONS)
        self._known = read_capabilities(answer, fingerprint(self.address, self.client.patience))
        return self._known

    def validate(self, ticket: JobTicket) -> None:
        """See `PrinterBackend`: by what the printer says of itself, then by asking it (Validate-Job)."""
        printer = self.probe()
        self._ask_before(printer, ticket, plan(printer, ticket, override=self._override))

    def _ask_before(self, printer: Capabilities, ticket: JobTicket, chosen: Plan) -> None:
        if Operation.VALIDATE_JOB in printer.operations:
            operation = [*_naming(ticket), attribute("document-format", Tag.MIME_TYPE, chosen.document_format)]
            self.client.validate_job(operation, chosen.template)

    def submit(
        self, job: JobTicket, document: Document, *, created: Callable[[str], None] | None = None
    ) -> Submitted | Unknown:
        """See `PrinterBackend`, and the table of this module."""
        printer = self._known or self.probe()
        chosen = plan(printer, job, override=self._override)
        with contextlib.closing(_open(chosen, job, document)) as pieces:
            body = pieces.body()
            if Operation.CREATE_JOB in printer.operations and Operation.SEND_DOCUMENT in printer.operations:
                return self._create_and_send(job, chosen, body, created)
            self._ask_before(printer, job, chosen)
            return self._print(job, chosen, body, created)

    def _create_and_send(
        self, job: JobTicket, chosen: Plan, body: Body, created: Callable[[str], None] | None
    ) -> Submitted | Unknown:
        try:
            made = self.client.create_job(_naming(job), chosen.template)
        except (ReplyLost, Unreadable, Stopped) as why:
            if _nothing_left(why):
                raise
            return Unknown(may_have_printed=False, why=why)
        except OptionsRefused as why:
            if why.job_made is not None:  # left alone, it keeps the printer waiting for a document
                with contextlib.suppress(DeviceError):
                    self.client.cancel_job(why.job_made)
            raise
        job_id = made.number("job-id")
        if job_id is None:
            return Unknown(may_have_printed=False, why=Unreadable(detail="a job without a number"))
        handle = str(job_id)
        if created is not None:
            created(handle)
        try:
            self.client.send_document(job_id, chosen.document_format, body)
        except DeviceError as why:
            if not why.said_by_printer:
                return Unknown(may_have_printed=not _nothing_left(why), handle=handle, why=why)
            if self._nothing_came_out(handle, why):
                raise
            return Unknown(may_have_printed=True, handle=handle, why=why)
        return Submitted(handle)

    def _print(
        self, job: JobTicket, chosen: Plan, body: Body, created: Callable[[str], None] | None
    ) -> Submitted | Unknown:
        operation = [*_naming(job), attribute("document-format", Tag.MIME_TYPE, chosen.document_format)]
        if created is not None:
            created("")  # the job gets its number together with the document
        try:
            made = self.client.print_job(operation, chosen.template, body)
        except DeviceError as why:
            if why.job_made is not None and not self._nothing_came_out(str(why.job_made), why):
                return Unknown(may_have_printed=True, handle=str(why.job_made), why=why)
            if why.said_by_printer or _nothing_left(why):
                raise
            return Unknown(may_have_printed=True, why=why)
        job_id = made.number("job-id")
        if job_id is None:
            return Unknown(may_have_printed=True, why=Unreadable(detail="a job without a number"))
        if created is not None:
            created(str(job_id))
        return Submitted(str(job_id))

    def _nothing_came_out(self, handle: str, why: DeviceError) -> bool:
        """Drop a job that was not taken as asked; whether it certainly put nothing on paper."""
        try:
            self.cancel(handle)
            state = self.poll(handle)
        except DeviceError:
            return False
        if state.state == "gone":  # forgotten: a refusal ends the job, but what is only busy would be sent again
            return isinstance(why, DeviceRefused)
        return state.state in {"cancelled", "aborted"} and not state.impressions

    def find(self, job_uuid: str) -> PrinterJob | None:
        """See `PrinterBackend`. Of several jobs of that name, one that has its document is told first."""
        found = [
            PrinterJob(str(number), _state(job), _has_document(job))
            for which in ("not-completed", "completed")
            for job in self.client.jobs(which)
            if job.text("job-name") == job_uuid and (number := job.number("job-id")) is not None
        ]
        return min(found, key=lambda job: job.has_document is False, default=None)

    def poll(self, handle: str) -> JobState:
        """See `PrinterBackend`. While the job is not over, the printer is asked too: some say what they want only
        there, and stay "processing" meanwhile.
        """
        try:
            job = self.client.job_attributes(_number(handle))
        except JobGone:
            return JobState("gone")
        state = _state(job)
        keywords: tuple[str, ...] = ()
        message = ""
        if "printer-stopped" in job.texts("job-state-reasons"):
            keywords = ("paused",)
        if state in {"pending", "processing", "stopping"}:
            printer = self.client.printer_attributes(("printer-state-reasons", "printer-state-message"))
            keywords += printer.texts("printer-state-reasons")
            message = printer.text("printer-state-message")
        return JobState(
            state,
            stable(keywords, message),
            job.number("job-impressions-completed"),
            job.number("job-media-sheets-completed"),
            job.text("job-name"),
        )

    def cancel(self, handle: str) -> None:
        """See `PrinterBackend`."""
        with contextlib.suppress(TooLate, JobGone):
            self.client.cancel_job(_number(handle))


def _nothing_left(why: DeviceError) -> bool:
    """Not one byte of the request left this PC."""
    return isinstance(why, NotReached | OtherPrinter) or (isinstance(why, Stopped) and not why.sent)


def _naming(ticket: JobTicket) -> list[Attribute]:
    return [
        attribute("job-name", Tag.NAME, ticket.uuid),
        attribute("ipp-attribute-fidelity", Tag.BOOLEAN, True),
    ]


def _number(handle: str) -> int:
    if not handle.isascii() or not handle.isdigit():
        raise DeviceMisuse(detail="a handle of another back end")
    return int(handle)


def _state(job: Group) -> State:
    state = _STATES.get(job.number("job-state") or 0, "processing")
    # CUPS 2.4 leaves the word with a job that is completed.
    stopping = state not in ENDED and "processing-to-stop-point" in job.texts("job-state-reasons")
    return "stopping" if stopping else state


def _has_document(job: Group) -> bool | None:
    """See `PrinterJob`. A job that is over says nothing by having none: CUPS throws them away after a day."""
    state = _state(job)
    if state in ENDED:
        return True if state == "completed" else None
    documents = job.number("number-of-documents")
    if documents is not None:
        return documents > 0
    return False if "job-data-insufficient" in job.texts("job-state-reasons") else None


# -- what is sent -------------------------------------------------------------------------------------------------


class _Pieces:
    """A document about to be sent. Its first piece is at hand: what cannot be opened fails before a job is made."""

    def __init__(self, pieces: Iterator[bytes], size: int | None) -> None:
        self._pieces = pieces
        self._size = size
        self._first = next(pieces, b"")

    def body(self) -> Body:
        return Body(self._all(), self._size, document=True)

    def _all(self) -> Iterator[bytes]:
        yield self._first
        yield from self._pieces

    def close(self) -> None:
        close = getattr(self._pieces, "close", None)
        if close is not None:
            close()


def _open(chosen: Plan, job: JobTicket, document: Document) -> _Pieces:
    if chosen.sheet is None:
        if isinstance(document.pdf, Path):
            return _Pieces(_file_pieces(document.pdf), document.pdf.stat().st_size)
        return _Pieces(iter((document.pdf,)), len(document.pdf))
    if document.bitmaps is None:
        raise DeviceMisuse(detail="this printer wants page bitmaps, and nobody draws them")
    width, height = chosen.sheet.pixels
    mode = chosen.sheet.mode if job.colour else "grey8"
    bitmaps = document.bitmaps(PageSize(width, height, chosen.sheet.dpi, mode))
    return _Pieces(_raster_pieces(chosen, job, iter(bitmaps)), None)


def _raster_pieces(chosen: Plan, job: JobTicket, bitmaps: Iterator[Bitmap]) -> Iterator[bytes]:
    assert chosen.sheet is not None
    wanted = _chosen_pages(bitmaps, job.page_ranges)
    pending = bytearray()
    for piece in encode_raster(wanted, chosen.sheet, grey=not job.colour):
        pending += piece
        if len(pending) >= _PIECE:
            yield bytes(pending)
            pending.clear()
    yield bytes(pending)


def _chosen_pages(bitmaps: Iterator[Bitmap], ranges: tuple[tuple[int, int], ...]) -> Iterator[Bitmap]:
    for number, page in enumerate(bitmaps, start=1):
        if not ranges or any(low <= number <= high for low, high in ranges):
            yield page


def _file_pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece
