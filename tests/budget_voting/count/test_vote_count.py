"""Plain counts, with every variant in use, limits, ties and invalid ballots."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget_voting.count.counting import count
from budget_voting.count.election import VoteKind
from budget_voting.count.errors import NoSuchProject, RuleRefused
from budget_voting.count.invented import small_election
from budget_voting.count.pabulib import Rows
from budget_voting.count.reading import election_of
from budget_voting.count.result import Result, Why
from budget_voting.count.rules import CountRules, Method, TieOrder, Utility
from tests.budget_voting.elections import vote, winners, won

PROJECTS = {"a": 50, "b": 40, "c": 30, "d": 10}
BALLOTS = ["9 × a", "8 × b", "7 × c", "6 × d"]


def _fate(result: Result, project: str) -> Why:
    return result.fates[result.election.index()[project]].why


@pytest.mark.parametrize(
    ("method", "funded", "spent"),
    [
        (Method.VOTES, ["a", "c"], 80),
        (Method.VOTES_NO_SKIP, ["a"], 50),
        (Method.VOTES_PART, ["a", "b"], 85),
        (Method.VOTES_COVERED, ["a", "b"], 90),
    ],
)
def test_what_happens_to_the_first_that_does_not_fit(method: Method, funded: list[str], spent: int) -> None:
    result = count(vote(85, PROJECTS, BALLOTS), CountRules(method))
    assert (won(result), result.total_cost) == (funded, spent)


def test_covered_needs_the_part_that_the_rules_name() -> None:
    rules = CountRules(Method.VOTES_COVERED, covered=Fraction(9, 10))
    assert winners(vote(85, PROJECTS, BALLOTS), rules) == ["a"]


def test_exactly_the_part_that_the_rules_name_is_enough() -> None:
    """b gets all of its 40 where 32 are left; afterwards nothing is left for c."""
    result = count(vote(82, PROJECTS, BALLOTS), CountRules(Method.VOTES_COVERED))
    assert (won(result), result.fates[2].short) == (["a", "b"], 30)


def test_a_project_nobody_chose_never_wins() -> None:
    election = vote(1000, {**PROJECTS, "e": 1}, BALLOTS)
    for method in Method:
        utility = Utility.COST if method is Method.EQUAL_SHARES else Utility.VOTES
        result = count(election, CountRules(method, utility, then_votes=not method.by_votes))
        assert _fate(result, "e") is Why.NO_VOTES


def test_a_project_dearer_than_the_budget_cannot_win_and_ends_nothing() -> None:
    result = count(vote(60, {"a": 61, "b": 20}, ["9 × a", "1 × b"]), CountRules(Method.VOTES_NO_SKIP))
    assert (won(result), _fate(result, "a")) == (["b"], Why.DEARER_THAN_ALL)


def test_too_few_votes() -> None:
    result = count(vote(200, PROJECTS, BALLOTS), CountRules(min_votes=7))
    assert (won(result), _fate(result, "d"), result.fates[3].short) == (["a", "b", "c"], Why.TOO_FEW_VOTES, 1)


def test_the_threshold_of_the_file_holds() -> None:
    assert winners(vote(200, PROJECTS, BALLOTS, min_project_score_threshold="8"), CountRules()) == ["a", "b"]


def test_a_threshold_of_points_is_in_whole_points_also_where_ballots_have_decimals() -> None:
    ballots = ["3 × a: 0.5", "4 × b: 0.5"]
    election = vote(200, PROJECTS, ballots, VoteKind.SCORING, min_project_score_threshold="2")
    result = count(election, CountRules(utility=Utility.POINTS))
    assert (won(result), _fate(result, "a"), result.fates[0].short) == (["b"], Why.TOO_FEW_POINTS, 1)


def test_only_one_of_exclusive_projects_is_funded() -> None:
    result = count(vote(200, PROJECTS, BALLOTS), CountRules(exclusive=(frozenset("bc"), frozenset("cd"))))
    assert (won(result), _fate(result, "c")) == (["a", "b", "d"], Why.RIVAL)


def test_a_place_has_a_ceiling() -> None:
    file_projects = {"a": 50, "b": 40, "c": 30}
    election = vote(200, file_projects, ["9 × a", "8 × b", "7 × c"])
    places = {"a": ("Ақжар",), "b": ("Ақжар",), "c": ("Көктал",)}
    projects = tuple(
        type(project)(project.id, project.cost, places=places[project.id]) for project in election.projects
    )  # fmt: skip
    election = type(election)(
        election.title, "KZT", 1, 200, election.kind, projects, election.ballots, election.limits
    )  # fmt: skip
    for method in (Method.VOTES, Method.PHRAGMEN, Method.EQUAL_SHARES):
        utility = Utility.COST if method is Method.EQUAL_SHARES else Utility.VOTES
        result = count(election, CountRules(method, utility, place={"Ақжар": Fraction(60)}, then_votes=True))
        assert sorted(won(result)) in (["a", "c"], ["b", "c"])
        assert [fate.why for fate in result.fates if not fate.why.won] == [Why.CEILING]


def test_points_and_places_are_counted() -> None:
    projects = {"a": 10, "b": 10}
    cumulative = vote(10, projects, ["2 × a,b: 1,9", "3 × a: 5"], VoteKind.CUMULATIVE)
    assert winners(cumulative, CountRules(utility=Utility.VOTES)) == ["a"]
    assert winners(cumulative, CountRules(utility=Utility.POINTS)) == ["b"]
    ordinal = vote(10, {**projects, "c": 10}, ["3 × a,b,c", "2 × b,c,a", "2 × c,b,a"], VoteKind.ORDINAL)
    assert count(ordinal, CountRules(utility=Utility.BORDA)).scores == (13, 16, 13)


def test_a_place_beyond_those_a_ballot_may_have_is_worth_one_point() -> None:
    """The ballot is not valid, and counts where the rules say so."""
    election = vote(10, {"a": 10, "b": 10, "c": 10}, ["1 × a,b,c"], VoteKind.ORDINAL, max_length="2")
    assert count(election, CountRules(utility=Utility.BORDA, count_invalid=True)).scores == (2, 1, 1)


def test_decimals_of_points_are_exact() -> None:
    election = vote(10, {"a": 10, "b": 10}, ["3 × a: 0.1", "1 × b: 0.3"], VoteKind.SCORING)
    result = count(election, CountRules(utility=Utility.POINTS))
    assert result.scores == (3, 3)
    assert len(result.ties) == 1


@pytest.mark.parametrize(
    ("rules", "first", "settled"),
    [
        (CountRules(), "c", "cost"),
        (CountRules(ties=TieOrder.ID), "10", "id"),
    ],
)
def test_ties_are_settled_in_the_published_order_and_told(rules: CountRules, first: str, settled: str) -> None:
    result = count(vote(20, {"2": 20, "10": 20, "c": 15}, ["5 × 2", "5 × 10", "5 × c"]), rules)
    assert won(result) == [first]
    assert [tie.settled_by for tie in result.ties] == [settled]


def test_a_lot_settles_what_cost_and_votes_leave_open() -> None:
    election = vote(20, {"2": 20, "10": 20}, ["5 × 2", "5 × 10"])
    without, with_lot = (count(election, CountRules(lot=lot)) for lot in ((), ("2", "10")))
    assert (won(without), without.ties[0].settled_by) == (["10"], "id")
    assert (won(with_lot), with_lot.ties[0].settled_by) == (["2"], "lot")


@pytest.mark.parametrize(
    ("method", "budget", "projects", "ties"),
    [
        (Method.VOTES, 50, {"a": 60, "b": 40}, []),  # a does not fit, whoever comes first
        (Method.VOTES, 70, {"a": 60, "b": 40}, [["a", "b"]]),
        (Method.VOTES, 100, {"a": 60, "b": 40}, []),
        (Method.VOTES_NO_SKIP, 50, {"a": 45, "b": 40}, [["a", "b"]]),
        (Method.VOTES_PART, 70, {"a": 60, "b": 40}, [["a", "b"]]),  # both get something, one of them all
        (Method.VOTES_PART, 100, {"a": 60, "b": 40}, []),
    ],
)
def test_a_tie_is_told_where_the_order_decided_and_nowhere_else(
    method: Method, budget: int, projects: dict[str, int], ties: list[list[str]]
) -> None:
    election = vote(budget, projects, ["5 × a", "5 × b"])
    result = count(election, CountRules(method, ties=TieOrder.ID))
    assert [[election.projects[one].id for one in tie.projects] for tie in result.ties] == ties


def test_of_several_losers_of_a_tie_one_that_would_have_fitted_is_enough() -> None:
    """b is too dear for what is left, c is not: had c come first, a would have lost."""
    election = vote(100, {"z": 50, "a": 40, "b": 60, "c": 45}, ["9 × z", "5 × a", "5 × b", "5 × c"])
    result = count(election, CountRules(ties=TieOrder.ID))
    assert [(tie.step, tie.projects) for tie in result.ties] == [(2, (1, 2, 3))]


def test_a_tie_among_what_is_spent_by_votes_is_told_at_its_step() -> None:
    election = vote(100, {"a": 60, "b": 40, "c": 40}, ["8 × a", "1 × b", "1 × c"])
    result = count(election, CountRules(Method.EQUAL_SHARES, Utility.COST, then_votes=True))
    assert won(result) == ["a", "b"]
    assert [(tie.step, tie.projects) for tie in result.ties] == [(2, (1, 2))]


def test_of_as_many_points_and_equal_cost_the_one_with_more_votes_wins() -> None:
    election = vote(10, {"a": 10, "b": 10}, ["1 × a: 10", "2 × b: 5"], VoteKind.CUMULATIVE)
    result = count(election, CountRules(utility=Utility.POINTS))
    assert (won(result), result.ties[0].settled_by) == (["b"], "votes")


def test_a_lot_for_a_project_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchProject):
        count(vote(10, {"a": 10}, ["a"]), CountRules(lot=("a", "moon")))


def test_a_tie_between_exclusive_projects_is_told_at_its_step() -> None:
    election = vote(100, {"a": 30, "b": 20, "c": 20}, ["9 × a", "5 × b", "5 × c"])
    result = count(election, CountRules(exclusive=(frozenset("bc"),), ties=TieOrder.ID))
    assert [(tie.step, tie.projects, tie.settled_by) for tie in result.ties] == [(2, (1, 2), "id")]


def test_who_lost_to_a_rival_is_told_so_also_where_the_count_had_ended() -> None:
    """More votes would not have helped b: a, its rival, has 9."""
    election = vote(60, {"a": 50, "c": 40, "b": 5}, ["9 × a", "6 × c", "2 × b"])
    result = count(election, CountRules(Method.VOTES_NO_SKIP, exclusive=(frozenset("ab"),)))
    assert (result.fates[2].why, result.fates[2].votes_short) == (Why.RIVAL, None)


@settings(max_examples=80)
@given(st.integers(0, 10**9), st.sampled_from([method for method in Method if method.by_votes]))
def test_so_many_votes_more_win_and_one_less_does_not(seed: int, method: Method) -> None:
    """The extra voters name nothing else. What the count says is tried out."""
    file = small_election(seed)
    for order in TieOrder:
        result = count(election_of(file), CountRules(method, ties=order))
        for fate in result.fates:
            if fate.votes_short is not None:
                id_ = file.projects[fate.project][0]
                for more, wins in ((fate.votes_short, True), (fate.votes_short - 1, False)):
                    rows = [*file.votes, *([f"more {n}", id_] for n in range(more))]
                    again = replace(file, votes=Rows(2, None, rows))
                    found = count(election_of(again), CountRules(method, ties=order))
                    got_all = found.fates[fate.project].got >= found.election.projects[fate.project].cost
                    assert got_all is (wins or found.fates[fate.project].why is Why.COVERED), (id_, more, order)


def test_votes_short_are_what_would_have_been_enough() -> None:
    election = vote(50, {"a": 50, "b": 40}, ["9 × a", "6 × b"])
    short = count(election, CountRules()).fates[1].votes_short
    assert short == 3
    for more, winner in ((short - 1, "a"), (short, "b")):
        assert winners(vote(50, {"a": 50, "b": 40}, ["9 × a", f"{6 + more} × b"]), CountRules()) == [winner]


def test_ballots_that_are_not_valid_count_only_where_the_rules_say_so() -> None:
    election = vote(10, {"a": 10, "b": 10}, ["2 × a,a", "3 × b"])
    assert count(election, CountRules()).votes == (0, 3)
    counted = count(election, CountRules(count_invalid=True))
    assert (counted.votes, counted.voters) == ((4, 3), 5)
    shared = count(election, CountRules(Method.EQUAL_SHARES, Utility.COST, share_with_all=True))
    assert (shared.voters, shared.start_share) == (5, 2)


def test_a_blank_ballot_that_is_valid_has_its_share_too() -> None:
    election = vote(12, {"a": 1}, ["2 × a", "1 × ", "1 × a,a"], min_length="0")
    rules = CountRules(Method.EQUAL_SHARES, Utility.COST)
    assert count(election, rules).start_share == 4
    assert count(election, replace(rules, share_with_all=True)).start_share == 3


@pytest.mark.parametrize(
    "rules",
    [
        CountRules(utility=Utility.COST),
        CountRules(utility=Utility.POINTS),
        CountRules(utility=Utility.BORDA),
        CountRules(Method.EQUAL_SHARES),
        CountRules(Method.EQUAL_SHARES, Utility.COST, step=Fraction(0)),
    ],
)
def test_rules_that_do_not_fit_the_ballots_are_refused(rules: CountRules) -> None:
    with pytest.raises(RuleRefused):
        count(vote(10, {"a": 10}, ["a"]), rules)
