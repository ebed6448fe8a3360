"""The rules of a count, as they are published before the vote and frozen while it is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from akimat_desk.base.words import N_, Sentence
from budget_voting.count.completion import Stop
from budget_voting.count.election import VoteKind
from budget_voting.count.errors import RuleRefused


class Method(Enum):
    """How winners are found."""

    VOTES = "votes"
    """By votes; what does not fit is skipped."""
    VOTES_NO_SKIP = "votes-no-skip"
    """By votes; the first that does not fit ends it."""
    VOTES_PART = "votes-part"
    """By votes; the first that does not fit gets what is left, and that ends it."""
    VOTES_COVERED = "votes-covered"
    """By votes; the first that does not fit is funded if enough of its cost is there, and that ends it."""
    EQUAL_SHARES = "equal-shares"
    PHRAGMEN = "phragmen"

    @property
    def by_votes(self) -> bool:
        """Whether it is a plain count."""
        return self not in (Method.EQUAL_SHARES, Method.PHRAGMEN)


class Utility(Enum):
    """What a ballot gives a project. Plain counts know votes, points and Borda, Equal Shares all but votes."""

    VOTES = "votes"
    CARDINALITY = "cardinality"
    COST = "cost"
    POINTS = "points"
    BORDA = "borda"


class TieOrder(Enum):
    """How ties are settled."""

    CHEAPEST_VOTES_ID = "cheapest-votes-id"
    """The cheapest, then the one with most votes, then the lot that was drawn; without a lot, the id."""
    ID = "id"
    """The id, compared as text: what other programs do."""


@dataclass(frozen=True, slots=True)
class CountRules:
    """Everything that decides about the winners beside the ballots."""

    method: Method = Method.VOTES
    utility: Utility = Utility.VOTES
    completion: Stop | None = None
    then_votes: bool = False
    """Whether what is left after Equal Shares or Phragmén is spent by votes, skipping what does not fit."""
    step: Fraction = Fraction(1)
    """By how much Add1 raises a voter's share, in tenge."""
    ties: TieOrder = TieOrder.CHEAPEST_VOTES_ID
    lot: tuple[str, ...] = ()
    """The projects in the order in which their lots were drawn."""
    min_votes: int = 0
    """The supporters a project needs to win at all."""
    covered: Fraction = Fraction(4, 5)
    """The part of its cost that must be left for `VOTES_COVERED`."""
    count_invalid: bool = False
    """Whether ballots that are not valid count, as far as they can be read."""
    share_with_all: bool = False
    """Whether the money is shared among all who gave a ballot, and not only those whose ballot is valid."""
    exclusive: tuple[frozenset[str], ...] = ()
    """Groups of which one project can be funded, beside those of the election."""
    category: Mapping[str, Fraction] = field(default_factory=dict)
    """Ceilings of categories in tenge, beside those of the election."""
    place: Mapping[str, Fraction] = field(default_factory=dict)

    def checked(self, kind: VoteKind) -> CountRules:
        """The same rules; raises `RuleRefused` where they cannot be used on such ballots."""
        if self.step <= 0:
            raise RuleRefused(why=Sentence(N_("The step is more than nothing.")))
        if self.method.by_votes and self.utility in (Utility.CARDINALITY, Utility.COST):
            raise RuleRefused(why=Sentence(N_("A plain count goes by votes, points or Borda.")))
        if self.method is Method.EQUAL_SHARES and self.utility is Utility.VOTES:
            raise RuleRefused(why=Sentence(N_("Equal Shares goes by cardinality, cost, points or Borda.")))
        if self.utility is Utility.POINTS and kind in (VoteKind.APPROVAL, VoteKind.CHOOSE_ONE):
            raise RuleRefused(why=Sentence(N_("These ballots have no points.")))
        if self.utility is Utility.BORDA and kind is not VoteKind.ORDINAL:
            raise RuleRefused(why=Sentence(N_("Borda needs ballots with places.")))
        if self.completion is not None and self.method is not Method.EQUAL_SHARES:
            raise RuleRefused(why=Sentence(N_("Only Equal Shares is completed by Add1.")))
        return self
