"""The order that settles ties: published before the vote, total, and the same at every step of a count."""

from __future__ import annotations

from collections.abc import Sequence

from budget_voting.count.election import Election
from budget_voting.count.errors import NoSuchProject
from budget_voting.count.rules import CountRules, TieOrder


def tie_order(election: Election, rules: CountRules, votes: Sequence[int]) -> tuple[int, ...]:
    """Each project's place in the order; of tied projects the lowest wins."""
    projects = election.projects
    by_id = {place: rank for rank, place in enumerate(sorted(range(len(projects)), key=lambda n: projects[n].id))}
    if rules.ties is TieOrder.ID:
        return tuple(by_id[place] for place in range(len(projects)))
    index = election.index()
    for name in rules.lot:
        if name not in index:
            raise NoSuchProject(id=name)
    drawn = {index[name]: rank for rank, name in enumerate(rules.lot)}
    order = sorted(
        range(len(projects)),
        key=lambda n: (projects[n].cost, -votes[n], drawn.get(n, len(drawn)), by_id[n]),
    )
    ranks = {place: rank for rank, place in enumerate(order)}
    return tuple(ranks[place] for place in range(len(projects)))


def settled_by(election: Election, rules: CountRules, votes: Sequence[int], tied: Sequence[int]) -> str:
    """What decided between the first of `tied` and the others: "cost", "votes", "lot" or "id"."""
    if rules.ties is TieOrder.ID:
        return "id"
    first, rest = tied[0], tied[1:]
    projects = election.projects
    level = [n for n in rest if projects[n].cost == projects[first].cost]
    if not level:
        return "cost"
    level = [n for n in level if votes[n] == votes[first]]
    if not level:
        return "votes"
    drawn = set(rules.lot)
    return "lot" if projects[first].id in drawn else "id"
