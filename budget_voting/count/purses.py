"""The voters' money at several shares at once, and what every project costs its supporters then.

Shares stand side by side as columns: a project is looked at and paid in all of them with one sweep over its supporters,
although each column goes its own way. Floats guide. Each carries a bound of its error; where they cannot separate two
numbers `ExactShares` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf
from operator import add
from typing import Final

import numpy as np

from budget_voting.count.exact_shares import ExactShares
from budget_voting.count.levels import Levels
from budget_voting.count.market import Column
from budget_voting.count.support import Flags, Floats

NEAR: Final = 1e-9
"""Relative distance of two prices below which floats do not decide."""
NEWTON: Final = 3
"""Steps towards a price that are made at once."""
_ULP: Final = 2.0**-52


class Purses:
    """See the module. Arrays of prices have a row for each share and a column for each project."""

    def __init__(self, levels: Levels, shares: Sequence[Fraction], horizons: Sequence[float] | None) -> None:
        self.levels, self.shares = levels, shares
        self.number, self.level = 0, levels[0]
        wide, many = len(shares), len(levels.market.costs)
        each = np.array([float(share) for share in shares])
        self.horizon: Floats | None = None if horizons is None else np.array(horizons)
        self.money: Floats = np.empty((self.level.rows, wide))
        self.money[:] = each
        self.speed: Floats = np.ones((self.level.rows if horizons else 0, wide))
        """How fast a row's money can grow with the share."""
        self.error = each * _ULP
        """Bounds how far any voter's money is from the truth."""
        self.ulp = each * _ULP * 4
        self.doubtful = np.zeros(wide)
        """Voters of whom floats cannot say whether they are penniless."""
        self._weigh_errors()
        self.price: Floats = np.full((wide, many), inf)
        """The last known price of each project per unit; never above the present one."""
        self.low: Floats = np.full((wide, many), inf)
        """The same less its error."""
        self.fall: Floats = np.zeros((wide, many))
        """How fast it can fall."""
        self.bought: list[list[int]] = [[] for _ in shares]
        self.safe: Floats = np.full(wide, inf)
        self.gap: Floats = np.full(wide, inf)
        self.decisions = [0] * wide
        """By fractions."""
        self._exact: dict[int, ExactShares] = {}
        top = max(shares) if horizons is None else max(map(add, shares, map(Fraction, horizons)))
        self._open(levels.market.within_reach(top))

    def _open(self, projects: Sequence[int]) -> None:
        """Offer what can be bought with each share while nobody has paid anything."""
        market = self.levels.market
        columns = [market.columns[project] for project in projects]
        voters, costs, cheapest = np.array([(it.voters, it.cost, it.cheapest) for it in columns]).reshape(-1, 3).T
        total = self.money[0][:, None] * voters
        rich = total >= costs
        for k, i in np.argwhere(np.abs(total - costs) < costs * NEAR).tolist():
            self.decisions[k] += 1
            rich[k, i] = market.support.votes[projects[i]] * self.shares[k] >= market.costs[projects[i]]
        self.price[:, projects] = np.where(rich, cheapest, inf)
        self.low[:, projects] = np.where(rich, cheapest * (1 - NEAR), inf)
        if self.horizon is not None:
            room = np.maximum(costs * (1 - NEAR) - total, 0.0) / voters
            self.safe = np.where(rich, inf, room).min(axis=1, initial=inf)

    def _weigh_errors(self) -> None:
        self.noise = self.error + self.ulp + 4 * self.doubtful * self.error
        """Bounds the error of what a project's supporters have together, for each of them."""
        self.worst = max(self.noise.tolist())

    def exactly(self, k: int) -> ExactShares:
        """The money of one share in fractions."""
        exact = self._exact.get(k)
        if exact is None:
            exact = self._exact[k] = ExactShares(self.levels.market, self.shares[k])
        exact.follow(self.bought[k])
        return exact

    def exact_price(self, project: int, k: int) -> Fraction | None:
        """What a project costs its supporters for a point; where all of them can clearly pay, that is one division."""
        it = self.level.column(project)
        price = self.price[k, project] * it.unit * (1 + NEAR)
        if (self.money[it.rows, k] - 8 * self.noise[k] > price * it.points).all():
            market = self.levels.market
            return Fraction(market.costs[project], market.support.backing[project].total)
        found = self.exactly(k).price(project)
        return None if found is None else found.exact

    def look(self, project: int) -> Flags:
        """Raise the lower bounds of what a project costs its supporters now; where a bound stays it is the price, and
        true is told.

        Supporters who cannot pay the last bound in full give all they have, the others share the rest. No division of
        the supporters into such two parts can make the price too high, the true one makes it exact (Newton's method).
        """
        it = self.level.column(project)
        money = self.money.take(it.rows, axis=0)
        total = it.weights @ money
        if min(total.tolist()) < it.cost + it.voters * self.worst:
            self._drop(project, it, total)
        price, alive = self.price[:, project] * it.unit, None
        cost: Floats | float = it.cost
        if inf in price.tolist():
            alive = price < inf
            price, cost = np.where(alive, price, 0.0), np.where(alive, it.cost, 0.0)
        weak, full = _poor(it, money, price)
        for _ in range(NEWTON):
            price = np.fmax((cost - it.weights @ (money * weak)) / full, price)
            before = full
            weak, full = _poor(it, money, price)
            if full.tolist() == before.tolist():
                break
        sure: Flags = full == before
        if self.horizon is not None:
            weak *= self.speed.take(it.rows, axis=0)
            self.fall[:, project] = (it.weights @ weak) / full / it.unit
        low = price * (1 - NEAR) - (2 * it.voters) * self.noise / full
        if min(full.tolist()) < 0.5:
            for k in np.flatnonzero((full < 0.5) & (self.price[:, project] < inf)).tolist():
                price[k], low[k], sure[k] = *self._last(project, k), True
        if alive is not None:
            price, low = np.where(alive, price, inf), np.where(alive, low, inf)
        self.price[:, project] = price / it.unit
        self.low[:, project] = low / it.unit
        return sure

    def _last(self, project: int, k: int) -> tuple[float, float]:
        """All supporters give all they have: fractions say what the richest pays for a point; and a little less."""
        self.decisions[k] += 1
        found = self.exactly(k).price(project)
        if found is None:
            raise ArithmeticError("what can be paid has a price")
        self.fall[k, project] = inf
        return float(found.exact), float(found.exact) * (1 - NEAR)

    def _drop(self, project: int, it: Column, total: Floats) -> None:
        """Take a project out where its supporters, having `total` together, cannot pay it any more."""
        cost, margin = it.cost, it.voters * self.noise
        poor = (total < cost + margin) & (self.price[:, project] < inf)
        if not poor.any():
            return
        gone = poor & (total < cost - margin)
        self.gap[gone] = np.minimum(self.gap[gone], 1 - total[gone] / cost)
        for k in np.flatnonzero(poor & ~gone).tolist():
            self.decisions[k] += 1
            gone[k] = self.exactly(k).money_of(project) < self.levels.market.costs[project]
        self.price[gone, project] = self.low[gone, project] = inf
        if self.horizon is not None:
            growth = it.weights @ self.speed.take(it.rows, axis=0)
            room = np.where(growth > 0, np.maximum(0.0, cost - total - margin) / growth, inf)
            self.safe[gone] = np.minimum(self.safe[gone], room[gone])

    def buy(self, project: int, columns: list[int]) -> None:
        """Let the supporters pay at some of the shares."""
        self._tell(project)
        it = self.level.column(project)
        cap = np.zeros(len(self.shares))
        cap[columns] = self.price[columns, project] * it.unit
        money = self.money.take(it.rows, axis=0)
        self._slow_down(project, it, money, cap)
        some = money > 0.0
        money -= _times(it, cap)
        weak = money < 0.0
        full = it.total - it.worth @ weak
        weak &= some  # the penniless are so exactly
        unsure = (it.weights @ weak) * self.error + it.voters * self.ulp + 4 * self.doubtful * self.error
        # where all gave what they had, fractions told the price
        slip = np.where(full < 0.5, cap * 1e-12, unsure / full)
        error = np.where(cap > 0.0, it.most * slip + self.ulp, 0.0)
        doubted = np.abs(money) < np.where(cap > 0.0, 4 * (self.error + error), 0.0)
        if np.count_nonzero(doubted):
            self.doubtful += it.weights @ doubted
        self.money[it.rows] = np.maximum(money, 0.0, out=money)
        self.error += error
        self._weigh_errors()
        self.remove(project, columns)
        for k in columns:
            self.bought[k].append(project)

    def _slow_down(self, project: int, it: Column, money: Floats, cap: Floats) -> None:
        """How fast the supporters' money can grow with the share from now on, where that is asked."""
        if self.horizon is None:
            return
        fall = np.where(cap > 0.0, self.fall[:, project] * it.unit, 0.0)
        endless = fall == inf
        self.safe[endless], fall[endless] = 0.0, 0.0
        speed, falls = self.speed.take(it.rows, axis=0), _times(it, fall)
        within = money + self.horizon * speed < _times(it, cap) - self.horizon * falls
        within |= speed == 0.0
        speed += falls
        speed[within] = 0.0
        self.speed[it.rows] = speed

    def remove(self, project: int, columns: int | list[int]) -> None:
        """A project is not for sale there any more."""
        self.price[columns, project] = self.low[columns, project] = inf

    def _tell(self, project: int) -> None:
        """Go on to the level that tells who supports a project."""
        while self.number < self.levels.of_project[project]:
            self.number += 1
            self.level = self.levels[self.number]
            self.money = self.money.take(self.level.above, axis=0)
            if self.horizon is not None:
                self.speed = self.speed.take(self.level.above, axis=0)


def _times(it: Column, each: Floats) -> Floats:
    """So much for every point, of every supporter at every share; one row for all where all give the same."""
    return each * it.points if isinstance(it.points, float) else it.points[:, None] * each


def _poor(it: Column, money: Floats, price: Floats) -> tuple[Floats, Floats]:
    """Who cannot pay such a price for his points, as ones; and the points of all others."""
    weak = (money < _times(it, price)).view(np.int8).astype(np.float64)
    return weak, it.total - it.worth @ weak
