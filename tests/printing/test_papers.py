"""Printing's own papers: the slip a resident pays by, the test page, the test receipt."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

import pypdfium2
import pytest

from akimat_desk.base.clock import KAZAKHSTAN
from akimat_desk.base.words import LANGUAGES, Language, Translator
from akimat_desk.papers.receipt import NARROW, WIDE, Dots, Number, Receipt, Row, Text
from akimat_desk.papers.receipt_drawing import draw_picture
from akimat_desk.service import find_services
from akimat_desk.shell.opening import catalogues
from printing.papers import LETTERS, make_test_page, make_test_receipt, slip
from printing.rules import Options

from .test_ending import job_of  # type: ignore[import-not-found]

NOW = int(datetime(2026, 11, 20, 14, 5, tzinfo=KAZAKHSTAN).timestamp() * 1000)


def words(language: Language) -> Translator:
    return Translator(catalogues(find_services()), language)


def rows(receipt: Receipt) -> dict[str, str]:
    return {line.label: line.value for line in receipt.lines if isinstance(line, Row)}


def test_a_slip_says_code_pages_and_what_to_pay() -> None:
    paper = slip(job_of(Options(copies=2, sides="long"), 3), "Aqjar", words("en"), NOW)
    assert [line.text for line in paper.lines if isinstance(line, Number)] == ["4821"]
    assert rows(paper) == {"Pages": "6", "Sheets of paper": "4", "To pay": "90\u00a0₸"}
    assert [line.text for line in paper.lines if isinstance(line, Text)] == [
        "Aqjar",
        "Printing",
        "Code of the document",
        "20 Nov 2026 14:05",
    ]


def test_a_slip_of_a_stopped_job_asks_for_what_came_out() -> None:
    paper = slip(job_of(Options(), 3, (), state="stopped", printed=1), "", words("en"), NOW)
    assert rows(paper) == {"Pages": "1", "Sheets of paper": "1", "To pay": "20\u00a0₸"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dots", [WIDE, NARROW])
def test_a_slip_is_drawn_in_every_language_and_width(language: Language, dots: Dots) -> None:
    picture = draw_picture(slip(job_of(Options(), 300), "Ақжар ауылдық округі", words(language), NOW), dots)
    assert (picture.width, picture.mode) == (dots, "1")


def test_the_test_page_is_one_a4_page_with_every_kazakh_letter() -> None:
    page = make_test_page("Кеңсе принтері", words("kk"))
    with pypdfium2.PdfDocument(page) as document:
        assert len(document) == 1
        assert [round(side) for side in document[0].get_size()] == [595, 842]
        text = document[0].get_textpage().get_text_range()
    assert [letter for letter in LETTERS if letter not in text] == []
    assert "Кеңсе принтері" in text


def test_a_printers_long_name_stays_on_the_page() -> None:
    with pypdfium2.PdfDocument(BytesIO(make_test_page("Кеңсе " * 60, words("kk")))) as document:
        page = document[0].get_textpage()
        boxes = [page.get_charbox(number) for number in range(page.count_chars())]
    assert max(right for _, _, right, _ in boxes) < 595 - 15 * 72 / 25.4 + 2


def test_the_test_receipt_has_every_kazakh_letter() -> None:
    assert LETTERS in [line.text for line in make_test_receipt(words("kk")).lines if isinstance(line, Text)]
