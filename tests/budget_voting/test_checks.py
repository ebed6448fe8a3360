"""What a file says of itself is compared with what it holds."""

from __future__ import annotations

import pytest

from budget_voting.checks import remarks_of
from budget_voting.count.pabulib import read_pabulib, write_pabulib
from budget_voting.count.reading import election_of
from tests.budget_voting.elections import vote_file

GOOD = write_pabulib(vote_file(100, {"a": 100, "b": 30}, ["3 × a,b", "1 × b"]))
COUNTED = GOOD.replace("project_id;cost;name", "project_id;cost;votes;name").replace("a;100;", "a;100;3;")
COUNTED = COUNTED.replace("b;30;", "b;30;4;")


def _remarks(text: str) -> list[str]:
    file = read_pabulib(text.encode())
    return [remark.msgid.format(**remark.values) for remark in remarks_of(file, election_of(file))]


def test_a_good_file_has_no_remarks() -> None:
    assert _remarks(GOOD) == []
    assert _remarks(COUNTED) == []


@pytest.mark.parametrize(
    ("before", "after", "remark"),
    [
        ("num_projects;2", "num_projects;3", "META says num_projects = 3, the file has 2."),
        ("num_votes;4", "num_votes;5", "META says num_votes = 5, the file has 4."),
        ("a;100;3;", "a;101;3;", "Dearer than the whole budget: a"),
        ("b;30;4;", "b;30;5;", "The votes in the file are not those of the ballots: b"),
    ],
)
def test_what_is_not_so_is_told(before: str, after: str, remark: str) -> None:
    assert _remarks(COUNTED.replace(before, after)) == [remark]


def test_published_votes_count_a_project_that_is_named_twice_twice() -> None:
    """As published totals do (docs/counting.md); the ballot itself is told as not valid."""
    text = COUNTED.replace("4;b", "4;b,b").replace("b;30;4;", "b;30;5;")
    assert _remarks(text) == []
