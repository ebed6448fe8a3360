"""An election as the rules see it: projects, money, ballots, and what the file says about all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from budget_voting.count.ballots import Ballots


class VoteKind(Enum):
    """How people voted."""

    APPROVAL = "approval"
    CHOOSE_ONE = "choose-1"
    ORDINAL = "ordinal"
    CUMULATIVE = "cumulative"
    SCORING = "scoring"


@dataclass(frozen=True, slots=True)
class Project:
    """A project on the ballot. `cost` is in coins (`Election.coin` of them make one tenge)."""

    id: str
    cost: int
    name: str = ""
    categories: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    published_votes: int | None = None
    selected: int | None = None
    """What the file says became of it: 0 no, 1 yes, 2 and 3 yes by another rule."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be funded together. Sums are in coins."""

    exclusive: tuple[frozenset[str], ...] = ()
    """Groups of projects of which only one can be funded, such as two for the same plot."""
    category: Mapping[str, int] = field(default_factory=dict)
    """The most that may be spent on a category."""
    place: Mapping[str, int] = field(default_factory=dict)
    """The most that may be spent in a place."""


@dataclass(frozen=True, slots=True, eq=False)
class Election:
    """Everything a count needs. Money is a whole number of coins; one tenge is `coin` of them (nearly always one)."""

    title: str
    currency: str
    coin: int
    budget: int
    kind: VoteKind
    projects: tuple[Project, ...]
    ballots: Ballots
    limits: Limits = Limits()
    min_score: int = 0
    """The votes or points a project needs to win at all."""

    def index(self) -> dict[str, int]:
        """The place of each project by its id."""
        return {project.id: place for place, project in enumerate(self.projects)}

    def money(self, coins: int | Fraction) -> int | str:
        """A sum in tenge: a whole number, or exact decimals or a fraction as text."""
        tenge = Fraction(coins, self.coin)
        if tenge.denominator == 1:
            return int(tenge)
        places = len(str(self.coin)) - 1
        return f"{float(tenge):.{places}f}" if self.coin % tenge.denominator == 0 else str(tenge)
