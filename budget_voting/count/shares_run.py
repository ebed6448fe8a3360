"""The Method of Equal Shares at many shares at once, and how far each share may grow before anything can change.

`Purses` holds the money of all shares side by side; each of these columns goes its own way here.

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

import numpy as np
from numpy.typing import NDArray

from budget_voting.count.levels import Levels
from budget_voting.count.market import Market
from budget_voting.count.purses import Purses


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
    return run_all(Levels(market, share), [share])[0]


def run_all(levels: Levels, shares: Sequence[Fraction], horizons: Sequence[float] | None = None) -> list[Run]:
    """What each of `shares` buys; with `horizons`, how far each may grow is told up to there."""
    return _Runs(levels, shares, horizons).all()


class _Runs:
    """All shares make their first purchase, then all their second one, and so on."""

    def __init__(self, levels: Levels, shares: Sequence[Fraction], horizons: Sequence[float] | None) -> None:
        self.market = levels.market
        self.purses = Purses(levels, shares, horizons)
        self.step = 0
        self.ties: list[list[Tied]] = [[] for _ in shares]
        self.known = np.full(self.purses.low.shape, -1)
        """For each share and project the step at which its price was last known, and not only a lower bound."""

    def all(self) -> list[Run]:
        """Buy at every share until nobody can."""
        purses = self.purses
        columns = np.arange(len(purses.shares))
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            while columns.size:
                chosen = self._choose(columns)
                for project, where in chosen.items():
                    self._buy(project, where)
                columns = np.array([k for where in chosen.values() for k in where], np.intp)
                self.step += 1
        safe = purses.safe if purses.horizon is None else np.minimum(purses.safe, purses.horizon)
        told = zip(
            purses.shares,
            purses.bought,
            safe.tolist(),
            self.ties,
            purses.gap.tolist(),
            purses.decisions,
            strict=True,
        )
        return [
            Run(share, tuple(bought), far, tuple(ties), gap, decisions)
            for share, bought, far, ties, gap, decisions in told
        ]

    def _choose(self, columns: NDArray[np.intp]) -> dict[int, list[int]]:
        """For each project the shares that buy it at this step; the others buy nothing any more."""
        purses, gap = self.purses, self.purses.gap
        chosen: dict[int, list[int]] = {}
        while columns.size:
            each = np.arange(len(columns))
            lows = purses.low[columns]
            leads = lows.argmin(axis=1)
            found = [columns, leads, lows[each, leads], purses.price[columns, leads]]
            lows[each, leads] = inf
            found += [lows.min(axis=1), self.known[columns, leads] == self.step]
            wanted: set[int] = set()
            waiting: list[int] = []
            for k, lead, low, price, beside, known in zip(*(one.tolist() for one in found), strict=True):
                if low == inf:
                    continue
                project, unknown = lead, None if known else lead
                if known and beside <= 2 * price - low:
                    project, unknown = self._settle(k, lead)
                elif known:
                    unknown = self._limit(lead, k)
                    if unknown is None and beside < inf:
                        gap[k] = min(gap[k], 1 - price / beside)
                if unknown is None:
                    chosen.setdefault(project, []).append(k)
                else:
                    wanted.add(unknown)
                    waiting.append(k)
            for project in wanted:
                self.known[:, project] = np.where(purses.look(project), self.step, -1)
            columns = np.array(waiting, np.intp)
        return chosen

    def _settle(self, k: int, lead: int) -> tuple[int, int | None]:
        """The cheapest project at a share where floats cannot tell: by fractions, the first in the order of ties where
        they are equal. And one that is to be looked at before."""
        market, purses = self.market, self.purses
        low, price = purses.low[k], purses.price[k]
        rivals = np.flatnonzero(low <= 2 * price[lead] - low[lead])
        unknown = rivals[self.known[k, rivals] != self.step]
        if unknown.size:
            return lead, int(unknown[0])
        high = float((2 * price[rivals] - low[rivals]).min())
        near = rivals[low[rivals] <= high].tolist()
        tied = near
        if not all(market.same_offer(near[0], other) for other in near[1:]):
            purses.decisions[k] += 1
            prices = {}
            for project in near:
                found = purses.exact_price(project, k)
                if found is not None:
                    prices[project] = found / market.units[project]
            lowest = min(prices.values())
            tied = [project for project, worth in prices.items() if worth == lowest]
        tied = sorted(tied, key=lambda project: market.order[project])
        if len(tied) > 1:
            self.ties[k].append(Tied(self.step, tuple(tied)))
        self._limit(tied[0], k, settle=True)
        return tied[0], None

    def _limit(self, project: int, k: int, *, settle: bool = False) -> int | None:
        """Lower `safe` to where another project could become as cheap as the one that is bought now. First a project
        that is to be looked at, where that may show more room."""
        purses = self.purses
        if purses.horizon is None:
            return None
        low, fall = purses.low[k], purses.fall[k]
        high = 2 * purses.price[k, project] - low[project]
        room = np.where((fall > 0) & (low < inf), np.maximum(low - high, 0.0) / fall, inf)
        room[project] = inf
        for other in np.flatnonzero(room <= 0.0).tolist():
            if self.market.same_offer(project, other):
                room[other] = inf
        tight = room < purses.safe[k]
        if not tight.any():
            return None
        if not settle:
            stale = np.flatnonzero(tight & (self.known[k] != self.step))
            if stale.size:
                return int(stale[room[stale].argmin()])
        purses.safe[k] = room.min()
        return None

    def _buy(self, project: int, columns: list[int]) -> None:
        self.purses.buy(project, columns)
        for k in columns:
            for other in self.market.removes(project, tuple(self.purses.bought[k][:-1])):
                self.purses.remove(other, k)
