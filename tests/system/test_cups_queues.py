"""A printer behind CUPS: found, printed on, and told to be away where CUPS itself says so in words alone."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from printing.devices.backend import Document, JobTicket, Submitted
from printing.devices.finding import cups_printers
from printing.devices.opening import open_backend
from tests.system.cups import EVERYWHERE, NEEDS, cups
from tests.system.printers import RealPrinter, demand

JOB = "0199c1f2a3b47c5d8e6f00112233aabb"
LIMIT_S = 30


@pytest.fixture
def page() -> Document:
    """One page A4."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595.276, 841.89))
    canvas.drawString(72, 700, "one page")
    canvas.showPage()
    canvas.save()
    return Document(pdf=stream.getvalue())


@pytest.mark.real
def test_a_queue_is_found_prints_and_tells_when_its_printer_is_away(
    tmp_path: Path, office: RealPrinter, dns_sd_environment: dict[str, str], page: Document
) -> None:
    demand(NEEDS)
    (tmp_path / "cups").mkdir()
    with cups(tmp_path / "cups", {"kense": ("-v", office.uri, *EVERYWHERE)}, dns_sd_environment) as server:
        (queue,) = cups_printers(server.uri)
        assert (queue.name, queue.uri) == ("kense", f"{server.uri}printers/kense")
        printer = open_backend(queue.uri)
        sent = printer.submit(JobTicket(uuid=JOB), page)
        assert isinstance(sent, Submitted)
        assert printer.poll(sent.handle).name == JOB
        until = time.monotonic() + LIMIT_S
        while not printer.poll(sent.handle).ended and time.monotonic() < until:
            time.sleep(0.05)
        told = (tmp_path / "cups" / "error.log").read_text()
        assert (printer.poll(sent.handle).state, len(office.printed)) == ("completed", 1), told

        office.process.kill()
        office.process.wait()
        lost = printer.submit(JobTicket(uuid=JOB), page)
        assert isinstance(lost, Submitted)
        until = time.monotonic() + LIMIT_S
        while "offline" not in printer.poll(lost.handle).reasons and time.monotonic() < until:
            time.sleep(0.1)
        assert printer.poll(lost.handle).reasons == ("offline",)
