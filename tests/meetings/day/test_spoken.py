"""What the voice says: a number and a room, in whole words of both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.day.screens.words import since
from meetings.day.spoken import LANGUAGES, SpokenLanguage, cardinal, ordinal_kk, said_words, sentence


@pytest.mark.parametrize(
    ("number", "room", "kk", "ru"),
    [
        ("12", 3, "Талон он екі. Үшінші бөлме.", "Талон двенадцать. Кабинет три."),
        ("А6", 21, "Талон а алты. Жиырма бірінші бөлме.", "Талон а шесть. Кабинет двадцать один."),
        ("ДЕ140", 0, "Талон дэ е жүз қырық.", "Талон дэ е сто сорок."),
        ("А-06", 140, "Талон а алты. Жүз қырқыншы бөлме.", "Талон а шесть. Кабинет сто сорок."),
    ],
)
def test_a_call(number: str, room: int, kk: str, ru: str) -> None:
    assert (sentence(number, room, "kk"), sentence(number, room, "ru")) == (kk, ru)


@pytest.mark.parametrize(
    ("number", "kk", "ru"),
    [
        (0, "нөл", "ноль"),
        (11, "он бір", "одиннадцать"),
        (100, "жүз", "сто"),
        (219, "екі жүз он тоғыз", "двести девятнадцать"),
        (1000, "мың", "одна тысяча"),
        (2022, "екі мың жиырма екі", "две тысячи двадцать два"),
        (12_345, "он екі мың үш жүз қырық бес", "двенадцать тысяч триста сорок пять"),
    ],
)
def test_numbers(number: int, kk: str, ru: str) -> None:
    assert (" ".join(cardinal(number, "kk")), " ".join(cardinal(number, "ru"))) == (kk, ru)


@given(st.integers(0, 999_999), st.integers(0, 999_999), st.sampled_from(LANGUAGES))
def test_no_two_numbers_sound_alike(one: int, other: int, language: SpokenLanguage) -> None:
    assert (one == other) == (list(cardinal(one, language)) == list(cardinal(other, language)))


def test_every_room_has_an_ordinal_and_the_list_of_words_is_short() -> None:
    assert all(ordinal_kk(room)[-1].endswith(("ншы", "нші")) for room in range(1, 1000))
    said = {
        language: {word for n in range(1, 1000) for part in said_words(f"{n}", n, language) for word in part}
        for language in LANGUAGES
    }
    assert {language: len(each) for language, each in said.items()} == {"kk": 40, "ru": 38}


@pytest.mark.parametrize(
    ("at", "told"),
    [("19:20", "19:20-дан"), ("09:40", "09:40-тан"), ("10:00", "10:00-нан"), ("10:05", "10:05-тен"),
     ("16:17", "16:17-ден"), ("00:00", "00:00-ден"), ("11:09", "11:09-дан"), ("20:50", "20:50-ден")],
)  # fmt: skip
def test_since_when_in_kazakh(at: str, told: str) -> None:
    assert (since(at, "kk"), since(at, "ru")) == (told, at)
