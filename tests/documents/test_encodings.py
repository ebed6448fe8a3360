"""Plain text: which of the encodings met in Kazakhstan it is in."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.documents.encodings import read_text

RUSSIAN = (
    "Привет",
    "Да",
    "Список",
    "ЗАЯВЛЕНИЕ",
    "Объект",
    "«Дом»",
    "Цена — 500 тг",
    "Иванов И.И.",
    "Прошу предоставить справку о составе семьи.",
    "Договор аренды жилого помещения № 12 от 20.11.2026",
)
KAZAKH = (
    "Сәлем",
    "Қала",
    "Үй",
    "Ән",
    "Иә",
    "Иә Иә Иә Иә",
    "Өтініш",
    "ӨТІНІШ",
    "Шаңырақ",
    "Гауһар",
    "ҚАЗАҚСТАН РЕСПУБЛИКАСЫ",
    "Құрметті Ахмет Сейітұлы",
    "Ауыл әкіміне өтініш: көшедегі шамды жөндеп беруіңізді сұраймын.",
)


@pytest.mark.parametrize("text", [*RUSSIAN, *KAZAKH, "Plain English", "Müller, Café, x²", "مرحبا", "日本", "😀"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_with_and_without_its_mark(text: str, encoding: str) -> None:
    assert read_text(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("text", [*RUSSIAN, *KAZAKH, "Plain English"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_utf16_is_read_with_and_without_its_mark(text: str, encoding: str, mark: str) -> None:
    assert read_text((mark + text).encode(encoding)) == (text, encoding)


@pytest.mark.parametrize("text", RUSSIAN)
def test_russian_in_the_windows_code_page(text: str) -> None:
    assert read_text(text.encode("cp1251")) == (text, "cp1251")


@pytest.mark.parametrize("text", [text for text in RUSSIAN if "«" not in text and "—" not in text])
def test_russian_in_the_dos_code_page(text: str) -> None:
    assert read_text(text.encode("cp866")) == (text, "cp866")


@pytest.mark.parametrize("text", KAZAKH)
def test_kazakh_in_its_own_code_page(text: str) -> None:
    assert read_text(text.encode("kz1048")) == (text, "kz1048")


def test_text_that_is_the_same_in_both_windows_code_pages_is_named_by_the_common_one() -> None:
    assert read_text("Ауыл атауы".encode("kz1048")) == ("Ауыл атауы", "cp1251")


def test_one_kazakh_name_in_a_long_russian_text_decides() -> None:
    text = "Прошу принять меры по ремонту дороги.\r\n" * 2000 + "Заявитель: Әлия Құрманғазы\r\n"
    assert read_text(text.encode("kz1048")) == (text, "kz1048")


def test_a_table_of_a_dos_program() -> None:
    text = "╔════════════╗\r\n║Наименование║\r\n╠════════════╣\r\n║ Хлеб       ║\r\n╚════════════╝\r\n"
    assert read_text(text.encode("cp866")) == (text, "cp866")


def test_the_dos_end_mark_is_taken_off() -> None:
    assert read_text(b"END\r\n\x1a") == ("END\r\n", "utf-8")


def test_utf8_torn_at_its_end_stays_utf8() -> None:
    assert read_text("Привет, мир, как дела".encode()[:-1]) == ("Привет, мир, как дел\ufffd", "utf-8")


@given(st.lists(st.sampled_from(KAZAKH), min_size=1, max_size=30), st.sampled_from([" ", ", ", "\r\n", "\t"]))
def test_any_kazakh_words_are_read_back(words: list[str], between: str) -> None:
    text = between.join(words)
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "kz1048"):
        assert read_text(text.encode(encoding)) == (text, encoding)


@given(st.lists(st.sampled_from(RUSSIAN), min_size=1, max_size=30), st.sampled_from([" ", ", ", "\r\n", "\t"]))
def test_any_russian_words_are_read_back(words: list[str], between: str) -> None:
    text = between.join(words)
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1251"):
        assert read_text(text.encode(encoding)) == (text, encoding)


@given(st.binary(min_size=64))
def test_bytes_with_control_characters_are_no_text(data: bytes) -> None:
    assert read_text(b"\x01" + data + b"\x02") is None


def test_random_bytes_are_no_text_even_without_control_characters() -> None:
    chance = random.Random(1)
    junk = [bytes(chance.randrange(0x20, 0x100) for _ in range(400)) for _ in range(200)]
    assert [read_text(data) for data in junk] == [None] * 200
