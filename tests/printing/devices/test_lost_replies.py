"""A lost reply never prints twice, and a printer may vanish at every step of a job."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from printing.devices.backend import Document, JobTicket, PrinterJob, State, Unknown
from printing.devices.errors import (
    DeviceError,
    NotReached,
    OptionsRefused,
    PrinterBusy,
    PrinterRefused,
    ReplyLost,
    Stopped,
)
from printing.devices.ipp.backend import IppBackend
from printing.devices.ipp.codec import Message, Tag, attribute
from printing.devices.ipp.transport import Patience
from printing.devices.ipp.words import JobStateNumber, Operation, Status
from tests.printing.misbehaviours import (
    answers,
    answers_http,
    breaks_off_in_document,
    forgets_the_job,
    hangs,
    loses_reply,
    loses_request,
    obeys_but_for,
    refuses_with_pages_out,
    vanishes,
)
from tests.printing.scripted_printer import (
    Behaviour,
    Moment,
    ScriptedPrinter,
    reply,
)

JOB = "0199c1f2a3b47c5d8e6f00112233aabb"
CREATE, SEND, PRINT = Operation.CREATE_JOB, Operation.SEND_DOCUMENT, Operation.PRINT_JOB


def prints(printer: ScriptedPrinter) -> int:
    """How many papers come out: jobs that got a document and were not cancelled."""
    return sum(job.document is not None and not job.cancelled for job in printer.jobs.values())


def send_again_as_the_spooler_does(backend: IppBackend, ticket: JobTicket, document: Document) -> str | None:
    """After `Unknown`: what the printer has is followed; what has no document is cancelled; then it is sent again."""
    found = backend.find(ticket.uuid)
    if found is not None and found.has_document is not False:
        return found.handle
    if found is not None:
        backend.cancel(found.handle)
    again = backend.submit(ticket, document)
    return again.handle


@pytest.mark.parametrize(
    ("operation", "behaviour", "unknown"),
    [
        (CREATE, loses_request(), Unknown(may_have_printed=False)),
        (CREATE, loses_reply(), Unknown(may_have_printed=False)),
        (SEND, loses_request(), Unknown(may_have_printed=True, handle="1")),
        (SEND, loses_reply(), Unknown(may_have_printed=True, handle="1")),
        (SEND, breaks_off_in_document(), Unknown(may_have_printed=True, handle="1")),
        (SEND, answers_http(200), Unknown(may_have_printed=True, handle="1")),
        (SEND, answers_http(500), Unknown(may_have_printed=True, handle="1")),
        (SEND, answers_http(401), Unknown(may_have_printed=True, handle="1")),
    ],
)
def test_a_lost_reply_never_prints_twice(
    printer: ScriptedPrinter,
    backend: IppBackend,
    ticket: JobTicket,
    document: Document,
    operation: Operation,
    behaviour: Behaviour,
    unknown: Unknown,
) -> None:
    printer.next(operation, behaviour)
    end = backend.submit(ticket, document)
    assert end == unknown
    assert isinstance(end, Unknown)
    assert isinstance(end.why, DeviceError)
    send_again_as_the_spooler_does(backend, ticket, document)
    assert prints(printer) == 1


def test_a_lost_reply_to_print_job_is_unknown_and_the_job_is_found(
    ticket: JobTicket, document: Document, patience: Patience
) -> None:
    old = attribute("operations-supported", Tag.ENUM, PRINT, Operation.GET_JOBS)
    with ScriptedPrinter([old]) as printer:
        backend = IppBackend(printer.uri, patience=patience)
        printer.next(PRINT, loses_reply())
        assert backend.submit(ticket, document) == Unknown(may_have_printed=True)
        assert backend.find(ticket.uuid) == PrinterJob("1", "pending", None)
        printer.next(PRINT, answers(Status.BUSY))
        with pytest.raises(PrinterBusy):
            backend.submit(ticket, document)


def test_a_job_without_a_number_is_unknown(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    printer.next(CREATE, answers(Status.OK))
    assert backend.submit(ticket, document) == Unknown(may_have_printed=False)


def test_the_answer_to_another_question_is_no_answer(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    printer.next(SEND, lambda visit: visit.answer(reply(Message(0, visit.request().request_id + 1, ()), Status.OK)))
    assert backend.submit(ticket, document) == Unknown(may_have_printed=True, handle="1")


def test_a_finished_job_is_found_too(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    printer.next(SEND, loses_reply())
    backend.submit(ticket, document)
    backend.poll("1")
    backend.poll("1")
    assert backend.find(ticket.uuid) == PrinterJob("1", "completed", True)


@pytest.mark.parametrize(
    ("state", "name", "has_document"),
    [
        (JobStateNumber.PENDING, "pending", False),
        (JobStateNumber.PROCESSING, "processing", False),
        (JobStateNumber.ABORTED, "aborted", None),
        (JobStateNumber.CANCELED, "cancelled", None),
        (JobStateNumber.COMPLETED, "completed", True),
    ],
)
def test_a_job_that_is_over_may_have_had_a_document_that_was_thrown_away(
    printer: ScriptedPrinter,
    backend: IppBackend,
    ticket: JobTicket,
    document: Document,
    state: JobStateNumber,
    name: State,
    has_document: bool | None,
) -> None:
    """CUPS counts the files it still keeps: a day after printing, none."""
    backend.submit(ticket, document)
    printer.jobs[1].documents, printer.jobs[1].now = 0, Moment(state)
    assert backend.find(ticket.uuid) == PrinterJob("1", name, has_document)


def test_a_job_that_waits_for_its_document_is_told_apart(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    printer.next(CREATE, loses_reply())
    backend.submit(ticket, document)
    assert backend.find(ticket.uuid) == PrinterJob("1", "pending", False)
    backend.submit(ticket, document)
    assert backend.find(ticket.uuid) == PrinterJob("2", "pending", None)


def test_nothing_of_ours_is_found_among_others_jobs(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    backend.submit(dataclasses.replace(ticket, uuid="another"), document)
    assert backend.find(ticket.uuid) is None


def test_a_printer_that_cannot_tell_is_not_taken_for_one_that_has_nothing(
    printer: ScriptedPrinter, backend: IppBackend
) -> None:
    printer.next(Operation.GET_JOBS, answers(Status.OPERATION_NOT_SUPPORTED))
    with pytest.raises(PrinterRefused):
        backend.find(JOB)


def test_a_stopped_hand_over_is_unknown(printer: ScriptedPrinter, ticket: JobTicket, document: Document) -> None:
    patience = Patience()
    backend = IppBackend(printer.uri, patience=patience)
    printer.next(SEND, hangs())
    end = backend.submit(ticket, document, created=lambda _: patience.stop.set())
    assert end == Unknown(may_have_printed=False, handle="1")
    assert isinstance(end, Unknown)
    assert isinstance(end.why, Stopped)


# -- a yes that is none, a no that comes late ---------------------------------------------------------------------

SIDES = attribute("sides", Tag.KEYWORD, "two-sided-long-edge")


def test_a_job_made_without_what_was_paid_gets_no_document_and_does_not_stay(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    """Left alone, it would keep the printer waiting for its document."""
    printer.next(CREATE, obeys_but_for(SIDES))
    with pytest.raises(OptionsRefused) as raised:
        backend.submit(ticket, document)
    assert raised.value.options == ("sides",)
    assert [(job.document, job.cancelled) for job in printer.jobs.values()] == [(None, True)]


OLD = attribute("operations-supported", Tag.ENUM, PRINT, Operation.GET_JOBS, Operation.VALIDATE_JOB)


def test_an_old_printer_is_asked_before_it_gets_the_document(
    ticket: JobTicket, document: Document, patience: Patience
) -> None:
    """Print-Job makes the job and prints it at once: an objection would come with the paper."""
    with ScriptedPrinter([OLD]) as printer:
        printer.next(Operation.VALIDATE_JOB, obeys_but_for(SIDES))
        with pytest.raises(OptionsRefused):
            IppBackend(printer.uri, patience=patience).submit(ticket, document)
        assert printer.jobs == {}


def test_an_old_printer_that_prints_otherwise_than_paid_is_stopped(
    ticket: JobTicket, document: Document, patience: Patience
) -> None:
    with ScriptedPrinter([OLD]) as printer:
        printer.next(PRINT, obeys_but_for(SIDES))
        with pytest.raises(OptionsRefused):
            IppBackend(printer.uri, patience=patience).submit(ticket, document)
        assert prints(printer) == 0


def test_an_old_printer_that_has_printed_otherwise_than_paid_is_not_asked_again(
    ticket: JobTicket, document: Document, patience: Patience
) -> None:
    with ScriptedPrinter([OLD]) as printer:
        printer.story = (Moment(JobStateNumber.COMPLETED, impressions=1),)
        printer.next(PRINT, obeys_but_for(SIDES))
        printer.next(Operation.CANCEL_JOB, answers(Status.NOT_POSSIBLE))
        end = IppBackend(printer.uri, patience=patience).submit(ticket, document)
        assert end == Unknown(may_have_printed=True, handle="1")


@pytest.mark.parametrize("status", [Status.BUSY, Status.DEVICE_ERROR, Status.DOCUMENT_FORMAT_ERROR])
def test_a_document_refused_with_pages_in_the_tray_is_not_sent_again(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document, status: Status
) -> None:
    """Printers that draw while they read may stop in the middle."""
    printer.next(SEND, refuses_with_pages_out(status, 1))
    assert backend.submit(ticket, document) == Unknown(may_have_printed=True, handle="1")


@pytest.mark.parametrize("pages", [0, None])
def test_a_document_refused_before_the_first_page_may_be_sent_again(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document, pages: int | None
) -> None:
    printer.next(SEND, refuses_with_pages_out(Status.BUSY, pages))
    with pytest.raises(PrinterBusy):
        backend.submit(ticket, document)


def test_a_printer_that_forgets_what_it_was_too_busy_for_leaves_nobody_certain(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    printer.next(SEND, forgets_the_job(Status.DEVICE_ERROR))
    assert backend.submit(ticket, document) == Unknown(may_have_printed=True, handle="1")


def test_a_printer_that_forgets_what_it_refused_has_refused_it(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    """Nothing sends such a document again."""
    printer.next(SEND, forgets_the_job(Status.DOCUMENT_FORMAT_ERROR))
    with pytest.raises(PrinterRefused):
        backend.submit(ticket, document)


def test_a_printer_that_cannot_be_asked_after_its_no_leaves_nobody_certain(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    printer.next(SEND, answers(Status.BUSY))
    printer.next(Operation.CANCEL_JOB, vanishes())
    assert backend.submit(ticket, document) == Unknown(may_have_printed=True, handle="1")


# -- vanishing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "behaviour", "end"),
    [
        (Operation.GET_PRINTER_ATTRIBUTES, vanishes(after_reading=False), ReplyLost),
        (Operation.GET_PRINTER_ATTRIBUTES, vanishes(), ReplyLost),
        (CREATE, vanishes(after_reading=False), Unknown(may_have_printed=False)),
        (CREATE, vanishes(), Unknown(may_have_printed=False)),
        (CREATE, vanishes(after_doing=True), Unknown(may_have_printed=False)),
        (SEND, vanishes(after_reading=False), Unknown(may_have_printed=True, handle="1")),
        (SEND, vanishes(), Unknown(may_have_printed=True, handle="1")),
        (SEND, vanishes(after_doing=True), Unknown(may_have_printed=True, handle="1")),
        (Operation.GET_JOB_ATTRIBUTES, vanishes(), ReplyLost),
        (Operation.CANCEL_JOB, vanishes(after_doing=True), ReplyLost),
        (Operation.GET_JOBS, vanishes(), ReplyLost),
    ],
)
def test_a_printer_that_vanishes_at_each_step_of_a_job(
    printer: ScriptedPrinter,
    backend: IppBackend,
    ticket: JobTicket,
    document: Document,
    operation: Operation,
    behaviour: Behaviour,
    end: Unknown | type[DeviceError],
) -> None:
    """Each step ends in Unknown or in "offline", and every later one in "nobody there"."""
    printer.next(operation, behaviour)
    steps: dict[str, Callable[[], object]] = {
        "submit": lambda: backend.submit(ticket, document),
        "poll": lambda: backend.poll("1"),
        "cancel": lambda: backend.cancel("1"),
        "find": lambda: backend.find(JOB),
    }
    ends: list[object] = []
    for step in steps.values():
        try:
            ends.append(step())
        except DeviceError as error:
            ends.append(type(error))
    assert end in ends
    assert set(ends[ends.index(end) + 1 :]) <= {NotReached}


def test_a_printer_that_vanishes_between_job_and_document(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    end = backend.submit(ticket, document, created=lambda _: printer.vanish())
    assert end == Unknown(may_have_printed=False, handle="1")


def test_a_printer_that_is_not_there_takes_nothing(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    backend.probe()
    printer.vanish()
    with pytest.raises(NotReached):
        backend.submit(ticket, document)
