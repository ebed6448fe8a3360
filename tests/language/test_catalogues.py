"""Every text of the program passes every check. Each check is itself tested in test_checks.py."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from installer import catalogues
from tests.language.checks import FAULTS, one_spelling
from tests.language.texts import said, translated


def test_catalogues_hold_exactly_what_the_program_says() -> None:
    """Run `.venv/bin/python installer/catalogues.py` after changing a text, then translate what is new."""
    wanted = catalogues.wanted_files()
    stale = [str(file) for file, data in wanted.items() if not file.is_file() or file.read_bytes() != data]
    assert stale == []


@pytest.mark.parametrize("check", FAULTS.values(), ids=FAULTS)
def test_every_text(check: object) -> None:
    assert callable(check)
    assert [f"{entry} {fault}" for entry in said() for fault in check(entry)] == []


def test_every_kazakh_word_is_spelt_in_one_way() -> None:
    assert list(one_spelling(translated())) == []


def test_one_text_has_one_translation_in_all_packages() -> None:
    seen: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for entry in translated():
        key = (entry.language, entry.context, entry.msgid)
        assert seen.setdefault(key, entry.forms) == entry.forms, str(entry)


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
def test_the_shipped_font_has_every_letter(weight: str) -> None:
    font = TTFontFile(str(catalogues.ROOT / "akimat_desk" / "papers" / "fonts" / f"NotoSans-{weight}.ttf"))
    letters = {letter for entry in said() for form in entry.forms for letter in form if letter != "\n"}
    assert sorted(letter for letter in letters if ord(letter) not in font.charToGlyph) == []
