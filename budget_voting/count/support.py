"""Who supports what, as arrays: the one form of the ballots that every rule counts with.

Voters with equal ballots have one row with a weight. Everything is a whole number, so sums of it are exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

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


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """What all ballots name, ballot after ballot: of `rows[i]` the project `projects[i]`, with `points[i]`.

    `points` is None where every supporter counts the same.
    """

    rows: NDArray[np.intp]
    projects: Ints
    points: Ints | None

    def only(self, wanted: Flags | NDArray[np.intp]) -> Named:
        """The places that are `wanted`, or told, in this order."""
        points = None if self.points is None else self.points[wanted]
        return Named(self.rows[wanted], self.projects[wanted], points)


@dataclass(frozen=True, eq=False)
class Support:
    """All ballots that count. `weights[row]` voters gave the ballot of a row; `backing` follows the projects' order."""

    weights: Ints
    backing: tuple[Backing, ...]
    voters: int
    """Voters who share the money: those with a row, and those whose ballot names no project."""
    named: Named

    @cached_property
    def votes(self) -> tuple[int, ...]:
        """Supporters of each project."""
        heads = self.weights[self.named.rows]
        return tuple(np.bincount(self.named.projects, heads, len(self.backing)).astype(np.int64).tolist())

    @cached_property
    def clones(self) -> tuple[int, ...]:
        """The same number for projects with the same supporters giving the same points."""
        seen: dict[tuple[bytes, bytes], int] = {}
        return tuple(seen.setdefault((each.rows.tobytes(), each.points.tobytes()), len(seen)) for each in self.backing)

    @cached_property
    def starts(self) -> Ints:
        """Where each row begins in `named`, and the end."""
        return np.concatenate([[0], np.cumsum(np.bincount(self.named.rows, minlength=len(self.weights)))])

    def said_by(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], Ints]:
        """The places in `named` of all that some rows name, row after row, and how many each row has."""
        begins = self.starts[rows]
        lengths = self.starts[rows + 1] - begins
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        return np.arange(total) + np.repeat(begins - ends + lengths, lengths), lengths


def support_of(starts: Ints, members: Ints, points: Ints | None, weights: Ints, projects: int, voters: int) -> Support:
    """The support told by ballots one after the other: row i names `members[starts[i]:starts[i + 1]]`.

    `points` follows `members`; None where every supporter counts the same.
    """
    rows = np.repeat(np.arange(len(weights), dtype=np.intp), np.diff(starts))
    named = Named(rows, members, points)
    return _support(named if points is None else named.only(points > 0), weights, projects, voters)


def _support(named: Named, weights: Ints, projects: int, voters: int) -> Support:
    small = named.projects.astype(np.uint16) if projects < 2**16 else named.projects  # few bytes sort in one sweep
    order = np.argsort(small, kind="stable")
    rows = named.rows[order]
    mine = weights[rows]
    points = None if named.points is None else named.points[order]
    cuts = [0, *np.cumsum(np.bincount(small, minlength=projects)).tolist()]
    backing = tuple(
        Backing(rows[start:end], mine[start:end], ONE if points is None else _one_if_equal(points[start:end]))
        for start, end in pairwise(cuts)
    )
    return Support(weights, backing, voters, named)


def _one_if_equal(points: Ints) -> Ints:
    return points[:1].copy() if len(points) and (points == points[0]).all() else points
