"""`akimat-desk print send` as a program, to a real IPP printer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from akimat_desk.shell.command_line import LANGUAGE_VARIABLE
from tests.documents.files import pdf
from tests.printing.decoders import decode_pwg
from tests.system.printers import RealPrinter, real_printer

pytestmark = pytest.mark.real


def send(*arguments: object) -> tuple[int, dict[str, object], str]:
    """Exit code, what it says as JSON, standard error."""
    call = [sys.executable, "-m", "akimat_desk.shell.command_line", "print", "send", *map(str, arguments), "--json"]
    environment = {**os.environ, LANGUAGE_VARIABLE: "en"}
    done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout), done.stderr


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "өтініш.pdf"
    file.write_bytes(pdf(5))
    return file


def test_chosen_pages_two_copies_both_sides(office: RealPrinter, letter: Path) -> None:
    code, told, err = send(
        letter, "--printer", office.uri, "--pages", "1-2,5", "--copies", 2, "--sides", "two-sided-long-edge", "--wait"
    )
    assert (code, err) == (0, "")
    assert (told["state"], told["pages"], told["sheets"]) == ("completed", 6, 4)
    (job,) = office.printed
    assert (job.attributes["IPP_COPIES"], job.attributes["IPP_SIDES"]) == ("2", "two-sided-long-edge")
    assert "өтініш" not in "".join(job.attributes.values())  # the printer is not told the document's name
    with pypdfium2.PdfDocument(job.document) as paper:
        assert [page.get_textpage().get_text_range() for page in paper] == ["Page 1", "Page 2", "Page 5"]


def test_a_printer_that_takes_no_pdf(dns_sd_environment: dict[str, str], tmp_path: Path, letter: Path) -> None:
    folder = tmp_path / "printer"
    folder.mkdir()
    with real_printer(folder, dns_sd_environment, formats=("image/pwg-raster",)) as printer:
        code, told, _ = send(letter, "--printer", printer.uri.removesuffix("/ipp/print"), "--pages", "2", "--wait")
        assert (code, told["state"], told["pages"]) == (0, "completed", 1)
        (page,) = decode_pwg(printer.printed[0].document)
    assert (page.width, page.height, page.dpi) == (2480, 3508, 300)


def test_a_printer_that_is_switched_off(office: RealPrinter, letter: Path) -> None:
    office.process.terminate()
    office.process.wait()
    code, told, err = send(letter, "--printer", office.uri)
    assert (code, told["error"]["code"], err) == (1, "printer-not-reached", "")  # type: ignore[index]
