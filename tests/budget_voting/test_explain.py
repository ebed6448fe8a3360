"""What a voter reads about a project, in three languages, with numbers that are right."""

from __future__ import annotations

import pytest

from akimat_desk.base.words import LANGUAGES, Language, Translator
from akimat_desk.service import find_services
from akimat_desk.shell.opening import catalogues
from budget_voting.count.completion import Stop
from budget_voting.count.counting import count
from budget_voting.count.election import VoteKind
from budget_voting.count.invented import awkward_election
from budget_voting.count.reading import election_of
from budget_voting.count.rules import CountRules, Method, Utility
from budget_voting.explain import Explainer
from tests.budget_voting.elections import vote

COST = CountRules(Method.EQUAL_SHARES, Utility.COST)


def _words(language: Language) -> Translator:
    return Translator(catalogues(find_services()), language)


def _said(budget: int, projects: dict[str, int], ballots: list[str], rules: CountRules) -> list[str]:
    result = count(vote(budget, projects, ballots), rules)
    explainer = Explainer(result, _words("en"))
    return [explainer.project(place).replace("\u00a0", " ") for place in range(len(projects))]


def test_a_plain_count() -> None:
    assert _said(60, {"a": 50, "b": 40, "c": 10, "d": 5}, ["9 × a", "6 × b", "2 × c"], CountRules()) == [
        "Funded at step 1. Votes: 9.",
        "The project was not chosen. It does not fit, short: 30 ₸. Votes short: 3.",
        "Funded at step 2. Votes: 2.",
        "Nobody voted for this project, so it cannot win.",
    ]


def test_a_count_that_stops() -> None:
    said = _said(60, {"a": 50, "b": 40, "c": 10}, ["9 × a", "6 × b", "2 × c"], CountRules(Method.VOTES_NO_SKIP))
    assert said[2] == "The project was not chosen. The count had ended before its turn. Votes short: 4."


def test_equal_shares() -> None:
    assert _said(100, {"a": 60, "b": 50, "c": 30}, ["6 × a,b", "4 × b", "1 × c"], COST) == [
        "The project was not chosen. Its supporters had 24 ₸ left of the 60 ₸ it costs, short: 36 ₸. "
        "The largest part of their money, 30 ₸, was spent at step 1 on project b.",
        "Funded at step 1. Supporters who paid 5 ₸ each: 10.",
        "The project was not chosen. Its supporters had 9 ₸ left of the 30 ₸ it costs, short: 21 ₸. "
        "Their shares together were never enough.",
    ]


def test_points_with_decimals() -> None:
    """b has one point and would need two: of as many points a goes first, which has more votes."""
    election = vote(10, {"a": 10, "b": 10}, ["3 × a: 0.5", "1 × b: 1"], VoteKind.SCORING)
    explainer = Explainer(count(election, CountRules(utility=Utility.POINTS)), _words("en"))
    assert [explainer.project(place).replace("\u00a0", " ") for place in range(2)] == [
        "Funded at step 1. Points: 1.5.",
        "The project was not chosen. It does not fit, short: 10 ₸. Points short: 1.",
    ]


def test_prices_by_points() -> None:
    """20 ₸ by ten points are 2 ₸ a point: 1 point of one voter, 3 of each of three."""
    election = vote(40, {"a": 20}, ["1 × a: 1", "3 × a: 3"], VoteKind.CUMULATIVE)
    explainer = Explainer(count(election, CountRules(Method.EQUAL_SHARES, Utility.POINTS)), _words("en"))
    said = explainer.project(0).replace("\u00a0", " ")
    assert said == "Funded at step 1. Supporters who paid 2 ₸ for each of their points: 4."
    assert explainer.trace()[1].replace("\u00a0", " ") == "Step 1, a: 20 ₸ ÷ 10 = 2 ₸"


def test_who_had_less_gave_all_of_it() -> None:
    """3 × 9 ₸ and the 15 ₸ of three others are the 42 ₸ of the road."""
    said = _said(100, {"school": 35, "road": 42}, ["4 × school", "3 × school,road", "3 × road"], COST)
    assert said[1] == "Funded at step 2. Supporters who paid 9 ₸ each: 3. Gave all they had left: 3, together 15 ₸."


def test_a_rival_and_a_ceiling() -> None:
    rules = CountRules(exclusive=(frozenset("ab"),))
    assert _said(100, {"a": 40, "b": 30}, ["3 × a", "2 × b"], rules)[1] == (
        "The project was not chosen. It cannot be funded beside one that won: a."
    )


def test_phragmen() -> None:
    said = _said(100, {"a": 60, "b": 50, "c": 20}, ["6 × a", "4 × b", "1 × c"], CountRules(Method.PHRAGMEN))
    assert said == [
        "Funded at step 1, when each voter had been given 10 ₸. Supporters: 6.",
        "The project was not chosen. It does not fit, short: 10 ₸.",
        "The project was not chosen. Its turn would come when each voter has 20 ₸; the count ended at 12.50 ₸.",
    ]


def test_phragmen_ends_where_one_of_those_that_are_next_does_not_fit() -> None:
    said = _said(100, {"a": 60, "b": 60, "c": 30}, ["6 × a", "4 × b", "2 × c"], CountRules(Method.PHRAGMEN))
    assert said[1:] == [
        "The project was not chosen. It does not fit, short: 20 ₸.",
        "The project was not chosen. Its turn came with one that does not fit, which ends the count.",
    ]


def test_a_trace_can_be_followed_with_a_calculator() -> None:
    election = vote(100, {"school": 35, "road": 42}, ["4 × school", "3 × school,road", "3 × road"])
    lines = Explainer(count(election, COST), _words("en")).trace()
    assert [line.replace("\u00a0", " ") for line in lines] == [
        "Share of each voter: 10 ₸",
        "Step 1, school: 35 ₸ ÷ 7 = 5 ₸",
        "Step 2, road: 42 ₸ less 15 ₸, ÷ 3 = 9 ₸",
    ]


def test_kazakh_and_russian() -> None:
    election = vote(60, {"a": 50, "b": 40}, ["9 × a", "6 × b"])
    result = count(election, CountRules())
    assert Explainer(result, _words("kk")).project(1).endswith("Жетпеген дауыс саны: 3.")
    assert Explainer(result, _words("ru")).project(1).endswith("Не хватило голосов: 3.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_project_of_every_rule_has_a_sentence(language: Language) -> None:
    words = _words(language)
    for seed in range(25):
        file, rules = awkward_election(seed)
        election = election_of(file)
        limited = [CountRules(method, min_votes=2) for method in Method if method.by_votes]
        limited.append(CountRules(Method.PHRAGMEN, then_votes=True))
        limited.append(CountRules(Method.EQUAL_SHARES, Utility.COST, Stop.OVERSPEND, then_votes=True))
        for each in (*rules, *limited):
            explainer = Explainer(count(election, each), words)
            for place in range(len(election.projects)):
                said = explainer.project(place)
                assert said.endswith(".")
                assert "{" not in said
