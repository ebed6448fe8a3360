"""Every outcome in a sentence or two that a voter can check, in the language of the translator."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from akimat_desk.base.locale import NBSP, format_money, format_number
from akimat_desk.base.words import N_, Sentence, Translator
from budget_voting.count.accounts import Account, accounts
from budget_voting.count.completion import Ended, Stop
from budget_voting.count.election import Election
from budget_voting.count.result import Fate, Result, Step, TieReport, Why
from budget_voting.count.rules import CountRules, Method, Utility

SETTLED = {
    "cost": N_("The cheapest goes first."),
    "votes": N_("The one with most votes goes first."),
    "lot": N_("A lot was drawn."),
    "id": N_("No lot was drawn, so the project number decided."),
}
FAULTS = {
    "unknown-project": N_("a project that is not on the ballot"),
    "project-twice": N_("a project named twice"),
    "too-few": N_("too few projects"),
    "too-many": N_("too many projects"),
    "too-cheap": N_("projects that cost too little together"),
    "too-dear": N_("projects that cost too much together"),
    "points-missing": N_("not as many points as projects"),
    "points-unreadable": N_("points that are no number"),
    "points-too-low": N_("too few points for a project"),
    "points-too-high": N_("too many points for a project"),
    "sum-too-low": N_("too few points together"),
    "sum-too-high": N_("too many points together"),
    "voter-twice": N_("the voter has voted before"),
}
ENDED = {
    Ended.NOTHING_FITS: N_("The share was raised until nothing more fits into the budget."),
    Ended.WOULD_OVERSPEND: N_("The share was raised until the next step would cost more than the budget."),
    Ended.ALL_FUNDED: N_("The share was raised until all projects were funded."),
}


def money(election: Election, coins: int | Fraction, words: Translator, *, fine: bool = False) -> str:
    """A sum as it is written; `fine` keeps two decimals where there are any."""
    amount = Fraction(coins, election.coin)
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    digits = 0 if amount.denominator == 1 else 2 if fine or election.coin > 1 else 0
    rounded = exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
    if election.currency == "KZT" and not digits:
        return format_money(int(rounded), words.language)
    sign = "₸" if election.currency == "KZT" else election.currency
    return f"{format_number(rounded, words.language, digits)}{NBSP}{sign}"


class Explainer:
    """Says what became of the projects of one result."""

    def __init__(self, result: Result, words: Translator) -> None:
        self.result, self.words, self.election = result, words, result.election
        self._accounts: dict[int, Account] | None = None

    def project(self, project: int) -> str:
        """One project's outcome."""
        return " ".join(self.words.say(each) for each in self._said(self.result.fates[project]))

    def _money(self, coins: int | Fraction, *, fine: bool = False) -> str:
        return money(self.election, coins, self.words, fine=fine)

    def _number(self, value: int) -> str:
        return format_number(value, self.words.language)

    def name(self, project: int) -> str:
        """How a project is called in a sentence: its number, and its name where it has one."""
        one = self.election.projects[project]
        return f"{one.id} ({one.name})" if one.name else one.id

    def _said(self, fate: Fate) -> Iterator[Sentence]:
        cost = self.election.projects[fate.project].cost
        short = self._money(fate.short) if fate.short else ""
        match fate.why:
            case Why.FUNDED:
                yield from self._funded(fate)
            case Why.PART_FUNDED:
                yield Sentence(
                    N_("Funded in part: {got} of {cost} were left."),
                    {"got": self._money(fate.got), "cost": self._money(cost)},
                )
            case Why.COVERED:
                yield Sentence(
                    N_("Funded in full, although {short} of its cost were missing: the rules allow it."),
                    {"short": short},
                )
            case Why.NO_VOTES:
                yield Sentence(N_("Nobody voted for this project, so it cannot win."))
            case Why.TOO_FEW_VOTES:
                yield Sentence(
                    N_("The project was not chosen. Votes short of the minimum: {n}."), {"n": self._number(fate.short)}
                )
            case Why.TOO_FEW_POINTS:
                yield Sentence(
                    N_("The project was not chosen. Points short of the minimum: {n}."), {"n": self._points(fate.short)}
                )
            case Why.DEARER_THAN_ALL:
                yield Sentence(N_("The project costs more than the whole budget. Short: {short}."), {"short": short})
            case Why.FREE:
                yield Sentence(N_("The project costs nothing, and this rule goes by cost. It takes no part."))
            case Why.RIVAL:
                rival = "" if fate.rival is None else self.name(fate.rival)
                yield Sentence(
                    N_("The project was not chosen. It cannot be funded beside one that won: {project}."),
                    {"project": rival},
                )
            case Why.CEILING:
                yield Sentence(
                    N_("The most that may be spent on “{ceiling}” leaves no room. Short: {short}."),
                    {"ceiling": fate.ceiling, "short": short},
                )
            case Why.NO_ROOM:
                yield Sentence(N_("The project was not chosen. It does not fit, short: {short}."), {"short": short})
                yield from self._votes_short(fate)
            case Why.AFTER_END:
                yield Sentence(N_("The project was not chosen. The count had ended before its turn."))
                yield from self._votes_short(fate)
            case Why.MONEY_SPENT:
                yield from self._money_spent(fate, cost)
            case Why.TOO_LATE:
                yield from self._too_late(fate)

    def _funded(self, fate: Fate) -> Iterator[Sentence]:
        step = next((step for step in self.result.steps if step.project == fate.project), None)
        if step is not None:
            yield from self._paid(fate.step, step)
        elif self.result.purchases is not None and not fate.by_votes:
            time = next(each.time for each in self.result.purchases.bought if each.project == fate.project)
            yield Sentence(
                N_("Funded at step {step}, when each voter had been given {sum}. Supporters: {votes}."),
                {
                    "step": fate.step,
                    "sum": self._money(time, fine=True),
                    "votes": self._number(self.result.votes[fate.project]),
                },
            )
        elif self.result.rules.utility in (Utility.POINTS, Utility.BORDA):
            points = self._points(self.result.scores[fate.project])
            yield Sentence(N_("Funded at step {step}. Points: {points}."), {"step": fate.step, "points": points})
        else:
            votes = self._number(self.result.votes[fate.project])
            yield Sentence(N_("Funded at step {step}. Votes: {votes}."), {"step": fate.step, "votes": votes})

    def _paid(self, number: int, step: Step) -> Iterator[Sentence]:
        price = self._money(step.price, fine=True)
        if self._pointed():
            yield Sentence(
                N_("Funded at step {step}. Supporters who paid {price} for each of their points: {n}."),
                {"step": number, "price": price, "n": self._number(step.in_full)},
            )
        else:
            yield Sentence(
                N_("Funded at step {step}. Supporters who paid {price} each: {n}."),
                {"step": number, "price": price, "n": self._number(step.in_full)},
            )
        if step.all_they_had:
            yield Sentence(
                N_("Gave all they had left: {n}, together {sum}."),
                {"n": self._number(step.all_they_had), "sum": self._money(step.given, fine=True)},
            )
        if step.nothing:
            yield Sentence(N_("Had no money left: {n}."), {"n": self._number(step.nothing)})

    def _pointed(self) -> bool:
        return self.result.rules.utility in (Utility.POINTS, Utility.BORDA)

    def _points(self, parts: int) -> str:
        scale = self.election.ballots.scale if self.result.rules.utility is Utility.POINTS else 1
        return format_number(Decimal(parts) / Decimal(scale), self.words.language)

    def _votes_short(self, fate: Fate) -> Iterator[Sentence]:
        if fate.votes_short is None:
            return
        if self._pointed():
            yield Sentence(N_("Points short: {n}."), {"n": self._points(fate.votes_short)})
        else:
            yield Sentence(N_("Votes short: {n}."), {"n": self._number(fate.votes_short)})

    def _money_spent(self, fate: Fate, cost: int) -> Iterator[Sentence]:
        if self._accounts is None:
            self._accounts = accounts(self.result)
        account = self._accounts[fate.project]
        yield Sentence(
            N_("The project was not chosen. Its supporters had {left} left of the {cost} it costs, short: {short}."),
            {"left": self._money(account.left), "cost": self._money(cost), "short": self._money(fate.short)},
        )
        if account.spent:
            step, project, sum_ = account.spent[0]
            yield Sentence(
                N_("The largest part of their money, {sum}, was spent at step {step} on project {project}."),
                {"step": step, "sum": self._money(sum_), "project": self.name(project)},
            )
        else:
            yield Sentence(N_("Their shares together were never enough."))

    def _too_late(self, fate: Fate) -> Iterator[Sentence]:
        found = self.result.purchases
        if found is None:
            return
        end = min(found.times.values())
        if found.times[fate.project] == end:
            yield Sentence(
                N_("The project was not chosen. Its turn came with one that does not fit, which ends the count.")
            )
            return
        yield Sentence(
            N_("The project was not chosen. Its turn would come when each voter has {sum}; the count ended at {end}."),
            {"sum": self._money(found.times[fate.project], fine=True), "end": self._money(end, fine=True)},
        )

    # the count as a whole

    def tie(self, tie: TieReport) -> str:
        """One tie and how it was settled."""
        names = ", ".join(self.election.projects[project].id for project in tie.projects)
        said = self.words("Tie at step {step} between projects {names}.", step=tie.step, names=names)
        return f"{said} {self.words(SETTLED[tie.settled_by])}"

    def trace(self) -> list[str]:
        """Every step of Equal Shares as a sum that can be done on a calculator."""
        lines = []
        if self.result.share is not None and self.result.steps:
            lines.append(self.words("Share of each voter: {share}", share=self._money(self.result.share, fine=True)))
        for step in self.result.steps:
            cost, price = self.election.projects[step.project].cost, self._money(step.price, fine=True)
            number, name = self.result.fates[step.project].step, self.name(step.project)
            if step.given:
                lines.append(
                    self.words(
                        "Step {step}, {name}: {cost} less {given}, ÷ {n} = {price}",
                        step=number,
                        name=name,
                        cost=self._money(cost),
                        given=self._money(step.given, fine=True),
                        n=self._number(step.points),
                        price=price,
                    )
                )
            else:
                lines.append(
                    self.words(
                        "Step {step}, {name}: {cost} ÷ {n} = {price}",
                        step=number,
                        name=name,
                        cost=self._money(cost),
                        n=self._number(step.points),
                        price=price,
                    )
                )
        return lines


def rule_name(rules: CountRules, words: Translator) -> str:
    """How a rule is called on paper: what it is, what it goes by, how it is completed."""
    names = {
        Method.VOTES: N_("Plain count, skipping what does not fit"),
        Method.VOTES_NO_SKIP: N_("Plain count, up to the first that does not fit"),
        Method.VOTES_PART: N_("Plain count, the last in part"),
        Method.VOTES_COVERED: N_("Plain count, the last if most of its cost is left"),
        Method.EQUAL_SHARES: N_("Equal Shares"),
        Method.PHRAGMEN: N_("Phragmén"),
    }
    utilities = {
        Utility.VOTES: N_("by votes"),
        Utility.CARDINALITY: N_("by projects"),
        Utility.COST: N_("by cost"),
        Utility.POINTS: N_("by points"),
        Utility.BORDA: N_("by places"),
    }
    completions = {
        Stop.EXHAUSTIVE: N_("raised until nothing more fits"),
        Stop.OVERSPEND: N_("raised until it would cost too much"),
    }
    parts = [words(names[rules.method])]
    if rules.method is not Method.PHRAGMEN:
        parts.append(words(utilities[rules.utility]))
    if rules.completion is not None:
        parts.append(words(completions[rules.completion]))
    if rules.then_votes:
        parts.append(words("the rest by votes"))
    return ", ".join(parts)
