"""Equal Shares in exact arithmetic, cheap enough to be asked whenever floats cannot decide.

A voter's money is the share less the prices of what he helped to buy, until it is spent. So the money of all who cannot
pay a price in full is `heads × share − Σ points × price`, where heads and points are whole numbers that arrays add up.
One price then costs a handful of fractions however many voters there are. Floats only sort voters into those who can
pay and those who cannot; whoever stands closer to the border than floats can tell is sorted by fractions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

import numpy as np

from budget_voting.count.market import Market
from budget_voting.count.support import Floats, Ints

_ULP: Final = 2.0**-52


@dataclass(frozen=True, slots=True)
class Price:
    """What a project would cost each supporter for a point; `poor` are the rows who have something but not enough."""

    exact: Fraction
    poor: np.ndarray[tuple[int], np.dtype[np.intp]]


@dataclass(eq=False)
class ExactShares:
    """The voters' money at one share, after the purchases made so far."""

    market: Market
    share: Fraction
    prices: list[Fraction] = field(default_factory=list)
    bought: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        rows = len(self.market.support.weights)
        self._money = np.full(rows, float(self.share))
        self._spent = np.zeros(rows, np.bool_)
        self._points: list[Ints] = []
        self._doubt = float(self.share) * _ULP * 8

    def follow(self, projects: Iterable[int]) -> None:
        """Buy `projects` beyond those bought already, in this order."""
        for project in tuple(projects)[len(self.bought) :]:
            price = self.price(project)
            if price is None:
                raise ArithmeticError("a project of the run cannot be paid")
            self.buy(project, price)

    def price(self, project: int) -> Price | None:
        """What a supporter pays for a point of `project`; None where they cannot pay it together."""
        backing, cost = self.market.support.backing[project], self.market.costs[project]
        points = np.broadcast_to(backing.points, backing.rows.shape)
        money, spent = self._money[backing.rows], self._spent[backing.rows]
        poor = spent.copy()
        while True:
            rich = int((backing.weights * points)[~poor].sum())
            missing = cost - self._sum(backing.rows[poor & ~spent], backing.weights[poor & ~spent])
            if rich == 0:
                if missing > 0:
                    return None
                return self._last_coin(project)
            price = missing / rich
            cap = float(price) * points
            doubt = (np.abs(money - cap) <= self._doubt) & ~poor
            short = (money < cap) & ~poor & ~doubt
            for place in np.flatnonzero(doubt):
                row = int(backing.rows[place])
                short[place] = self.money(row) < price * int(points[place])
            if not short.any():
                return Price(price, backing.rows[poor & ~spent])
            poor |= short

    def _last_coin(self, project: int) -> Price:
        """The price where every supporter gives all he has: the most anybody pays for a point."""
        backing = self.market.support.backing[project]
        points = np.broadcast_to(backing.points, backing.rows.shape)
        able = ~self._spent[backing.rows]
        worth = {
            Fraction(self.money(int(row)), int(n)) for row, n in zip(backing.rows[able], points[able], strict=True)
        }
        return Price(max(worth), backing.rows[able])

    def buy(self, project: int, price: Price) -> None:
        """Let the supporters pay."""
        backing = self.market.support.backing[project]
        given = np.zeros(len(self._money), np.int64)
        given[backing.rows] = backing.points
        self._points.append(given)
        self.prices.append(price.exact)
        self.bought.append(project)
        self._doubt += float(self.share) * _ULP * 4
        self._money[backing.rows] -= float(price.exact) * given[backing.rows]
        self._spent[price.poor] = True
        self._money[self._spent] = 0.0

    def money(self, row: int) -> Fraction:
        """What one voter of a row has left."""
        if self._spent[row]:
            return Fraction(0)
        return self.share - sum(
            (price * int(points[row]) for price, points in zip(self.prices, self._points, strict=True) if points[row]),
            Fraction(0),
        )

    def about(self, rows: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Floats:
        """What each voter of some rows has left, as floats next to the truth."""
        return self._money[rows]

    def spent(self, rows: np.ndarray[tuple[int], np.dtype[np.intp]]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """Whose money is gone."""
        return self._spent[rows]

    def money_of(self, project: int) -> Fraction:
        """What all supporters of a project have left together."""
        backing = self.market.support.backing[project]
        able = ~self._spent[backing.rows]
        return self._sum(backing.rows[able], backing.weights[able])

    def _sum(self, rows: np.ndarray[tuple[int], np.dtype[np.intp]], weights: Ints) -> Fraction:
        """The money of rows that still have some, together."""
        total = Fraction(int(weights.sum())) * self.share
        for price, points in zip(self.prices, self._points, strict=True):
            worth = int((points[rows] * weights).sum())
            if worth:
                total -= price * worth
        return total
