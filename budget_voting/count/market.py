"""The voters' market of the Method of Equal Shares: what stands before any money is handed out.

Every supporter of a project pays the same for a point he gave it, up to what he has left. In an approval vote a point
is one vote, so all pay the same *price*. With cost utility a project is the better the more money it brings its
supporters, so prices are compared per unit of its cost; with the other utilities as they are. (Peters, Pierczynski and
Skowron, "Proportional participatory budgeting with additive utilities", 2021.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from budget_voting.count.support import Floats, Support

Removes = Callable[[int, tuple[int, ...]], Sequence[int]]
"""What cannot be funded any more once a project has been, given all funded before it; told by the limits."""


def removes_nothing(_project: int, _before: tuple[int, ...]) -> Sequence[int]:
    """Where there are no limits."""
    return ()


@dataclass(frozen=True, eq=False)
class Market:
    """Projects for sale and who would buy them. Money is in whole units of the smallest coin."""

    support: Support
    costs: tuple[int, ...]
    units: tuple[int, ...]
    """Prices are compared per this many units: a project's cost with cost utility, otherwise one."""
    eligible: tuple[int, ...]
    """The projects that may be funded at all; each has supporters and a cost above nothing."""
    order: tuple[int, ...]
    """Each project's place when a tie is settled; lower wins."""
    removes: Removes = field(default=removes_nothing)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The numbers of each project as floats, which guide."""
        found = []
        for project, backing in enumerate(self.support.backing):
            even = len(backing.points) == 1
            points: Floats | float = float(backing.points[0]) if even else backing.points.astype(np.float64)
            cost, unit = float(self.costs[project]), float(self.units[project])
            found.append(column_of(backing.rows, backing.weights.astype(np.float64), points, cost, unit))
        return tuple(found)

    def within_reach(self, share: Fraction) -> tuple[int, ...]:
        """The projects that their supporters could pay together with such a share."""
        votes, costs, (parts, whole) = self.support.votes, self.costs, share.as_integer_ratio()
        return tuple(each for each in self.eligible if votes[each] * parts >= costs[each] * whole)

    def same_offer(self, one: int, other: int) -> bool:
        """Whether two projects are alike in all that a price depends on, so that they tie whatever the share is."""
        clones = self.support.clones
        return clones[one] == clones[other] and self.costs[one] == self.costs[other]


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One project's numbers as floats. `worth` is weight times points; `points` a number where all give the same."""

    rows: NDArray[np.intp]
    weights: Floats
    points: Floats | float
    worth: Floats
    voters: float
    total: float
    cost: float
    unit: float

    @property
    def cheapest(self) -> float:
        """The price per unit where every supporter can pay it."""
        return self.cost / self.total / self.unit

    @property
    def most(self) -> float:
        """The most points that a supporter gives; at least."""
        return self.points if isinstance(self.points, float) else float(self.points.max(initial=0.0))


def column_of(rows: NDArray[np.intp], weights: Floats, points: Floats | float, cost: float, unit: float) -> Column:
    """The numbers of a project with these supporters."""
    worth = weights * points
    return Column(rows, weights, points, worth, float(weights.sum()), float(worth.sum()), cost, unit)
