"""Several rules on the same ballots: what each would fund, and who of the voters gains and loses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from budget_voting.count.ballots import Written
from budget_voting.count.counting import count
from budget_voting.count.election import Election
from budget_voting.count.pabulib import PabulibFile
from budget_voting.count.result import Result
from budget_voting.count.rules import CountRules
from budget_voting.count.support import Ints

SMALLEST_GROUP: Final = 10
"""Groups with fewer voters are put together: in a village a few people are somebody."""
AGES: Final = ((0, 17), (18, 29), (30, 44), (45, 59), (60, 150))
GROUPED_BY: Final = ("age", "sex", "neighborhood", "voting_method")


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """How a group of voters fared under one rule."""

    voters: int
    with_a_winner: int
    """Voters who get at least one of their projects."""
    projects: float
    """Funded projects on a ballot, on average."""
    money: float
    """What the funded projects on a ballot cost, on average, in coins."""


@dataclass(frozen=True, slots=True)
class Change:
    """Voters for whom a rule funds more, or less, of their ballot than the first of the rules."""

    more: int
    less: int


@dataclass(frozen=True, eq=False)
class Comparison:
    """Results side by side."""

    results: tuple[Result, ...]
    satisfaction: tuple[Satisfaction, ...]
    changes: tuple[Change, ...]
    groups: tuple[tuple[str, str, tuple[Satisfaction, ...]], ...]
    """Column, value ("" for the small groups together), and how they fared under each rule."""


def compare(
    election: Election,
    rules: Sequence[CountRules],
    file: PabulibFile | None = None,
    on_rule: Callable[[int], object] = lambda _: None,
) -> Comparison:
    """Count by each of `rules`, and say before each the how manieth it is, from zero; with the file's cells, groups of
    voters are told too.
    """
    found = []
    for number, each in enumerate(rules):
        on_rule(number)
        found.append(count(election, each))
    results = tuple(found)
    names, funds = _ballots_under(election, results)
    times = election.ballots.valid.times
    satisfaction = tuple(_satisfied(times, names[k], funds[k]) for k in range(len(results)))
    changes = tuple(Change(int(times[more > names[0]].sum()), int(times[more < names[0]].sum())) for more in names)
    groups = []
    if file is not None:
        for column in GROUPED_BY:
            for value, rows in _groups(election, file, column).items():
                fared = tuple(_satisfied(rows, names[k], funds[k]) for k in range(len(results)))
                groups.append((column, value, fared))
    return Comparison(results, satisfaction, changes, tuple(groups))


def _ballots_under(election: Election, results: Sequence[Result]) -> tuple[list[Ints], list[Ints]]:
    """For each result and each row of ballots: funded projects on it, and what they get."""
    group = election.ballots.valid
    rows = np.repeat(np.arange(len(group.times)), np.diff(group.starts))
    names, funds = [], []
    for result in results:
        got = np.zeros(len(election.projects), np.int64)
        won = np.zeros(len(election.projects), np.int64)
        for project, coins in result.got.items():
            got[project], won[project] = coins, 1
        many, money = np.zeros((2, len(group.times)), np.int64)
        np.add.at(many, rows, won[group.members])
        np.add.at(money, rows, got[group.members])
        names.append(many)
        funds.append(money)
    return names, funds


def _satisfied(times: Ints, names: Ints, funds: Ints) -> Satisfaction:
    voters = int(times.sum())
    return Satisfaction(
        voters,
        int(times[names > 0].sum()),
        float((times * names).sum() / voters) if voters else 0.0,
        float((times * funds).sum() / voters) if voters else 0.0,
    )


def _groups(election: Election, file: PabulibFile, column: str) -> dict[str, Ints]:
    """Voters of each value of a column, by rows of ballots; empty where the file does not have the column."""
    if column not in file.vote_columns:
        return {}
    values = file.votes.column(file.vote_columns.index(column))
    votes = file.votes.column(file.vote_columns.index("vote"))
    ballots = election.ballots
    forms: Sequence[str | Written] = votes
    if ballots.valid.points is not None and "points" in file.vote_columns:
        forms = list(zip(votes, file.votes.column(file.vote_columns.index("points")), strict=True))
    many = len(ballots.valid.times)
    found: dict[str, Ints] = defaultdict(lambda: np.zeros(many, np.int64))
    for value, form in zip(values, forms, strict=True):
        row = ballots.rows.get(form)
        if row is not None:
            found[_value(column, value.strip())][row] += 1
    return _merged(found, many)


def _value(column: str, value: str) -> str:
    if column != "age":
        return value
    if not value.isascii() or not value.isdigit():
        return ""
    age = int(value)
    return next((f"{low}–{high}" if high < 150 else f"{low}+" for low, high in AGES if low <= age <= high), "")


def _merged(found: dict[str, Ints], many: int) -> dict[str, Ints]:
    large = {value: rows for value, rows in sorted(found.items()) if rows.sum() >= SMALLEST_GROUP and value}
    small = [rows for value, rows in found.items() if value not in large]
    rest = sum(small, np.zeros(many, np.int64))
    if small and rest.sum() >= SMALLEST_GROUP:
        large[""] = rest
    return large if len(large) > 1 else {}
