"""Where the supporters' money went: for projects that Equal Shares did not fund, told after the count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from budget_voting.count.market import Market
from budget_voting.count.result import Result, Why


@dataclass(frozen=True, slots=True)
class Account:
    """The money of one project's supporters, in coins."""

    project: int
    left: int
    """At the end, rounded down: a part of a coin that is missing is a coin."""
    spent: tuple[tuple[int, int, int], ...]
    """What they spent most on: step from one, project, coins rounded to the nearest; the largest first."""


def accounts(result: Result) -> dict[int, Account]:
    """The accounts of all projects whose supporters ran out of money."""
    losers = [fate.project for fate in result.fates if fate.why is Why.MONEY_SPENT]
    if result.market is None or result.share is None or not losers:
        return {}
    paid = _paid(result.market, result.share, [(step.project, step.price) for step in result.steps], losers)
    before = len(result.winners) - len(result.steps)
    first = min((result.fates[step.project].step for step in result.steps), default=before + 1)
    found = {}
    for project in losers:
        spent = [
            (place + first, step.project, round(sums[project]))
            for place, (step, sums) in enumerate(zip(result.steps, paid, strict=True))
            if round(sums[project])
        ]
        spent.sort(key=lambda one: -one[2])
        left = result.election.projects[project].cost - result.fates[project].short
        found[project] = Account(project, left, tuple(spent))
    return found


def _paid(
    market: Market, share: Fraction, purchases: Sequence[tuple[int, Fraction]], losers: Sequence[int]
) -> list[dict[int, float]]:
    """What the supporters of each loser paid at each step."""
    money = np.full(len(market.support.weights), float(share))
    found = []
    for project, price in purchases:
        column = market.columns[project]
        paying = np.zeros_like(money)
        paying[column.rows] = np.minimum(money[column.rows], float(price) * column.points)
        money -= paying
        columns = {loser: market.columns[loser] for loser in losers}
        found.append({loser: float(one.weights @ paying[one.rows]) for loser, one in columns.items()})
    return found
