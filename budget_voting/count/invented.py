"""Invented elections, for the demo village, for tests and for benchmarks. The same seed gives the same election.

Small ones are made to be awkward: equal costs, few voters, many ties. Large ones are like a city's: neighbourhoods with
projects of their own, a few projects everybody knows, costs over two orders of magnitude.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np

from budget_voting.count.completion import Stop
from budget_voting.count.election import VoteKind
from budget_voting.count.pabulib import PabulibFile, Rows
from budget_voting.count.rules import CountRules, Method, TieOrder, Utility

_KEYS = {
    VoteKind.CUMULATIVE: ("max_sum_points", "10"),
    VoteKind.SCORING: ("max_points", "5"),
}


def small_election(seed: int, kind: VoteKind = VoteKind.APPROVAL) -> PabulibFile:
    """Three to ten projects and a few dozen voters, with all the ties that such a vote has."""
    draw = Random(f"{seed} {kind.value}")
    projects, voters = draw.randint(3, 10), draw.randint(2, 40)
    scale = draw.choice((1, 1, 10, 700))
    ids = [str(number) for number in draw.sample(range(1, 30), projects)]
    costs = [scale * draw.choice((1, 2, 3, 4, 5, 5, 6, 10, draw.randint(1, 60))) for _ in ids]
    budget = max(*costs, sum(costs) * draw.randint(15, 90) // 100)
    ballots = []
    for _ in range(voters):
        names = draw.sample(ids, draw.randint(1, min(4, projects)))
        if kind is VoteKind.CHOOSE_ONE:
            names = names[:1]
        points = ""
        if kind is VoteKind.CUMULATIVE:
            points = ",".join(str(point) for point in _split(draw, 10, len(names)))
        elif kind is VoteKind.SCORING:
            points = ",".join(str(draw.randint(1, 5)) for _ in names)
        ballots.append((",".join(names), points))
    rows = [(id_, str(cost), f"Project {id_}") for id_, cost in zip(ids, costs, strict=True)]
    return file_of(f"Invented {seed}", kind, budget, rows, ballots)


def _split(draw: Random, total: int, parts: int) -> list[int]:
    cuts = sorted(draw.sample(range(1, total), parts - 1))
    return [end - start for start, end in zip([0, *cuts], [*cuts, total], strict=True)]


def large_election(seed: int, voters: int, projects: int, *, share: int, choices: int = 5) -> PabulibFile:
    """An approval vote of a city: up to `choices` of `projects`, about a quarter of which the money is enough for."""
    draw = np.random.default_rng(seed)
    fame = 1 / np.arange(1, projects + 1) ** 0.7
    draw.shuffle(fame)
    homes, sites = draw.integers(0, 8, voters), draw.integers(0, 8, projects)
    lengths = draw.integers(1, choices + 1, voters)
    budget = voters * share
    costs = np.exp(draw.normal(0, 0.9, projects))
    costs = (costs / costs.mean() * budget / max(4, projects * 0.25)).astype(np.int64) // 10 * 10 + 10
    ids = [str(number + 1) for number in range(projects)]
    ballots = [("", "")] * voters
    for home in range(8):
        near = np.log(fame * np.where(sites == home, 6, 1))
        here = np.flatnonzero(homes == home)
        liked = np.argpartition(-(near + draw.gumbel(size=(len(here), projects))), choices, axis=1)[:, :choices]
        for voter, names in zip(here.tolist(), liked.tolist(), strict=True):
            ballots[voter] = (",".join(ids[name] for name in sorted(names[: lengths[voter]])), "")
    rows = [(id_, str(cost), f"Project {id_}") for id_, cost in zip(ids, costs.tolist(), strict=True)]
    return file_of(f"Invented {seed}", VoteKind.APPROVAL, budget, rows, ballots)


def file_of(
    title: str, kind: VoteKind, budget: int, projects: list[tuple[str, str, str]], ballots: list[tuple[str, str]]
) -> PabulibFile:
    """The tables of an invented election; `projects` are id, cost and name, `ballots` projects and points."""
    meta = [
        ("description", title),
        ("country", "Kazakhstan"),
        ("unit", "Invented"),
        ("instance", "2026"),
        ("num_projects", str(len(projects))),
        ("num_votes", str(len(ballots))),
        ("budget", str(budget)),
        ("vote_type", kind.value),
        ("rule", "unknown"),
        ("date_begin", "01.11.2026"),
        ("date_end", "20.11.2026"),
        ("min_length", "1"),
    ]
    if kind in _KEYS:
        meta.append(_KEYS[kind])
    meta += [("language", "kk"), ("currency", "KZT")]
    columns = ("voter_id", "vote", "points") if kind in _KEYS else ("voter_id", "vote")
    cells = [[str(number + 1), vote, points][: len(columns)] for number, (vote, points) in enumerate(ballots)]
    return PabulibFile(
        tuple(meta), ("project_id", "cost", "name"), tuple(projects), columns, Rows(len(columns), None, cells)
    )


def awkward_election(seed: int) -> tuple[PabulibFile, tuple[CountRules, ...]]:
    """A small election of any kind, and every rule and utility that other programs count such ballots by."""
    draw = Random(seed)
    kind = draw.choice([VoteKind.APPROVAL] * 3 + [kind for kind in VoteKind if kind is not VoteKind.APPROVAL])
    file = small_election(seed, kind)
    approval = kind in (VoteKind.APPROVAL, VoteKind.CHOOSE_ONE)
    own = Utility.VOTES if approval else Utility.BORDA if kind is VoteKind.ORDINAL else Utility.POINTS
    budget, voters = int(file.about("budget")), len(file.votes)
    step = Fraction(max(1, budget // (voters * draw.choice([10, 40, 100]))))
    found = [CountRules(Method.VOTES, own, ties=TieOrder.ID)]
    if approval:
        found.append(CountRules(Method.PHRAGMEN, Utility.VOTES, ties=TieOrder.ID))
    found += [
        CountRules(Method.EQUAL_SHARES, utility, completion, step=step, ties=TieOrder.ID)
        for utility in (Utility.CARDINALITY, Utility.COST, *(() if approval else (own,)))
        for completion in (None, *Stop)
    ]
    return file, tuple(found)
