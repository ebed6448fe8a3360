"""The comparison of rules as a paper with charts: what each would fund, and how the voters would fare."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import format_number, format_percent
from akimat_desk.base.words import Translator
from akimat_desk.papers.charts import PaperBar, bars
from akimat_desk.papers.flow import Column, facts, paragraph, section, table, title
from akimat_desk.papers.look import HINT_SIZE, MM
from akimat_desk.papers.pdf import Frame, make_pdf
from akimat_desk.papers.typefaces import REGULAR, printable, register
from budget_voting.count.compare import Comparison, Satisfaction
from budget_voting.explain import money, rule_name
from budget_voting.told import COLUMNS, called, group_name, share_served
from budget_voting.told import letters as rule_letters

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

BARS: Final = 25
"""So many winners have a bar each; a chart fits one page."""
_LABEL: Final = 57 * MM
"""The room of a label beside a bar."""


def comparison_paper(found: Comparison, words: Translator) -> bytes:
    """The paper as PDF."""
    election = found.results[0].election
    names = [rule_name(result.rules, words) for result in found.results]
    letters = rule_letters(found)
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
        got = sorted(result.got.items(), key=lambda one: -one[1])
        body += bars(
            [
                PaperBar(_short(called(election.projects[project])), coins, money(election, coins, words))
                for project, coins in got[:BARS]
            ]
        )
        if got[BARS:]:
            rest = money(election, sum(coins for _, coins in got[BARS:]), words)
            body += paragraph(words("Smaller ones: {n}, together {sum}", n=len(got) - BARS, sum=rest), hint=True)
    body += section(words("Voters with at least one funded project"))
    body += bars(
        [
            PaperBar(_short(f"{letter}. {name}"), share_served(fared), _percent(fared, words))
            for letter, name, fared in zip(letters, names, found.satisfaction, strict=True)
        ]
    )
    for column in dict.fromkeys(column for column, _, _ in found.groups):
        body += section(words("By groups: {group}", group=words(COLUMNS[column])))
        body += table(
            [
                Column(words(COLUMNS[column])),
                Column(words("Voters"), 30, right=True),
                *(Column(letter, 24, right=True) for letter in letters),
            ],
            [
                [
                    group_name(column, value, words),
                    format_number(fared[0].voters, words.language),
                    *(_percent(each, words) for each in fared),
                ]
                for of, value, fared in found.groups
                if of == column
            ],
            dense=True,
        )
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
                called(one),
                format_number(found.results[0].votes[project], words.language),
                money(election, one.cost, words),
                *marks,
            ]
        )
    return rows


def _short(text: str) -> str:
    """As much of a label as has room beside its bar."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register()
    if stringWidth(printable(text), REGULAR, HINT_SIZE) <= _LABEL:
        return text
    while stringWidth(printable(f"{text}…"), REGULAR, HINT_SIZE) > _LABEL:
        text = text[:-1].rstrip()
    return f"{text}…"


def _percent(fared: Satisfaction, words: Translator) -> str:
    return format_percent(round(share_served(fared), 1), words.language, 1)


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
