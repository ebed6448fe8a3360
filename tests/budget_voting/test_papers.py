"""The comparison as a paper: it is made whatever the number of projects and groups, in three languages."""

from __future__ import annotations

import pypdfium2
import pytest

from akimat_desk.base.words import LANGUAGES, Language, Translator
from akimat_desk.service import find_services
from akimat_desk.shell.opening import catalogues
from budget_voting.count.compare import compare
from budget_voting.count.pabulib import PabulibFile, Rows
from budget_voting.count.reading import election_of
from budget_voting.count.rules import CountRules, Method, Utility
from budget_voting.papers import comparison_paper, first_page
from tests.budget_voting.elections import vote_file

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
