"""What may be said of the box: shares with their intervals, and silence while there is too little to say."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.money import till
from printing.money.till import TOO_FEW, BoxCount, honesty, unpaid_documents, weighted, wilson

PRICES = st.lists(st.integers(5, 2_000), min_size=1, max_size=80)


def test_the_examples_hold() -> None:
    assert doctest.testmod(till).failed == 0


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [  # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_is_as_it_was_published(part: int, whole: int, low: float, high: float) -> None:
    share = wilson(part, whole)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


def test_documents_of_one_price_weigh_alike() -> None:
    assert weighted(200, [20] * 40) == wilson(10, 40)


def test_one_dear_document_makes_the_interval_wider() -> None:
    even, uneven = weighted(400, [40] * 50), weighted(400, [20] * 49 + [1020])
    assert even.value == uneven.value == 0.2
    assert uneven.high - uneven.low > even.high - even.low


@given(PRICES, st.integers(0, 10**6))
def test_the_unpaid_are_never_more_than_there_are_and_none_where_nothing_is_missing(
    prices: list[int], missing: int
) -> None:
    missing = min(missing, sum(prices))
    unpaid = unpaid_documents(prices, missing)
    assert 0 <= unpaid <= len(prices)
    assert (unpaid == 0) == (missing == 0)
    assert sum(sorted(prices, reverse=True)[:unpaid]) >= missing


@given(PRICES, st.integers(0, 10**6))
def test_an_interval_holds_its_share(prices: list[int], counted: int) -> None:
    told = honesty([BoxCount(0, tuple(prices), counted)])
    for share in (told.by_units, told.by_value):
        assert share is None or 0 <= share.low <= share.value <= share.high <= 1


def test_below_thirty_documents_nothing_is_told() -> None:
    few = honesty([BoxCount(0, (20,) * (TOO_FEW - 1), 0)])
    enough = honesty([BoxCount(0, (20,) * TOO_FEW, 0)])
    assert (few.by_units, few.by_value, few.missing) == (None, None, 580)
    assert enough.by_units is not None
    assert (enough.by_units.value, round(enough.by_units.low, 3), enough.by_units.high) == (1.0, 0.886, 1.0)


def test_overpayment_of_one_count_never_makes_up_for_another() -> None:
    told = honesty([BoxCount(0, (20,) * 20, 300), BoxCount(1, (20,) * 20, 500)])
    assert (told.missing, told.over, told.expected, told.counted) == (100, 100, 800, 800)
    assert told.by_value is not None
    assert told.by_value.value == 0.125


def test_what_was_written_off_stands_apart() -> None:
    told = honesty([BoxCount(0, (20,) * 40, 700, written_off=60)])
    assert (told.missing, told.written_off) == (100, 60)


@given(st.lists(st.tuples(PRICES, st.integers(0, 10**5)), max_size=6))
def test_counts_add_up_in_any_order(boxes: list[tuple[list[int], int]]) -> None:
    counts = [BoxCount(0, tuple(prices), counted) for prices, counted in boxes]
    one, other = honesty(counts), honesty(counts[::-1])
    assert (one.missing, one.over, one.unpaid_documents) == (other.missing, other.over, other.unpaid_documents)
