"""Runs of Equal Shares at many shares at once, beside the definition in fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget_voting.count.certificate import certify
from budget_voting.count.election import VoteKind
from budget_voting.count.exact_shares import ExactShares
from budget_voting.count.levels import Levels
from budget_voting.count.rules import Utility
from budget_voting.count.shares_run import run, run_all

from .markets import market_of, start, village
from .reference import plain_equal_shares, price_of

KINDS = [
    (VoteKind.APPROVAL, Utility.CARDINALITY),
    (VoteKind.APPROVAL, Utility.COST),
    (VoteKind.CUMULATIVE, Utility.POINTS),
    (VoteKind.SCORING, Utility.POINTS),
    (VoteKind.ORDINAL, Utility.BORDA),
]


@settings(max_examples=150)
@given(st.integers(0, 10**9), st.sampled_from(KINDS), st.integers(1, 12))
def test_a_run_buys_what_the_definition_buys(seed: int, kind: tuple[VoteKind, Utility], times: int) -> None:
    market, budget = market_of(seed, *kind)
    shares = [start(market, budget) * Fraction(k, 4) for k in range(1, times + 1)]
    found = run_all(Levels(market, shares[0]), shares, [float(shares[-1])] * times)
    assert [list(each.bought) for each in found] == [plain_equal_shares(market, share) for share in shares]


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.sampled_from(KINDS))
def test_nothing_changes_below_the_safe_distance(seed: int, kind: tuple[VoteKind, Utility]) -> None:
    market, budget = market_of(seed, *kind)
    share = start(market, budget)
    (found,) = run_all(Levels(market, share), [share], [float(share)])
    for part in (Fraction(1, 3), Fraction(999, 1000)):
        grown = share + Fraction(found.safe) * part
        assert plain_equal_shares(market, grown) == list(found.bought)


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.sampled_from(KINDS))
def test_exact_prices_are_those_of_the_definition(seed: int, kind: tuple[VoteKind, Utility]) -> None:
    market, budget = market_of(seed, *kind)
    share = start(market, budget)
    exact = ExactShares(market, share)
    purses = [share] * len(market.support.weights)
    for project in plain_equal_shares(market, share):
        price = exact.price(project)
        assert price is not None
        assert price.exact == price_of(market, project, purses)
        exact.buy(project, price)
        for row in range(len(purses)):
            purses[row] = exact.money(row)


def test_runs_side_by_side_are_the_runs_one_by_one() -> None:
    market, budget = village(3)
    shares = [start(market, budget) + k * 37 for k in range(16)]
    assert [each.bought for each in run_all(Levels(market, shares[0]), shares)] == [
        run(market, share).bought for share in shares
    ]


@pytest.mark.parametrize("seed", range(3))
def test_the_certificate_compares_every_purchase_with_all_others(seed: int) -> None:
    market, budget = village(seed)
    found = run(market, start(market, budget))
    proof = certify(market, found.share, found.bought, found.gap, found.exact_decisions)
    still_there = sum(len(market.eligible) - place - 1 for place in range(len(found.bought)))
    assert proof.certificate.exact
    assert proof.certificate.comparisons == still_there + len(market.eligible) - len(found.bought)
    assert sum(step.price * step.points + step.given for step in proof.steps) == sum(
        market.costs[project] for project in found.bought
    )


def test_a_wrong_run_gets_no_certificate() -> None:
    market, budget = village(1)
    found = run(market, start(market, budget))
    swapped = (found.bought[1], found.bought[0], *found.bought[2:])
    with pytest.raises(ArithmeticError):
        certify(market, found.share, swapped, 1.0, 0)
