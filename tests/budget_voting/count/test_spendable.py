"""Steps of Add1 that need no count, because not enough can be spent to end."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from budget_voting.count.completion import still_open
from budget_voting.count.election import VoteKind
from budget_voting.count.market import Market
from budget_voting.count.rules import Utility
from budget_voting.count.shares_run import run
from budget_voting.count.spendable import Spendable, first_that_may_end

from .markets import market_of, start, village
from .test_shares_run import KINDS


@settings(max_examples=100)
@given(st.integers(0, 10**9), st.sampled_from(KINDS), st.integers(3, 40))
def test_no_step_before_it_ends(seed: int, kind: tuple[VoteKind, Utility], fineness: int) -> None:
    market, budget = market_of(seed, *kind)
    first, step = start(market, budget), start(market, budget) / fineness
    for number in range(first_that_may_end(market, budget, first, step)):
        bought = run(market, first + number * step).bought
        left = budget - sum(market.costs[project] for project in bought)
        assert any(market.costs[project] <= left for project in still_open(market, bought))


def test_what_all_affordable_projects_cost_and_one_more_is_the_border() -> None:
    market, budget = village(7)
    first = first_that_may_end(market, budget, start(market, budget), Fraction(10))
    assert first > 10
    for number, goes_on in ((first - 1, True), (first, False)):
        share = start(market, budget) + 10 * number
        able = [each for each in market.eligible if market.support.votes[each] * share >= market.costs[each]]
        backed = {row for each in able for row in market.columns[each].rows.tolist()}
        money = share * sum(int(market.support.weights[row]) for row in backed)
        cheapest = min(market.costs[each] for each in market.eligible if each not in able)
        assert (min(sum(market.costs[each] for each in able), money) + cheapest <= budget) is goes_on
        assert Spendable(market).goes_on(share, budget) is goes_on


def test_where_every_project_can_be_paid_the_first_step_may_end() -> None:
    market, budget = village(5)
    assert first_that_may_end(market, budget, Fraction(10**9), Fraction(1)) == 0


def test_where_one_project_may_shut_out_another_every_step_is_counted() -> None:
    market, budget = village(5)
    limited = Market(
        market.support, market.costs, market.units, market.eligible, market.order, lambda _project, _before: ()
    )
    assert first_that_may_end(limited, budget, start(market, budget), Fraction(10)) == 0
