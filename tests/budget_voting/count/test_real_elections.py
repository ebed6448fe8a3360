"""Real elections: in the folder that AKIMAT_DESK_ELECTIONS names. See `docs/counting.md`."""

from __future__ import annotations

from pathlib import Path

import pytest

from budget_voting.count.ballots import totals
from budget_voting.count.counting import count
from budget_voting.count.pabulib import read_pabulib, write_pabulib
from budget_voting.count.reading import election_of, read_election
from budget_voting.count.rules import CountRules, Method, Utility
from tests.budget_voting.elections import REAL as FILES

NAMES = [file.stem for file in FILES]
OFFICIAL = {
    "Poland_Gdynia_2024_Green_Budget": CountRules(Method.VOTES_NO_SKIP),
    "Poland_Krakow_2022_Bronowice": CountRules(utility=Utility.POINTS),
}
"""The rule each city told, for files that mark the winners."""


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_reading_and_writing_loses_nothing(file: Path) -> None:
    assert write_pabulib(read_pabulib(file.read_bytes())) == file.read_text("utf-8")


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_the_votes_are_the_published_ones(file: Path) -> None:
    election = read_election(file)
    assert totals(election.ballots.valid, None, len(election.projects)) == [
        project.published_votes for project in election.projects
    ]


@pytest.mark.parametrize("file", [file for file in FILES if file.stem in OFFICIAL], ids=lambda file: file.stem)
def test_the_winners_are_the_official_ones(file: Path) -> None:
    election = read_election(file)
    result = count(election, OFFICIAL[file.stem])
    assert sorted(result.winners) == [place for place, project in enumerate(election.projects) if project.selected]


def test_a_file_that_is_read_twice_gives_the_same_election() -> None:
    for file in FILES:
        once = election_of(read_pabulib(file.read_bytes()))
        assert once.ballots.valid.members.tolist() == read_election(file).ballots.valid.members.tolist()
