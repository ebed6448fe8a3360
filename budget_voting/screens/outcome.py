"""What a count by several rules gave: the projects and why, the money of each rule, and how voters fare."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import format_number, format_percent
from akimat_desk.office.screens.side import panel, table_height
from akimat_desk.ui.screen import Stage
from akimat_desk.ui.theme import Token
from akimat_desk.ui.widgets.chart import Bar, Chart
from akimat_desk.ui.widgets.columns import two_parts, with_panel
from akimat_desk.ui.widgets.facts import ValueRow
from akimat_desk.ui.widgets.rows import Column, ListedRows, Row
from akimat_desk.ui.widgets.surface import Box, Live, Text
from akimat_desk.ui.widgets.table import Table
from budget_voting.explain import ENDED, Explainer, money, rule_name
from budget_voting.told import COLUMNS, called, group_name, letters, share_served

if TYPE_CHECKING:
    from budget_voting.count.compare import Comparison
    from budget_voting.count.result import Result
    from budget_voting.screens.vote import VotePresenter

BARS: Final = 15
"""So many winners of a rule have a bar each."""
LABEL: Final = 46
"""Letters of a project beside its bar."""
MARKS: Final = {"whole": "+", "part": "½", "none": "–"}


def mark(result: Result, project: int) -> str:
    """What a rule gives a project, as one sign."""
    got = result.got.get(project)
    if got is None:
        return MARKS["none"]
    return MARKS["whole"] if got >= result.election.projects[project].cost else MARKS["part"]


# ---- projects


def projects(body: Box, stage: Stage, found: Comparison, vote: VotePresenter) -> None:
    """The list, and why the chosen one was funded or not, rule by rule."""
    t, election = stage.t, found.results[0].election
    left, right = with_panel(body, 400)
    left.rowconfigure(0, weight=1, minsize=table_height(stage))
    card = Live(right, lambda box: _why(box, stage, found, vote))

    def tell() -> None:
        if vote.said(stage.language) is None:
            _tell(stage, vote, lambda: card.refresh() if card.winfo_exists() else None)

    def choose(key: str) -> None:
        vote.chosen = int(key)
        card.refresh()
        tell()

    marks = letters(found)
    spare = 0 if stage.layout == "wide" else 1  # however long a project is called, its votes and its cost stay in sight
    rows = [_row(stage, found, project) for project in vote.order()]
    table = Table(
        left,
        [
            Column("project", t("Project"), 200, stretch=True),
            Column("votes", t("Votes"), 74, "right", spare=spare),
            Column(
                "cost",
                t("Cost"),
                20 + 9 * max((len(row.cells[2]) for row in rows), default=0),
                "right",
                spare=2 * spare,
            ),
            *(Column(letter, letter, 40) for letter in marks),
        ],
        ListedRows(rows),
        chosen="" if vote.chosen is None else str(vote.chosen),
        on_choose=choose,
        counts=t("Projects: {n}", n=format_number(len(election.projects), stage.language)),
        note=t("+ funded, ½ in part"),
        name="projects",
    )
    table.grid(row=0, column=0, sticky="nsew")
    card.grid(row=0, column=0, sticky="ew")
    stage.after(1, tell)


def _row(stage: Stage, found: Comparison, project: int) -> Row:
    election = found.results[0].election
    one = election.projects[project]
    marks = [mark(result, project) for result in found.results]
    won = sum(each != MARKS["none"] for each in marks)
    look: tuple[str, Token] = ("circle-x", "ink2")
    if won:
        look = ("circle-check", "grass") if won == len(marks) else ("circle-dot", "gold")
    votes = format_number(found.results[0].votes[project], stage.language)
    return Row(str(project), (called(one), votes, money(election, one.cost, stage.t), *marks), *look)


def _why(box: Box, stage: Stage, found: Comparison, vote: VotePresenter) -> None:
    t = stage.t
    if vote.chosen is None:
        return
    body = panel(box, "chosen")
    one = found.results[0].election.projects[vote.chosen]
    Text(body, called(one), "section", edge=True, wrap=True).pack(fill="x")
    said = vote.said(stage.language)
    for number, (letter, result) in enumerate(zip(letters(found), found.results, strict=True)):
        Text(body, f"{letter}. {rule_name(result.rules, t)}", "label", "ink2", edge=True, wrap=True).pack(
            fill="x", pady=(stage.px(8), 0)
        )
        if said is not None:
            Text(body, said[number], "body", edge=True, wrap=True).pack(fill="x")


def _tell(stage: Stage, vote: VotePresenter, on_told: Callable[[], object]) -> None:
    """Find the words for the chosen project; they come when another may be chosen already."""
    language, project = stage.language, vote.chosen
    if project is None:
        return
    words = stage.t.in_language(language)

    def show(said: tuple[str, ...]) -> None:
        vote.told[(language, project)] = said
        on_told()

    stage.run(lambda: vote.whys(project, words), show, kind="read")


# ---- money


def money_charts(body: Box, stage: Stage, found: Comparison) -> None:
    """What each rule would fund, side by side."""
    beside = stage.layout == "wide"
    parts = two_parts(body, beside=beside)
    for number, (letter, result) in enumerate(zip(letters(found), found.results, strict=True)):
        _money(panel(parts[number % 2 if beside else 0]), stage, letter, result)


def _money(card: Box, stage: Stage, letter: str, result: Result) -> None:
    t, election = stage.t, result.election
    Text(card, f"{letter}. {rule_name(result.rules, t)}", "section", edge=True, wrap=True).pack(fill="x")
    ValueRow(card, t("Handed out"), money(election, result.total_cost, t)).pack(fill="x")
    ValueRow(card, t("Left over"), money(election, max(0, election.budget - result.total_cost), t)).pack(fill="x")
    got = sorted(result.got.items(), key=lambda one: -one[1])
    if not got:
        Text(card, t("This rule funds nothing."), "body", edge=True, wrap=True).pack(fill="x")
    bars = [Bar(_short(called(election.projects[one])), coins, money(election, coins, t)) for one, coins in got[:BARS]]
    Chart(card, bars, "dusk").pack(fill="x")
    said = []
    if got[BARS:]:
        rest = money(election, sum(coins for _, coins in got[BARS:]), t)
        said.append(t("Smaller ones: {n}, together {sum}", n=len(got) - BARS, sum=rest))
    if result.ended is not None:
        said.append(t(ENDED[result.ended]))
    explainer = Explainer(result, t)
    said += [explainer.tie(tie) for tie in result.ties]
    if said:
        Text(card, "\n".join(said), "hint", "ink2", edge=True, wrap=True).pack(fill="x")


def _short(text: str) -> str:
    return text if len(text) <= LABEL else text[: LABEL - 1].rstrip() + "…"


# ---- voters


def voters(body: Box, stage: Stage, found: Comparison) -> None:
    """How many voters get something, who gains and who loses, and how groups fare."""
    t = stage.t
    left, right = two_parts(body, beside=stage.layout == "wide")
    marks = letters(found)

    def number(value: int) -> str:
        return format_number(value, stage.language)

    card = panel(left)
    Text(card, t("Voters with at least one funded project"), "section", edge=True, wrap=True).pack(fill="x")
    shares = [share_served(fared) for fared in found.satisfaction]
    bars = [Bar(letter, share, _percent(share, stage)) for letter, share in zip(marks, shares, strict=True)]
    Chart(card, bars, "dusk").pack(fill="x")
    for letter, result in zip(marks, found.results, strict=True):
        Text(card, f"{letter}. {rule_name(result.rules, t)}", "hint", "ink2", edge=True, wrap=True).pack(fill="x")
    if len(marks) > 1:
        card = panel(left)
        Text(card, t("Who gains and who loses beside rule A"), "section", edge=True, wrap=True).pack(fill="x")
        for letter, change in list(zip(marks, found.changes, strict=True))[1:]:
            ValueRow(card, t("{rule}: voters who get more", rule=letter), number(change.more)).pack(fill="x")
            ValueRow(card, t("{rule}: voters who get less", rule=letter), number(change.less)).pack(fill="x")
    for place, (column, groups) in enumerate(groupby(found.groups, key=lambda one: one[0])):
        card = panel((right, left)[place % 2])
        Text(card, t("By groups: {group}", group=t(COLUMNS[column])), "section", edge=True, wrap=True).pack(fill="x")
        bars = []
        for _, value, fared in groups:
            name = group_name(column, value, t)
            for letter, each in zip(marks, fared, strict=True):
                share = share_served(each)
                label = f"{name} ({number(each.voters)}) · {letter}" if letter == marks[0] else letter
                bars.append(Bar(label, share, _percent(share, stage)))
        Chart(card, bars, "dusk").pack(fill="x")


def _percent(share: float, stage: Stage) -> str:
    return format_percent(round(share, 1), stage.language, 1)
