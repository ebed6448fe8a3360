"""The made-up language shows what is not translatable and what does not fit."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.words import Sentence
from tests.language.pseudo import LONGER, PseudoTranslator, pseudo

PLAIN = st.text(string.ascii_letters + " .,", min_size=1)


@given(PLAIN)
def test_every_text_stands_in_brackets_and_is_longer(text: str) -> None:
    made = pseudo(text)
    assert made.startswith("[")
    assert made.endswith("]")
    assert len(made) >= len(text) * LONGER


def test_a_word_that_cannot_be_broken_stays_one() -> None:
    assert " " not in pseudo("Administrator")


def test_kazakh_letters_are_seen() -> None:
    assert pseudo("Naked gun").startswith("[Ңәқеd ғұң ")


def test_values_are_filled_in_unchanged() -> None:
    words = PseudoTranslator()
    assert "1 240 ₸" in words("To pay: {sum}.", sum="1 240 ₸")
    assert words.button("Print").startswith("[Prі")
    assert "12" in words.count("{n} sheet", "{n} sheets", 12)
    assert words.say(Sentence("{one}!", {"one": Sentence("Tray")})).startswith("[[Trәy")


def test_papers_speak_it_too() -> None:
    assert PseudoTranslator().in_language("ru")("Tray").startswith("[")
