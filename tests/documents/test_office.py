"""Office documents: by a stand-in for LibreOffice, and by LibreOffice itself."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pypdfium2
import pytest

from akimat_desk.documents import Limits, Worker
from akimat_desk.documents.converter import find_converter
from akimat_desk.documents.errors import NotConverted
from tests.documents import files


def stand_in(folder: Path, body: str) -> str:
    """A program with the command line of soffice: `source` is the document, `target` where the PDF must come."""
    program = folder / "soffice"
    program.write_text(
        f"#!{sys.executable}\n"
        "import os, pathlib, resource, subprocess, sys, time\n"
        "source = pathlib.Path(sys.argv[-1])\n"
        "target = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1]) / (source.stem + '.pdf')\n" + body
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "өтініш.docx"
    path.write_bytes(files.docx("Құрметті әкім!"))
    return path


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """What the stand-in hands out."""
    path = tmp_path / "made.pdf"
    path.write_bytes(files.pdf(2))
    return path


def test_it_becomes_pages_that_people_are_told_to_look_at(
    session: Path, letter: Path, made: Path, tmp_path: Path
) -> None:
    program = stand_in(tmp_path, f"target.write_bytes(pathlib.Path({str(made)!r}).read_bytes())")
    with Worker(session, converter=program) as worker:
        found = worker.inspect(letter)
        assert (found.kind, found.valid, found.pages, found.reason) == ("office", True, 2, "converted")
        assert found.message.values == {"n": 2}
        assert worker.to_pdf(letter, tmp_path / "out.pdf").pages == 2
        assert list(session.glob("*/document.*")) == []


def test_no_pdf_comes_out(session: Path, letter: Path, tmp_path: Path) -> None:
    with Worker(session, converter=stand_in(tmp_path, "sys.exit(1)")) as worker:
        assert worker.inspect(letter).reason == "office-not-converted"
        with pytest.raises(NotConverted):
            worker.to_pdf(letter, tmp_path / "out.pdf")


def test_something_else_than_a_pdf_comes_out(session: Path, letter: Path, tmp_path: Path) -> None:
    program = stand_in(tmp_path, "target.write_bytes(b'no pdf')")
    with Worker(session, converter=program) as worker:
        assert worker.inspect(letter).reason == "file-damaged"


def test_it_takes_too_long_and_leaves_no_process(session: Path, letter: Path, tmp_path: Path) -> None:
    # What LibreOffice starts must end too: the session's own check for left-over processes would find the sleepers.
    program = stand_in(tmp_path, "subprocess.Popen(['sleep', '600'])\ntime.sleep(600)")
    limits = Limits(inspect_seconds=1, office_seconds=2)
    with Worker(session, limits, converter=program) as worker:
        found = worker.inspect(letter)
        assert (found.kind, found.reason) == ("office", "too-heavy")


def test_it_has_memory_of_its_own_and_no_way_to_the_network(session: Path, letter: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    program = stand_in(
        tmp_path,
        f"pathlib.Path({str(report)!r}).write_text("
        'f"{resource.getrlimit(resource.RLIMIT_AS)[0] != 800 << 20} {resource.getrlimit(resource.RLIMIT_DATA)} "'
        "f\"{os.environ['http_proxy']} {os.environ['HOME']}\")",
    )
    with Worker(session, Limits(memory_mb=800, office_memory_mb=2000), converter=program) as worker:
        worker.inspect(letter)
        (folder,) = session.iterdir()
        assert report.read_text() == f"True ({2000 << 20}, {2000 << 20}) http://127.0.0.1:9 {folder}"


def test_a_document_with_a_password_is_not_even_tried(session: Path, tmp_path: Path) -> None:
    path = tmp_path / "locked.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    with Worker(session, converter=stand_in(tmp_path, "raise SystemExit")) as worker:
        assert worker.inspect(path).reason == "office-locked"


@pytest.mark.real
def test_libreoffice_itself_and_every_kazakh_letter_in_one_face(session: Path, tmp_path: Path) -> None:
    letters = "ӘәҒғҚқҢңӨөҰұҮүҺһІі абвгд"
    path = tmp_path / "letter.docx"
    path.write_bytes(files.docx(letters, "Екінші жол"))
    assert find_converter(), "LibreOffice Writer is not installed (Debian: libreoffice-writer-nogui)"
    with Worker(session) as worker:
        found = worker.inspect(path)
        assert (found.kind, found.valid, found.pages, found.sizes_mm) == ("office", True, 1, ((210.0, 297.0),))
        worker.to_pdf(path, tmp_path / "out.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "out.pdf")
    try:
        text = document[0].get_textpage()
        assert text.get_text_range().splitlines() == [letters, "Екінші жол"]
        faces = {item.get_font().get_base_name() for item in document[0].get_objects(filter=[1])}
    finally:
        document.close()
    assert len(faces) == 1
