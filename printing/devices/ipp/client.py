"""Questions to one printer, each one request and one answer (RFC 8011).

The IPP status decides, never HTTP's: `IppClient.ask` returns a message only when the printer did what was asked, and
raises the error that fits the status otherwise. No personal data leaves: the user is always "akimat-desk".
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Final

from printing.devices.errors import (
    AccessRefused,
    DeviceError,
    FormatRefused,
    JobGone,
    OptionsRefused,
    PrinterBusy,
    PrinterFault,
    PrinterOffline,
    PrinterPaused,
    PrinterRefused,
    TooLate,
    Unreadable,
)
from printing.devices.ipp.codec import Attribute, Group, Message, Tag, attribute, decode, encode
from printing.devices.ipp.transport import Address, Body, Patience, post
from printing.devices.ipp.words import Operation, Status, status_name

USER: Final = "akimat-desk"
JOB_QUESTIONS: Final = (
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "job-media-sheets-completed",
    "number-of-documents",
)
CUPS_QUESTIONS: Final = (
    "printer-name",
    "printer-info",
    "printer-location",
    "printer-make-and-model",
    "printer-uuid",
    "printer-uri-supported",
    "color-supported",
    "sides-supported",
)


class IppClient:
    """Speaks to the printer at `address`; holds no connection between calls, so it can be used from several threads."""

    def __init__(self, address: Address, patience: Patience | None = None, *, pin: str = "") -> None:
        self.address = address
        self.patience = patience or Patience()
        self._pin = pin
        self._version = (2, 0)
        self._ids = itertools.count(1)

    def printer_attributes(self, names: Sequence[str] = ("all",)) -> Group:
        """Get-Printer-Attributes (RFC 8011, 4.2.5)."""
        asked = attribute("requested-attributes", Tag.KEYWORD, *names)
        return self.ask(Operation.GET_PRINTER_ATTRIBUTES, [asked]).group(Tag.PRINTER)

    def cups_printers(self) -> tuple[Group, ...]:
        """CUPS-Get-Printers, CUPS's own: every queue of the server at this address."""
        asked = attribute("requested-attributes", Tag.KEYWORD, *CUPS_QUESTIONS)
        return self.ask(Operation.CUPS_GET_PRINTERS, [asked]).all(Tag.PRINTER)

    def validate_job(self, operation: Iterable[Attribute], template: Iterable[Attribute]) -> None:
        """Validate-Job (4.2.3): would the printer take such a job? Raises what it objects to."""
        self.ask(Operation.VALIDATE_JOB, operation, template=template)

    def create_job(self, operation: Iterable[Attribute], template: Iterable[Attribute]) -> Group:
        """Create-Job (4.2.4): a job without a document yet; its attributes as the printer tells them."""
        return self.ask(Operation.CREATE_JOB, operation, template=template).group(Tag.JOB)

    def send_document(self, job_id: int, document_format: str, document: Body) -> Group:
        """Send-Document (4.3.1), the only and last one of the job."""
        given = [
            attribute("document-format", Tag.MIME_TYPE, document_format),
            attribute("last-document", Tag.BOOLEAN, True),
        ]
        return self.ask(Operation.SEND_DOCUMENT, given, job_id=job_id, document=document).group(Tag.JOB)

    def print_job(self, operation: Iterable[Attribute], template: Iterable[Attribute], document: Body) -> Group:
        """Print-Job (4.2.1), for printers that know no Create-Job."""
        return self.ask(Operation.PRINT_JOB, operation, template=template, document=document).group(Tag.JOB)

    def job_attributes(self, job_id: int) -> Group:
        """Get-Job-Attributes (4.3.4). Raises `JobGone`."""
        asked = attribute("requested-attributes", Tag.KEYWORD, *JOB_QUESTIONS)
        return self.ask(Operation.GET_JOB_ATTRIBUTES, [asked], job_id=job_id).group(Tag.JOB)

    def jobs(self, which: str, limit: int = 200) -> tuple[Group, ...]:
        """Get-Jobs (4.2.6): "completed" (newest first) or "not-completed" (in printing order)."""
        given = [
            attribute("which-jobs", Tag.KEYWORD, which),
            attribute("my-jobs", Tag.BOOLEAN, False),
            attribute("limit", Tag.INTEGER, limit),
            attribute("requested-attributes", Tag.KEYWORD, *JOB_QUESTIONS),
        ]
        return self.ask(Operation.GET_JOBS, given).all(Tag.JOB)

    def cancel_job(self, job_id: int) -> None:
        """Cancel-Job (4.3.3). Raises `TooLate` for a job that has ended, `JobGone` for one that is not known."""
        self.ask(Operation.CANCEL_JOB, [], job_id=job_id)

    def ask(
        self,
        operation: Operation,
        given: Iterable[Attribute],
        *,
        template: Iterable[Attribute] = (),
        job_id: int | None = None,
        document: Body | None = None,
    ) -> Message:
        """One request; `given` are its operation attributes, `template` its job attributes."""
        wanted = tuple(template)
        groups = self._groups(tuple(given), wanted, job_id)
        answer = self._exchange(operation, groups, document)
        if answer.code == Status.VERSION_NOT_SUPPORTED and self._version != (1, 1) and document is None:
            self._version = (1, 1)
            answer = self._exchange(operation, groups, None)
        offered = [each.name for each in wanted]
        refusal = refusal_of(answer, self.address, offered=offered, of_job=job_id is not None)
        if refusal is not None:
            refusal.said_by_printer = True
            if answer.code < Status.BAD_REQUEST:
                refusal.job_made = answer.group(Tag.JOB).number("job-id")
            raise refusal
        return answer

    def _exchange(self, operation: Operation, groups: tuple[Group, ...], document: Body | None) -> Message:
        request_id = next(self._ids)
        wire = encode(Message(operation, request_id, groups, self._version))
        if document is None:
            body = Body((wire,), len(wire))
        else:
            size = None if document.size is None else len(wire) + document.size
            body = Body(itertools.chain((wire,), document.pieces), size, document=True)
        answer = decode(post(self.address, body, self.patience, pin=self._pin))
        if answer.request_id != request_id:
            raise Unreadable(detail="the answer belongs to another question")
        return answer

    def _groups(
        self, given: tuple[Attribute, ...], template: tuple[Attribute, ...], job_id: int | None
    ) -> tuple[Group, ...]:
        head = [
            attribute("attributes-charset", Tag.CHARSET, "utf-8"),
            attribute("attributes-natural-language", Tag.LANGUAGE, "en"),
            attribute("printer-uri", Tag.URI, self.address.printer_uri),
        ]
        if job_id is not None:
            head.append(attribute("job-id", Tag.INTEGER, job_id))
        head.append(attribute("requesting-user-name", Tag.NAME, USER))
        operation = Group(Tag.OPERATION, (*head, *given))
        return (operation, Group(Tag.JOB, template)) if template else (operation,)


def refusal_of(
    answer: Message, address: Address, *, offered: Sequence[str] = (), of_job: bool = False
) -> DeviceError | None:
    """The error that fits the status of `answer`; None when the printer did what was asked. `of_job` tells that the
    question named a job, so that "not found" and "not possible" speak of it.

    "Done, but with some attributes ignored" (0x0001) is a refusal when one of the `offered` job attributes is among
    them: the resident paid for it.
    """
    status = answer.code
    named = tuple(each.name for each in answer.group(Tag.UNSUPPORTED_GROUP).attributes)
    detail = status_name(status)
    if status < 0x0100:
        ignored = [name for name in named if name in offered]
        return OptionsRefused(ignored) if ignored else None
    if status == Status.DOCUMENT_FORMAT_NOT_SUPPORTED or "document-format" in named:
        return FormatRefused(formats=", ".join(answer.group(Tag.UNSUPPORTED_GROUP).texts("document-format")))
    if status in {Status.ATTRIBUTES_OR_VALUES_NOT_SUPPORTED, Status.CONFLICTING_ATTRIBUTES}:
        return OptionsRefused(named)
    if status in {Status.FORBIDDEN, Status.NOT_AUTHENTICATED, Status.NOT_AUTHORIZED}:
        return AccessRefused(address=address.text)
    if of_job and status in {Status.NOT_FOUND, Status.GONE}:
        return JobGone()
    if of_job and status == Status.NOT_POSSIBLE:
        return TooLate()
    if status in {Status.BUSY, Status.TEMPORARY_ERROR}:
        return PrinterBusy(detail=detail)
    if status == Status.NOT_ACCEPTING_JOBS:
        return PrinterPaused()
    if status == Status.SERVICE_UNAVAILABLE:
        return PrinterOffline(address=address.text)
    if status == Status.DEVICE_ERROR:
        return PrinterFault(detail=detail)
    return PrinterRefused(detail=detail)
