"""Which pages are printed and what they cost."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.money.prices import PriceTable
from printing.rules import (
    CopiesOutside,
    Options,
    PagesOutside,
    PagesUnclear,
    Quote,
    parse_pages,
    quote,
)

TABLE = PriceTable.of_a4(date(2026, 1, 1), grey=20, colour=80, grey_two_sided=15, colour_two_sided=70)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", (1, 2, 3, 4, 5)),
        ("2", (2,)),
        ("1-3,5", (1, 2, 3, 5)),
        (" 1 – 3 ; 5 ", (1, 2, 3, 5)),
        ("5,1", (5, 1)),
        ("2,2,1-2", (2, 1)),
        ("3,", (3,)),
    ],
)
def test_pages_are_read_as_people_write_them(text: str, pages: tuple[int, ...]) -> None:
    assert parse_pages(text, 5) == pages


@pytest.mark.parametrize("text", ["a", "1-", "-2", "3-1", "2, 3-1", "1.5", "١", ",", "1 2", "1--2", "9999999"])
def test_a_page_choice_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(PagesUnclear):
        parse_pages(text, 5)


@pytest.mark.parametrize("text", ["0", "6", "1-6", "0-2"])
def test_a_page_that_is_not_there_is_refused(text: str) -> None:
    with pytest.raises(PagesOutside):
        parse_pages(text, 5)


@given(st.lists(st.integers(1, 40), min_size=1))
def test_written_page_numbers_come_back_once_each_in_order(pages: list[int]) -> None:
    assert parse_pages(",".join(map(str, pages)), 40) == tuple(dict.fromkeys(pages))


def test_a_plain_letter_costs_a_grey_page_each() -> None:
    assert quote(3, [], Options(), TABLE) == Quote(3, 3, 3, 0, 20, 80, 60)


def test_only_pages_with_colour_are_charged_as_colour() -> None:
    assert quote(4, [2], Options(colour="colour", copies=2), TABLE) == Quote(8, 8, 6, 2, 20, 80, 6 * 20 + 2 * 80)


def test_colour_pages_printed_grey_cost_grey() -> None:
    assert quote(4, [1, 2, 3, 4], Options(), TABLE).total == 80


def test_two_sided_sheets_are_counted_by_copy() -> None:
    assert quote(3, [], Options(copies=2, sides="long"), TABLE) == Quote(6, 4, 6, 0, 15, 70, 90)


def test_chosen_pages_only() -> None:
    assert quote(9, [9], Options(pages=(1, 9), colour="colour"), TABLE).total == 100


def test_a_document_without_pages_cannot_be_priced() -> None:
    with pytest.raises(PagesOutside):
        quote(0, [], Options(), TABLE)


@pytest.mark.parametrize("copies", [0, -1, 100])
def test_copies_stay_within_what_a_person_means(copies: int) -> None:
    with pytest.raises(CopiesOutside):
        Options(copies=copies)


@given(
    st.integers(1, 60),
    st.integers(1, 99),
    st.sampled_from(["one", "long", "short"]),
    st.sets(st.integers(1, 60)),
)
def test_pages_and_sheets_always_fit_together(pages: int, copies: int, sides: str, coloured: set[int]) -> None:
    result = quote(pages, sorted(coloured), Options(copies, sides, "colour"), TABLE)  # type: ignore[arg-type]
    assert result.grey_pages + result.colour_pages == result.pages == pages * copies
    assert result.sheets * (1 if sides == "one" else 2) - result.pages == (
        0 if sides == "one" or pages % 2 == 0 else copies
    )
