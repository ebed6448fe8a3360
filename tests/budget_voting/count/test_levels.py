"""Levels: voters put together as far as the projects bought so far tell them apart."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from budget_voting.count.election import VoteKind
from budget_voting.count.levels import Levels
from budget_voting.count.market import Market
from budget_voting.count.rules import Utility

from .markets import market_of, start, village
from .test_shares_run import KINDS


def _ballots(market: Market) -> list[dict[int, float]]:
    """What each row of the support gives to which project."""
    given: list[dict[int, float]] = [{} for _ in market.support.weights]
    for project, column in enumerate(market.columns):
        points = np.broadcast_to(np.asarray(column.points), column.rows.shape)
        for row, point in zip(column.rows.tolist(), points.tolist(), strict=True):
            given[row][project] = point
    return given


def _depth(levels: Levels) -> int:
    return max(levels.of_project.values(), default=0)


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.sampled_from(KINDS))
def test_a_row_is_whoever_gave_the_same_to_the_projects_told_so_far(seed: int, kind: tuple[VoteKind, Utility]) -> None:
    market, budget = market_of(seed, *kind)
    levels, ballots = Levels(market, start(market, budget)), _ballots(market)
    for number in range(_depth(levels) + 1):
        told = {project for project, first in levels.of_project.items() if first <= number}
        said = [frozenset((p, n) for p, n in ballot.items() if p in told) for ballot in ballots]
        level = levels[number]
        assert level.rows == len(set(said))
        assert len({*zip(level.row_of.tolist(), said, strict=True)}) == level.rows
        if number:
            assert (level.above[level.row_of] == levels[number - 1].row_of).all()


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.sampled_from(KINDS))
def test_a_project_has_the_same_supporters_on_each_level(seed: int, kind: tuple[VoteKind, Utility]) -> None:
    market, budget = market_of(seed, *kind)
    levels, ballots = Levels(market, start(market, budget)), _ballots(market)
    weights = market.support.weights.tolist()
    for number in range(_depth(levels) + 1):
        level = levels[number]
        for project in market.eligible:
            expected: Counter[tuple[int, float]] = Counter()
            for row, weight, ballot in zip(level.row_of.tolist(), weights, ballots, strict=True):
                if project in ballot:
                    expected[row, ballot[project]] += weight
            column = level.column(project)
            points = np.broadcast_to(np.asarray(column.points), column.rows.shape).tolist()
            assert (
                dict(zip(zip(column.rows.tolist(), points, strict=True), column.weights.tolist(), strict=True))
                == expected
            )
            whole = market.columns[project]
            assert (column.voters, column.total, column.cheapest) == (whole.voters, whole.total, whole.cheapest)


def test_the_first_level_has_one_row_and_the_second_few() -> None:
    market, budget = village(3)
    levels = Levels(market, start(market, budget))
    assert levels[0].rows == 1
    assert 1 < levels[1].rows < len(market.support.weights)
