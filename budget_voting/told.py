"""A result as plain values: for --json, for screens and charts, and for whoever counts again."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from akimat_desk.base.words import LANGUAGES, N_, Translator
from budget_voting.count.compare import Comparison, Satisfaction
from budget_voting.count.election import Election, Project
from budget_voting.count.result import Result, Step
from budget_voting.explain import Explainer

COLUMNS: Final = {
    "age": N_("Age"),
    "sex": N_("Sex"),
    "neighborhood": N_("Place"),
    "voting_method": N_("Way of voting"),
}
"""What groups of voters are told by (`compare.GROUPED_BY`)."""

VALUES: Final = {
    "sex": {"F": N_("women"), "M": N_("men")},
    "voting_method": {"internet": N_("by internet"), "paper": N_("on paper"), "mail": N_("by post")},
}
"""How files write these groups, and what they are called."""


def group_name(column: str, value: str, words: Translator) -> str:
    """What a group is called; those too small to be told, and those the file does not tell, are the others."""
    known = VALUES.get(column, {}).get(value)
    return words(known) if known else value or words("others")


def letters(found: Comparison) -> list[str]:
    """A letter for each of the rules that are compared."""
    return [chr(ord("A") + place) for place in range(len(found.results))]


def called(project: Project) -> str:
    """How a project is called in lists and charts."""
    return f"{project.id}. {project.name}" if project.name else project.id


def share_served(fared: Satisfaction) -> float:
    """The percentage of voters who get at least one of their projects."""
    return 100 * fared.with_a_winner / fared.voters if fared.voters else 0.0


def rules_told(result: Result) -> dict[str, Any]:
    """The rules as the commands name them."""
    rules = result.rules
    return {
        "rule": rules.method.value,
        "utility": rules.utility.value,
        "completion": rules.completion.value if rules.completion else "none",
        "then": "votes" if rules.then_votes else "none",
        "step": _plain(rules.step),
        "ties": rules.ties.value,
        "lot": list(rules.lot),
        "min_votes": rules.min_votes,
        "invalid": "count" if rules.count_invalid else "leave-out",
        "divisor": "all" if rules.share_with_all else "valid",
    }


def _plain(value: Fraction) -> int | str:
    return int(value) if value.denominator == 1 else str(value)


def exact(value: Fraction | None, coin: int = 1) -> dict[str, str] | None:
    """A sum in tenge as an exact fraction and as a decimal."""
    if value is None:
        return None
    tenge = value / coin
    decimal = Decimal(tenge.numerator) / Decimal(tenge.denominator)
    return {"exact": f"{tenge.numerator}/{tenge.denominator}", "decimal": f"{decimal:.6f}"}


def step_told(result: Result, step: Step) -> dict[str, Any]:
    """One purchase of Equal Shares."""
    election = result.election
    return {
        "step": result.fates[step.project].step,
        "project": election.projects[step.project].id,
        "cost": election.money(election.projects[step.project].cost),
        "price": exact(step.price, election.coin),
        "paid_in_full": step.in_full,
        "points_paid": step.points,
        "gave_all_they_had": step.all_they_had,
        "their_money": exact(step.given, election.coin),
        "had_nothing": step.nothing,
    }


def result_told(result: Result) -> dict[str, Any]:
    """A count: winners in order, money, ties, the certificate, ballots that are not valid, seconds."""
    election, certificate = result.election, result.certificate
    got = result.got
    return {
        **rules_told(result),
        "winners": [
            {
                "id": election.projects[project].id,
                "name": election.projects[project].name,
                "cost": election.money(election.projects[project].cost),
                "got": election.money(got[project]),
                "votes": result.votes[project],
                "step": result.fates[project].step,
                "by_votes": result.fates[project].by_votes,
            }
            for project in result.winners
        ],
        "total_cost": election.money(result.total_cost),
        "budget": election.money(election.budget),
        "currency": election.currency,
        "voters": result.voters,
        "ballots": {"cast": election.ballots.cast, "valid": election.ballots.counted, "blank": election.ballots.blank},
        "invalid": {fault.value: count for fault, count in election.ballots.faults.items()},
        "start_share": exact(result.start_share, election.coin),
        "share": exact(result.share, election.coin),
        "share_raised": result.completed.steps if result.completed else 0,
        "shares_counted": result.completed.counts if result.completed else (1 if result.share is not None else 0),
        "ended": result.ended.value if result.ended else None,
        "steps": [step_told(result, step) for step in result.steps],
        "ties": [
            {
                "step": tie.step,
                "projects": [election.projects[project].id for project in tie.projects],
                "settled_by": tie.settled_by,
            }
            for tie in result.ties
        ],
        "exact": certificate.exact,
        "certificate": {
            "smallest_gap": certificate.smallest_gap,
            "exact_decisions": certificate.exact_decisions,
            "comparisons": certificate.comparisons,
        },
        "seconds": {phase: round(seconds, 6) for phase, seconds in result.seconds.items()},
    }


def project_told(result: Result, project: int, words: Translator) -> dict[str, Any]:
    """What became of one project, with the sentence in all languages."""
    election, fate = result.election, result.fates[project]
    one = election.projects[project]
    return {
        "id": one.id,
        "name": one.name,
        "cost": election.money(one.cost),
        "votes": result.votes[project],
        "outcome": fate.why.value,
        "won": fate.why.won,
        "step": fate.step,
        "got": election.money(fate.got),
        "votes_short": fate.votes_short,
        "sentences": {
            language: Explainer(result, words.in_language(language)).project(project) for language in LANGUAGES
        },
    }


def comparison_told(found: Comparison) -> dict[str, Any]:
    """Rules side by side."""
    election = found.results[0].election
    return {
        "budget": election.money(election.budget),
        "rules": [
            {
                **rules_told(result),
                "winners": [election.projects[project].id for project in result.winners],
                "total_cost": election.money(result.total_cost),
                "voters_better_than_first": change.more,
                "voters_worse_than_first": change.less,
                **satisfaction_told(election, fared),
            }
            for result, fared, change in zip(found.results, found.satisfaction, found.changes, strict=True)
        ],
        "projects": [
            {
                "id": project.id,
                "name": project.name,
                "cost": election.money(project.cost),
                "votes": found.results[0].votes[place],
                "got": [election.money(result.got.get(place, 0)) for result in found.results],
            }
            for place, project in enumerate(election.projects)
        ],
        "groups": [
            {"column": column, "value": value or None, "rules": [satisfaction_told(election, each) for each in fared]}
            for column, value, fared in found.groups
        ],
    }


def satisfaction_told(election: Election, fared: Satisfaction) -> dict[str, Any]:
    """How a group of voters fared."""
    return {
        "voters": fared.voters,
        "with_a_winner": fared.with_a_winner,
        "projects_on_average": round(fared.projects, 4),
        "money_on_average": round(fared.money / election.coin, 2),
    }
