"""Small elections written as they are thought of."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from budget_voting.count.counting import count
from budget_voting.count.election import Election, VoteKind
from budget_voting.count.invented import file_of
from budget_voting.count.pabulib import PabulibFile
from budget_voting.count.reading import election_of
from budget_voting.count.result import Result
from budget_voting.count.rules import CountRules

REAL = sorted(Path(os.environ["AKIMAT_DESK_ELECTIONS"]).glob("*.pb")) if "AKIMAT_DESK_ELECTIONS" in os.environ else []
"""Files of real elections, in the folder that this variable of the environment names."""


def vote_file(
    budget: int,
    projects: Mapping[str, int],
    ballots: Sequence[str],
    kind: VoteKind = VoteKind.APPROVAL,
    **meta: str,
) -> PabulibFile:
    """A vote; ballots are "3 × a,b", with points "2 × a,b: 7,3"."""
    given: list[tuple[str, str]] = []
    for ballot in ballots:
        times, _, rest = ballot.rpartition("×")
        names, _, points = rest.partition(":")
        given += [(names.strip(), points.strip())] * int(times or 1)
    rows = [(id_, str(cost), "") for id_, cost in projects.items()]
    file = file_of("A village", kind, budget, rows, given)
    kept = {key: value for key, value in file.meta if key != "max_sum_points"} | meta
    return PabulibFile(tuple(kept.items()), file.project_columns, file.projects, file.vote_columns, file.votes)


def vote(
    budget: int, projects: Mapping[str, int], ballots: Sequence[str], kind: VoteKind = VoteKind.APPROVAL, **meta: str
) -> Election:
    """The same as an election."""
    return election_of(vote_file(budget, projects, ballots, kind, **meta))


def won(result: Result) -> list[str]:
    """The winners' ids in order."""
    return [result.election.projects[project].id for project in result.winners]


def winners(election: Election, rules: CountRules) -> list[str]:
    """The ids of who wins, in order."""
    return won(count(election, rules))
