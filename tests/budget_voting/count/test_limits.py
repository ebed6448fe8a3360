"""What may not be funded together, to the last coin, by every rule."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from budget_voting.count.counting import count
from budget_voting.count.election import Election, Limits
from budget_voting.count.result import Why
from budget_voting.count.rules import CountRules, Method, Utility
from tests.budget_voting.elections import vote, won

RULES = [
    CountRules(),
    CountRules(Method.PHRAGMEN, then_votes=True),
    CountRules(Method.EQUAL_SHARES, Utility.COST, then_votes=True),
]


def placed(budget: int, projects: dict[str, tuple[int, str]], ballots: list[str], **meta: str) -> Election:
    """A vote whose projects have a cost and a place; the place is their category, too, in small letters."""
    election = vote(budget, {id_: cost for id_, (cost, _) in projects.items()}, ballots, **meta)
    there = tuple(
        replace(one, places=(projects[one.id][1],), categories=(projects[one.id][1].lower(),))
        for one in election.projects
    )
    return replace(election, projects=there)


AQZHAR = {"a": (40, "Ақжар"), "b": (20, "Ақжар"), "c": (20, "Ақжар"), "d": (30, "Көктал")}
BALLOTS = ["9 × a", "8 × b", "7 × c", "6 × d"]


@pytest.mark.parametrize("kind", ["place", "category"])
@pytest.mark.parametrize(
    ("rules", "most", "funded"),
    [
        *((rules, *each) for rules in RULES[::2] for each in ((80, "abcd"), (79, "abd"), (60, "abd"), (59, "ad"))),
        *((RULES[1], *each) for each in ((80, "abcd"), (79, "bcd"), (40, "bcd"), (39, "bd"))),
    ],
)  # fmt: skip
def test_a_ceiling_holds_to_the_last_coin(rules: CountRules, most: int, funded: str, kind: str) -> None:
    """By votes and by Equal Shares a comes first, by Phragmén b and c."""
    name = "Ақжар" if kind == "place" else "ақжар"
    limited = replace(rules, **{kind: {name: Fraction(most)}})  # type: ignore[arg-type]
    assert sorted(won(count(placed(200, AQZHAR, BALLOTS), limited))) == list(funded)


def test_a_project_as_dear_as_the_ceiling_may_win_and_a_dearer_one_is_told_how_much() -> None:
    election = placed(200, AQZHAR, BALLOTS)
    assert "a" in won(count(election, CountRules(place={"Ақжар": Fraction(40)})))
    fate = count(election, CountRules(place={"Ақжар": Fraction(39)})).fates[0]
    assert (fate.why, fate.ceiling, fate.short) == (Why.CEILING, "Ақжар", 1)


def test_what_a_ceiling_is_short_of_is_told() -> None:
    fate = count(placed(200, AQZHAR, BALLOTS), CountRules(place={"Ақжар": Fraction(65)})).fates[2]
    assert (fate.why, fate.short) == (Why.CEILING, 15)


def test_a_ceiling_of_the_rules_goes_before_the_one_of_the_file() -> None:
    election = replace(placed(200, AQZHAR, BALLOTS), limits=Limits(place={"Ақжар": 40}))
    assert won(count(election, CountRules())) == ["a", "d"]
    assert won(count(election, CountRules(place={"Ақжар": Fraction(60)}))) == ["a", "b", "d"]


def test_a_ceiling_is_in_tenge_where_the_file_has_coins() -> None:
    election = replace(placed(200, AQZHAR, BALLOTS), coin=100)
    limited = CountRules(category={"ақжар": Fraction(2, 5)}, place={"Көктал": Fraction(3, 10)})
    assert won(count(election, limited)) == ["a", "d"]


def test_exclusive_groups_of_the_file_and_of_the_rules_both_hold() -> None:
    election = replace(placed(200, AQZHAR, BALLOTS), limits=Limits(exclusive=(frozenset("ab"),)))
    assert won(count(election, CountRules(exclusive=(frozenset("cd"),)))) == ["a", "c"]


def test_a_group_of_three_has_one_winner_and_the_others_name_it() -> None:
    result = count(placed(200, AQZHAR, ["9 × a", "8 × b", "7 × c"]), CountRules(exclusive=(frozenset("abc"),)))
    assert [(fate.why, fate.rival) for fate in result.fates[:3]] == [(Why.FUNDED, None), (Why.RIVAL, 0), (Why.RIVAL, 0)]


@pytest.mark.parametrize("method", [Method.EQUAL_SHARES, Method.PHRAGMEN])
def test_limits_hold_for_what_is_spent_by_votes_afterwards(method: Method) -> None:
    """One of the ten likes b; Equal Shares and Phragmén leave money over that would be enough for it, a excludes it."""
    election = vote(100, {"a": 50, "b": 45, "c": 60}, ["9 × a", "1 × b", "1 × c"])
    utility = Utility.COST if method is Method.EQUAL_SHARES else Utility.VOTES
    assert won(count(election, CountRules(method, utility, then_votes=True))) == ["a", "b"]
    limited = CountRules(method, utility, then_votes=True, exclusive=(frozenset("ab"),))
    assert won(count(election, limited)) == ["a"]
