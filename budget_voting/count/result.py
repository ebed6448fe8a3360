"""What a count finds. Everything is in the order it happened, and money is in coins of the election."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from budget_voting.count.completion import Completed, Ended
from budget_voting.count.election import Election
from budget_voting.count.market import Market
from budget_voting.count.phragmen import Phragmen
from budget_voting.count.rules import CountRules
from budget_voting.count.vote_count import Considered


class Why(Enum):
    """What became of a project, and why."""

    FUNDED = "funded"
    PART_FUNDED = "part-funded"
    COVERED = "covered"
    """Funded although not all of its cost was left."""
    NO_VOTES = "no-votes"
    TOO_FEW_VOTES = "too-few-votes"
    TOO_FEW_POINTS = "too-few-points"
    DEARER_THAN_ALL = "dearer-than-all"
    FREE = "free"
    """Costs nothing, and cost utility has nothing to go by."""
    RIVAL = "rival"
    CEILING = "ceiling"
    NO_ROOM = "no-room"
    AFTER_END = "after-end"
    MONEY_SPENT = "money-spent"
    """Its supporters could not pay it together any more."""
    TOO_LATE = "too-late"
    """Its turn would have come after the money was gone."""

    @property
    def won(self) -> bool:
        """Whether the project gets money."""
        return self in (Why.FUNDED, Why.PART_FUNDED, Why.COVERED)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a project."""

    project: int
    why: Why
    step: int = 0
    """At which step it was funded, from one; zero where it was not."""
    got: int = 0
    by_votes: bool = False
    """Whether it was funded, or not, by votes after the other rule had ended."""
    short: int = 0
    """The votes, points or coins that were missing, as the reason says."""
    votes_short: int | None = None
    """How many more votes or points would have been enough, where a plain count can tell."""
    rival: int | None = None
    ceiling: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A purchase by Equal Shares: who paid what."""

    project: int
    price: Fraction
    """What those who could paid for a point they gave the project; in an approval vote, for their vote."""
    in_full: int
    """Supporters who paid that."""
    points: int
    """The points they gave, by which the price was divided."""
    given: Fraction
    """What the others gave together: all they had."""
    all_they_had: int
    """Supporters who had something, but less, and gave it all."""
    nothing: int
    """Supporters whose money was gone."""


@dataclass(frozen=True, slots=True)
class TieReport:
    """A tie that mattered, and how it was settled: "cost", "votes", "lot" or "id"."""

    step: int
    projects: tuple[int, ...]
    """The tied projects, the one that won first."""
    settled_by: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why the result is that of exact arithmetic."""

    exact: bool
    smallest_gap: float | None
    """The smallest relative distance by which floats decided; None where nothing was decided by floats."""
    exact_decisions: int
    """Decisions taken by fractions because floats could not."""
    comparisons: int
    """Comparisons of the final run that were made again on exact prices."""


@dataclass(frozen=True, eq=False)
class Result:
    """A count from ballots to winners."""

    election: Election
    rules: CountRules
    fates: tuple[Fate, ...]
    """One for each project, in the order of the ballot."""
    winners: tuple[int, ...]
    """In the order they were funded."""
    total_cost: int
    voters: int
    """Who shared the money, or had a say."""
    votes: tuple[int, ...]
    scores: tuple[int, ...]
    """What a plain count goes by: votes, or parts of points."""
    ties: tuple[TieReport, ...]
    certificate: Certificate
    start_share: Fraction | None = None
    share: Fraction | None = None
    """The share of a voter that the outcome was counted with, in coins."""
    steps: tuple[Step, ...] = ()
    completed: Completed | None = None
    ended: Ended | None = None
    market: Market | None = None
    purchases: Phragmen | None = None
    turns: tuple[Considered, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def got(self) -> dict[int, int]:
        """The coins of each winner."""
        return {fate.project: fate.got for fate in self.fates if fate.why.won}
