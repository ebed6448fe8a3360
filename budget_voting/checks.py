"""What a file of a vote says of itself and does not keep, besides ballots that are not valid."""

from __future__ import annotations

from collections.abc import Iterator

from akimat_desk.base.words import N_, Sentence
from budget_voting.count.ballots import both, totals
from budget_voting.count.election import Election
from budget_voting.count.pabulib import PabulibFile


def remarks_of(file: PabulibFile, election: Election) -> tuple[Sentence, ...]:
    """All of them; none where the file is in order."""
    return tuple(_remarks(file, election))


def _remarks(file: PabulibFile, election: Election) -> Iterator[Sentence]:
    for key, there in (("num_projects", len(election.projects)), ("num_votes", election.ballots.cast)):
        said = file.about(key)
        if said and said != str(there):
            yield Sentence(N_("META says {key} = {said}, the file has {n}."), {"key": key, "said": said, "n": there})
    dear = [project.id for project in election.projects if project.cost > election.budget]
    if dear:
        yield Sentence(N_("Dearer than the whole budget: {names}"), {"names": ", ".join(dear)})
    counted = totals(both(election.ballots.valid, election.ballots.invalid), None, len(election.projects))
    wrong = [
        project.id
        for project, there in zip(election.projects, counted, strict=True)
        if project.published_votes is not None and project.published_votes != there
    ]
    if wrong:
        names = ", ".join(wrong)
        yield Sentence(N_("The votes in the file are not those of the ballots: {names}"), {"names": names})
