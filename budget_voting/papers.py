"""The comparison of rules as a paper with charts: what each would fund, and how the voters would fare."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from akimat_desk.base.locale import format_number, format_percent
from akimat_desk.base.words import N_, Translator
from akimat_desk.papers.charts import PaperBar, bars
from akimat_desk.papers.flow import Column, facts, paragraph, section, table, title
from akimat_desk.papers.pdf import Frame, make_pdf
from budget_voting.count.compare import Comparison, Satisfaction
from budget_voting.explain import money, rule_name

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

COLUMNS = {
    "age": N_("Age"),
    "sex": N_("Sex"),
    "neighborhood": N_("Place"),
    "voting_method": N_("Way of voting"),
}


def comparison_paper(found: Comparison, words: Translator) -> bytes:
    """The paper as PDF."""
    election = found.results[0].election
    names = [rule_name(result.rules.method, result.rules.utility, words) for result in found.results]
    letters = [chr(ord("A") + place) for place in range(len(names))]
    head = words("Rules compared")
    body: list[Flowable] = [
        *title(head),
        *facts(
            [
                (words("Vote"), election.title),
                (words("Budget"), money(election, election.budget, words)),
                (words("Ballots counted"), format_number(election.ballots.counted, words.language)),
                *((f"{letter}", name) for letter, name in zip(letters, names, strict=True)),
            ]
        ),
        *section(words("What each rule would fund")),
        *table(
            [
                Column(words("Project")),
                Column(words("Votes"), 16, right=True),
                Column(words("Cost"), 32, right=True),
                *(Column(letter, 12) for letter in letters),
            ],
            _rows(found, words),
            dense=True,
        ),
        *paragraph(words("+ funded, ½ in part"), hint=True),
    ]
    for letter, name, result in zip(letters, names, found.results, strict=True):
        body += section(f"{letter}. {name}")
        body += bars(
            [
                PaperBar(
                    _short(result.election.projects[project].id, result.election.projects[project].name),
                    got,
                    money(election, got, words),
                )
                for project, got in sorted(result.got.items(), key=lambda one: -one[1])
            ]
        )
    body += section(words("Voters with at least one funded project"))
    body += bars(
        [
            _share(f"{letter}. {name}", each, words)
            for letter, name, each in zip(letters, names, found.satisfaction, strict=True)
        ]
    )
    for column in dict.fromkeys(column for column, _, _ in found.groups):
        body += section(words("By groups: {group}", group=words(COLUMNS[column])))
        rows = []
        for of, value, fared in found.groups:
            if of == column:
                label = value or words("others")
                rows += [_share(f"{label}, {letter}", each, words) for letter, each in zip(letters, fared, strict=True)]
        body += bars(rows)
    return make_pdf(Frame(title=head), body, words)


def _rows(found: Comparison, words: Translator) -> list[list[str]]:
    election = found.results[0].election
    order = sorted(range(len(election.projects)), key=lambda project: -found.results[0].votes[project])
    rows = []
    for project in order:
        one = election.projects[project]
        marks = []
        for result in found.results:
            got = result.got.get(project)
            marks.append("" if got is None else "+" if got >= one.cost else "½")
        rows.append(
            [
                f"{one.id}. {one.name}" if one.name else one.id,
                format_number(found.results[0].votes[project], words.language),
                money(election, one.cost, words),
                *marks,
            ]
        )
    return rows


def _short(number: str, name: str) -> str:
    text = f"{number}. {name}" if name else number
    return text if len(text) <= 34 else f"{text[:33].rstrip()}…"


def _share(label: str, fared: Satisfaction, words: Translator) -> PaperBar:
    part = 100 * fared.with_a_winner / fared.voters if fared.voters else 0.0
    return PaperBar(_short("", label).removeprefix(". "), part, format_percent(round(part, 1), words.language, 1))


def first_page(paper: bytes) -> bytes:
    """The first page of a paper as a PNG picture, for screens."""
    import pypdfium2

    document = pypdfium2.PdfDocument(paper)
    try:
        out = BytesIO()
        document[0].render(scale=2).to_pil().save(out, "PNG")
    finally:
        document.close()
    return out.getvalue()
