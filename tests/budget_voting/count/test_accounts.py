"""Where supporters' money went, beside purses of fractions."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st

from budget_voting.count.accounts import accounts
from budget_voting.count.completion import Stop
from budget_voting.count.counting import count
from budget_voting.count.invented import small_election
from budget_voting.count.reading import election_of
from budget_voting.count.rules import CountRules, Method, Utility

from .reference import supporters


@settings(max_examples=80)
@given(st.integers(0, 10**9), st.sampled_from([Utility.COST, Utility.CARDINALITY]), st.sampled_from([None, *Stop]))
def test_what_is_told_is_what_the_purses_say(seed: int, utility: Utility, completion: Stop | None) -> None:
    """Sums to the nearest coin, what is left rounded down. 30 ₸ are not 29 because a float was a hair below."""
    result = count(election_of(small_election(seed)), CountRules(Method.EQUAL_SHARES, utility, completion))
    market, share = result.market, result.share
    if market is None or share is None:
        return
    purses = [share] * len(market.support.weights)
    paid: list[dict[int, Fraction]] = []
    for step in result.steps:
        paid.append({row: min(purses[row], step.price * points) for row, points in supporters(market, step.project)})
        for row, sum_ in paid[-1].items():
            purses[row] -= sum_
    weights = market.support.weights.tolist()
    for project, account in accounts(result).items():
        rows = [row for row, _ in supporters(market, project)]
        assert account.left == floor(sum(weights[row] * purses[row] for row in rows))
        for number, bought, coins in account.spent:
            step = next(step for step in result.steps if step.project == bought)
            assert result.fates[bought].step == number
            exact = sum(weights[row] * paid[result.steps.index(step)].get(row, Fraction(0)) for row in rows)
            assert abs(coins - exact) <= Fraction(1, 2) + Fraction(1, 10**6)
