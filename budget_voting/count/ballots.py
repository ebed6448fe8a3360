"""Ballots, equal ones together, and which of them are valid.

A ballot that is not valid is kept and told apart by its reason; whether it counts is for the rules of the vote to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import chain, islice
from math import lcm
from typing import Final, NamedTuple

import numpy as np

from budget_voting.count.support import Ints, Support, support_of


class Fault(Enum):
    """Why a ballot is not valid."""

    UNKNOWN_PROJECT = "unknown-project"
    PROJECT_TWICE = "project-twice"
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    TOO_CHEAP = "too-cheap"
    TOO_DEAR = "too-dear"
    POINTS_MISSING = "points-missing"
    POINTS_UNREADABLE = "points-unreadable"
    POINTS_TOO_LOW = "points-too-low"
    POINTS_TOO_HIGH = "points-too-high"
    SUM_TOO_LOW = "sum-too-low"
    SUM_TOO_HIGH = "sum-too-high"
    VOTER_TWICE = "voter-twice"


Points = tuple[int | Fraction, ...]
Written = tuple[str, str]
"""A ballot as it stands in the file: the projects, and the points beside them (empty where there are none)."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a ballot must keep to; None where it may do as it likes. Costs are in coins, points as written."""

    min_length: int | None = None
    max_length: int | None = None
    min_sum_cost: int | None = None
    max_sum_cost: int | None = None
    min_points: Fraction | None = None
    max_points: Fraction | None = None
    min_sum_points: Fraction | None = None
    max_sum_points: Fraction | None = None


class Read(NamedTuple):
    """One written ballot, read: places of projects with points, and what is wrong with it."""

    members: tuple[int, ...]
    points: Points | None
    fault: Fault | None


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Ballots one after the other: row i names `members[starts[i]:starts[i + 1]]`, and `times[i]` voters gave it.

    `points` follows `members` and is in parts of a point: `scale` of them make one.
    """

    starts: Ints
    members: Ints
    points: Ints | None
    times: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """All ballots of a vote."""

    valid: Group
    invalid: Group
    blank: int
    """Valid ballots that name no project."""
    faults: Mapping[Fault, int]
    faulty_lines: tuple[tuple[int, Fault], ...]
    """The first of them by their lines in the file; whose they are is not told."""
    scale: int
    """Parts of a point, so that points are whole numbers."""
    longest: int
    """The most projects a ballot may name, or names."""
    rows: Mapping[str | Written, int]
    """The row of each valid written ballot in `valid`; by its projects alone where ballots have no points."""

    @property
    def cast(self) -> int:
        """All ballots, valid or not."""
        return int(self.valid.times.sum()) + self.blank + sum(self.faults.values())

    @property
    def counted(self) -> int:
        """Valid ballots."""
        return int(self.valid.times.sum()) + self.blank


LINES_KEPT: Final = 1000
"""So many lines of invalid ballots are told at most."""


def gather(
    written: Sequence[Written] | Sequence[str],
    read: Callable[[str, str], Read],
    twice: Iterable[int] = (),
    numbers: Sequence[int] = (),
    longest: int | None = None,
) -> Ballots:
    """Group equal ballots. `twice` are the places of ballots whose voter has given one already; `numbers` all lines."""
    repeated = set(twice)
    forms: Counter[str | Written] = Counter(written)
    for place in repeated:
        forms[written[place]] -= 1

    def lines(wrong: Mapping[str | Written, Fault]) -> Iterator[tuple[int, Fault]]:
        for place, number in enumerate(numbers or range(1, len(written) + 1)):
            fault = Fault.VOTER_TWICE if place in repeated else wrong.get(written[place])
            if fault is not None:
                yield number, fault

    return gather_forms(forms, read, len(repeated), lines, longest)


def gather_forms(
    forms: Mapping[str | Written, int],
    read: Callable[[str, str], Read],
    repeated: int,
    lines: Callable[[Mapping[str | Written, Fault]], Iterator[tuple[int, Fault]]],
    longest: int | None,
) -> Ballots:
    """Group ballots told by how they are written and how often; `repeated` more are second ballots of a voter.

    `lines` tells the lines of ballots that are not valid, being told which forms are not.
    """
    rows: dict[object, int] = {}
    members: list[tuple[int, ...]] = []
    points: list[Points] = []
    of_form: dict[str | Written, int] = {}
    times: list[int] = []
    wrong: dict[str | Written, Fault] = {}
    bad: list[tuple[Read, int]] = []
    blank = 0
    faults: Counter[Fault] = Counter()
    for form, count in forms.items():
        if not count:
            continue
        one = read(form, "") if isinstance(form, str) else read(*form)
        if one.fault is not None:
            wrong[form] = one.fault
            faults[one.fault] += count
            if one.members:
                bad.append((one, count))
        elif not one.members:
            blank += count
        else:
            row = rows.setdefault(one.members if one.points is None else one[:2], len(times))
            of_form[form] = row
            if row < len(times):
                times[row] += count
                continue
            times.append(count)
            members.append(one.members)
            if one.points is not None:
                points.append(one.points)
    faults[Fault.VOTER_TWICE] += repeated
    told = tuple(islice(lines(wrong), LINES_KEPT)) if +faults else ()
    scale = _scale([*points, *(one.points for one, _ in bad if one.points)])
    valid = group_of(members, points if points else None, times, scale)
    flawed = group_of(
        [one.members for one, _ in bad],
        [one.points or (1,) * len(one.members) for one, _ in bad] if points else None,
        [count for _, count in bad],
        scale,
    )
    most = longest or max((len(one) for one in members), default=0)
    return Ballots(valid, flawed, blank, +faults, told, scale, most, of_form)


def _scale(points: Iterable[Points]) -> int:
    found = {point.denominator for point in set(chain.from_iterable(points))}
    return lcm(*found) if found else 1


def group_of(
    members: Sequence[Sequence[int]],
    points: Sequence[Points] | None,
    times: Sequence[int],
    scale: int,
) -> Group:
    """Ballots that are not yet arrays."""
    lengths = np.fromiter(map(len, members), np.int64, len(members))
    starts = np.zeros(len(members) + 1, np.int64)
    np.cumsum(lengths, out=starts[1:])
    total = int(starts[-1])
    worth = None
    if points is not None:
        worth = np.fromiter((int(one * scale) for one in chain.from_iterable(points)), np.int64, total)
    return Group(starts, np.fromiter(chain.from_iterable(members), np.int64, total), worth, np.array(times, np.int64))


def both(valid: Group, invalid: Group) -> Group:
    """The ballots of two groups as one."""
    points = None
    if valid.points is not None and invalid.points is not None:
        points = np.concatenate([valid.points, invalid.points])
    return Group(
        np.concatenate([valid.starts, valid.starts[-1] + invalid.starts[1:]]),
        np.concatenate([valid.members, invalid.members]),
        points,
        np.concatenate([valid.times, invalid.times]),
    )


def support(group: Group, points: Ints | None, projects: int, voters: int, *, twice: bool) -> Support:
    """Who supports what. A ballot supports a project once, also where it names it `twice`."""
    if not twice:
        return support_of(group.starts, group.members, points, group.times, projects, voters)
    rows = np.repeat(np.arange(len(group.times)), np.diff(group.starts))
    _, first = np.unique(rows * projects + group.members, return_index=True)
    first.sort()
    starts = np.searchsorted(rows[first], np.arange(len(group.times) + 1))
    worth = None if points is None else points[first]
    return support_of(starts, group.members[first], worth, group.times, projects, voters)


def totals(group: Group, points: Ints | None, projects: int) -> list[int]:
    """Votes, or points, of every project. A project that a ballot names twice has both, as published totals do."""
    times = np.repeat(group.times, np.diff(group.starts))
    found = np.zeros(projects, np.int64)
    np.add.at(found, group.members, times if points is None else times * points)
    return [int(each) for each in found]


def places(group: Group, longest: int) -> Ints:
    """Borda points: the first place of a ballot is worth `longest`, the next one less, down to one."""
    lengths = np.diff(group.starts)
    offsets = np.arange(len(group.members)) - np.repeat(group.starts[:-1], lengths)
    return np.maximum(longest - offsets, 1)
