"""Every letter a Kazakh paper needs has a shape in both faces."""

from __future__ import annotations

import pytest

from akimat_desk.papers.typefaces import face, lacking, printable

KAZAKH = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯаәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
SIGNS = "0123456789₸№«»„“”–—×•…·%°+7()/:;,.!?'\"@&\N{NO-BREAK SPACE}"


@pytest.mark.parametrize("bold", [False, True])
def test_kazakh_letters_and_the_signs_of_our_papers_are_all_there(bold: bool) -> None:
    assert lacking(KAZAKH + SIGNS, bold=bold) == ""


def test_letters_without_a_shape_are_named_once() -> None:
    assert lacking("→ Ақжар → 漢") == "→漢"


def test_the_minus_these_faces_lack_becomes_a_dash() -> None:
    assert printable("−60 ₸") == "–60 ₸"


def test_letters_typed_in_two_pieces_are_put_together_and_invisible_ones_dropped() -> None:
    assert printable("и\N{COMBINING BREVE}") == "й"
    assert printable("а\N{SOFT HYPHEN}б\x00\r\nв\N{ZERO WIDTH SPACE}г") == "аб\nвг"


def test_a_letter_without_a_shape_is_seen_to_be_missing() -> None:
    assert printable("王小 Ким, მარი") == "\N{REPLACEMENT CHARACTER}" * 2 + " Ким, " + "\N{REPLACEMENT CHARACTER}" * 4
    assert lacking("\N{REPLACEMENT CHARACTER}") == lacking("\N{REPLACEMENT CHARACTER}", bold=True) == ""


def test_the_bold_face_is_wider() -> None:
    assert face(30, bold=True).getlength("Ақжар") > face(30).getlength("Ақжар")
