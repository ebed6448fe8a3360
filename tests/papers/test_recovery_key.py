"""The sheet with the recovery key: all groups, both languages, a code that is the key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2

import akimat_desk
from akimat_desk.base.words import Translator
from akimat_desk.papers.letterhead import Letterhead
from akimat_desk.papers.recovery_key import RecoverySheet, recovery_key_pdf

GROUPS = ["BJPKC", "QEEV7", "5WX1N", "027Q3", "7V5DB", "QYTVR", "M52PC"]
SHEET = RecoverySheet("-".join(GROUPS), "QES1S8", date(2026, 11, 20), "Ақжар ауылы", "А. Сәдуақасова")
LONG_HEAD = Letterhead(
    ("Алматы облысы", "Бұлақты ауданы", "Ақжар ауылдық округі", "әкімінің аппараты"), ("Область",) * 4
)
HEAD = Letterhead(("Алматы облысы", "Ақжар ауылы"), ("Алматинская область", "село Акжар"))


def test_every_group_stands_on_it_with_its_number(words: Translator) -> None:
    with pypdfium2.PdfDocument(recovery_key_pdf(SHEET, HEAD, words)) as pdf:
        assert len(pdf) == 1
        read = pdf[0].get_textpage().get_text_range().split()
    for number, group in enumerate(GROUPS, start=1):
        assert read.count(group) == 1
        assert read[read.index(group) - 1] == str(number)
    assert read.count("QES1S8") == 2


def test_date_place_and_who_printed_it(words: Translator) -> None:
    with pypdfium2.PdfDocument(recovery_key_pdf(SHEET, None, words)) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    assert "20.11.2026" in text
    assert "Ақжар ауылы" in text
    assert "А. Сәдуақасова" in text


def test_the_key_is_not_among_what_a_viewer_shows_of_the_file(words: Translator) -> None:
    """A viewer keeps titles in its list of recent files."""
    with pypdfium2.PdfDocument(recovery_key_pdf(SHEET, HEAD, words)) as pdf:
        about = " ".join(pdf.get_metadata_dict().values())
    assert not any(group in about for group in GROUPS)


def test_in_kazakh_and_russian_it_is_one_page() -> None:
    catalogues = (Path(akimat_desk.__file__).parent / "locale",)
    with pypdfium2.PdfDocument(recovery_key_pdf(SHEET, LONG_HEAD, Translator(catalogues, "ru"))) as pdf:
        assert len(pdf) == 1
        text = pdf[0].get_textpage().get_text_range()
    assert "ҚАЛПЫНА КЕЛТІРУ КІЛТІ · КЛЮЧ ВОССТАНОВЛЕНИЯ" in text
