"""Plain text as pages."""

from __future__ import annotations

import pypdfium2
import pytest

from akimat_desk.documents.errors import TooManyPages
from akimat_desk.documents.typeset import typeset

LETTERS = "ӘәҒғҚқҢңӨөҰұҮүҺһІі абвгдеёжзийклмнопрстуфхцчшщъыьэюя №₸«»—…"


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def test_every_letter_is_there_and_can_be_copied_out_again() -> None:
    made = typeset(LETTERS, 1)
    assert made.missing == 0
    assert pages_of(made.pdf) == [LETTERS]


def test_letters_without_a_glyph_are_counted_and_marked() -> None:
    made = typeset("Сәлем 😀 日本", 1)
    assert made.missing == 3
    assert pages_of(made.pdf) == ["Сәлем \ufffd \ufffd\ufffd"]


def test_invisible_signs_are_left_out() -> None:
    made = typeset("\ufeffқа\u00adла\u200b", 1)
    assert (made.missing, pages_of(made.pdf)) == (0, ["қала"])


def test_a_long_line_goes_on_below_and_loses_nothing() -> None:
    words = " ".join(f"сөз{number}" for number in range(100))
    (page,) = pages_of(typeset(words, 1).pdf)
    assert len(page.splitlines()) > 5
    assert page.split() == words.split()


def test_a_word_wider_than_the_page_is_cut() -> None:
    (page,) = pages_of(typeset("W" * 200, 1).pdf)
    assert "".join(page.split()) == "W" * 200


@pytest.mark.parametrize(
    ("text", "pages"),
    [("", 1), ("\n", 1), ("a\fb", 2), ("a\n" * 48, 1), ("a\n" * 49, 2), ("a\n\f\nb", 2), ("a\n\f\n", 1)],
)
def test_pages(text: str, pages: int) -> None:
    assert len(pages_of(typeset(text, 9).pdf)) == pages


def test_the_same_text_gives_the_same_bytes() -> None:
    assert typeset("Өтініш", 1) == typeset("Өтініш", 1)


def test_more_pages_than_allowed() -> None:
    with pytest.raises(TooManyPages):
        typeset("a\f" * 4, 3)
