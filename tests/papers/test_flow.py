"""Pieces of a document's body."""

from __future__ import annotations

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from akimat_desk.base.words import Translator
from akimat_desk.papers.flow import (
    Column,
    facts,
    numbered,
    paragraph,
    section,
    side_by_side,
    signatures,
    table,
    title,
    together,
    under_title,
)
from akimat_desk.papers.pdf import Frame, make_pdf

ENGLISH = Translator((), "en")


def lines(*pieces: object) -> list[str]:
    body = [flowable for piece in pieces for flowable in piece]  # type: ignore[attr-defined]
    with pypdfium2.PdfDocument(make_pdf(Frame("Paper"), body, ENGLISH)) as document:
        read = [page.get_textpage().get_text_range().split("\r\n") for page in document]
    return [line.strip() for page in read for line in page if line and not line.startswith(("Page ", "Paper"))]


def test_a_title_is_in_capitals_also_in_kazakh() -> None:
    assert lines(title("Жеке қабылдау хаттамасы, әңгіме, үй, һәм")) == ["ЖЕКЕ ҚАБЫЛДАУ ХАТТАМАСЫ, ӘҢГІМЕ, ҮЙ, ҺӘМ"]


def test_date_number_and_place_in_one_line() -> None:
    assert lines(under_title("20.11.2026", "№ 11-04", "Ақжар ауылы")) == ["20.11.2026 № 11-04 Ақжар ауылы"]


def test_facts_and_steps() -> None:
    assert lines(facts([("Мекенжайы", "Ақжар ауылы")]), numbered(["Бірінші", "Екінші"])) == [
        "Мекенжайы Ақжар ауылы",
        "1. Бірінші",
        "2. Екінші",
    ]
    assert lines(facts([]), numbered([]), signatures("Қолдары", [])) == []


@pytest.mark.parametrize("typed", ["<b>жуан</b>", "a & b < c", "</para>", "&nbsp;", '<img src="x"/>'])
def test_what_a_person_typed_is_never_markup(typed: str) -> None:
    assert lines(paragraph(typed)) == [typed]
    assert lines(table([Column("Не")], [[typed]])) == ["Не", typed]


def test_a_table_repeats_its_head_on_each_page_and_keeps_every_row() -> None:
    rows = [[f"№{number}", f"{number}-жазба", f"{number}000₸"] for number in range(1, 61)]
    columns = [Column("Нөмірі", 20), Column("Не"), Column("Сома", 30, bold=True, right=True)]
    read = " ".join(lines(table(columns, rows))).split()
    assert [word for word in read if word in {"Нөмірі", "Не", "Сома"}] == ["Нөмірі", "Не", "Сома"] * 3
    assert [word for word in read if word not in {"Нөмірі", "Не", "Сома"}] == [cell for row in rows for cell in row]


def test_a_dense_table_takes_less_room() -> None:
    rows = [[f"{number}-жазба"] for number in range(60)]
    assert " ".join(lines(table([Column("Не")], rows, dense=True))).split().count("Не") == 2


def test_a_cell_longer_than_a_page_goes_on_in_the_next() -> None:
    read = lines(table([Column("Не")], [["сөз " * 2000]]))
    assert sum(line.split().count("сөз") for line in read) == 2000


def test_signatures_stay_together_on_a_page() -> None:
    signed = signatures("Қолдары", [("Қабылдаған", "С. Жұмабеков"), ("Өтініш иесі", "Б. Ерғалиева")])
    for length in range(600, 800, 25):
        body = [*paragraph("Мәтін. " * length), *signed]
        with pypdfium2.PdfDocument(make_pdf(Frame("Paper"), body, ENGLISH)) as document:
            texts = [page.get_textpage().get_text_range() for page in document]
        found = [[word in text for word in ("Қолдары", "Жұмабеков", "Ерғалиева")] for text in texts]
        assert [row for row in found if any(row)] == [[True, True, True]]


def test_a_heading_is_not_the_last_line_of_a_page() -> None:
    for length in range(600, 800, 10):
        body = [*paragraph("Мәтін. " * length), *section("Тапсырмалар"), *paragraph("Көпірді тексеру"), *paragraph("x")]
        with pypdfium2.PdfDocument(make_pdf(Frame("Paper"), body, ENGLISH)) as document:
            texts = [page.get_textpage().get_text_range() for page in document]
        assert [("Көпірді" in text) for text in texts if "Тапсырмалар" in text] == [True]


def test_what_is_kept_together_twice_begins_no_new_page() -> None:
    body = [
        *paragraph("Мәтін."),
        *together(*paragraph("Кесте"), *signatures("Қолдары", [("Қабылдаған", "С. Жұмабеков")])),
    ]
    assert len(pypdfium2.PdfDocument(make_pdf(Frame("Paper"), body, ENGLISH))) == 1


def test_a_long_double_surname_is_broken_at_its_hyphen() -> None:
    said = " ".join(lines(signatures("", [("Өтініш иесі", "Н. Әбдірахманқызы-Құдайбергенова")])))
    assert "Әбдірахманқызы" in said
    assert "Құдайбергенова" in said


def test_two_languages_side_by_side() -> None:
    assert lines(side_by_side(paragraph("Қазақша"), paragraph("По-русски"))) == ["Қазақша По-русски"]


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_whatever_is_typed_a_paper_comes_out(text: str) -> None:
    body = [*title(text), *section(text), *paragraph(text), *facts([(text, text)]), *table([Column(text)], [[text]])]
    assert make_pdf(Frame(text, running=text), body, ENGLISH).startswith(b"%PDF")
