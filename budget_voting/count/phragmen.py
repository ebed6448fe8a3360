"""Sequential Phragmén: every voter's purse fills at the same pace, and a project is bought once its supporters can.

Supporters' purses are empty after a purchase. A project's turn comes at the time

    (its cost + what its supporters have spent) / its supporters,

where a supporter has spent all he had been given up to his last purchase. That is one number for all who took part in
the same purchase, so what is spent is a sum of heads times earlier times: the heads are counted in arrays, and an exact
time costs a handful of fractions. All terms are above zero, so floats are off by less than a part in a million million;
those within a billionth of the earliest are worked out as fractions. Ends when one of the projects that are next does
not fit into what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from operator import mul
from typing import Final

import numpy as np

from budget_voting.count.limits import Together
from budget_voting.count.support import Floats, Support

NEAR: Final = 1e-9
"""Relative distance of two times below which fractions decide."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """A project that was bought, when, and the others that could have been at that time."""

    project: int
    time: Fraction
    """What every voter had been given by then, in coins."""
    tied: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Phragmen:
    """The purchases, and what was next when they ended."""

    bought: tuple[Purchase, ...]
    next: tuple[int, ...]
    times: dict[int, Fraction]
    """When the turn of each project that was not bought would have come."""


def phragmen(
    support: Support,
    costs: Sequence[int],
    eligible: Sequence[int],
    order: Sequence[int],
    budget: int,
    limits: Together | None = None,
) -> Phragmen:
    """Buy as the purses fill."""
    heads = _Heads(support)
    whole, parts = 1, [0]  # a denominator of all times, and the times in parts of it
    times = [0.0]
    open_ = list(eligible)
    bought: list[Purchase] = []
    left = budget

    def due(project: int) -> Fraction:
        spent = sum(map(mul, heads.all(project), parts))
        return Fraction(costs[project] * whole + spent, whole * support.votes[project])

    cost = np.array(costs, np.float64)
    voters = np.array(support.votes, np.float64)
    while open_:
        about = (cost[open_] + heads.spent(open_, np.array(times))) / voters[open_]
        near = [open_[place] for place in np.flatnonzero(about <= about.min() * (1 + NEAR)).tolist()]
        exact = {project: due(project) for project in near}
        now = min(exact.values())
        tied = sorted((project for project, time in exact.items() if time == now), key=lambda project: order[project])
        if any(costs[project] > left for project in tied):
            return Phragmen(tuple(bought), tuple(tied), {project: due(project) for project in open_})
        chosen = tied[0]
        bought.append(Purchase(chosen, now, tuple(tied) if len(tied) > 1 else ()))
        left -= costs[chosen]
        open_.remove(chosen)
        if limits is not None:
            gone = set(limits.removes(chosen, tuple(each.project for each in bought[:-1])))
            open_ = [project for project in open_ if project not in gone]
        times.append(float(now))
        finer = lcm(whole, now.denominator)
        parts = [part * (finer // whole) for part in parts]
        whole = finer
        parts.append(now.numerator * (whole // now.denominator))
        heads.buy(chosen)
    return Phragmen(tuple(bought), (), {})


class _Heads:
    """How many supporters of each project last took part in which purchase; the first is none yet.

    Heads are whole numbers below 2**53, which floats hold exactly.
    """

    def __init__(self, support: Support) -> None:
        self.support = support
        self.weights = support.weights.astype(np.float64)
        self.last = np.zeros(len(support.weights), np.intp)
        self.table: Floats = np.zeros((len(support.backing), 8))
        self.table[:, 0] = support.votes
        self.cells = support.named.projects * 8
        self.step = 0

    def buy(self, project: int) -> None:
        """Move the supporters of a project to the purchase that is made now."""
        self.step += 1
        if self.step == self.table.shape[1]:
            self.table = np.concatenate([self.table, np.zeros_like(self.table)], axis=1)
            self.cells *= 2
        rows = self.support.backing[project].rows
        places, lengths = self.support.said_by(rows)
        cells = self.cells[places] + np.repeat(self.last[rows], lengths)
        heads = np.repeat(self.weights[rows], lengths)
        moved = np.bincount(cells, heads, self.table.size).reshape(self.table.shape)
        self.table -= moved
        self.table[:, self.step] += moved.sum(axis=1)
        self.last[rows] = self.step

    def spent(self, projects: list[int], times: Floats) -> Floats:
        """What the supporters of each project have spent, about."""
        return self.table[projects, : len(times)] @ times

    def all(self, project: int) -> list[int]:
        """How many supporters of a project last took part in each purchase so far, the first being none yet."""
        found: list[int] = self.table[project, : self.step + 1].astype(np.int64).tolist()
        return found
