"""Sequential Phragmén: every voter's purse fills at the same pace, and a project is bought once its supporters can.

Supporters' purses are empty after a purchase. A project's turn comes at the time

    (its cost + what its supporters have spent) / its supporters,

where a supporter has spent all he had been given up to his last purchase. That is one number for all who took part in
the same purchase, so the numerator is a sum of counts times earlier times: exact fractions cost next to nothing, and
there are no floats. Ends when one of the projects that are next does not fit into what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from budget_voting.count.limits import Together
from budget_voting.count.support import Support


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
    backing = support.backing
    last = np.zeros(len(support.weights), np.intp)
    """The purchase after which each row's purse was empty; the first is no purchase."""
    times = [Fraction(0)]
    voters = support.votes
    spent = {project: Fraction(0) for project in eligible}
    bought: list[Purchase] = []
    left = budget
    while spent:
        due = {project: (costs[project] + spent[project]) / voters[project] for project in spent}
        now = min(due.values())
        tied = sorted((project for project, time in due.items() if time == now), key=lambda project: order[project])
        if any(costs[project] > left for project in tied):
            return Phragmen(tuple(bought), tuple(tied), due)
        chosen = tied[0]
        bought.append(Purchase(chosen, now, tuple(tied) if len(tied) > 1 else ()))
        left -= costs[chosen]
        del spent[chosen]
        if limits is not None:
            for other in limits.removes(chosen, tuple(each.project for each in bought[:-1])):
                spent.pop(other, None)
        times.append(now)
        last[backing[chosen].rows] = len(times) - 1
        for project in spent:
            rows, weights = backing[project].rows, backing[project].weights
            heads = np.bincount(last[rows], weights=weights, minlength=len(times))
            spent[project] = sum((int(heads[k]) * times[k] for k in np.flatnonzero(heads).tolist()), Fraction(0))
    return Phragmen(tuple(bought), (), {})
