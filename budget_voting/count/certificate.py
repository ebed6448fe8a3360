"""The final run made again on exact prices: every comparison, not only the close ones."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf

import numpy as np

from budget_voting.count.exact_shares import ExactShares
from budget_voting.count.market import Market
from budget_voting.count.result import Certificate, Step
from budget_voting.count.shares_run import NEAR


def certify(market: Market, share: Fraction, bought: Sequence[int], gap: float, decisions: int) -> CertifiedRun:
    """Buy `bought` with exact prices, and compare each with every other project that was for sale.

    Raises ArithmeticError where another project should have been bought: a fault of this program, never of the ballots.
    """
    exact = ExactShares(market, share)
    open_ = set(market.eligible)
    steps, comparisons = [], 0
    for place, project in enumerate((*bought, None)):
        worth = None
        if project is not None:
            price = exact.price(project)
            if price is None:
                raise ArithmeticError("what was bought cannot be paid")
            worth = price.exact / market.units[project]
        for other in sorted(open_ - {project}):
            comparisons += 1
            shortage = _shortage(exact, other, worth)
            if shortage > NEAR:
                gap = min(gap, shortage)
                continue
            decisions += 1
            if not _loses(exact, other, project, worth):
                raise ArithmeticError("the run on floats bought another project than fractions do")
        if project is None or price is None:
            break
        backing = market.support.backing[project]
        poor = int(market.support.weights[price.poor].sum())
        broken = exact.spent(backing.rows)
        broke = int(backing.weights[broken].sum())
        able = ~broken & ~np.isin(backing.rows, price.poor)
        points = int((backing.weights * backing.points)[able].sum())
        given = market.costs[project] - points * price.exact
        steps.append(Step(project, price.exact, backing.voters - poor - broke, points, given, poor, broke))
        exact.buy(project, price)
        open_ -= {project, *market.removes(project, tuple(bought[:place]))}
    certificate = Certificate(True, None if gap == inf else gap, decisions, comparisons)
    return CertifiedRun(certificate, tuple(steps), exact)


class CertifiedRun:
    """The proof, the steps with their exact prices, and the voters' money at the end."""

    def __init__(self, certificate: Certificate, steps: tuple[Step, ...], exact: ExactShares) -> None:
        self.certificate, self.steps, self.exact = certificate, steps, exact


def _shortage(exact: ExactShares, project: int, worth: Fraction | None) -> float:
    """The part of its cost that supporters would not raise at the price of the project that was bought."""
    column = exact.market.columns[project]
    money = exact.about(column.rows)
    if worth is not None:
        money = np.minimum(money, float(worth) * column.unit * column.points)
    return 1 - float(column.weights @ money) / column.cost


def _loses(exact: ExactShares, other: int, project: int | None, worth: Fraction | None) -> bool:
    found = exact.price(other)
    if found is None:
        return True
    if worth is None or project is None:
        return False
    price, order = found.exact / exact.market.units[other], exact.market.order
    return price > worth or (price == worth and order[project] < order[other])
