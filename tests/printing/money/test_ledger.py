"""Balances are sums: laws of the ledger that hold for every history."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.money.ledger import (
    REFUND_REASONS,
    Allowance,
    AmountUnclear,
    Balance,
    Line,
    NothingToPay,
    RefundTooLarge,
    TooLittleGiven,
    WriteOffTooLarge,
    allowance,
    balance,
    change_of,
    check_refund,
    check_write_off,
    free_pages_left,
    parse_tenge,
    refund_line,
)
from printing.money.prices import FreeRule, PriceTable

from .conftest import TABLE  # type: ignore[import-not-found]

TENGE = st.integers(0, 10**10)
LINES = st.lists(st.builds(Line, TENGE, TENGE, TENGE, TENGE))


@given(LINES, st.randoms(use_true_random=False))
def test_a_balance_does_not_depend_on_the_order_of_its_lines(lines: list[Line], chance: random.Random) -> None:
    shuffled = list(lines)
    chance.shuffle(shuffled)
    assert balance(shuffled) == balance(lines)


@given(LINES, LINES)
def test_a_balance_of_two_parts_is_the_sum_of_their_balances(one: list[Line], other: list[Line]) -> None:
    assert balance([*one, *other]).owed == balance(one).owed + balance(other).owed


@given(st.integers(1, 10**6), st.sampled_from([reason for reason in REFUND_REASONS if reason != "mistyped"]))
def test_bad_work_that_is_paid_back_leaves_nothing_charged_and_nothing_owed(tenge: int, reason: str) -> None:
    paid = [Line(charged=tenge), Line(paid=tenge)]
    assert balance([*paid, refund_line(tenge, reason)]) == Balance()  # type: ignore[arg-type]


@given(st.integers(1, 10**6))
def test_a_mistyped_payment_that_is_taken_back_is_owed_again(tenge: int) -> None:
    assert balance([Line(charged=tenge), Line(paid=tenge), refund_line(tenge, "mistyped")]).owed == tenge


def test_change_is_what_was_given_above_the_price() -> None:
    assert (change_of(140, 200), change_of(140, 140)) == (60, 0)


@pytest.mark.parametrize(
    ("due", "given", "error"),
    [
        (140, 100, TooLittleGiven),
        (0, 100, NothingToPay),
        (-20, 100, NothingToPay),
        (140, -200, AmountUnclear),
        (140, 10**9, AmountUnclear),
    ],
)
def test_money_that_does_not_fit_is_refused(due: int, given: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        change_of(due, given)


@pytest.mark.parametrize(("tenge", "error"), [(0, AmountUnclear), (-5, AmountUnclear), (41, RefundTooLarge)])
def test_no_more_goes_back_than_came(tenge: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_refund(Balance(charged=40, paid=40), tenge)


@pytest.mark.parametrize(("tenge", "error"), [(0, AmountUnclear), (-5, AmountUnclear), (31, WriteOffTooLarge)])
def test_no_more_is_written_off_than_is_owed(tenge: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_write_off(Balance(charged=40, paid=10), tenge)


def test_what_is_settled_is_not_written_off() -> None:
    with pytest.raises(NothingToPay):
        check_write_off(Balance(charged=40, paid=40), 1)


RULES = PriceTable(TABLE.valid_from, TABLE.rates, free_pages=5, rules=(FreeRule("pupil", 20), FreeRule("veteran")))


@pytest.mark.parametrize(
    ("rule", "used", "left"),
    [("monthly", 0, 5), ("monthly", 4, 1), ("monthly", 9, 0), ("pupil", 3, 17), ("veteran", 900, None), ("x", 0, 0)],
)
def test_free_pages_are_what_the_rule_gives_less_what_was_had(rule: str, used: int, left: int | None) -> None:
    assert free_pages_left(RULES, rule, used) == left


def test_cheap_pages_go_free_first() -> None:
    assert allowance((3, 20), (2, 80), 4, 220) == Allowance(4, 140)
    assert allowance((3, 20), (2, 80), None, 220) == Allowance(5, 220)
    assert allowance((3, 20), (0, 0), 5, 60) == Allowance(3, 60)
    assert allowance((2, 90), (3, 30), 4, 270) == Allowance(4, 180)


def test_nobody_is_given_more_than_they_owe_nor_more_pages_than_that_takes() -> None:
    assert allowance((3, 20), (0, 0), None, 25) == Allowance(2, 25)
    assert allowance((3, 20), (2, 80), None, 0) == Allowance(0, 0)


def test_pages_that_are_free_already_are_not_given_again() -> None:
    assert allowance((3, 20), (2, 80), None, 80, already=4) == Allowance(1, 80)
    assert allowance((3, 20), (2, 80), 9, 140, already=5) == Allowance(0, 0)


KINDS = st.tuples(st.integers(0, 9), st.integers(1, 200))


@given(KINDS, KINDS, st.integers(0, 25), st.integers(0, 25))
def test_two_rules_one_after_the_other_give_what_one_would(
    grey: tuple[int, int], colour: tuple[int, int], first: int, second: int
) -> None:
    """So it does not matter in which order a resident's rules are asked."""
    owed = grey[0] * grey[1] + colour[0] * colour[1]
    one = allowance(grey, colour, first, owed)
    two = allowance(grey, colour, second, owed - one.tenge, already=one.pages)
    assert Allowance(one.pages + two.pages, one.tenge + two.tenge) == allowance(grey, colour, first + second, owed)


@given(KINDS, KINDS, st.one_of(st.none(), st.integers(0, 25)), st.integers(0, 3000), st.integers(0, 20))
def test_what_is_free_is_the_cheapest_of_what_is_left_and_no_more(
    grey: tuple[int, int], colour: tuple[int, int], left: int | None, owed: int, already: int
) -> None:
    free = allowance(grey, colour, left, owed, already=already)
    pages = sorted([grey[1]] * grey[0] + [colour[1]] * colour[0])[already:]
    assert free.tenge == min(owed, sum(pages[: free.pages]))
    assert free.pages <= len(pages)
    assert left is None or free.pages <= left
    assert free.pages == 0 or sum(pages[: free.pages - 1]) < owed  # the last one was needed
    whole = len(pages) if left is None else min(left, len(pages))
    assert free.tenge == min(owed, sum(pages[:whole]))  # and nothing was left out


@pytest.mark.parametrize(("typed", "tenge"), [("140", 140), (" 1 500 ₸", 1500), ("1\u00a0500", 1500)])
def test_a_sum_is_read_as_people_write_it(typed: str, tenge: int) -> None:
    assert parse_tenge(typed) == tenge


@pytest.mark.parametrize("typed", ["", "-5", "12.5", "много", "٣", "99999999"])
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(AmountUnclear):
        parse_tenge(typed)
