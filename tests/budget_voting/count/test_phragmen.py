"""Sequential Phragmén on votes that can be followed by hand."""

from __future__ import annotations

from fractions import Fraction

from budget_voting.count.counting import count
from budget_voting.count.result import Why
from budget_voting.count.rules import CountRules, Method, TieOrder
from tests.budget_voting.elections import vote, won

PHRAGMEN = CountRules(Method.PHRAGMEN)


def test_purses_fill_and_are_emptied() -> None:
    """a at 10 ₸ each; b then waits until its four voters have 40 ₸ beyond the 20 ₸ that two of them spent on a."""
    result = count(vote(100, {"a": 40, "b": 40}, ["2 × a", "2 × a,b", "2 × b"]), PHRAGMEN)
    assert result.purchases is not None
    assert [(each.project, each.time) for each in result.purchases.bought] == [(0, 10), (1, 15)]


def test_it_ends_where_the_next_does_not_fit() -> None:
    result = count(vote(100, {"a": 60, "b": 50, "c": 20}, ["6 × a", "4 × b", "1 × c"]), PHRAGMEN)
    assert won(result) == ["a"]
    assert [fate.why for fate in result.fates] == [Why.FUNDED, Why.NO_ROOM, Why.TOO_LATE]


def test_what_is_left_may_be_spent_by_votes() -> None:
    election = vote(100, {"a": 60, "b": 50, "c": 20}, ["6 × a", "4 × b", "1 × c"])
    result = count(election, CountRules(Method.PHRAGMEN, then_votes=True))
    assert won(result) == ["a", "c"]
    assert result.total_cost == 80


def test_times_are_exact() -> None:
    result = count(vote(10, {"a": 1, "b": 1}, ["3 × a", "7 × b"]), PHRAGMEN)
    assert result.purchases is not None
    assert [each.time for each in result.purchases.bought] == [Fraction(1, 7), Fraction(1, 3)]


def test_a_tie_of_thirds_is_a_tie() -> None:
    """After a at 2/3 each, b is due at (3 + 3 × 2/3) / 3 and c at 1 + 2/3: both 5/3, which floats see as two times."""
    election = vote(6, {"c": 1, "b": 3, "a": 2}, ["1 × a,b,c", "2 × a,b"])
    result = count(election, CountRules(Method.PHRAGMEN, ties=TieOrder.ID))
    assert won(result) == ["a", "b", "c"]
    assert [(tie.step, tie.projects) for tie in result.ties] == [(2, (1, 0))]
