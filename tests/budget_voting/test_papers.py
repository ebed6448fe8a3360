"""The comparison as a paper: it is made whatever the number of projects and groups, in three languages."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from akimat_desk.base.words import LANGUAGES, Language, Translator
from akimat_desk.service import find_services
from akimat_desk.shell.opening import catalogues
from budget_voting.count.compare import compare
from budget_voting.count.election import VoteKind
from budget_voting.count.pabulib import PabulibFile, Rows
from budget_voting.count.reading import election_of
from budget_voting.count.rules import CountRules, Method, Utility
from budget_voting.demo import last_vote
from budget_voting.options import MOST_RULES
from budget_voting.papers import comparison_paper, first_page
from budget_voting.presets import PRESETS, rules_of_presets
from budget_voting.room import read_vote
from tests.budget_voting.elections import vote_file

EIGHT = (
    *rules_of_presets([preset.key for preset in PRESETS], VoteKind.APPROVAL),
    CountRules(Method.VOTES_COVERED),
    CountRules(Method.EQUAL_SHARES, Utility.CARDINALITY),
)
RULES = [CountRules(), CountRules(Method.EQUAL_SHARES, Utility.COST, then_votes=True), CountRules(Method.PHRAGMEN)]


def _text(paper: bytes) -> str:
    document = pypdfium2.PdfDocument(paper)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_many_winners_and_many_groups_have_room(language: Language) -> None:
    projects = {f"{n}": 10 for n in range(60)}
    file = vote_file(1000, projects, [f"13 × {n}" for n in projects])
    cells = [[*row, f"Ауыл {place % 40}"] for place, row in enumerate(file.votes)]
    placed = PabulibFile(
        file.meta, file.project_columns, file.projects, (*file.vote_columns, "neighborhood"), Rows(3, None, cells)
    )
    found = compare(election_of(placed), RULES, placed)
    paper = comparison_paper(found, Translator(catalogues(find_services()), language))
    text = _text(paper)
    assert text.count("Ауыл") == 40
    assert "350\u00a0₸" in text.replace(" ", "\u00a0")
    assert first_page(paper).startswith(b"\x89PNG")


def test_as_many_rules_as_may_be_compared_have_room_beside_each_other(tmp_path: Path) -> None:
    file = tmp_path / "vote.pb"
    file.write_text(last_vote(), encoding="utf-8")
    vote = read_vote(file)
    assert len(EIGHT) == MOST_RULES
    found = compare(vote.election, EIGHT, vote.file)
    text = _text(comparison_paper(found, Translator(catalogues(find_services()), "ru")))
    assert "женщины" in text
    assert text.count("Распределено") == MOST_RULES


def test_a_long_list_of_projects_begins_on_the_first_page() -> None:
    file = vote_file(100, {f"{n}": 10 for n in range(90)}, ["1 × 1"])
    paper = comparison_paper(compare(election_of(file), RULES), Translator([], "en"))
    document = pypdfium2.PdfDocument(paper)
    first = document[0].get_textpage().get_text_range()
    document.close()
    assert "What each rule would fund" in first
    assert "\n5 " in first.replace("\r", "")


@pytest.mark.parametrize("ballots", [[], ["2 × b"]])
def test_nothing_is_funded(ballots: list[str]) -> None:
    """Nobody voted, or only for what is dearer than all the money."""
    found = compare(election_of(vote_file(10, {"a": 5, "b": 11}, ballots)), RULES)
    assert _text(comparison_paper(found, Translator([], "en"))).count("This rule funds nothing.") == len(RULES)
