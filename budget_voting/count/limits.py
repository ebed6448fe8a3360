"""What may not be funded together: exclusive projects, ceilings of categories and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from budget_voting.count.election import Election
from budget_voting.count.rules import CountRules


@dataclass(frozen=True, slots=True)
class Ceiling:
    """At most `most` coins for these projects together."""

    name: str
    most: int
    projects: frozenset[int]


@dataclass(frozen=True, slots=True)
class Shut:
    """Why a project cannot be funded any more: a rival was, or a ceiling has no room for it."""

    rival: int | None = None
    ceiling: str = ""
    short: int = 0
    """How many coins the ceiling is short."""


class Together:
    """The limits of one count."""

    def __init__(self, costs: tuple[int, ...], rivals: Iterable[frozenset[int]], ceilings: Iterable[Ceiling]) -> None:
        self.costs = costs
        self.rivals = tuple(group for group in rivals if len(group) > 1)
        self.ceilings = tuple(ceilings)

    @property
    def any(self) -> bool:
        """Whether there is a limit at all."""
        return bool(self.rivals or self.ceilings)

    def never(self) -> dict[int, Shut]:
        """Projects dearer than a ceiling by themselves."""
        found: dict[int, Shut] = {}
        for ceiling in self.ceilings:
            for project in ceiling.projects:
                if self.costs[project] > ceiling.most:
                    found[project] = Shut(ceiling=ceiling.name, short=self.costs[project] - ceiling.most)
        return found

    def removes(self, project: int, before: tuple[int, ...]) -> tuple[int, ...]:
        """What cannot be funded once `project` has been, after those `before` it."""
        return tuple(self.shuts(project, before)) if self.any else ()

    def shuts(self, project: int, before: tuple[int, ...]) -> dict[int, Shut]:
        """The same with the reasons."""
        found: dict[int, Shut] = {}
        funded = {*before, project}
        for group in self.rivals:
            if project in group:
                found |= {other: Shut(rival=project) for other in group - funded}
        for ceiling in self.ceilings:
            if project in ceiling.projects:
                left = ceiling.most - sum(self.costs[each] for each in ceiling.projects & funded)
                for other in ceiling.projects - funded:
                    if self.costs[other] > left and other not in found:
                        found[other] = Shut(ceiling=ceiling.name, short=self.costs[other] - left)
        return found


def together(election: Election, rules: CountRules) -> Together:
    """The limits of an election and of the rules for it."""
    index = election.index()
    rivals = [
        frozenset(index[name] for name in group if name in index)
        for group in (*election.limits.exclusive, *rules.exclusive)
    ]
    category = _merged(election.limits.category, {k: int(v * election.coin) for k, v in rules.category.items()})
    place = _merged(election.limits.place, {k: int(v * election.coin) for k, v in rules.place.items()})
    ceilings = [
        Ceiling(name, most, frozenset(n for n, project in enumerate(election.projects) if name in project.categories))
        for name, most in category.items()
    ] + [
        Ceiling(name, most, frozenset(n for n, project in enumerate(election.projects) if name in project.places))
        for name, most in place.items()
    ]
    return Together(tuple(project.cost for project in election.projects), rivals, ceilings)


def _merged(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {**one, **other}
