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
from math import ceil, lcm
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_voting.count.market import Market
from budget_voting.count.support import Floats, Ints

Flags = NDArray[np.bool_]
_ULP: Final = 2.0**-52


@dataclass(frozen=True, slots=True)
class Price:
    """What a project would cost each supporter for a point, and which supporters, in their order, cannot pay it."""

    exact: Fraction
    poor: Flags
    """They have something, but not enough."""
    broke: Flags
    """Their money is gone."""


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
        self._whole = self.share.denominator
        """A denominator of the share and of all prices."""
        self._parts: list[int] = []
        """The prices in parts of it."""
        self._doubt = float(self.share) * _ULP * 8

    def follow(self, projects: Iterable[int]) -> None:
        """Buy `projects` beyond those bought already, in this order."""
        for project in tuple(projects)[len(self.bought) :]:
            price = self.price(project)
            if price is None:
                raise ArithmeticError("a project of the run cannot be paid")
            self.buy(project, price)

    def price(self, project: int, least: float = 0.0) -> Price | None:
        """What a supporter pays for a point of `project`, known to be `least` at least; None where they cannot pay it
        together."""
        backing, cost = self.market.support.backing[project], self.market.costs[project]
        column = self.market.columns[project]
        points = np.broadcast_to(backing.points, backing.rows.shape)
        money, spent = self._money[backing.rows], self._spent[backing.rows]
        poor = spent | (money < least * points - self._doubt) if least else spent.copy()
        while True:
            rich = int(column.total) - int(column.worth @ poor.astype(np.float64))
            short = np.flatnonzero(poor & ~spent)
            missing = cost - self._sum(backing.rows[short], backing.weights[short]) if short.size else Fraction(cost)
            if rich == 0:
                if missing > 0:
                    return None
                return self._last_coin(project, spent)
            price = missing / rich
            cap = float(price) * points
            doubt = (np.abs(money - cap) <= self._doubt) & ~poor
            more = (money < cap) & ~poor & ~doubt
            for place in np.flatnonzero(doubt):
                row = int(backing.rows[place])
                more[place] = self.money(row) < price * int(points[place])
            if not more.any():
                return Price(price, poor & ~spent, spent)
            poor |= more

    def _last_coin(self, project: int, spent: Flags) -> Price:
        """The price where every supporter gives all he has: the most anybody pays for a point."""
        backing = self.market.support.backing[project]
        points = np.broadcast_to(backing.points, backing.rows.shape)
        able = ~spent
        worth = {
            Fraction(self.money(int(row)), int(n)) for row, n in zip(backing.rows[able], points[able], strict=True)
        }
        most = max(worth)
        return Price(most, able, spent)

    def buy(self, project: int, price: Price) -> None:
        """Let the supporters pay."""
        backing = self.market.support.backing[project]
        self.prices.append(price.exact)
        self.bought.append(project)
        whole = lcm(self._whole, price.exact.denominator)
        self._parts = [part * (whole // self._whole) for part in self._parts]
        self._parts.append(price.exact.numerator * (whole // price.exact.denominator))
        self._whole = whole
        self._doubt += float(self.share) * _ULP * 4
        self._money[backing.rows] -= float(price.exact) * backing.points
        gone = backing.rows[price.poor | price.broke]
        self._spent[gone] = True
        self._money[gone] = 0.0

    def money(self, row: int) -> Fraction:
        """What one voter of a row has left."""
        if self._spent[row]:
            return Fraction(0)
        return self._sum(np.array([row], np.intp), np.ones(1, np.int64))

    def about(self, rows: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Floats:
        """What each voter of some rows has left, as floats next to the truth."""
        return self._money[rows]

    def short_of(self, project: int) -> int:
        """The coins that supporters of a project are short of its cost; a part of a coin is one."""
        column = self.market.columns[project]
        missing = column.cost - float(column.weights @ self._money[column.rows])
        if abs(missing - round(missing)) < 1e-3:
            return ceil(self.market.costs[project] - self.money_of(project))
        return ceil(missing)

    def money_of(self, project: int) -> Fraction:
        """What all supporters of a project have left together."""
        backing = self.market.support.backing[project]
        able = ~self._spent[backing.rows]
        return self._sum(backing.rows[able], backing.weights[able])

    def _sum(self, rows: np.ndarray[tuple[int], np.dtype[np.intp]], weights: Ints) -> Fraction:
        """The money of rows that still have some, together."""
        heads = int(weights.sum()) * self.share.numerator * (self._whole // self.share.denominator)
        named = self.market.support.named
        places, lengths = self.market.support.said_by(rows)
        worth = np.repeat(weights, lengths)
        worth = worth if named.points is None else worth * named.points[places]
        points = np.bincount(named.projects[places], worth, len(self.market.costs))
        paid = sum(part * int(points[project]) for project, part in zip(self.bought, self._parts, strict=True))
        return Fraction(heads - paid, self._whole)
