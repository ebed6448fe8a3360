"""Every sort of file through the worker, and what people are told of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import msgspec
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.base.words import Sentence, Translator
from akimat_desk.documents import Worker, inspection_json
from akimat_desk.documents.errors import CAUTIONS, ERRORS
from tests.documents import files

ENGLISH = Translator((), "en")


def coloured(canvas: Canvas, page: int) -> None:
    if page == 2:
        canvas.setFillColorRGB(1, 0, 0)
    if page != 3:
        canvas.drawString(72, 700, "text")


def test_the_whole_report(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(files.pdf(3, coloured))
    assert inspection_json(worker.inspect(path), ENGLISH) == {
        "file": str(path),
        "kind": "pdf",
        "valid": True,
        "reason": "",
        "message": "",
        "pages": 3,
        "colour_pages": [2],
        "blank_pages": [3],
        "encrypted": False,
        "needs_password": False,
        "printing_allowed": True,
        "repaired": False,
        "sizes_mm": [[210.0, 297.0]] * 3,
        "encoding": "",
    }


def test_it_can_be_sent_on_as_json(worker: Worker, tmp_path: Path) -> None:
    sent = msgspec.json.decode(msgspec.json.encode(worker.inspect(tmp_path / "gone.pdf")))
    assert (sent["reason"], sent["message"]["msgid"]) == ("file-gone", ERRORS["file-gone"].resident_text)


PHOTO = files.picture(Image.new("RGB", (40, 60), "red"), "JPEG")
NOISE = files.picture(Image.effect_noise((99, 99), 99), "JPEG")

FINE = {
    "a photo named as PDF": ("photo.pdf", PHOTO, "image", ""),
    "a PDF named as photo": ("scan.jpg", files.pdf(), "pdf", ""),
    "a text without a suffix": ("readme", "Сәлем".encode("kz1048"), "text", ""),
    "a text with letters nobody prints": ("chat.txt", "Сәлем 😀".encode(), "text", "letters-missing"),
    "a torn PDF": ("torn.pdf", files.pdf(20)[:-400], "pdf", "repaired"),
    "a torn photo": ("torn.jpg", NOISE[:-900], "image", "picture-cut-short"),
}


@pytest.mark.parametrize(("name", "data", "kind", "reason"), FINE.values(), ids=FINE.keys())
def test_files_that_print(worker: Worker, tmp_path: Path, name: str, data: bytes, kind: str, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    inspection = worker.inspect(tmp_path / name)
    assert (inspection.kind, inspection.valid, inspection.can_print, inspection.reason) == (kind, True, True, reason)
    assert bool(inspection.message) == bool(reason)
    assert inspection.repaired == (reason in ("repaired", "picture-cut-short"))


REFUSED = {
    "empty": (b"", "unknown", "empty"),
    "junk": (bytes(range(256)) * 40, "unknown", "unknown-kind"),
    "a program": (b"MZ" + bytes(500), "unknown", "unknown-kind"),
    "an archive": (files.package(readme_md="x"), "unknown", "unknown-kind"),
    "a web page": (b"<html><body>text", "unknown", "unknown-kind"),
    "a picture of an iPhone": (b"\0\0\0\x18ftypheic" + bytes(100), "image", "unknown-picture"),
    "a Word file here without LibreOffice": (files.docx("x"), "office", "office-needs-converter"),
    "a PDF without pages": (files.without_pages(), "pdf", "no-pages"),
    "a PDF of which only the beginning is left": (files.pdf()[:50], "pdf", "file-damaged"),
    "a page larger than any paper": (files.pdf(1, size=(400_000, 400_000)), "pdf", "page-too-large"),
    "half a picture header": (PHOTO[:14], "image", "file-damaged"),
    "text beyond the limit": (b"line of text\n" * 400_000, "text", "file-too-large"),
    "a bomb of 512 MB": (files.bomb(512), "pdf", "too-heavy"),
}


@pytest.mark.parametrize(("data", "kind", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_files_that_do_not(worker: Worker, tmp_path: Path, data: bytes, kind: str, reason: str) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    inspection = worker.inspect(path)
    assert (inspection.kind, inspection.valid, inspection.can_print, inspection.reason) == (kind, False, False, reason)
    assert inspection.message.msgid == ERRORS[reason].resident_text
    assert (inspection.pages, inspection.sizes_mm) == (0, ())


def test_a_pdf_with_a_password(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(files.locked("құпия", "owner"))
    asked = worker.inspect(path)
    assert (asked.reason, asked.encrypted, asked.needs_password) == ("password-needed", True, True)
    assert ENGLISH.say(asked.message) == "This file has a password. Type it, or bring a copy without one."
    wrong = worker.inspect(path, "guess")
    assert (wrong.reason, wrong.encrypted, wrong.needs_password) == ("password-wrong", True, True)
    right = worker.inspect(path, "құпия")
    assert (right.reason, right.encrypted, right.needs_password, right.pages) == ("", True, False, 2)
    assert [found.can_print for found in (asked, wrong, right)] == [False, False, True]


def test_a_pdf_whose_author_forbade_printing_opens_but_does_not_print(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "mine.pdf"
    path.write_bytes(files.locked("", "owner", may_print=False))
    found = worker.inspect(path)
    assert (found.valid, found.printing_allowed, found.can_print, found.reason, found.pages) == (
        True,
        False,
        False,
        "printing-forbidden",
        2,
    )


def test_a_folder_and_a_file_that_is_not_there(worker: Worker, tmp_path: Path) -> None:
    assert worker.inspect(tmp_path).reason == "not-a-file"
    assert worker.inspect(tmp_path / "gone.pdf").reason == "file-gone"


@pytest.mark.parametrize(
    "name",
    [
        "Өтініш — Құрметті.pdf".encode(),
        "شكوى.pdf".encode(),
        "📄😀.pdf".encode(),
        b"\xcf\xf0\xe8\xea\xe0\xe7.pdf",  # cp1251 from an old stick: no UTF-8
        b"a\nb'\"$(x);.pdf",
        b"-rf",
    ],
)
def test_names_in_any_script_and_in_none(worker: Worker, tmp_path: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_bytes(files.pdf(2))
    report = inspection_json(worker.inspect(path), ENGLISH)
    assert (report["pages"], report["valid"]) == (2, True)
    assert json.loads(json.dumps(report, ensure_ascii=False).encode("utf-8")) == report
    assert str(report["file"]).startswith(str(tmp_path))


def test_a_relative_path_is_that_of_the_caller(worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here.pdf").write_bytes(files.pdf(1))
    monkeypatch.chdir(tmp_path)
    found = worker.inspect(Path("here.pdf"))
    assert (found.file, found.pages) == ("here.pdf", 1)


def test_a_file_saved_again_is_read_again(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(files.pdf(1))
    assert worker.inspect(path).pages == 1
    path.write_bytes(files.pdf(2))
    assert worker.inspect(path).pages == 2


def test_a_stick_pulled_out_after_reading_does_no_harm(worker: Worker, tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(files.pdf(3))
    assert worker.inspect(path).pages == 3
    path.unlink()
    assert worker.preview(path, 3, 100)[:4] == b"\x89PNG"
    assert worker.to_pdf(path, tmp_path / "out.pdf").pages == 3


def test_every_reason_has_a_sentence_and_only_one() -> None:
    assert not set(ERRORS) & set(CAUTIONS)
    assert all(type(error(page=1, pages=1, limit=1).for_resident) is Sentence for error in ERRORS.values())
    texts = [error.resident_text for error in ERRORS.values()] + list(CAUTIONS.values())
    assert len(texts) == len(set(texts))


def test_library_words_stay_with_the_library() -> None:
    texts = [error.resident_text for error in ERRORS.values()] + list(CAUTIONS.values())
    for word in ("Success", "PDFium", "qpdf", "Pillow", "Error", "cannot identify", "xref", "None"):
        assert not [text for text in texts if word in text]
