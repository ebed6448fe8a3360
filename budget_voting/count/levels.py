"""Voters put together as far as a run can tell them apart yet.

What a voter has left depends on which of the projects bought so far he supports, and on nothing else. So a run begins
with one row for everybody, and goes on to a finer *level* only when it buys a project that the present one does not
tell. Levels follow the order in which projects are likely to be bought; another order costs time, never truth.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_voting.count.market import Column, Market, column_of
from budget_voting.count.support import Floats

Rows = NDArray[np.intp]
SMALLEST: Final = 12
"""The projects of the first level."""
GROWTH: Final = 3
"""Each next one tells so many times more."""


class Level:
    """Voters who gave the same to some projects have one row; `row_of` names it for each row of `Support.weights`."""

    def __init__(self, levels: Levels, row_of: Rows, rows: int, above: Rows) -> None:
        self.row_of, self.rows = row_of, rows
        self.above = above
        """For each row the one of the level before, from which it came."""
        self._levels = levels
        self._columns: dict[int, Column] = {}

    def column(self, project: int) -> Column:
        """A project's supporters. Where this level does not tell what they give it, a row is there for each number of
        points."""
        found = self._columns.get(project)
        if found is None:
            found = self._columns[project] = self._column(project)
        return found

    def _column(self, project: int) -> Column:
        market = self._levels.market
        whole = market.columns[project]
        keys, values = self._levels.keys(project, self.row_of)
        weights = np.bincount(keys, whole.weights)
        kinds = np.flatnonzero(weights)
        points: Floats | float = values[kinds % len(values)] if len(values) > 1 else whole.points
        known: Floats = weights[kinds].astype(np.float64)
        return column_of(kinds // len(values), known, points, whole.cost, whole.unit)


class Levels:
    """The levels of a market for shares up to `top`: told first is what can be bought with these, the cheapest before
    the others; last, and at once, what cannot."""

    def __init__(self, market: Market, top: Fraction) -> None:
        self.market = market
        able = set(market.within_reach(top))
        cheap = sorted(market.eligible, key=lambda each: market.columns[each].cheapest)
        self._order = sorted(cheap, key=lambda each: each not in able)
        self._ends = [0]
        while self._ends[-1] < len(able):
            self._ends.append(min(len(able), max(SMALLEST, GROWTH * self._ends[-1])))
        if len(able) < len(cheap):
            self._ends.append(len(cheap))
        self.of_project: dict[int, int] = {}
        """The first level that tells who supports a project."""
        for number, (begin, end) in enumerate(pairwise(self._ends), 1):
            for project in self._order[begin:end]:
                self.of_project[project] = number
        ballots = len(market.support.weights)
        nobody = np.zeros(ballots, np.intp)
        self._made = [Level(self, nobody, 1, np.zeros(1, np.intp))]

    def __getitem__(self, number: int) -> Level:
        """A level; the first has one row, each tells apart what those before it do."""
        while len(self._made) <= number:
            self._made.append(self._finer(len(self._made)))
        return self._made[number]

    def _finer(self, number: int) -> Level:
        before = self._made[-1]
        row_of, rows = before.row_of.copy(), before.rows
        for project in self._order[self._ends[number - 1] : self._ends[number]]:
            keys, values = self.keys(project, row_of)
            used = np.zeros(rows * len(values), np.bool_)
            used[keys] = True
            row_of[self.market.columns[project].rows] = (np.cumsum(used) + (rows - 1))[keys]
            rows += int(np.count_nonzero(used))
        taken = np.zeros(rows, np.bool_)
        taken[row_of] = True
        row_of = (np.cumsum(taken) - 1)[row_of]
        above = np.empty(int(np.count_nonzero(taken)), np.intp)
        above[row_of] = before.row_of
        return Level(self, row_of, len(above), above)

    def keys(self, project: int, row_of: Rows) -> tuple[Rows, Floats]:
        """For each supporter a number for his row and the points he gives: row times the number of different points,
        plus the place of his in them; and the different points."""
        column = self.market.columns[project]
        rows = row_of[column.rows]
        if isinstance(column.points, float):
            return rows, _ALIKE
        values, places = self._points[project]
        return rows * len(values) + places, values

    @cached_property
    def _points(self) -> dict[int, tuple[Floats, Rows]]:
        found = {}
        for project in self._order:
            points = self.market.columns[project].points
            if not isinstance(points, float):
                values, places = np.unique(points, return_inverse=True)
                found[project] = values, places
        return found


_ALIKE: Final = np.ones(1)
