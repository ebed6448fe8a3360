"""How numbers, dates and words are written and ordered; the table is language.md 1.5."""

from __future__ import annotations

import sqlite3
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.locale import (
    ALPHABET,
    NBSP,
    DateForm,
    NotADate,
    fold,
    format_date,
    format_duration,
    format_money,
    format_number,
    format_percent,
    format_range,
    format_time,
    format_weekday,
    month_forms,
    parse_date,
    sort_key,
)
from akimat_desk.base.words import LANGUAGES, Language

FRIDAY = date(2026, 11, 20)
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
CYRILLIC = st.text(ALPHABET + ALPHABET.upper() + " -0123456789abzİ\u0301\u0306\u0308\u0327")


@pytest.mark.parametrize(
    ("language", "written"), [("kk", "1\u00a0240\u00a0₸"), ("ru", "1\u00a0240\u00a0₸"), ("en", "1,240\u00a0₸")]
)
def test_money_has_its_sign_after_it_and_cannot_be_torn(language: Language, written: str) -> None:
    assert format_money(1240, language) == written


def test_money_below_zero_has_a_minus_sign_not_a_hyphen() -> None:
    assert format_money(-1240, "kk") == "\u22121\u00a0240\u00a0₸"
    assert format_money(0, "ru") == "0\u00a0₸"


@given(st.integers(-(10**12), 10**12), st.sampled_from(LANGUAGES))
def test_money_can_be_read_back(tenge: int, language: Language) -> None:
    written = format_money(tenge, language)
    assert " " not in written
    assert int(written.replace(NBSP, "").replace(",", "").replace("−", "-").removesuffix("₸")) == tenge


@pytest.mark.parametrize(
    ("language", "written"),
    [("kk", "1\u00a0234\u00a0567,5"), ("ru", "1\u00a0234\u00a0567,5"), ("en", "1,234,567.5")],
)
def test_number(language: Language, written: str) -> None:
    assert format_number(1234567.5, language) == written


def test_number_keeps_the_decimals_asked_for() -> None:
    assert format_number(Decimal("12.50"), "kk") == "12,5"
    assert format_number(Decimal("12.5"), "kk", 2) == "12,50"
    assert format_number(Decimal("-0.001"), "en", 1) == "0.0"
    assert format_number(1e21, "en") == "1,000,000,000,000,000,000,000"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("-Infinity")])
def test_what_is_no_number_is_not_written(value: float | Decimal) -> None:
    with pytest.raises(ValueError, match="finite"):
        format_number(value, "kk")


@pytest.mark.parametrize(("language", "written"), [("kk", "26%"), ("ru", "26\u00a0%"), ("en", "26%")])
def test_percent(language: Language, written: str) -> None:
    assert format_percent(26, language) == written


@pytest.mark.parametrize(
    ("language", "form", "written"),
    [
        ("kk", "full", "2026 жылғы 20 қараша"),
        ("ru", "full", "20 ноября 2026 года"),
        ("en", "full", "20 November 2026"),
        ("kk", "screen", "20 қараша, жұма"),
        ("ru", "screen", "20 ноября, пятница"),
        ("en", "screen", "Friday 20 November"),
        ("kk", "short", "20.11.2026"),
        ("ru", "short", "20.11.2026"),
        ("en", "short", "20 Nov 2026"),
    ],
)
def test_date(language: Language, form: DateForm, written: str) -> None:
    assert format_date(FRIDAY, language, form) == written


def test_weekday() -> None:
    assert [format_weekday(FRIDAY, language) for language in LANGUAGES] == ["жұма", "пятница", "Friday"]


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(["kk", "ru"]))
def test_a_short_date_is_read_back(day: date, language: Language) -> None:
    assert parse_date(format_date(day, language, "short")) == day


@pytest.mark.parametrize("typed", ["1.2.2026", " 01.02.2026 ", "01/02/2026", "01-02-2026", "01 02 2026"])
def test_a_date_may_be_typed_in_these_ways(typed: str) -> None:
    assert parse_date(typed) == date(2026, 2, 1)


@pytest.mark.parametrize(
    "typed", ["", "20.11", "30.02.2026", "2026-11-20", "20.11.26", "20.13.2026", "١.٢.2026", "20.11.2026.", "1.1.0000"]
)
def test_anything_else_is_not_a_date(typed: str) -> None:
    with pytest.raises(NotADate):
        parse_date(typed)


def test_time_and_range_are_24_hours_with_an_en_dash() -> None:
    assert format_time(time(9, 5)) == "09:05"
    assert format_range(time(9), datetime(2026, 11, 20, 18, 0)) == "09:00–18:00"  # noqa: DTZ001 - a time as it stands


@pytest.mark.parametrize(
    ("minutes", "language", "written"),
    [
        (130, "kk", "2 сағ 10 мин"),
        (130, "ru", "2 ч 10 мин"),
        (130, "en", "2 h 10 min"),
        (60, "kk", "1 сағ"),
        (0, "en", "0 min"),
        (59, "ru", "59 мин"),
    ],
)
def test_duration(minutes: int, language: Language, written: str) -> None:
    assert format_duration(minutes, language) == written


def test_a_duration_is_never_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        format_duration(-1, "kk")


def test_kazakh_months_have_the_three_forms_sentences_need() -> None:
    forms = [month_forms(month, "kk") for month in range(1, 13)]
    assert [(f.name, f.inside, f.to) for f in forms] == [
        ("қаңтар", "қаңтарда", "қаңтарға"),
        ("ақпан", "ақпанда", "ақпанға"),
        ("наурыз", "наурызда", "наурызға"),
        ("сәуір", "сәуірде", "сәуірге"),
        ("мамыр", "мамырда", "мамырға"),
        ("маусым", "маусымда", "маусымға"),
        ("шілде", "шілдеде", "шілдеге"),
        ("тамыз", "тамызда", "тамызға"),
        ("қыркүйек", "қыркүйекте", "қыркүйекке"),
        ("қазан", "қазанда", "қазанға"),
        ("қараша", "қарашада", "қарашаға"),
        ("желтоқсан", "желтоқсанда", "желтоқсанға"),
    ]


def test_russian_and_english_months() -> None:
    assert month_forms(5, "ru").inside == "в мае"
    assert month_forms(3, "ru").of == "марта"
    assert month_forms(8, "ru").to == "на август"
    assert month_forms(11, "en").to == "for November"


@pytest.mark.parametrize("month", [0, 13, -1])
def test_there_are_twelve_months(month: int) -> None:
    with pytest.raises(ValueError, match="range"):
        month_forms(month, "kk")


def test_months_agree_with_a_reference_of_the_locale() -> None:
    from babel.dates import get_month_names  # the test's own reference; not used at run time

    for language in LANGUAGES:
        alone = get_month_names("wide", "stand-alone", language)
        inside = get_month_names("wide", "format", language)
        for month in range(1, 13):
            assert month_forms(month, language).name.casefold() == alone[month].casefold()
            assert month_forms(month, language).of == inside[month]


def test_letters_sort_as_the_kazakh_alphabet() -> None:
    assert sorted(set(ALPHABET), key=sort_key) == list(ALPHABET)
    assert sorted(set(ALPHABET.upper()), key=sort_key) == list(ALPHABET.upper())


def test_names_sort_as_a_village_lists_them() -> None:
    listed = ["12-үй", "Wi-Fi", "Абай", "Әсем", "Бота", "Гүл", "Ғани", "Кәрім", "Қазына", "Ольга", "Өмір", "Яна"]
    assert sorted(set(listed), key=sort_key) == listed


def test_large_letters_matter_only_when_nothing_else_differs() -> None:
    assert sorted(["әлия", "Әлия Б", "Әлия", "әлиа"], key=sort_key) == ["әлиа", "Әлия", "әлия", "Әлия Б"]


@given(st.lists(TEXT))
def test_the_database_orders_keys_as_python_does(texts: list[str]) -> None:
    keys = [sort_key(text) for text in texts if "\0" not in text]
    database = sqlite3.connect(":memory:")
    try:
        database.execute("create table t (k text)")
        database.executemany("insert into t values (?)", [(key,) for key in keys])
        assert [row[0] for row in database.execute("select k from t order by k")] == sorted(keys)
    finally:
        database.close()


@given(TEXT, TEXT)
def test_two_different_texts_never_share_a_key(one: str, other: str) -> None:
    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
    assert (sort_key(one) == sort_key(other)) == same


def test_search_finds_a_name_typed_without_kazakh_letters() -> None:
    assert fold("Әлия Ұзақ-Үміт Өңір Ғаһар Қыз Ірі ЁЛКА Йод") == "алия узак-умит онир гахар кыз ири елка йод"
    assert fold("и\u0306од") == "йод"
    assert fold("Cep") == "cep"


@given(TEXT | CYRILLIC)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(ALPHABET))
def test_folding_does_not_see_large_letters(text: str) -> None:
    assert fold(text) == fold(text.upper())
