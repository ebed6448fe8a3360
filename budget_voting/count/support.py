"""Who supports what, as arrays: the one form of the ballots that every rule counts with.

Voters with equal ballots have one row with a weight. Everything is a whole number, so sums of it are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

ONE: Final = np.ones(1, np.int64)
"""The points of a project whose supporters all give it the same: one."""


@dataclass(frozen=True, slots=True, eq=False)
class Backing:
    """One project's supporters: rows of `Support.weights`, how many voters each is, and what each gives the project.

    `points` has one member where all supporters give the same.
    """

    rows: NDArray[np.intp]
    weights: Ints
    points: Ints

    @property
    def voters(self) -> int:
        """How many voters support the project."""
        return int(self.weights.sum())

    @property
    def total(self) -> int:
        """The points of all supporters together."""
        return int((self.weights * self.points).sum())


@dataclass(frozen=True, eq=False)
class Support:
    """All ballots that count. `weights[row]` voters gave the ballot of a row; `backing` follows the projects' order."""

    weights: Ints
    backing: tuple[Backing, ...]
    voters: int
    """Voters who share the money: those with a row, and those whose ballot names no project."""

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """Supporters of each project."""
        return tuple(each.voters for each in self.backing)

    @cached_property
    def clones(self) -> tuple[int, ...]:
        """The same number for projects with the same supporters giving the same points."""
        seen: dict[tuple[bytes, bytes], int] = {}
        return tuple(seen.setdefault((each.rows.tobytes(), each.points.tobytes()), len(seen)) for each in self.backing)


def support_of(starts: Ints, members: Ints, points: Ints | None, weights: Ints, projects: int, voters: int) -> Support:
    """The support told by ballots one after the other: row i names `members[starts[i]:starts[i + 1]]`.

    `points` follows `members`; None where every supporter counts the same.
    """
    rows = np.repeat(np.arange(len(weights), dtype=np.intp), np.diff(starts))
    if points is not None:
        given = points > 0
        rows, members, points = rows[given], members[given], points[given]
    small = members.astype(np.uint16) if projects < 2**16 else members  # few bytes are sorted in one sweep
    order = np.argsort(small, kind="stable")
    cuts = np.searchsorted(small[order], np.arange(projects + 1))
    backing = []
    for project in range(projects):
        chosen = order[cuts[project] : cuts[project + 1]]
        mine = rows[chosen]
        worth = ONE if points is None else _one_if_equal(points[chosen])
        backing.append(Backing(mine, weights[mine], worth))
    return Support(weights, tuple(backing), voters)


def _one_if_equal(points: Ints) -> Ints:
    return points[:1].copy() if len(points) and (points == points[0]).all() else points
