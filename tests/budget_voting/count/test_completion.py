"""Add1: jumping from change to change gives what the loop over every step gives, and the two stops differ."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget_voting.count.completion import Completed, Ended, Stop, add_one
from budget_voting.count.counting import count
from budget_voting.count.election import VoteKind
from budget_voting.count.rules import CountRules, Method, Utility
from tests.budget_voting.elections import vote

from .markets import market_of, village
from .test_shares_run import KINDS


def _told(found: Completed) -> tuple[object, ...]:
    beyond = found.beyond.bought if found.beyond else None
    return found.run.share, found.run.bought, found.run.ties, found.ended, found.steps, beyond


@settings(max_examples=80)
@given(st.integers(0, 10**9), st.sampled_from(KINDS), st.sampled_from(list(Stop)), st.integers(5, 60))
def test_the_jump_gives_what_every_step_gives(
    seed: int, kind: tuple[VoteKind, Utility], stop: Stop, fineness: int
) -> None:
    market, budget = market_of(seed, *kind)
    if not market.eligible:
        return
    step = Fraction(budget, market.support.voters * fineness)
    assert _told(add_one(market, budget, step, stop)) == _told(add_one(market, budget, step, stop, every_step=True))


@pytest.mark.parametrize("stop", Stop)
def test_a_village_in_steps_of_ten_tenge(stop: Stop) -> None:
    market, budget = village(5)
    jumped = add_one(market, budget, Fraction(10), stop)
    assert _told(jumped) == _told(add_one(market, budget, Fraction(10), stop, every_step=True))


def test_steps_of_one_tenge_are_not_counted_one_by_one() -> None:
    market, budget = village(5, share=100_000)
    found = add_one(market, budget, Fraction(1), Stop.OVERSPEND)
    assert found.steps > 50_000
    assert found.counts < 1_000


def test_the_two_stops_give_different_winners() -> None:
    """After b nothing fits beside a, so one stop ends there; the other goes on until c is bought instead of nothing."""
    election = vote(10, {"a": 6, "b": 3, "c": 4}, ["6 × a", "3 × b", "2 × c", "1 × b,c"])
    found = {}
    for stop in Stop:
        result = count(election, CountRules(Method.EQUAL_SHARES, Utility.COST, stop, step=Fraction(1, 10)))
        found[stop] = (result.ended, result.total_cost)
    assert found[Stop.EXHAUSTIVE] == (Ended.NOTHING_FITS, 9)
    assert found[Stop.OVERSPEND] == (Ended.WOULD_OVERSPEND, 9)


def test_it_ends_when_everything_is_funded() -> None:
    election = vote(100, {"a": 10, "b": 20}, ["3 × a", "1 × b"])
    result = count(election, CountRules(Method.EQUAL_SHARES, Utility.COST, Stop.OVERSPEND))
    assert (result.ended, result.total_cost) == (Ended.ALL_FUNDED, 30)
