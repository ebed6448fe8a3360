"""Printing on a real IPP printer: what is asked for is what it was told, and what comes out is what went in."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat
from reportlab.pdfgen.canvas import Canvas

from printing.devices.addresses import probe_typed
from printing.devices.backend import Bitmap, Document, JobState, JobTicket, PageSize, PrinterJob, Submitted, Unknown
from printing.devices.discovery import FoundPrinter, discover
from printing.devices.errors import FormatRefused, NotReached, OptionsRefused, OtherPrinter, PrinterBusy
from printing.devices.ipp.backend import IppBackend
from printing.devices.ipp.codec import Tag, attribute
from tests.system.printers import RealPrinter, real_printer

pytestmark = pytest.mark.real

JOB = "0199c1f2a3b47c5d8e6f00112233aabb"
RASTER_TO_PDF = Path("/usr/lib/cups/filter/rastertopdf")
"""From the Debian package cups-filters: somebody else's reader of PWG raster."""


@pytest.fixture
def backend(office: RealPrinter) -> IppBackend:
    return IppBackend(office.uri)


@pytest.fixture
def paper() -> Document:
    """Three pages A4 with a coloured bar; its pages are drawn by pdfium where bitmaps are asked for."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595.276, 841.89))
    for number in range(1, 4):
        canvas.setFont("Helvetica", 40)
        canvas.drawString(72, 700, f"Page {number}")
        canvas.setFillColorRGB(0.8, 0.1, 0.1)
        canvas.rect(72, 100 * number, 300, 60, fill=1)
        canvas.showPage()
    canvas.save()
    pdf = stream.getvalue()
    return Document(pdf=pdf, bitmaps=lambda size: drawn(pdf, size))


def drawn(pdf: bytes, size: PageSize) -> Iterator[Bitmap]:
    for image in images(pdf, size.dpi, "RGB" if size.mode == "rgb24" else "L"):
        assert image.size == (size.width, size.height)
        yield Bitmap(size.width, size.height, len(image.tobytes()) // size.height, size.mode, image.tobytes())


def images(pdf: bytes, dpi: int, mode: str) -> list[Image.Image]:
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as document:
        width, height = round(21000 * dpi / 2540), round(29700 * dpi / 2540)
        assert [[round(side) for side in page.get_size()] for page in document] == [[595, 842]] * len(document)
        return [page.render(scale=dpi / 72).to_pil().convert(mode).resize((width, height)) for page in document]


def followed(
    backend: IppBackend, handle: str, ends: Callable[[JobState], bool] = lambda state: state.ended
) -> JobState:
    """How the job stands once `ends` says so; the test's own time limit ends an endless wait."""
    while not ends(state := backend.poll(handle)):
        time.sleep(0.02)
    return state


def handed_over(backend: IppBackend, ticket: JobTicket, paper: Document) -> str:
    end = backend.submit(ticket, paper)
    assert isinstance(end, Submitted)
    return end.handle


def test_a_pdf_is_printed_as_it_was_paid(office: RealPrinter, backend: IppBackend, paper: Document) -> None:
    ticket = JobTicket(uuid=JOB, copies=2, sides="two-sided-long-edge", page_ranges=((1, 2),), quality="high")
    backend.validate(ticket)
    assert followed(backend, handed_over(backend, ticket, paper)).state == "completed"
    (job,) = office.printed
    assert job.document == paper.pdf
    wanted = {
        "IPP_JOB_NAME": JOB,
        "IPP_JOB_ORIGINATING_USER_NAME": "akimat-desk",
        "IPP_DOCUMENT_FORMAT_SUPPLIED": "application/pdf",
        "IPP_COPIES": "2",
        "IPP_SIDES": "two-sided-long-edge",
        "IPP_PRINT_COLOR_MODE": "monochrome",
        "IPP_MEDIA": "iso_a4_210x297mm",
        "IPP_PAGE_RANGES": "1-2",
        "IPP_PRINT_QUALITY": "high",
    }
    assert {name: job.attributes.get(name) for name in wanted} == wanted
    assert job.attributes["IPP_MEDIA_DEFAULT"] == "na_letter_8.5x11in"  # what we would have got


def test_colour_that_was_paid_is_colour(office: RealPrinter, backend: IppBackend, paper: Document) -> None:
    followed(backend, handed_over(backend, JobTicket(uuid=JOB, colour=True), paper))
    assert office.printed[0].attributes["IPP_PRINT_COLOR_MODE"] == "color"


@pytest.fixture
def raster_only(dns_sd_environment: dict[str, str], tmp_path: Path) -> Iterator[RealPrinter]:
    with real_printer(tmp_path, dns_sd_environment, formats=("image/pwg-raster",)) as printer:
        yield printer


@pytest.mark.parametrize("colour", [False, True])
def test_a_raster_only_printer_prints_what_the_pdf_shows(
    raster_only: RealPrinter, paper: Document, tmp_path: Path, colour: bool
) -> None:
    """Read back by the raster filter of OpenPrinting, and compared with the PDF drawn anew."""
    backend = IppBackend(raster_only.uri)
    ticket = JobTicket(uuid=JOB, colour=colour)
    assert followed(backend, handed_over(backend, ticket, paper)).state == "completed"
    (job,) = raster_only.printed
    assert job.attributes["IPP_DOCUMENT_FORMAT_SUPPLIED"] == "image/pwg-raster"

    if not RASTER_TO_PDF.exists():
        told = "reading the raster back wants cups-filters"
        pytest.fail(told) if "CI" in os.environ else pytest.skip(told)
    file = tmp_path / "job.pwg"
    file.write_bytes(job.document)
    call = [RASTER_TO_PDF, "1", "akimat-desk", "job", "1", "", file]
    environment = {**os.environ, "CONTENT_TYPE": "image/pwg-raster", "FINAL_CONTENT_TYPE": "application/pdf"}
    done = subprocess.run(call, capture_output=True, check=True, env=environment)
    assert isinstance(paper.pdf, bytes)
    mode = "RGB" if colour else "L"
    printed, wanted = images(done.stdout, 100, mode), images(paper.pdf, 100, mode)
    assert len(printed) == len(wanted) == 3
    for one, two in zip(printed, wanted, strict=True):
        assert max(ImageStat.Stat(ImageChops.difference(one, two)).mean) < 2  # of 255


def test_a_raster_only_printer_refuses_pdf(raster_only: RealPrinter, paper: Document) -> None:
    """Staff chose the wrong format by hand. It answers 0x040b and names document-format."""
    backend = IppBackend(raster_only.uri, document_format="application/pdf")
    with pytest.raises(FormatRefused):
        backend.validate(JobTicket(uuid=JOB))
    with pytest.raises(FormatRefused):
        backend.submit(JobTicket(uuid=JOB), paper)
    assert IppBackend(raster_only.uri).submit(JobTicket(uuid="next"), paper) == Submitted("2")


def test_paper_it_does_not_have_is_refused_by_name(office: RealPrinter, backend: IppBackend) -> None:
    faithful = attribute("ipp-attribute-fidelity", Tag.BOOLEAN, True)
    with pytest.raises(OptionsRefused) as refused:
        backend.client.validate_job([faithful], [attribute("media", Tag.KEYWORD, "iso_a0_841x1189mm")])
    assert refused.value.options == ("media",)
    with pytest.raises(OptionsRefused) as refused:
        backend.validate(JobTicket(uuid=JOB, media="iso_a0_841x1189mm", copies=5000))
    assert refused.value.options == ("copies", "media")


def test_a_busy_printer_says_so_and_takes_the_job_later(
    office: RealPrinter, backend: IppBackend, paper: Document
) -> None:
    office.hold()
    first = handed_over(backend, JobTicket(uuid="first"), paper)
    followed(backend, first, lambda state: state.state == "processing")
    with pytest.raises(PrinterBusy):
        backend.submit(JobTicket(uuid="second"), paper)
    office.go_on()
    assert followed(backend, first).state == "completed"
    followed(backend, handed_over(backend, JobTicket(uuid="second"), paper))
    assert [job.attributes["IPP_JOB_NAME"] for job in office.printed] == ["first", "second"]


def test_a_job_is_cancelled_while_it_prints(office: RealPrinter, backend: IppBackend, paper: Document) -> None:
    office.hold()
    handle = handed_over(backend, JobTicket(uuid=JOB), paper)
    followed(backend, handle, lambda state: state.state == "processing")
    backend.cancel(handle)
    assert backend.poll(handle).state in {"stopping", "cancelled"}
    office.go_on()
    assert followed(backend, handle).state == "cancelled"
    backend.cancel(handle)
    assert backend.poll(handle).state == "cancelled"


def test_our_job_is_found_by_its_name_while_it_prints_and_after(
    office: RealPrinter, backend: IppBackend, paper: Document
) -> None:
    office.hold()
    handle = handed_over(backend, JobTicket(uuid=JOB), paper)
    followed(backend, handle, lambda state: state.state == "processing")
    assert backend.find(JOB) == PrinterJob(handle, "processing", None)
    assert backend.find("another") is None
    office.go_on()
    followed(backend, handle)
    assert backend.find(JOB) == PrinterJob(handle, "completed", True)


def test_a_name_in_kazakh_is_kept(office: RealPrinter, backend: IppBackend, paper: Document) -> None:
    handle = handed_over(backend, JobTicket(uuid="Өтініш: қаңтар, һәм ұлы іс № 1"), paper)
    followed(backend, handle)
    assert backend.find("Өтініш: қаңтар, һәм ұлы іс № 1") == PrinterJob(handle, "completed", True)


def test_missing_paper_is_seen_though_the_job_stays_processing(
    office: RealPrinter, backend: IppBackend, paper: Document
) -> None:
    office.says("STATE: +media-empty-warning")
    office.hold()
    handle = handed_over(backend, JobTicket(uuid=JOB), paper)
    state = followed(backend, handle, lambda state: bool(state.reasons))
    assert state == JobState("processing", ("media-empty",), 0, name=JOB)
    assert backend.probe().reasons == ("media-empty",)
    office.go_on()
    followed(backend, handle)


def test_the_printers_own_count_is_not_to_be_trusted(office: RealPrinter, backend: IppBackend, paper: Document) -> None:
    """Three pages came out: it does not read PDF and says 0, unless its program counts for it."""
    assert followed(backend, handed_over(backend, JobTicket(uuid="a"), paper)) == JobState("completed", (), 0, name="a")
    office.says("ATTR: job-impressions-completed=3")
    assert followed(backend, handed_over(backend, JobTicket(uuid="b"), paper)) == JobState("completed", (), 3, name="b")


def test_a_printer_whose_plug_is_pulled_is_not_there(office: RealPrinter, backend: IppBackend, paper: Document) -> None:
    office.hold()
    handle = handed_over(backend, JobTicket(uuid=JOB), paper)
    office.wait_until_it_prints()
    office.process.kill()
    office.process.wait()
    for step in (lambda: backend.poll(handle), lambda: backend.find(JOB), lambda: backend.cancel(handle)):
        with pytest.raises(NotReached):
            step()


class CuttingRelay:
    """Stands between us and the printer, and cuts the answer of the `nth` request."""

    def __init__(self, printer: RealPrinter, nth: int) -> None:
        self._target = int(printer.uri.split(":")[2].split("/")[0])
        self._nth = nth
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.uri = f"ipp://127.0.0.1:{self._listener.getsockname()[1]}/ipp/print"
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> CuttingRelay:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        number = 0
        while True:
            try:
                ours, _ = self._listener.accept()
            except OSError:
                return
            number += 1
            with ours, socket.create_connection(("127.0.0.1", self._target)) as theirs:
                there = threading.Thread(target=self._pass_on, args=(ours, theirs))
                there.start()
                answer = theirs.recv(65536)
                if number == self._nth:
                    ours.shutdown(socket.SHUT_RDWR)
                while answer and number != self._nth:
                    ours.sendall(answer)
                    answer = theirs.recv(65536)
                there.join()

    def _pass_on(self, ours: socket.socket, theirs: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := ours.recv(65536):
                theirs.sendall(piece)
            theirs.shutdown(socket.SHUT_WR)


def test_a_lost_reply_to_the_document_prints_once(office: RealPrinter, backend: IppBackend, paper: Document) -> None:
    """Requests through the relay: attributes, Create-Job, Send-Document."""
    with CuttingRelay(office, nth=3) as relay:
        assert IppBackend(relay.uri).submit(JobTicket(uuid=JOB), paper) == Unknown(may_have_printed=True, handle="1")
    found = backend.find(JOB)
    assert found is not None
    assert found.has_document is not False
    assert followed(backend, found.handle).state == "completed"
    assert [job.attributes["IPP_JOB_NAME"] for job in office.printed] == [JOB]


def test_a_lost_reply_to_the_job_leaves_an_empty_job_to_cancel(
    office: RealPrinter, backend: IppBackend, paper: Document
) -> None:
    """Left alone it keeps the printer busy for a minute."""
    with CuttingRelay(office, nth=2) as relay:
        assert IppBackend(relay.uri).submit(JobTicket(uuid=JOB), paper) == Unknown(may_have_printed=False)
    assert backend.find(JOB) == PrinterJob("1", "pending", False)
    with pytest.raises(PrinterBusy):
        backend.submit(JobTicket(uuid=JOB), paper)
    backend.cancel("1")
    assert followed(backend, handed_over(backend, JobTicket(uuid=JOB), paper)).state == "completed"
    assert len(office.printed) == 1


def test_it_prints_over_an_encrypted_connection_and_is_known_again(office: RealPrinter, paper: Document) -> None:
    uri = office.uri.replace("ipp://", "ipps://")
    pin = IppBackend(uri).probe().fingerprint
    backend = IppBackend(uri, pin=pin)
    assert followed(backend, handed_over(backend, JobTicket(uuid=JOB), paper)).state == "completed"
    assert office.printed[0].document == paper.pdf
    with pytest.raises(OtherPrinter):
        IppBackend(uri, pin="0" * 64).submit(JobTicket(uuid="x"), paper)


def test_a_typed_address_is_enough(office: RealPrinter) -> None:
    port = office.uri.split(":")[2].split("/")[0]
    uri, found = probe_typed(f"localhost:{port}")
    assert uri == f"ipp://localhost:{port}/ipp/print"
    assert (found.name, found.model, found.colour, found.state) == (office.name, "Example Printer", True, "idle")
    assert found.sides == ("one-sided", "two-sided-long-edge", "two-sided-short-edge")
    assert [(supply.name, supply.percent) for supply in found.supplies][:2] == [
        ("Ink Waste Tank", 25),
        ("Black Ink", 75),
    ]


def search(wanted: Callable[[list[FoundPrinter]], bool]) -> list[FoundPrinter]:
    """Ask the network until `wanted` is there."""
    stop = threading.Event()
    return discover(20.0, stop=stop, progress=lambda found: stop.set() if wanted(found) else None)


def test_announced_printers_are_found_and_others_are_not(
    dns_sd_environment: dict[str, str], office: RealPrinter, tmp_path: Path
) -> None:
    for folder in ("hall", "quiet"):
        (tmp_path / folder).mkdir()
    hall = real_printer(tmp_path / "hall", dns_sd_environment, name="Холл", options=("-l", "1-қабат"))
    quiet = real_printer(tmp_path / "quiet", dns_sd_environment, name="Үнсіз", announced=False)
    with hall as printer, quiet as silent:
        both = {office.name, printer.name}
        found = search(lambda found: both <= {each.name for each in found if each.plain_uri})
        assert silent.name not in {each.name for each in found}
        one = next(each for each in found if each.name == printer.name)
        port = printer.uri.split(":")[2]
        assert (one.uri, one.plain_uri) == (f"ipps://127.0.0.1:{port}", f"ipp://127.0.0.1:{port}")
        assert (one.colour, one.duplex, one.location, one.model) == (True, False, "1-қабат", "Example Printer")
        assert one.formats == ("application/pdf", "image/pwg-raster")
        assert IppBackend(one.uri).probe().uuid == one.uuid
