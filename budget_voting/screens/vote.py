"""Staff: one vote. Whether its file is in order, by which rules to count, and then what they give (`outcome`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.locale import format_number
from akimat_desk.base.words import N_, Language, Sentence, Translator
from akimat_desk.office.screens.side import panel
from akimat_desk.ui.operations import Operation, Progress
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.button import Button
from akimat_desk.ui.widgets.columns import two_parts
from akimat_desk.ui.widgets.facts import Remark, ValueRow
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.option_row import Option, OptionRow
from akimat_desk.ui.widgets.progress_bar import ProgressBar
from akimat_desk.ui.widgets.surface import Box, Text
from budget_voting.count.compare import Comparison
from budget_voting.count.rules import CountRules
from budget_voting.explain import FAULTS, Explainer, money, rule_name
from budget_voting.presets import PRESETS, USUAL, rules_of_presets
from budget_voting.room import Vote
from budget_voting.screens import outcome

View = Literal["rules", "projects", "money", "voters"]
VIEWS: Final[tuple[tuple[View, str], ...]] = (
    ("projects", N_("Projects")),
    ("money", N_("Money")),
    ("voters", N_("Voters")),
    ("rules", N_("Rules")),
)
LINES_SHOWN: Final = 8
"""So many lines with ballots that are not valid are named."""

Report = Callable[[int, int, Sentence], None]


@dataclass
class VotePresenter:
    """A vote, the rules that were chosen, and what they gave. `count`, `paper`, `save` and `whys` block."""

    vote: Vote
    count: Callable[[Vote, Sequence[CountRules], Report], Comparison]
    paper: Callable[[Comparison], object]
    """The comparison into the out-tray."""
    save: Callable[[Comparison], str]
    """The comparison as PDF into the folder for reports; where."""
    keys: tuple[str, ...] = USUAL
    then_votes: bool = False
    min_votes: str = ""
    view: View = "rules"
    found: Comparison | None = None
    counting: Operation | None = None
    progress: Progress | None = None
    chosen: int | None = None
    """The project whose outcome is told."""
    told: dict[tuple[Language, int], tuple[str, ...]] = field(default_factory=dict)
    """What was said of projects, by language."""
    _explainers: dict[Language, tuple[Explainer, ...]] = field(default_factory=dict)

    def rules(self) -> tuple[CountRules, ...]:
        """The rules that were chosen."""
        kind, least = self.vote.election.kind, int(self.min_votes or 0)
        return rules_of_presets(self.keys, kind, min_votes=least, then_votes=self.then_votes)

    def toggle(self, key: str) -> None:
        """Choose a rule, or leave it out."""
        self.keys = tuple(one for one in self.keys if one != key) if key in self.keys else (*self.keys, key)

    def take(self, found: Comparison) -> None:
        """Show what was found, the project with most votes first."""
        self.found, self.view, self.counting, self.progress = found, "projects", None, None
        self.told, self._explainers = {}, {}
        self.chosen = next(iter(self.order()), None)

    def order(self) -> list[int]:
        """The projects, most votes first."""
        if self.found is None:
            return []
        votes = self.found.results[0].votes
        return sorted(range(len(votes)), key=lambda project: -votes[project])

    def said(self, language: Language) -> tuple[str, ...] | None:
        """What was said of the chosen project, where it was already."""
        return None if self.chosen is None else self.told.get((language, self.chosen))

    def whys(self, project: int, words: Translator) -> tuple[str, ...]:
        """What became of a project by each rule, in words (blocks: it adds up where supporters' money went)."""
        assert self.found is not None
        language = words.language
        if language not in self._explainers:
            fixed = words.in_language(language)
            self._explainers[language] = tuple(Explainer(result, fixed) for result in self.found.results)
        return tuple(each.project(project) for each in self._explainers[language])


class VoteScreen(Screen):
    """See the module."""

    name = "budget_voting.vote"
    frame = "staff"

    def __init__(self, vote: VotePresenter) -> None:
        self.vote = vote

    def title(self, t: Translator) -> str:
        """See `Screen`."""
        return t("Budget vote")

    def build_tools(self, box: Box, stage: Stage) -> None:
        """Back to the files; the count, or what was found on paper and as a file."""
        t, found, counting = stage.t, self.vote.found, self.vote.counting is not None
        Button(box, t.button("Back"), stage.back, icon="arrow-left", name="back").pack(side="left")
        if not counting and (found is None or self.vote.view == "rules"):
            Button(
                box, t.button("Count and compare"), lambda: self._count(stage), "primary", icon="vote", name="count"
            ).pack(side="left")
        elif found is not None and not counting:
            Button(
                box, t.button("Print the comparison"), lambda: self._paper(stage, found), icon="printer", name="print"
            ).pack(side="left")
            Button(box, t.button("Save as PDF"), lambda: self._save(stage, found), icon="save", name="save").pack(
                side="left"
            )

    def build(self, body: Box, stage: Stage) -> None:
        """What is chosen on top, or how far the count is."""
        t, vote = stage.t, self.vote
        body.columnconfigure(0, weight=1)
        body.rowconfigure(1, weight=1)
        if vote.counting is not None:
            self._counting(body, stage)
            return
        if vote.found is not None:
            OptionRow(
                body, "", [Option(key, t(name)) for key, name in VIEWS], vote.view,
                lambda key: self._view(stage, key), columns=2 if stage.layout == "large" else 4, name="view",
            ).grid(row=0, column=0, sticky="ew")  # fmt: skip
        rest = Box(body)
        rest.grid(row=1, column=0, sticky="nsew")
        if vote.found is None or vote.view == "rules":
            self._rules(rest, stage)
        elif vote.view == "projects":
            outcome.projects(rest, stage, vote.found, vote)
        elif vote.view == "money":
            outcome.money_charts(rest, stage, vote.found)
        else:
            outcome.voters(rest, stage, vote.found)

    # ---- before the count

    def _rules(self, body: Box, stage: Stage) -> None:
        left, right = two_parts(body, beside=stage.layout != "large", left=1, right=1)
        self._file(panel(left), stage)
        self._choices(panel(right), stage)

    def _file(self, card: Box, stage: Stage) -> None:
        t, px, vote = stage.t, stage.px, self.vote.vote
        election, ballots = vote.election, vote.election.ballots
        Text(card, election.title or vote.name, "section", edge=True, wrap=True).pack(fill="x", pady=(0, px(6)))

        def number(value: int) -> str:
            return format_number(value, stage.language)

        for label, value in (
            (t("Budget"), money(election, election.budget, t)),
            (t("Projects"), number(len(election.projects))),
            (t("Ballots"), number(ballots.cast)),
            (t("Valid ballots"), number(ballots.counted)),
        ):
            ValueRow(card, label, value).pack(fill="x")
        if not ballots.faults and not vote.remarks:
            Remark(card, t("The file and all ballots are in order."), "circle-check").pack(fill="x", pady=px(8))
            return
        for fault, many in ballots.faults.items():
            words = t("Ballots that are not valid: {n} ({why})", n=number(many), why=t(FAULTS[fault.value]))
            Remark(card, words, "triangle-alert", "gold").pack(fill="x", pady=(px(6), 0))
        for remark in vote.remarks:
            Remark(card, t.say(remark), "triangle-alert", "gold").pack(fill="x", pady=(px(6), 0))
        lines = [
            t("Line {line}: {why}", line=line, why=t(FAULTS[fault.value]))
            for line, fault in ballots.faulty_lines[:LINES_SHOWN]
        ]
        if len(ballots.faulty_lines) > LINES_SHOWN:
            lines.append(t("and {n} more", n=number(sum(ballots.faults.values()) - LINES_SHOWN)))
        if lines:
            Text(card, "\n".join(lines), "hint", "ink2", edge=True, wrap=True).pack(fill="x", pady=px(6))

    def _choices(self, card: Box, stage: Stage) -> None:
        t, px, vote = stage.t, stage.px, self.vote
        Text(card, t("Rules to compare"), "section", edge=True, wrap=True).pack(fill="x")
        for preset in PRESETS:
            (rules,) = rules_of_presets([preset.key], vote.vote.election.kind)
            chosen = preset.key in vote.keys
            Button(
                card,
                rule_name(rules, t),
                lambda key=preset.key: self._toggle(stage, key),  # type: ignore[misc]
                "chosen" if chosen else "plain",
                icon="check" if chosen else "circle",
                role="strong" if chosen else "option",
                name=f"rule-{preset.key}",
            ).pack(fill="x")
        OptionRow(
            card,
            t("What Equal Shares and Phragmén leave over"),
            [Option("kept", t("is left")), Option("votes", t("is spent by votes"))],
            "votes" if vote.then_votes else "kept",
            lambda key: self._then(stage, key == "votes"),
            columns=1 if stage.layout == "large" else 2,
            name="then",
        ).pack(fill="x", pady=(px(6), 0))
        Field(
            card,
            t("The votes a project needs to win"),
            vote.min_votes,
            lambda value: setattr(vote, "min_votes", value),
            on_enter=lambda _: self._count(stage),
            digits=True,
            most=6,
            name="min-votes",
        ).pack(fill="x", pady=(px(6), 0))

    # ---- the count

    def _counting(self, body: Box, stage: Stage) -> None:
        t, now = stage.t, self.vote.progress
        words = t("The count begins.") if now is None else t.say(now.sentence)
        share = None if now is None or not now.total else now.done / now.total
        ProgressBar(body, words, share).grid(row=0, column=0, sticky="ew", pady=stage.px(12))
        Button(body, t.button("Stop the count"), self._stop, icon="circle-stop", name="stop").grid(
            row=1, column=0, sticky="nw"
        )

    def _stop(self) -> None:
        if self.vote.counting is not None:
            self.vote.counting.cancel()

    def _count(self, stage: Stage) -> None:
        vote = self.vote
        stage.clear_banner()
        rules = vote.rules()
        if not rules:
            stage.say("warning", lambda t: t("Choose at least one rule."))
            stage.focus("banner")
            return

        def done(found: Comparison) -> None:
            vote.take(found)
            stage.rebuild()
            stage.focus("projects")

        def failed(error: AkimatDeskError) -> None:
            vote.counting = vote.progress = None
            stage.rebuild()
            stage.error(error)

        def moved(now: Progress) -> None:
            vote.progress = now
            stage.rebuild()

        vote.progress = None
        vote.counting = Operation()  # until the true one is there, so that the screen shows a count
        stage.rebuild()
        operation = stage.run(
            lambda report: vote.count(vote.vote, rules, report), done, failed, progress=moved, kind="long"
        )
        if not operation.finished:
            vote.counting = operation

    # ---- what a person does

    def _toggle(self, stage: Stage, key: str) -> None:
        self.vote.toggle(key)
        stage.rebuild()

    def _then(self, stage: Stage, then_votes: bool) -> None:
        self.vote.then_votes = then_votes
        stage.rebuild()

    def _view(self, stage: Stage, key: str) -> None:
        self.vote.view = next(one for one, _ in VIEWS if one == key)
        stage.rebuild()

    def _paper(self, stage: Stage, found: Comparison) -> None:
        stage.run(
            lambda: self.vote.paper(found),
            lambda _: stage.say(
                "done", lambda t: t("The paper lies in the out-tray and is printed when a printer is free.")
            ),
        )

    def _save(self, stage: Stage, found: Comparison) -> None:
        def saved(where: str) -> None:
            stage.say("done", lambda t: t("The comparison lies here: {file}", file=where))

        stage.run(lambda: self.vote.save(found), saved)

    def on_leave(self, stage: Stage) -> None:
        """Nobody waits for the count any more."""
        self._stop()
        self.vote.counting = self.vote.progress = None
