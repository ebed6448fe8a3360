"""A printer by IPP, obedient and otherwise: above all, a lost reply never prints twice."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from printing.devices.backend import Bitmap, Document, JobState, JobTicket, PageSize, Submitted, Unknown
from printing.devices.errors import (
    AccessRefused,
    DeviceError,
    DeviceMisuse,
    FormatRefused,
    NotAPrinter,
    OptionsRefused,
    PrinterBusy,
    PrinterOffline,
    PrinterPaused,
    PrinterRefused,
)
from printing.devices.ipp.backend import IppBackend
from printing.devices.ipp.codec import Tag, attribute
from printing.devices.ipp.transport import Patience
from printing.devices.ipp.words import JobStateNumber, Operation, Status
from printing.devices.reasons import trouble
from tests.printing.decoders import decode_pwg
from tests.printing.misbehaviours import (
    answers,
    answers_http,
    refuses_early,
)
from tests.printing.scripted_printer import (
    Behaviour,
    Moment,
    ScriptedPrinter,
)

JOB = "0199c1f2a3b47c5d8e6f00112233aabb"
CREATE, SEND, PRINT = Operation.CREATE_JOB, Operation.SEND_DOCUMENT, Operation.PRINT_JOB


# -- obedient -----------------------------------------------------------------------------------------------------


def test_a_job_is_handed_over_whole(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    assert backend.submit(ticket, document) == Submitted("1")
    job = printer.jobs[1]
    assert job.document == document.pdf
    assert job.document_format == "application/pdf"
    assert {each.name: each.values[0].data for each in job.template.attributes} == {
        "copies": 2,
        "sides": "two-sided-long-edge",
        "print-color-mode": "monochrome",
        "media": "iso_a4_210x297mm",
        "print-quality": 4,
    }


def test_the_printer_learns_nobodys_name(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    backend.submit(ticket, document)
    assert (printer.jobs[1].name, printer.jobs[1].user) == (JOB, "akimat-desk")
    told = {each.name for request in printer.requests for each in request.group(Tag.OPERATION).attributes}
    assert told == {
        "attributes-charset",
        "attributes-natural-language",
        "printer-uri",
        "job-id",
        "requesting-user-name",
        "requested-attributes",
        "job-name",
        "ipp-attribute-fidelity",
        "document-format",
        "last-document",
    }


def test_paid_options_must_be_obeyed(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    backend.validate(ticket)
    backend.submit(ticket, document)
    for operation in (Operation.VALIDATE_JOB, CREATE):
        assert printer.asked(operation)[0].group(Tag.OPERATION).flag("ipp-attribute-fidelity") is True


def test_a_document_may_be_a_file(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, tmp_path: Path
) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(b"%PDF-1.7 " + bytes(200_000))
    assert backend.submit(ticket, Document(pdf=file)) == Submitted("1")
    assert printer.jobs[1].document == file.read_bytes()


def test_the_handle_is_known_before_the_document_leaves(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    """So that it is on the disk when our PC goes down in the middle."""
    seen: list[tuple[str, bytes | None]] = []
    backend.submit(ticket, document, created=lambda handle: seen.append((handle, printer.jobs[1].document)))
    assert seen == [("1", None)]


def test_a_printer_that_knows_no_create_job_gets_print_job(
    ticket: JobTicket, document: Document, patience: Patience
) -> None:
    old = attribute("operations-supported", Tag.ENUM, PRINT, Operation.GET_JOBS, Operation.GET_JOB_ATTRIBUTES)
    with ScriptedPrinter([old]) as printer:
        backend = IppBackend(printer.uri, patience=patience)
        backend.validate(ticket)
        assert backend.submit(ticket, document) == Submitted("1")
        assert (printer.jobs[1].name, printer.jobs[1].document) == (JOB, document.pdf)
        assert printer.asked(Operation.VALIDATE_JOB) == []


def test_a_printer_of_the_older_version_is_spoken_to_in_it(printer: ScriptedPrinter, backend: IppBackend) -> None:
    printer.next(Operation.GET_PRINTER_ATTRIBUTES, answers(Status.VERSION_NOT_SUPPORTED))
    assert backend.probe().name == "Кеңсе принтері"
    assert [request.version for request in printer.requests] == [(2, 0), (1, 1)]


# -- raster -------------------------------------------------------------------------------------------------------


def drawn(*shades: int) -> Callable[[PageSize], Iterable[Bitmap]]:
    """A document of plain pages; the left half is red where colour is asked for."""

    def draw(size: PageSize) -> Iterator[Bitmap]:
        for shade in shades:
            channels = 3 if size.mode == "rgb24" else 1
            page = np.full((size.height, size.width, channels), shade, np.uint8)
            if channels == 3:
                page[:, : size.width // 2, 0] = 255
            yield Bitmap(size.width, size.height, size.width * channels, size.mode, page.tobytes())

    return draw


@pytest.fixture
def raster_only(patience: Patience) -> Iterator[tuple[ScriptedPrinter, IppBackend]]:
    formats = attribute("document-format-supported", Tag.MIME_TYPE, "image/urf", "image/pwg-raster")
    with ScriptedPrinter([formats]) as printer:
        yield printer, IppBackend(printer.uri, patience=patience)


def test_a_raster_only_printer_gets_raster(raster_only: tuple[ScriptedPrinter, IppBackend], ticket: JobTicket) -> None:
    printer, backend = raster_only
    assert backend.submit(ticket, Document(pdf=b"%PDF", bitmaps=drawn(10, 200, 30))) == Submitted("1")
    assert printer.jobs[1].document_format == "image/pwg-raster"
    pages = decode_pwg(printer.jobs[1].document or b"")
    assert [(page.width, page.height, page.rows[0][0]) for page in pages] == [
        (2480, 3508, 10),
        (2480, 3508, 200),
        (2480, 3508, 30),
    ]
    assert [page.transform for page in pages] == [(1, 1), (-1, -1), (1, 1)]
    assert {page.duplex for page in pages} == {True}


def test_a_raster_printer_gets_the_chosen_pages_in_colour_when_colour_was_paid(
    raster_only: tuple[ScriptedPrinter, IppBackend], ticket: JobTicket
) -> None:
    printer, backend = raster_only
    colour = dataclasses.replace(ticket, colour=True, sides="one-sided", page_ranges=((2, 2), (4, 9)))
    assert backend.submit(colour, Document(pdf=b"%PDF", bitmaps=drawn(1, 2, 3, 4, 5))) == Submitted("1")
    pages = decode_pwg(printer.jobs[1].document or b"")
    assert [page.rows[0][:3] for page in pages] == [b"\xff\x02\x02", b"\xff\x04\x04", b"\xff\x05\x05"]
    assert printer.jobs[1].template.get("page-ranges") is None
    assert printer.jobs[1].template.text("print-color-mode") == "color"


def test_what_cannot_be_drawn_fails_before_a_job_is_made(
    raster_only: tuple[ScriptedPrinter, IppBackend], ticket: JobTicket
) -> None:
    printer, backend = raster_only

    def draw(size: PageSize) -> Iterator[Bitmap]:
        raise MemoryError("a page of 400000 points")
        yield

    with pytest.raises(MemoryError):
        backend.submit(ticket, Document(pdf=b"%PDF", bitmaps=draw))
    with pytest.raises(DeviceMisuse):
        backend.submit(ticket, Document(pdf=b"%PDF"))
    assert printer.jobs == {}


def test_what_cannot_be_opened_fails_before_a_job_is_made(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError):
        backend.submit(ticket, Document(pdf=tmp_path / "gone.pdf"))
    assert printer.jobs == {}


def test_pages_that_stop_in_the_middle_are_an_unknown_end(
    raster_only: tuple[ScriptedPrinter, IppBackend], ticket: JobTicket
) -> None:
    _, backend = raster_only

    def draw(size: PageSize) -> Iterator[Bitmap]:
        noise = np.random.default_rng(1).integers(0, 256, (size.height, size.width), np.uint8)
        yield Bitmap(size.width, size.height, size.width, "grey8", noise.tobytes())
        raise RuntimeError("the worker was killed")

    assert backend.submit(ticket, Document(pdf=b"%PDF", bitmaps=draw)) == Unknown(may_have_printed=True, handle="1")


# -- refusals -----------------------------------------------------------------------------------------------------


def refused(*names: str) -> Behaviour:
    return answers(
        Status.ATTRIBUTES_OR_VALUES_NOT_SUPPORTED, *(attribute(name, Tag.UNSUPPORTED, b"") for name in names)
    )


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (answers(Status.BUSY), PrinterBusy),
        (answers(Status.TEMPORARY_ERROR), PrinterBusy),
        (answers(Status.NOT_ACCEPTING_JOBS), PrinterPaused),
        (answers(Status.SERVICE_UNAVAILABLE), PrinterOffline),
        (answers(Status.DOCUMENT_FORMAT_NOT_SUPPORTED), FormatRefused),
        (refused("document-format"), FormatRefused),
        (refused("sides", "media"), OptionsRefused),
        (answers(Status.CONFLICTING_ATTRIBUTES, attribute("sides", Tag.KEYWORD, "x")), OptionsRefused),
        (answers(Status.NOT_AUTHENTICATED), AccessRefused),
        (answers(Status.FORBIDDEN), AccessRefused),
        (answers(Status.INTERNAL_ERROR), PrinterRefused),
        (answers(0x04FF), PrinterRefused),
        (answers_http(401), AccessRefused),
        (answers_http(200), NotAPrinter),
        (answers_http(503), PrinterBusy),
    ],
)
def test_a_refusal_of_the_job_says_why_and_makes_no_job(
    printer: ScriptedPrinter,
    backend: IppBackend,
    ticket: JobTicket,
    document: Document,
    behaviour: Behaviour,
    error: type[DeviceError],
) -> None:
    printer.next(CREATE, behaviour)
    with pytest.raises(error) as raised:
        backend.submit(ticket, document)
    assert type(raised.value) is error
    assert printer.asked(SEND) == []


def test_refused_options_are_listed(printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket) -> None:
    printer.next(Operation.VALIDATE_JOB, refused("sides", "print-color-mode"))
    with pytest.raises(OptionsRefused) as raised:
        backend.validate(ticket)
    assert raised.value.options == ("sides", "print-color-mode")


def test_a_yes_that_ignores_what_was_paid_is_a_no(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket
) -> None:
    """Status 0x0001 with the duplex in group 5 would print one-sided and bill two-sided."""
    ignored = attribute("sides", Tag.KEYWORD, "two-sided-long-edge")
    printer.next(Operation.VALIDATE_JOB, answers(Status.OK_IGNORED_OR_SUBSTITUTED, ignored))
    with pytest.raises(OptionsRefused) as raised:
        backend.validate(ticket)
    assert raised.value.options == ("sides",)


def test_a_yes_that_ignores_what_nobody_paid_for_is_a_yes(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket
) -> None:
    ignored = attribute("requesting-user-name", Tag.NAME, "akimat-desk")
    printer.next(Operation.VALIDATE_JOB, answers(Status.OK_IGNORED_OR_SUBSTITUTED, ignored))
    backend.validate(ticket)


@pytest.mark.parametrize("status", [Status.BUSY, Status.DOCUMENT_FORMAT_NOT_SUPPORTED, Status.DOCUMENT_FORMAT_ERROR])
def test_a_refused_document_leaves_no_job_behind(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document, status: Status
) -> None:
    """A job without a document would keep the printer busy for a minute."""
    printer.next(SEND, answers(status))
    with pytest.raises(DeviceError) as raised:
        backend.submit(ticket, document)
    assert raised.value.said_by_printer is True
    assert printer.jobs[1].cancelled


def test_a_document_refused_at_its_first_bytes_is_not_sent_in_vain(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket
) -> None:
    printer.next(SEND, refuses_early(Status.DOCUMENT_FORMAT_NOT_SUPPORTED))
    with pytest.raises(FormatRefused):
        backend.submit(ticket, Document(pdf=bytes(60_000_000)))
    assert printer.jobs[1].cancelled


# -- how a job stands ---------------------------------------------------------------------------------------------


def test_a_job_is_followed_through_trouble_to_its_end(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    """The state stays "processing" while paper is missing; only the printer's reasons say so."""
    busy = JobStateNumber.PROCESSING
    printer.story = (
        Moment(busy, impressions=0),
        Moment(busy, ("media-empty-warning",), impressions=1),
        Moment(busy, ("none",), impressions=1),
        Moment(JobStateNumber.PROCESSING_STOPPED, ("media-jam-error", "cover-open-error"), ("printer-stopped",), 2),
        Moment(JobStateNumber.COMPLETED, impressions=3, sheets=2),
    )
    backend.submit(ticket, document)
    assert [backend.poll("1") for _ in printer.story] == [
        JobState("processing", (), 0, name=JOB),
        JobState("processing", ("media-empty",), 1, name=JOB),
        JobState("processing", (), 1, name=JOB),
        JobState("processing", ("media-jam", "cover-open", "paused"), 2, name=JOB),
        JobState("completed", (), 3, 2, name=JOB),
    ]
    told = trouble(("media-jam", "cover-open", "paused"))
    assert told is not None
    assert told.drawing == "jam"


@pytest.mark.parametrize("counts", [(None, None), (0, 0), (500, 1)])
def test_odd_counts_are_handed_on_as_they_are(
    printer: ScriptedPrinter,
    backend: IppBackend,
    ticket: JobTicket,
    document: Document,
    counts: tuple[int | None, int | None],
) -> None:
    """Billing uses our own count; a printer that cannot read PDF counts 0."""
    printer.story = (Moment(JobStateNumber.COMPLETED, impressions=counts[0], sheets=counts[1]),)
    backend.submit(ticket, document)
    assert backend.poll("1") == JobState("completed", (), *counts, name=JOB)


def test_a_cancelled_job_stops_slowly(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    stopping = Moment(JobStateNumber.PROCESSING, job_reasons=("processing-to-stop-point",))
    printer.cancel_story = (stopping, stopping, Moment(JobStateNumber.CANCELED, job_reasons=("job-canceled-by-user",)))
    backend.submit(ticket, document)
    backend.poll("1")
    backend.cancel("1")
    assert [backend.poll("1").state for _ in range(3)] == ["stopping", "stopping", "cancelled"]
    assert [backend.poll("1").ended, JobState("stopping").ended] == [True, False]


def test_cancelling_what_has_ended_or_is_forgotten_is_no_error(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    printer.story = (Moment(JobStateNumber.COMPLETED),)
    backend.submit(ticket, document)
    assert backend.poll("1").state == "completed"
    backend.cancel("1")
    backend.cancel("77")
    assert not printer.jobs[1].cancelled


def test_a_job_the_printer_forgot_is_gone_not_printed(backend: IppBackend) -> None:
    assert backend.poll("77") == JobState("gone")


def test_an_aborted_job_is_not_a_printed_one(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    printer.story = (Moment(JobStateNumber.ABORTED, job_reasons=("document-format-error",)),)
    backend.submit(ticket, document)
    assert backend.poll("1") == JobState("aborted", name=JOB)


def test_a_handle_of_another_back_end_is_our_own_mistake(backend: IppBackend) -> None:
    with pytest.raises(DeviceMisuse):
        backend.poll("0199c1f2")


def test_a_job_that_is_completed_is_over_whatever_else_is_said_of_it(
    printer: ScriptedPrinter, backend: IppBackend, ticket: JobTicket, document: Document
) -> None:
    """CUPS 2.4 leaves "processing-to-stop-point" with jobs that have come out."""
    printer.story = (Moment(JobStateNumber.COMPLETED, job_reasons=("processing-to-stop-point",)),)
    sent = backend.submit(ticket, document)
    assert isinstance(sent, Submitted)
    assert backend.poll(sent.handle).state == "completed"
