"""The rules a village may choose from without writing them down by their parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from budget_voting.count.completion import Stop
from budget_voting.count.election import VoteKind
from budget_voting.count.rules import CountRules, Method
from budget_voting.options import usual_utility


@dataclass(frozen=True, slots=True)
class Preset:
    """A rule as people choose it; what it goes by follows from the ballots."""

    key: str
    method: Method
    completion: Stop | None = None


PRESETS: Final = (
    Preset("votes", Method.VOTES),
    Preset("no-skip", Method.VOTES_NO_SKIP),
    Preset("part", Method.VOTES_PART),
    Preset("shares", Method.EQUAL_SHARES, Stop.OVERSPEND),
    Preset("shares-first", Method.EQUAL_SHARES, Stop.EXHAUSTIVE),
    Preset("phragmen", Method.PHRAGMEN),
)
USUAL: Final = ("votes", "shares", "phragmen")
"""What is compared at first."""


def rules_of_presets(
    keys: Sequence[str], kind: VoteKind, *, min_votes: int = 0, then_votes: bool = False
) -> tuple[CountRules, ...]:
    """The rules of some presets, in the order of `PRESETS`. `then_votes` concerns those that may leave money over."""
    return tuple(
        CountRules(
            preset.method,
            usual_utility(preset.method, kind),
            preset.completion,
            then_votes=then_votes and not preset.method.by_votes,
            min_votes=min_votes,
        )
        for preset in PRESETS
        if preset.key in keys
    )
