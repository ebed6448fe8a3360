"""A folder as a printer: whole papers or none, and the same paper only once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from akimat_desk.base.threads import BlocksScreen, screen_thread
from printing.devices.backend import Document, JobState, JobTicket, PrinterJob, Submitted
from printing.devices.errors import AddressRefused, DeviceMisuse, PrinterOffline
from printing.devices.folder import FolderBackend
from printing.devices.ipp.backend import IppBackend
from printing.devices.ipp.plan import plan
from printing.devices.opening import open_backend

JOB = "0199c1f2a3b47c5d8e6f00112233aabb"


@pytest.fixture
def prints(tmp_path: Path) -> Path:
    folder = tmp_path / "басып шығару"
    folder.mkdir()
    return folder


def test_a_job_becomes_a_pdf_with_its_ticket(prints: Path, ticket: JobTicket) -> None:
    backend = open_backend(prints.as_uri().replace("file://", "folder://"))
    handles: list[str] = []
    assert backend.submit(ticket, Document(pdf=b"%PDF-1.7"), created=handles.append) == Submitted(JOB)
    assert handles == [JOB]
    assert sorted(file.name for file in prints.iterdir()) == [f"{JOB}.json", f"{JOB}.pdf"]
    assert (prints / f"{JOB}.pdf").read_bytes() == b"%PDF-1.7"
    assert json.loads((prints / f"{JOB}.json").read_text()) == {
        "uuid": JOB,
        "copies": 2,
        "sides": "two-sided-long-edge",
        "colour": False,
        "media": "iso_a4_210x297mm",
        "page_ranges": [],
        "quality": "normal",
        "true_size": False,
    }
    assert backend.find(JOB) == PrinterJob(JOB, "completed", True)
    assert backend.poll(JOB) == JobState("completed")
    backend.cancel(JOB)


def test_the_same_job_twice_is_one_paper(prints: Path, ticket: JobTicket, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(b"%PDF first")
    backend = FolderBackend(prints)
    backend.submit(ticket, Document(pdf=file))
    backend.submit(ticket, Document(pdf=b"%PDF second"))
    assert (prints / f"{JOB}.pdf").read_bytes() == b"%PDF first"


def test_a_paper_somebody_took_is_gone(prints: Path, ticket: JobTicket) -> None:
    backend = FolderBackend(prints)
    backend.submit(ticket, Document(pdf=b"%PDF"))
    (prints / f"{JOB}.pdf").unlink()
    assert backend.poll(JOB) == JobState("gone")
    assert backend.find(JOB) is None


def test_everything_can_be_printed_into_a_folder(prints: Path, ticket: JobTicket) -> None:
    backend = FolderBackend(prints)
    backend.validate(ticket)
    assert plan(backend.probe(), ticket).document_format == "application/pdf"


def test_a_stick_that_was_pulled_is_a_printer_that_is_off(prints: Path, ticket: JobTicket) -> None:
    prints.rmdir()
    backend = FolderBackend(prints)
    with pytest.raises(PrinterOffline):
        backend.probe()
    with pytest.raises(PrinterOffline):
        backend.submit(ticket, Document(pdf=b"%PDF"))
    with pytest.raises(PrinterOffline):
        backend.poll(JOB)


def test_a_full_disk_leaves_no_half_paper(prints: Path, ticket: JobTicket, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    backend = FolderBackend(prints)
    with pytest.raises(PrinterOffline):
        backend.submit(ticket, Document(pdf=b"%PDF"))
    monkeypatch.undo()
    assert backend.find(JOB) is None
    assert list(prints.iterdir()) == []


@pytest.mark.parametrize("uuid", ["../escape", "a/b", "", "C:", ".hidden", "x" * 65])
def test_a_job_cannot_name_another_place(prints: Path, uuid: str) -> None:
    with pytest.raises(DeviceMisuse):
        FolderBackend(prints).submit(JobTicket(uuid=uuid), Document(pdf=b"%PDF"))


def test_no_file_is_written_on_the_screens_thread(prints: Path, ticket: JobTicket) -> None:
    with screen_thread(), pytest.raises(BlocksScreen):
        FolderBackend(prints).submit(ticket, Document(pdf=b"%PDF"))


@pytest.mark.parametrize(
    "uri", ["folder://server/share", "folder:prints", "lpd://printer/", "printer", "", "folder://"]
)
def test_addresses_of_no_back_end_are_refused(uri: str) -> None:
    with pytest.raises(AddressRefused):
        open_backend(uri)


@pytest.mark.parametrize("scheme", ["ipp", "ipps", "http", "https"])
def test_printers_by_ipp_are_opened_by_their_address(scheme: str) -> None:
    assert isinstance(open_backend(f"{scheme}://printer.local/ipp/print"), IppBackend)
