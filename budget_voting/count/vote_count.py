"""Plain counts: the projects by votes or points, funded from the top as long as the money lasts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from budget_voting.count.limits import Shut, Together
from budget_voting.count.rules import Method


@dataclass(frozen=True, slots=True)
class Considered:
    """A project's turn: what was left then, and what it got. Money is in coins."""

    project: int
    left: int
    got: int
    shut: Shut | None = None
    after_end: bool = False
    """Whether the count had ended before its turn came."""


def count_votes(
    scores: Sequence[int],
    costs: Sequence[int],
    eligible: Sequence[int],
    order: Sequence[int],
    budget: int,
    method: Method = Method.VOTES,
    covered: Fraction = Fraction(4, 5),
    limits: Together | None = None,
    funded: Sequence[int] = (),
) -> tuple[Considered, ...]:
    """Every eligible project in its turn. `funded` are those that have their money already and count for the limits."""
    turns = sorted(eligible, key=lambda project: (-scores[project], order[project]))
    left, ended = budget, False
    won: list[int] = []
    shut: dict[int, Shut] = {}

    def fund(project: int) -> None:
        if limits is not None:
            shut.update(limits.shuts(project, tuple(won)))
        won.append(project)

    for project in funded:
        fund(project)
    found = []
    for project in turns:
        cost = costs[project]
        if project in shut:
            found.append(Considered(project, left, 0, shut[project]))
            continue
        if ended:
            found.append(Considered(project, left, 0, after_end=True))
            continue
        got = cost if cost <= left else 0
        if cost > left and method is not Method.VOTES:
            ended = True
            if method is Method.VOTES_PART:
                got = left
            elif method is Method.VOTES_COVERED and left >= covered * cost:
                got = cost
        found.append(Considered(project, left, got))
        if got:
            fund(project)
        left = max(0, left - got)
    return tuple(found)


def tied_turns(
    scores: Sequence[int],
    costs: Sequence[int],
    order: Sequence[int],
    turns: Sequence[Considered],
    again: Callable[[Sequence[int]], Sequence[Considered]],
) -> tuple[tuple[int, ...], ...]:
    """Groups of projects with equal scores whose order decided who gets money, who got all of theirs first.

    Decided has the order where somebody of the group, put before the others of it, gives another outcome; `again`
    counts by another order.
    """
    groups: dict[int, list[Considered]] = {}
    for turn in turns:
        groups.setdefault(scores[turn.project], []).append(turn)
    given = {turn.project: turn.got for turn in turns}
    found = []
    for group in groups.values():
        lost = [turn.project for turn in group if turn.got < costs[turn.project]]
        for first in lost if len(group) > 1 else ():
            other = [place + len(order) * (project != first) for project, place in enumerate(order)]
            if given != {turn.project: turn.got for turn in again(other)}:
                found.append(tuple(sorted((turn.project for turn in group), key=lambda one: one in lost)))
                break
    return tuple(found)


def votes_short(
    scores: Sequence[int], costs: Sequence[int], order: Sequence[int], turns: Sequence[Considered], project: int
) -> int | None:
    """How many more votes would have brought a project its money; None where none would, as far as this can tell.

    With more votes its turn comes earlier: at the first turn from the end where enough was left. `order` settles ties
    of equal votes.
    """
    for turn in reversed(turns):
        if turn.after_end or turn.project == project or turn.left < costs[project]:
            continue
        wanted = scores[turn.project] + (1 if order[turn.project] < order[project] else 0)
        if wanted > scores[project]:
            return wanted - scores[project]
    return None
