"""The final run made again on exact prices: every comparison, not only the close ones."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf

from budget_voting.count.exact_shares import ExactShares
from budget_voting.count.market import Market
from budget_voting.count.purses import NEAR
from budget_voting.count.result import Certificate, Step


def certify(market: Market, share: Fraction, bought: Sequence[int], gap: float, decisions: int) -> CertifiedRun:
    """Buy `bought` with exact prices, and compare each with every other project that was for sale.

    Raises ArithmeticError where another project should have been bought: a fault of this program, never of the ballots.
    """
    exact = ExactShares(market, share)
    open_ = set(market.eligible)
    steps, comparisons = [], 0
    known = dict.fromkeys(open_, 0.0)
    """What each project's price per unit is at least; prices only rise."""
    for place, project in enumerate((*bought, None)):
        worth = None
        if project is not None:
            price = exact.price(project, known[project] * market.units[project] * (1 - NEAR))
            if price is None:
                raise ArithmeticError("what was bought cannot be paid")
            worth = price.exact / market.units[project]
        about = None if worth is None else float(worth)
        for other in sorted(open_ - {project}):
            comparisons += 1
            if about is not None and known[other] > about * (1 + NEAR):
                gap = min(gap, 1 - about / known[other])
                continue
            shortage, least = _shortage(exact, other, about)
            if shortage > NEAR:
                gap, known[other] = min(gap, shortage), least
                continue
            decisions += 1
            if not _loses(exact, other, project, worth):
                raise ArithmeticError("the run on floats bought another project than fractions do")
        if project is None or price is None:
            break
        backing = market.support.backing[project]
        poor, broke = int(backing.weights[price.poor].sum()), int(backing.weights[price.broke].sum())
        able = ~(price.poor | price.broke)
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


def _shortage(exact: ExactShares, project: int, worth: float | None) -> tuple[float, float]:
    """The part of its cost that supporters would not raise at the price of the project that was bought, and a price
    per unit that it has at least: who cannot pay the former in full gives all he has, the others share the rest."""
    column = exact.market.columns[project]
    money = exact.about(column.rows)
    if worth is None:
        return 1 - float(column.weights @ money) / column.cost, 0.0
    cap = worth * column.unit * column.points
    poor = money < cap
    spent = float(column.weights[poor] @ money[poor])
    full = column.total - float(column.worth[poor].sum())
    raised = spent + worth * column.unit * full
    noise = column.voters * float(exact.share) * NEAR / 1000
    least = (column.cost - spent - noise) / full if full > 0 else inf
    return 1 - raised / column.cost, least / column.unit


def _loses(exact: ExactShares, other: int, project: int | None, worth: Fraction | None) -> bool:
    found = exact.price(other)
    if found is None:
        return True
    if worth is None or project is None:
        return False
    price, order = found.exact / exact.market.units[other], exact.market.order
    return price > worth or (price == worth and order[project] < order[other])
