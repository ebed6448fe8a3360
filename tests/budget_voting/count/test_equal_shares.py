"""Votes small enough to follow with a pencil."""

from __future__ import annotations

from fractions import Fraction

from budget_voting.count.accounts import accounts
from budget_voting.count.completion import Stop
from budget_voting.count.counting import count
from budget_voting.count.pabulib import read_pabulib, write_pabulib
from budget_voting.count.reading import election_of
from budget_voting.count.result import Why
from budget_voting.count.rules import CountRules, Method, Utility
from tests.budget_voting.elections import vote, vote_file, won

COST = CountRules(Method.EQUAL_SHARES, Utility.COST)
CARDINALITY = CountRules(Method.EQUAL_SHARES, Utility.CARDINALITY)


def test_a_vote_to_follow_with_a_pencil() -> None:
    """Ten voters share 100 ₸. The school costs each of its seven 5 ₸. For the road, three of its six have 5 ₸ left and
    give them, and the other three pay the 27 ₸ that are missing: 9 ₸ each."""
    election = vote(100, {"school": 35, "road": 42, "well": 30}, ["4 × school", "3 × school,road", "3 × road"])
    result = count(election, COST)
    assert won(result) == ["school", "road"]
    first, second = result.steps
    assert (first.price, first.in_full, first.all_they_had, first.given) == (5, 7, 0, 0)
    assert (second.price, second.in_full, second.all_they_had, second.given) == (9, 3, 3, 15)
    assert result.total_cost == 77


def test_a_bloc_gets_its_part_and_no_more() -> None:
    """Six of ten voters: a plain count gives them everything, Equal Shares their six tenths."""
    projects = {f"x{n}": 20 for n in range(5)} | {f"y{n}": 20 for n in range(5)}
    ballots = [
        "6 × " + ",".join(p for p in projects if p[0] == "x"),
        "4 × " + ",".join(p for p in projects if p[0] == "y"),
    ]
    election = vote(100, projects, ballots)
    assert sum(name[0] == "x" for name in won(count(election, CountRules()))) == 5
    assert sum(name[0] == "x" for name in won(count(election, COST))) == 3


def test_when_all_ballots_are_equal_ties_decide_everything() -> None:
    projects = {"a": 10, "b": 20, "c": 30, "d": 40, "e": 50}
    election = vote(100, projects, ["5 × a,b,c,d,e"])
    assert won(count(election, CARDINALITY)) == ["a", "b", "c", "d"]
    tied = count(election, COST)
    assert won(tied) == ["a", "b", "c", "d"]
    assert [len(tie.projects) for tie in tied.ties] == [5, 4, 3]


def test_supporters_of_a_loser_are_told_where_their_money_went() -> None:
    election = vote(100, {"a": 60, "b": 50}, ["6 × a,b", "4 × b"])
    result = count(election, COST)
    fate = result.fates[0]
    assert (won(result), fate.why, fate.short) == (["b"], Why.MONEY_SPENT, 30)
    account = accounts(result)[0]
    assert (account.left, account.spent) == (30, ((1, 1, 30),))


def test_voters_without_a_valid_choice_take_their_share_with_them() -> None:
    election = vote(100, {"a": 60}, ["5 × a", "5 × "], min_length="0")
    result = count(election, COST)
    assert (result.voters, result.share, won(result)) == (10, 10, [])
    assert won(count(election, CountRules(Method.EQUAL_SHARES, Utility.COST, Stop.EXHAUSTIVE))) == ["a"]


def test_a_free_project_has_no_cost_to_go_by() -> None:
    election = vote(100, {"a": 0, "b": 50}, ["5 × a,b"])
    assert count(election, COST).fates[0].why is Why.FREE
    assert won(count(election, CARDINALITY)) == ["a", "b"]


def test_what_is_left_may_be_spent_by_votes() -> None:
    election = vote(100, {"a": 60, "b": 30, "c": 35}, ["7 × a", "2 × b", "1 × c"])
    rules = CountRules(Method.EQUAL_SHARES, Utility.COST, then_votes=True)
    result = count(election, rules)
    assert won(result) == ["a", "b"]
    assert [fate.by_votes for fate in result.fates] == [False, True, False]
    assert result.fates[2].why is Why.MONEY_SPENT


def test_exactly_enough_money_is_enough() -> None:
    """Thirds of a tenge: three voters pay 1/3 each, to the last part of a coin."""
    election = vote(1, {"a": 1}, ["3 × a"])
    result = count(election, COST)
    assert (won(result), result.steps[0].price) == (["a"], Fraction(1, 3))


def test_nobody_voted() -> None:
    result = count(vote(10, {"a": 1}, [], min_length="0"), COST)
    assert (won(result), result.voters, result.share) == ([], 0, None)


def test_exclusive_projects_end_each_others_sale() -> None:
    election = vote(100, {"a": 30, "b": 30, "c": 30}, ["6 × a,b", "4 × c"])
    for stop in (None, *Stop):
        rules = CountRules(Method.EQUAL_SHARES, Utility.COST, stop, exclusive=(frozenset("ab"),))
        result = count(election, rules)
        assert sorted(won(result)) == ["a", "c"]
        assert result.fates[1].why is Why.RIVAL


def test_a_project_that_takes_the_last_coin_of_all_its_supporters_is_bought() -> None:
    """Its price is what the richest of them has left; nobody pays in full and has something over."""
    election = vote(20, {"a": 3, "b": 7}, ["1 × a,b", "1 × a", "1 × b", "1 × c"], min_length="0")
    shares = vote(15, {"a": 4, "b": 8}, ["1 × a,b", "1 × a", "1 × b"])
    assert won(count(shares, COST)) == ["a", "b"]
    assert count(shares, COST).steps[1].all_they_had + count(shares, COST).steps[1].in_full == 2
    assert won(count(election, COST)) == ["a", "b"]


def test_who_names_a_project_twice_pays_for_it_once() -> None:
    """Two ballots that are not valid count: five supporters pay 2 ₸ each, not seven."""
    election = vote(10, {"a": 10}, ["2 × a,a", "3 × a"])
    result = count(election, CountRules(Method.EQUAL_SHARES, Utility.COST, count_invalid=True))
    assert (result.voters, result.steps[0].in_full, result.steps[0].price) == (5, 5, 2)


def test_a_step_is_a_tenge_also_where_the_file_has_coins() -> None:
    """Each of three has 3.50 ₸; two of them need 5 ₸ each, which they have after two steps of one tenge."""
    text = write_pabulib(vote_file(10, {"a": 10, "b": 1}, ["2 × a", "1 × b"]))
    text = text.replace("budget;10", "budget;10.50").replace("b;1", "b;0.50")
    election = election_of(read_pabulib(text.encode()))
    result = count(election, CountRules(Method.EQUAL_SHARES, Utility.COST, Stop.OVERSPEND))
    assert (election.coin, result.share, sorted(won(result))) == (10, 55, ["a", "b"])


def test_a_tie_after_a_free_project_is_told_at_its_step() -> None:
    election = vote(10, {"free": 0, "a": 10, "b": 10}, ["2 × free,a,b"])
    result = count(election, CARDINALITY)
    assert won(result) == ["free", "a"]
    assert [(tie.step, tie.projects) for tie in result.ties] == [(2, (1, 2))]


def test_what_supporters_spent_most_on_is_told_first_with_its_step() -> None:
    """The four of c pay 1 ₸ for small at step 2, and 8 ₸ for big at step 3; the free project was step 1."""
    election = vote(100, {"free": 0, "small": 10, "big": 80, "c": 40}, ["4 × free,small,big,c", "6 × small,big"])
    result = count(election, CARDINALITY)
    assert won(result) == ["free", "small", "big"]
    assert accounts(result)[3].spent == ((3, 2, 32), (2, 1, 4))
