"""The options that say by which rules to count."""

from __future__ import annotations

import argparse
from collections.abc import Sequence, Set
from dataclasses import replace
from fractions import Fraction
from typing import Final

from akimat_desk.base.words import N_, Sentence
from budget_voting.count.completion import Stop
from budget_voting.count.election import Election, VoteKind
from budget_voting.count.errors import NoSuchProject, RuleRefused
from budget_voting.count.rules import CountRules, Method, TieOrder, Utility

MOST_RULES: Final = 8
"""So many have room beside each other on a sheet."""
SMALLEST_STEP: Final = Fraction(1, 100)
"""Nobody's share is raised by less than a hundredth of a tenge."""
COMPLETIONS: Final = {"none": None, **{stop.value: stop for stop in Stop}}


def add_rule_options(parser: argparse.ArgumentParser, *, one_rule: bool = True) -> None:
    """The options of a count; without those that name the rule where several are compared."""
    if one_rule:
        parser.add_argument(
            "--rule", choices=[method.value for method in Method], default="votes", help=N_("How winners are found.")
        )
        parser.add_argument(
            "--utility", choices=[utility.value for utility in Utility], help=N_("What a ballot gives a project.")
        )
        parser.add_argument(
            "--completion",
            choices=list(COMPLETIONS),
            default="none",
            help=N_("How the share is raised when Equal Shares leaves money over."),
        )
    parser.add_argument("--then", choices=["votes"], help=N_("Spend what is left by votes."))
    parser.add_argument(
        "--step",
        default="1",
        metavar="N",
        help=N_("By how much a voter's share is raised, in tenge; otherwise by one."),
    )
    parser.add_argument(
        "--ties",
        choices=[order.value for order in TieOrder],
        default=TieOrder.CHEAPEST_VOTES_ID.value,
        help=N_("How ties are settled: the cheapest, most votes, the lot, the project number; or the number alone."),
    )
    parser.add_argument(
        "--lot", default="", metavar="ID,ID", help=N_("The projects in the order their lots were drawn.")
    )
    parser.add_argument("--min-votes", type=int, default=0, metavar="N", help=N_("The votes a project needs to win."))
    parser.add_argument(
        "--covered",
        default="80",
        metavar="PERCENT",
        help=N_("With votes-covered: the part of its cost that must be left for the last project; otherwise 80."),
    )
    parser.add_argument(
        "--invalid",
        choices=["leave-out", "count"],
        default="leave-out",
        help=N_("Whether ballots that are not valid count, as far as they can be read."),
    )
    parser.add_argument(
        "--divisor",
        choices=["valid", "all"],
        default="valid",
        help=N_("Whether the money is shared among the valid ballots or among all."),
    )
    parser.add_argument(
        "--exclusive", action="append", default=[], metavar="ID,ID", help=N_("Only one of these projects is funded.")
    )
    parser.add_argument(
        "--category-limit", action="append", default=[], metavar="NAME=SUM", help=N_("The most for a category.")
    )
    parser.add_argument(
        "--place-limit", action="append", default=[], metavar="NAME=SUM", help=N_("The most for a place.")
    )


def rules_of(given: argparse.Namespace, election: Election) -> CountRules:
    """The rules that were asked for. A name that is nowhere in the file is a slip, and refused: a limit on it would
    silently hold for nobody.
    """
    exclusive = tuple(frozenset(_ids(group)) for group in given.exclusive)
    known = {project.id for project in election.projects}
    for name in sorted({id_ for group in exclusive for id_ in group} - known):
        raise NoSuchProject(id=name)
    return replace(
        _named(election, given.rule, given.utility, given.completion),
        then_votes=given.then == "votes",
        step=_amount(given.step, SMALLEST_STEP),
        ties=TieOrder(given.ties),
        lot=_ids(given.lot),
        min_votes=int(_amount(str(given.min_votes))),
        covered=_amount(given.covered, most=Fraction(100)) / 100,
        count_invalid=given.invalid == "count",
        share_with_all=given.divisor == "all",
        exclusive=exclusive,
        category=_sums(given.category_limit, {name for one in election.projects for name in one.categories}),
        place=_sums(given.place_limit, {name for one in election.projects for name in one.places}),
    )


def several_rules(given: argparse.Namespace, election: Election, names: Sequence[str]) -> list[CountRules]:
    """Rules written as RULE[:UTILITY[:COMPLETION]]; at most `MOST_RULES`."""
    if len(names) > MOST_RULES:
        raise RuleRefused(why=Sentence(N_("At most {n} rules are compared at once."), {"n": MOST_RULES}))
    found = []
    for name in names:
        parts = [*name.split(":"), "", ""][:3]
        known = (
            parts[0] in {method.value for method in Method}
            and parts[1] in {"", *(utility.value for utility in Utility)}
            and parts[2] in {"", *COMPLETIONS}
        )
        if not known:
            raise RuleRefused(why=Sentence(N_("There is no such rule: {rule}."), {"rule": name}))
        given.rule, given.utility, given.completion = parts[0], parts[1] or None, parts[2] or "none"
        then = given.then
        given.then = then if parts[0] in (Method.EQUAL_SHARES.value, Method.PHRAGMEN.value) else None
        found.append(rules_of(given, election))
        given.then = then
    return found


def _named(election: Election, rule: str, utility: str | None, completion: str) -> CountRules:
    method = Method(rule)
    return CountRules(
        method, Utility(utility) if utility else usual_utility(method, election.kind), COMPLETIONS[completion]
    )


def usual_utility(method: Method, kind: VoteKind) -> Utility:
    """What such ballots are usually counted by: points and places where there are any, else votes, or cost."""
    if kind in (VoteKind.CUMULATIVE, VoteKind.SCORING) and method is not Method.PHRAGMEN:
        return Utility.POINTS
    if kind is VoteKind.ORDINAL and method is not Method.PHRAGMEN:
        return Utility.BORDA
    return Utility.COST if method is Method.EQUAL_SHARES else Utility.VOTES


def _ids(written: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in written.split(",") if part.strip())


def _amount(written: str, least: Fraction = Fraction(0), most: Fraction | None = None) -> Fraction:
    try:
        amount = Fraction(written)
    except (ValueError, ZeroDivisionError):
        raise RuleRefused(why=Sentence(N_("This is not an amount: “{value}”."), {"value": written})) from None
    if amount < least:
        raise RuleRefused(why=Sentence(N_("This is less than {least}: “{value}”."), {"value": written, "least": least}))
    if most is not None and amount > most:
        raise RuleRefused(why=Sentence(N_("This is more than {most}: “{value}”."), {"value": written, "most": most}))
    return amount


def _sums(written: Sequence[str], known: Set[str]) -> dict[str, Fraction]:
    found = {}
    for each in written:
        name, equals, sum_ = each.rpartition("=")
        if not equals or not name:
            raise RuleRefused(why=Sentence(N_("A limit is written as name=sum: “{value}”."), {"value": each}))
        if name.strip() not in known:
            raise RuleRefused(why=Sentence(N_("No project is told to belong to “{name}”."), {"name": name.strip()}))
        found[name.strip()] = _amount(sum_.strip())
    return found
