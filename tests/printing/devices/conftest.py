"""Short patience and a document to print."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from printing.devices.backend import Document, JobTicket
from printing.devices.ipp.backend import IppBackend
from printing.devices.ipp.transport import Patience
from tests.printing.scripted_printer import (
    ScriptedPrinter,
)

JOB = "0199c1f2a3b47c5d8e6f00112233aabb"


@pytest.fixture
def printer() -> Iterator[ScriptedPrinter]:
    """An obedient printer, until told otherwise."""
    with ScriptedPrinter() as scripted:
        yield scripted


@pytest.fixture
def patience() -> Patience:
    """Long enough on a busy PC for whatever is to happen, short enough for what is not."""
    return Patience(connect=5.0, silence=5.0, total=10.0, document=5.0, accept=5.0)


@pytest.fixture
def hurried() -> Patience:
    """For tests in which the end of the patience is what is to happen."""
    return Patience(connect=0.3, silence=0.3, total=0.6, document=0.3, accept=0.3)


@pytest.fixture
def backend(printer: ScriptedPrinter, patience: Patience) -> IppBackend:
    """What the spooler holds."""
    return IppBackend(printer.uri, patience=patience)


@pytest.fixture
def ticket() -> JobTicket:
    """Two copies, both sides, black and white: what most residents choose."""
    return JobTicket(uuid=JOB, copies=2, sides="two-sided-long-edge")


@pytest.fixture
def document() -> Document:
    """A document a printer cannot judge; big enough not to fit into a socket's buffer."""
    return Document(pdf=b"%PDF-1.7\n" + b"0123456789abcdef" * 600_000)
