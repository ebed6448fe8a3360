"""Several pages on a side, and booklets: which page comes where, how many sheets, and what is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.layout import LAYOUTS, PER_SIDE, Pages, Sheets, as_printed, lay_out, on_paper, quoted
from printing.money.prices import PriceTable
from printing.rules import Layout, Options, PagesOutside

PRICES = PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70)


def test_two_and_four_pages_lie_in_reading_order() -> None:
    assert lay_out([1, 2, 3], "single") == ((1,), (2,), (3,))
    assert lay_out([1, 2, 3], "two") == ((1, 2), (3, 0))
    assert lay_out([4, 2, 1, 3, 5], "four") == ((4, 2, 1, 3), (5, 0, 0, 0))


def test_a_booklet_is_folded_in_the_middle() -> None:
    assert lay_out(range(1, 9), "booklet") == ((8, 1), (2, 7), (6, 3), (4, 5))
    assert lay_out([1, 2, 3, 4, 5], "booklet") == ((0, 1), (2, 0), (0, 3), (4, 5))
    assert lay_out([7], "booklet") == ((0, 7), (0, 0))


@given(st.lists(st.integers(1, 500), min_size=1, max_size=60, unique=True), st.sampled_from(LAYOUTS))
def test_every_page_is_printed_once_and_sides_are_full(pages: list[int], layout: Layout) -> None:
    sides = lay_out(pages, layout)
    places = [page for side in sides for page in side]
    assert sorted(page for page in places if page) == sorted(pages)
    assert {len(side) for side in sides} == {PER_SIDE[layout]}
    if layout == "booklet":
        assert len(sides) % 2 == 0
        inside = [page for sheet in range(len(sides) // 2) for page in (sides[2 * sheet][1], sides[2 * sheet + 1][0])]
        outside = [page for sheet in range(len(sides) // 2) for page in (sides[2 * sheet][0], sides[2 * sheet + 1][1])]
        assert [page for page in [*inside, *reversed(outside)] if page] == pages  # as one turns the leaves
    else:
        assert places[: len(pages)] == pages


def test_what_lies_across_is_turned_at_the_short_edge() -> None:
    assert Options(layout="booklet").sides == "short"
    assert Options(layout="two", sides="long").sides == "short"
    assert (Options(layout="two").sides, Options(layout="four", sides="long").sides) == ("one", "long")


def test_a_side_is_coloured_if_any_page_on_it_is_and_blank_if_all_are() -> None:
    file = Pages(5, colour=(2,), blank=(3, 4, 5))
    assert on_paper(file, Options(layout="two")) == Sheets(3, (1,), (2, 3))
    assert on_paper(file, Options(layout="booklet")) == Sheets(4, (2,), (3, 4))
    assert on_paper(file, Options(pages=(3, 2))) == Sheets(2, (2,), (1,))
    with pytest.raises(PagesOutside):
        on_paper(file, Options(pages=(6,)))


def test_sides_are_paid_and_sheets_counted_after_the_layout() -> None:
    file = Pages(5, colour=(2,))
    plain = quoted(file, Options(colour="colour"), PRICES)
    assert (plain.pages, plain.sheets, plain.total) == (5, 5, 4 * 20 + 80)
    two = quoted(file, Options(colour="colour", layout="two", copies=2), PRICES)
    assert (two.pages, two.sheets, two.grey_pages, two.colour_pages, two.total) == (6, 6, 4, 2, 4 * 20 + 2 * 80)
    booklet = quoted(file, Options(layout="booklet"), PRICES)
    assert (booklet.pages, booklet.sheets, booklet.total) == (4, 2, 4 * 15)


def test_blank_sides_cost_nothing_where_the_room_says_so() -> None:
    file = Pages(4, colour=(1,), blank=(2, 4))
    options = Options(copies=2, sides="long", colour="colour")
    dear, fair = quoted(file, options, PRICES), quoted(file, options, replace(PRICES, blank_free=True))
    assert (dear.total, dear.free_pages) == (2 * (70 + 3 * 15), 0)
    assert (fair.pages, fair.sheets, fair.grey_pages, fair.colour_pages, fair.free_pages) == (8, 4, 2, 2, 4)
    assert fair.total == 2 * (70 + 15)


def test_what_is_laid_out_is_printed_as_it_is() -> None:
    options = Options(3, "one", "colour", (2, 1), "booklet")
    assert as_printed(options) == replace(Options(3, "short", "colour"))
