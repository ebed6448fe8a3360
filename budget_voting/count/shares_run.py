"""The Method of Equal Shares at many shares at once, and how far each share may grow before anything can change.

Shares stand side by side as columns: the same project is looked at and bought in all of them with one sweep over its
supporters, although each column goes its own way. Floats guide. Each carries a bound of its error, and a decision they
cannot separate is taken by `ExactShares`.

**The next share that can matter.** While the same projects are bought in the same order, a greater share leaves nobody
with less at any step and makes no price dearer. Let `speed` bound how fast a voter's money can grow with the share:
one, plus how fast the prices he paid can fall; nothing for who stays penniless. A price falls no faster than

    (what its poor supporters gain) / (points of those who pay it in full),

and as the share grows the poor only become fewer and the points in full only more, so the bound taken here holds all
the way up. The order can then change only where some other price, falling as fast as it may, meets the price that was
paid at that step; and a project that its supporters could not pay only where their money, growing as fast as it may,
reaches its cost. The smallest such distance is `safe`: below it no step of this run can come out otherwise. Voters who
cannot come out of their pennilessness within `horizon` are told so once, which makes the bound tight; it holds up to
the horizon.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_voting.count.exact_shares import ExactShares
from budget_voting.count.market import Market
from budget_voting.count.support import Floats

NEAR: Final = 1e-9
"""Relative distance of two prices below which floats do not decide."""
NEWTON: Final = 3
"""Steps towards a price that are made at once."""
_ULP: Final = 2.0**-52


@dataclass(frozen=True, slots=True)
class Tied:
    """Projects whose prices are exactly equal at a step, in the order of ties; the first was chosen."""

    step: int
    projects: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What one share buys, in order."""

    share: Fraction
    bought: tuple[int, ...]
    safe: float
    """No smaller growth of the share changes what is bought or the order."""
    ties: tuple[Tied, ...]
    gap: float
    """The smallest relative distance by which floats decided; infinite where they never had to."""
    exact_decisions: int
    """Decisions taken by fractions."""


def run(market: Market, share: Fraction) -> Run:
    """What `share` for each voter buys."""
    return run_all(market, [share])[0]


def run_all(market: Market, shares: Sequence[Fraction], horizons: Sequence[float] | None = None) -> list[Run]:
    """What each of `shares` buys; with `horizons`, how far each may grow is told up to there."""
    return _Runs(market, shares, horizons).all()


class _Runs:
    def __init__(self, market: Market, shares: Sequence[Fraction], horizons: Sequence[float] | None) -> None:
        self.market, self.shares = market, shares
        self.projects = market.columns
        rows, many, wide = len(market.support.weights), len(market.costs), len(shares)
        each = np.array([float(share) for share in shares])
        self.horizon: Floats | None = None if horizons is None else np.array(horizons)
        self.money: Floats = np.empty((rows, wide))
        self.money[:] = each
        self.speed: Floats = np.ones((rows if horizons else 0, wide))
        self.error = each * _ULP
        """Bounds how far any voter's money is from the truth."""
        self.noise = each * _ULP * 4
        self.doubtful = np.zeros(wide)
        """Voters of whom floats cannot say whether they are penniless."""
        self.price: Floats = np.full((many, wide), inf)
        """The last known price of each project per unit; never above the present one."""
        self.low: Floats = np.full((many, wide), inf)
        """The same less its error."""
        self.slip: Floats = np.zeros((many, wide))
        """The error of the price itself, per point."""
        self.fall: Floats = np.zeros((many, wide))
        """How fast it can fall."""
        self.seen = np.full((many, wide), -1)
        """At which step each price was last looked at."""
        self.sure: NDArray[np.bool_] = np.zeros((many, wide), np.bool_)
        """Whether the price was found then, and not only a lower bound."""
        self.step = np.zeros(wide, np.intp)
        self.bought: list[list[int]] = [[] for _ in shares]
        self.ties: list[list[Tied]] = [[] for _ in shares]
        self.safe = np.full(wide, inf)
        self.gap = np.full(wide, inf)
        self.decisions = [0] * wide
        self.exact: dict[int, ExactShares] = {}
        self.all_columns = np.arange(wide)
        for project in market.eligible:
            column = self.projects[project]
            self.price[project] = column.cost / column.total / column.unit
            self.low[project] = self.price[project] * (1 - NEAR)
            self._drop(project, column.voters * each, column.voters * self.noise + column.cost * NEAR)

    def all(self) -> list[Run]:
        """Buy in every column until nobody can."""
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            while True:
                lead = self.price.argmin(axis=0)
                best = self.price[lead, self.all_columns]
                buying = best < inf
                if not buying.any():
                    break
                buying &= self.step == self.step[buying].min()
                known = self.sure[lead, self.all_columns] & (self.seen[lead, self.all_columns] == self.step)
                unknown = lead[buying & ~known]
                if unknown.size:
                    self._look(_most(unknown))
                    continue
                project = _most(lead[buying])
                self._choose(project, np.flatnonzero(buying & (lead == project)))
        safe = self.safe if self.horizon is None else np.minimum(self.safe, self.horizon)
        told = zip(self.shares, self.bought, safe.tolist(), self.ties, self.gap.tolist(), self.decisions, strict=True)
        return [
            Run(share, tuple(bought), far, tuple(ties), gap, decisions)
            for share, bought, far, ties, gap, decisions in told
        ]

    def _choose(self, project: int, columns: NDArray[np.intp]) -> None:
        """Buy `project`, the cheapest there, in `columns`; where floats cannot tell it from others, fractions do."""
        high = 2 * self.price[project, columns] - self.low[project, columns]
        close = self.low[:, columns] <= high
        close[project] = False
        if close.any():
            now = (self.seen[:, columns] == self.step[columns]) & self.sure[:, columns]
            unsure = np.flatnonzero((close & ~now).any(axis=1))
            if unsure.size:
                for other in unsure:
                    self._look(int(other))
                return
            rivals = close.any(axis=0)
            chosen: dict[int, list[int]] = {}
            for k in np.flatnonzero(rivals):
                first = self._settle(int(columns[k]), [project, *np.flatnonzero(close[:, k]).tolist()])
                chosen.setdefault(first, []).append(int(columns[k]))
            for first, where in chosen.items():
                only = np.array(where)
                self._limit(first, only, 2 * self.price[first, only] - self.low[first, only], settle=True)
                self._buy(first, only)
            columns, high = columns[~rivals], high[~rivals]
            if not columns.size:
                return
        if not self._limit(project, columns, high):
            return
        rest = self.price[:, columns]
        rest[project] = inf
        second = rest.min(axis=0)
        distance = np.where(second < inf, 1 - self.price[project, columns] / second, inf)
        self.gap[columns] = np.minimum(self.gap[columns], distance)
        self._buy(project, columns)

    def _settle(self, column: int, rivals: list[int]) -> int:
        """The cheapest of `rivals` by fractions, the first in the order of ties where they are equal."""
        market = self.market
        tied = rivals
        if not all(market.same_offer(rivals[0], other) for other in rivals[1:]):
            self.decisions[column] += 1
            prices = {}
            for project in rivals:
                found = self._exact_price(project, column)
                if found is not None:
                    prices[project] = found / market.units[project]
            lowest = min(prices.values())
            tied = [project for project, price in prices.items() if price == lowest]
        tied = sorted(tied, key=lambda project: market.order[project])
        if len(tied) > 1:
            self.ties[column].append(Tied(int(self.step[column]), tuple(tied)))
        return tied[0]

    def _exact_price(self, project: int, column: int) -> Fraction | None:
        """What a project costs its supporters for a point; where all of them can clearly pay, that is one division."""
        it = self.projects[project]
        price = self.price[project, column] * it.unit * (1 + NEAR)
        if (self.money[it.rows, column] - 8 * (self.error + self.noise)[column] > price * it.points).all():
            return Fraction(self.market.costs[project], self.market.support.backing[project].total)
        found = self._exactly(column).price(project)
        return None if found is None else found.exact

    def _exactly(self, column: int) -> ExactShares:
        exact = self.exact.get(column)
        if exact is None:
            exact = self.exact[column] = ExactShares(self.market, self.shares[column])
        exact.follow(self.bought[column])
        return exact

    # prices

    def _look(self, project: int) -> None:
        """Raise the lower bounds of what a project costs its supporters now; a bound that stays is the price.

        Supporters who cannot pay the last bound in full give all they have, the others share the rest. No division of
        the supporters into such two parts can make the price too high, the true one makes it exact (Newton's method).
        """
        it = self.projects[project]
        money = self.money.take(it.rows, axis=0)
        self._drop(project, it.weights @ money, it.voters * (self.error + self.noise) + self.doubtful * self.error * 4)
        price = self.price[project] * it.unit
        alive = price < inf
        if not alive.any():
            return
        price[~alive] = 0.0
        for _ in range(NEWTON):
            poor = money < (price * it.points if isinstance(it.points, float) else it.points[:, None] * price)
            weak = poor.view(np.int8).astype(np.float64)
            heads = it.weights @ weak
            full = it.total - (heads * it.points if isinstance(it.points, float) else it.worth @ weak)
            fits = np.where(full < 0.5, price, (it.cost - it.weights @ (money * weak)) / full)
            sure = fits <= price * (1 + 1e-14)
            price = np.maximum(fits, price)
            if (sure | ~alive).all():
                break
        self.seen[project] = self.step
        self.sure[project] = sure
        unsure = it.weights @ (poor & (money > 0.0)).view(np.int8).astype(np.float64)  # the penniless are so exactly
        self.slip[project] = (unsure * self.error + self.doubtful * self.error * 4 + it.voters * self.noise) / full
        if self.horizon is not None:
            weak *= self.speed.take(it.rows, axis=0)
            self.fall[project] = (it.weights @ weak) / full / it.unit
        for k in np.flatnonzero((full < 0.5) & alive):
            price[k] = self._last(project, int(k))
        price[~alive] = inf
        self.price[project] = price / it.unit
        self.low[project] = (price * (1 - NEAR) - 2 * self.slip[project]) / it.unit

    def _last(self, project: int, column: int) -> float:
        """All supporters give all they have: fractions say what the richest pays for a point."""
        self.decisions[column] += 1
        found = self._exactly(column).price(project)
        if found is None:
            raise ArithmeticError("what can be paid has a price")
        self.sure[project, column] = True
        self.slip[project, column] = float(found.exact) * 1e-12
        self.fall[project, column] = inf
        return float(found.exact)

    def _drop(self, project: int, total: Floats, margin: Floats) -> None:
        """Take a project out where its supporters cannot pay it, having `total` together, any more."""
        cost = self.projects[project].cost
        poor = (total < cost + margin) & (self.price[project] < inf)
        if not poor.any():
            return
        for k in np.flatnonzero(poor):
            if total[k] < cost - margin[k]:
                self.gap[k] = min(self.gap[k], 1 - total[k] / cost)
            else:
                self.decisions[k] += 1
                if self._exactly(int(k)).money_of(project) >= self.market.costs[project]:
                    continue
            self.price[project, k] = self.low[project, k] = inf
        if self.horizon is not None:
            it = self.projects[project]
            growth = it.weights @ self.speed.take(it.rows, axis=0)
            room = np.where(growth > 0, np.maximum(0.0, cost - total - margin) / growth, inf)
            gone = poor & (self.price[project] == inf)
            self.safe[gone] = np.minimum(self.safe[gone], room[gone])

    # how far the share may grow

    def _limit(self, project: int, columns: NDArray[np.intp], high: Floats, *, settle: bool = False) -> bool:
        """Lower `safe` to where another project could become as cheap as the one that is bought now.

        False where a price was looked at anew, so that everything is to be asked again.
        """
        if self.horizon is None:
            return True
        fall, low = self.fall[:, columns], self.low[:, columns]
        room = np.where((fall > 0) & (low < inf), np.maximum(low - high, 0.0) / fall, inf)
        room[project] = inf
        for other in np.flatnonzero((room <= 0.0).any(axis=1)):
            if self.market.same_offer(project, int(other)):
                room[other] = inf
        tight = room < self.safe[columns]
        if not tight.any():
            return True
        if not settle:
            stale = (self.seen[:, columns] < self.step[columns]) & tight
            if stale.any():
                self._look(int(np.where(stale, room, inf).min(axis=1).argmin()))
                return False
        self.safe[columns] = np.minimum(self.safe[columns], room.min(axis=0))
        return True

    def _buy(self, project: int, columns: NDArray[np.intp]) -> None:
        it = self.projects[project]
        cap, near, fall = np.zeros((3, len(self.shares)))
        cap[columns] = self.price[project, columns] * it.unit
        near[columns] = 4 * (self.error + self.slip[project] + self.noise)[columns]
        fall[columns] = self.fall[project, columns] * it.unit
        endless = fall == inf
        if endless.any():
            self.safe[endless], fall[endless] = 0.0, 0.0
        points = it.points if isinstance(it.points, float) else it.points[:, None]
        money = self.money.take(it.rows, axis=0)
        price = points * cap
        doubt = np.abs(money - price) < near
        if doubt.any():
            self.doubtful += it.weights @ doubt
        if self.horizon is not None:
            speed = self.speed.take(it.rows, axis=0)
            within = money + self.horizon * speed < price - self.horizon * fall * points
            within |= speed == 0.0
            speed += fall * points
            speed[within] = 0.0
            self.speed[it.rows] = speed
        money -= price
        self.money[it.rows] = np.maximum(money, 0.0, out=money)
        most = it.points if isinstance(it.points, float) else float(it.points.max())
        self.error[columns] += most * self.slip[project, columns] + self.noise[columns]
        self.step[columns] += 1
        self.price[project, columns] = self.low[project, columns] = inf
        for k in columns.tolist():
            before = tuple(self.bought[k])
            self.bought[k].append(project)
            for other in self.market.removes(project, before):
                self.price[other, k] = self.low[other, k] = inf


def _most(projects: NDArray[np.intp]) -> int:
    """The project that occurs most often."""
    return int(np.bincount(projects).argmax())
