"""A raw port: the document goes as it is, what cannot be promised is refused, what broke off is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from printing.devices.backend import Bitmap, Document, JobState, JobTicket, PageSize, Submitted, Unknown
from printing.devices.errors import AddressRefused, DeviceUnavailable, NotReached, OptionsRefused
from printing.devices.opening import open_backend
from printing.devices.raw import RawBackend
from tests.printing.receipt_sink import ReceiptSink

JOB = "0199c1f2a3b47c5d8e6f00112233aabb"
LEAVE = b"\x1b%-12345X"


@pytest.fixture
def sink() -> Iterator[ReceiptSink]:
    with ReceiptSink() as sink:
        yield sink


def backend(sink: ReceiptSink, kind: str = "pdf") -> RawBackend:
    return RawBackend.at(sink.uri.replace("socket:", "raw:") + f"/{kind}")


def white(size: PageSize) -> Iterator[Bitmap]:
    yield Bitmap(size.width, size.height, size.width, "grey8", b"\xff" * size.width * size.height)


def test_a_pdf_goes_as_it_is_once_for_each_copy(sink: ReceiptSink, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"%PDF file")
    printer = backend(sink)
    begun: list[str] = []
    assert printer.submit(JobTicket(uuid=JOB, copies=2), Document(pdf=b"%PDF"), created=begun.append) == Submitted(JOB)
    assert printer.submit(JobTicket(uuid=JOB), Document(pdf=file)) == Submitted(JOB)
    assert sink.kept == [LEAVE + b"%PDF" + LEAVE + b"%PDF" + LEAVE, LEAVE + b"%PDF file" + LEAVE]
    assert begun == [JOB]
    assert (printer.poll(JOB), printer.find(JOB)) == (JobState("sent"), None)


def test_pages_are_drawn_grey_for_one_that_takes_raster(sink: ReceiptSink) -> None:
    backend(sink, "pwg").submit(JobTicket(uuid=JOB), Document(pdf=b"", bitmaps=white))
    assert sink.kept[0].startswith(LEAVE + b"RaS2PwgRaster")


def test_pages_are_drawn_on_the_sheet_that_staff_say_lies_in_it(sink: ReceiptSink) -> None:
    backend(sink, "pwg").submit(
        JobTicket(uuid=JOB, media="iso_a3_297x420mm"), Document(pdf=b"", bitmaps=white)
    )  # fmt: skip
    assert b"iso_a3_297x420mm" in sink.kept[0][:2000]


def test_it_can_say_only_that_it_is_there(sink: ReceiptSink) -> None:
    able = backend(sink).probe()
    assert (able.colour, able.sides, able.formats, able.state) == (
        False,
        ("one-sided",),
        ("application/pdf",),
        "unknown",
    )


@pytest.mark.parametrize(
    ("ticket", "refused"),
    [
        (JobTicket(uuid=JOB, colour=True, sides="two-sided-long-edge"), ("print-color-mode", "sides")),
        (JobTicket(uuid=JOB, media="na_letter_8.5x11in", page_ranges=((1, 2),)), ("media", "page-ranges")),
    ],
)
def test_what_cannot_be_promised_is_refused(ticket: JobTicket, refused: tuple[str, ...]) -> None:
    printer = RawBackend("192.0.2.1", 9100, "pdf")
    with pytest.raises(OptionsRefused) as why:
        printer.submit(ticket, Document(pdf=b""))
    assert why.value.options == refused


def test_a_document_that_breaks_in_the_middle_is_unknown(sink: ReceiptSink) -> None:
    def draw(size: PageSize) -> Iterator[Bitmap]:
        yield from white(size)
        raise DeviceUnavailable

    sent = backend(sink, "pwg").submit(JobTicket(uuid=JOB), Document(pdf=b"", bitmaps=draw))
    assert sent == Unknown(may_have_printed=True)


def test_nobody_there_took_nothing() -> None:
    with ReceiptSink() as gone:
        uri = gone.uri
    printer = RawBackend.at(uri.replace("socket:", "raw:") + "/pdf")
    with pytest.raises(NotReached):
        printer.submit(JobTicket(uuid=JOB), Document(pdf=b"%PDF"))
    with pytest.raises(NotReached):
        printer.probe()


@pytest.mark.parametrize("uri", ["raw://host", "raw://host/ps", "raw:///pdf", "raw://user@host/pdf", "raw://h:x/pdf"])
def test_other_addresses_are_refused(uri: str) -> None:
    with pytest.raises(AddressRefused):
        open_backend(uri)
