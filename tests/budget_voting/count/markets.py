"""Markets of invented elections."""

from __future__ import annotations

from fractions import Fraction

from budget_voting.count.counting import _Count
from budget_voting.count.election import VoteKind
from budget_voting.count.invented import large_election, small_election
from budget_voting.count.market import Market
from budget_voting.count.reading import election_of
from budget_voting.count.rules import CountRules, Method, TieOrder, Utility


def market_of(seed: int, kind: VoteKind, utility: Utility) -> tuple[Market, int]:
    """A small market with many ties, and its budget."""
    return _market(CountRules(Method.EQUAL_SHARES, utility, ties=TieOrder.ID), election=small_election(seed, kind))


def village(seed: int, voters: int = 300, share: int = 5_000) -> tuple[Market, int]:
    """A village's market with a share of thousands of tenge."""
    file = large_election(seed, voters, 20, share=share)
    return _market(CountRules(Method.EQUAL_SHARES, Utility.COST), election=file)


def _market(rules: CountRules, election: object) -> tuple[Market, int]:
    counted = _Count(election_of(election), rules)  # type: ignore[arg-type]
    units = counted.costs if rules.utility is Utility.COST else (1,) * len(counted.costs)
    eligible = tuple(project for project in counted.eligible if counted.costs[project])
    return (
        Market(counted._support(), counted.costs, units, eligible, counted.order),
        counted.election.budget,
    )


def start(market: Market, budget: int) -> Fraction:
    """The first share."""
    return Fraction(budget, market.support.voters)
