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
from budget_voting.explain import ENDED, Explainer, money, rule_name
from budget_voting.told import COLUMNS, called, group_name, letters, share_served

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from budget_voting.count.result import Result

BARS: Final = 25
"""So many winners have a bar each; a chart fits one page."""
_LABEL: Final = 57 * MM
"""The room of a label beside a bar."""


def comparison_paper(found: Comparison, words: Translator) -> bytes:
    """The paper as PDF."""
    election = found.results[0].election
    names = [rule_name(result.rules, words) for result in found.results]
    marks = letters(found)
    head = words("Rules compared")
    body: list[Flowable] = [
        *title(head),
        *facts(
            [
                (words("Vote"), election.title),
                (words("Budget"), money(election, election.budget, words)),
                (words("Ballots counted"), format_number(election.ballots.counted, words.language)),
                *((f"{letter}", name) for letter, name in zip(marks, names, strict=True)),
            ]
        ),
        *section(words("What each rule would fund"), splits=True),
        *table(
            [
                Column(words("Project")),
                Column(words("Votes"), 16, right=True),
                Column(words("Cost"), 32, right=True),
                *(Column(letter, 10 if len(marks) < 5 else 8) for letter in marks),
            ],
            _rows(found, words),
            dense=True,
        ),
        *paragraph(words("+ funded, ½ in part"), hint=True),
    ]
    for letter, name, result in zip(marks, names, found.results, strict=True):
        body += section(f"{letter}. {name}")
        body += _rule(result, words)
    body += section(words("Voters with at least one funded project"))
    body += bars(
        [
            PaperBar(letter, share_served(fared), _percent(fared, words))
            for letter, fared in zip(marks, found.satisfaction, strict=True)
        ]
    )
    for column in dict.fromkeys(column for column, _, _ in found.groups):
        body += _groups(found, column, words)
    return make_pdf(Frame(title=head), body, words)


def _rule(result: Result, words: Translator) -> list[Flowable]:
    """What one rule would fund, how it ended, and which ties decided."""
    election = result.election
    got = sorted(result.got.items(), key=lambda one: -one[1])
    body = bars(
        [
            PaperBar(_short(called(election.projects[project])), coins, money(election, coins, words))
            for project, coins in got[:BARS]
        ]
    )
    said = []
    if got[BARS:]:
        rest = money(election, sum(coins for _, coins in got[BARS:]), words)
        said.append(words("Smaller ones: {n}, together {sum}", n=len(got) - BARS, sum=rest))
    if got:
        said.append(words("Handed out: {sum}", sum=money(election, result.total_cost, words)))
    else:
        said.append(words("This rule funds nothing."))
    if result.ended is not None:
        said.append(words(ENDED[result.ended]))
    explainer = Explainer(result, words)
    said += [explainer.tie(tie) for tie in result.ties]
    for each in said:
        body += paragraph(each, hint=True)
    return body


def _groups(found: Comparison, column: str, words: Translator) -> list[Flowable]:
    """How the groups of a column fare by each rule: as bars, or as a table where these would be too many."""
    marks = letters(found)
    groups = [(value, fared) for of, value, fared in found.groups if of == column]
    numbers = [format_number(fared[0].voters, words.language) for _, fared in groups]
    names = [group_name(column, value, words) for value, _ in groups]
    heading = words("By groups: {group}", group=words(COLUMNS[column]))
    if len(groups) * len(marks) <= BARS:
        drawn = [
            PaperBar(_short(f"{name} ({many}), {letter}"), share_served(each), _percent(each, words))
            for name, many, (_, fared) in zip(names, numbers, groups, strict=True)
            for letter, each in zip(marks, fared, strict=True)
        ]
        return [*section(heading), *bars(drawn)]
    rows = table(
        [
            Column(words(COLUMNS[column])),
            Column(words("Voters"), 24, right=True),
            *(Column(letter, min(20, 104 / len(marks)), right=True) for letter in marks),
        ],
        [
            [name, many, *(_percent(each, words) for each in fared)]
            for name, many, (_, fared) in zip(names, numbers, groups, strict=True)
        ],
        dense=True,
    )
    return [*section(heading, splits=True), *rows]


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
