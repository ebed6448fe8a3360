"""Rules side by side: who gains, who loses, and nobody is told apart in a small group."""

from __future__ import annotations

import pytest

from budget_voting.count.compare import compare
from budget_voting.count.pabulib import PabulibFile, Rows
from budget_voting.count.reading import election_of
from budget_voting.count.rules import CountRules, Method, Utility
from tests.budget_voting.elections import vote, vote_file

RULES = [CountRules(), CountRules(Method.EQUAL_SHARES, Utility.COST)]


def test_who_gains_and_who_loses() -> None:
    """By votes the six take everything; with Equal Shares the four get a project."""
    election = vote(100, {"a": 50, "b": 50, "c": 40}, ["6 × a,b", "4 × c"])
    found = compare(election, RULES)
    assert [sorted(result.winners) for result in found.results] == [[0, 1], [0, 2]]
    assert [(fared.with_a_winner, fared.projects, fared.money) for fared in found.satisfaction] == [
        (6, 1.2, 60.0),
        (10, 1.0, 46.0),
    ]
    assert [(change.more, change.less) for change in found.changes] == [(0, 0), (4, 6)]


@pytest.mark.parametrize(("women", "told"), [(12, {"F": 12, "M": 28}), (4, {})])
def test_groups_of_voters(women: int, told: dict[str, int]) -> None:
    file = vote_file(100, {"a": 50, "b": 50}, ["40 × a"])
    cells = [[*row, "F" if place < women else "M"] for place, row in enumerate(file.votes)]
    with_sex = PabulibFile(
        file.meta, file.project_columns, file.projects, (*file.vote_columns, "sex"), Rows(3, None, cells)
    )
    found = compare(election_of(with_sex), RULES, with_sex)
    assert {value: fared[0].voters for _, value, fared in found.groups} == told


def test_ages_are_told_in_groups_and_what_is_no_age_is_among_the_others() -> None:
    """The first and the last year of a group belong to it."""
    ages = ["17"] * 10 + ["18"] * 10 + ["29"] * 10 + ["30"] * 10 + ["60"] * 6 + ["?"] * 6
    file = vote_file(100, {"a": 50, "b": 50}, [f"{len(ages)} × a"])
    cells = [[*row, age] for row, age in zip(file.votes, ages, strict=True)]
    told = PabulibFile(
        file.meta, file.project_columns, file.projects, (*file.vote_columns, "age"), Rows(3, None, cells)
    )
    groups = compare(election_of(told), RULES, told).groups
    assert {value: fared[0].voters for _, value, fared in groups} == {"0–17": 10, "18–29": 20, "30–44": 10, "": 12}


def test_too_few_others_are_not_told_at_all() -> None:
    file = vote_file(100, {"a": 50}, ["25 × a"])
    cells = [[*row, "F" if n < 12 else "M" if n < 24 else "X"] for n, row in enumerate(file.votes)]
    told = PabulibFile(
        file.meta, file.project_columns, file.projects, (*file.vote_columns, "sex"), Rows(3, None, cells)
    )
    assert [value for _, value, _ in compare(election_of(told), RULES, told).groups] == ["F", "M"]
