"""The Method of Equal Shares as it is defined, with fractions and nothing else: slow, short, and easy to believe."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from budget_voting.count.market import Market


def plain_equal_shares(market: Market, share: Fraction) -> list[int]:
    """What `share` buys, by one purse for each row of ballots."""
    purses = [share] * len(market.support.weights)
    bought: list[int] = []
    shut: set[int] = set()
    while True:
        offers = []
        for project in market.eligible:
            if project not in bought and project not in shut:
                price = price_of(market, project, purses)
                if price is not None:
                    offers.append((price / market.units[project], market.order[project], project, price))
        if not offers:
            return bought
        _, _, project, price = min(offers)
        for row, points in supporters(market, project):
            purses[row] -= min(purses[row], price * points)
        shut.update(market.removes(project, tuple(bought)))
        bought.append(project)


def supporters(market: Market, project: int) -> list[tuple[int, int]]:
    """Rows and points of a project's supporters."""
    backing = market.support.backing[project]
    points = [int(backing.points[0])] * len(backing.rows) if len(backing.points) == 1 else backing.points.tolist()
    return list(zip(backing.rows.tolist(), points, strict=True))


def price_of(market: Market, project: int, purses: Sequence[Fraction]) -> Fraction | None:
    """The price at which supporters pay the cost together, each at most what he has; None where they cannot."""
    weights = market.support.weights.tolist()
    rich = sorted(supporters(market, project), key=lambda one: purses[one[0]] / one[1])
    missing = Fraction(market.costs[project])
    points = sum(weights[row] * given for row, given in rich)
    for row, given in rich:
        price = missing / points
        if price * given <= purses[row]:
            return price
        missing -= weights[row] * purses[row]
        points -= weights[row] * given
    return None
