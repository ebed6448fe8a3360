"""A vote on the staff's page: which files are there, one is read and counted, and what was found goes on paper.

Everything here blocks. Ballots stay in memory and on whatever they came on; what is saved names no voter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.sticks import sticks
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_, Sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from akimat_desk.service import Desk
    from budget_voting.count.compare import Comparison
    from budget_voting.count.election import Election
    from budget_voting.count.pabulib import PabulibFile
    from budget_voting.count.rules import CountRules

FOLDER: Final = "votes"
"""Where votes lie on this PC, for whoever puts them there."""
REPORTS: Final = "reports"
PATTERNS: Final = ("*.pb", "*.pb.gz", "*/*.pb", "*/*.pb.gz")
MOST: Final = 60
"""So many files of a place are shown; nobody finds one among more by eye."""


class NoVoteThere(Refused):
    """Where somebody has looked there is no file of a vote."""

    code = "no-vote-there"
    staff_text = N_("There is no file of a vote in this folder.")
    next_text = N_("Such files end in .pb or .pb.gz.")


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a vote. `place` is a stick's name, a folder that was named, or "" for this PC."""

    place: str
    file: Path
    changed_ms: int


@dataclass(frozen=True, eq=False)
class Vote:
    """A vote that was read, and what is not in order in its file."""

    name: str
    """How the file is called."""
    file: PabulibFile
    election: Election
    remarks: tuple[Sentence, ...]


def votes_here(desk: Desk, named: Path | None = None) -> tuple[Found, ...]:
    """Files of votes on sticks, on this PC, and where somebody has `named` a folder."""
    must_not_block("votes_here")
    places = [*((stick.name, stick.path) for stick in sticks()), ("", desk.home.data / FOLDER)]
    if named is not None:
        places.append((str(named), named))
    return tuple(found for name, folder in places for found in _in(name, folder))


def named_files(desk: Desk, typed: str) -> Path | tuple[Found, ...]:
    """What lies where somebody wrote: the file itself, or all files with those of the folder. Raises `NoVoteThere`."""
    path = Path(typed.strip()).expanduser()
    if path.is_file():
        return path
    if not any(_in("", path)):
        raise NoVoteThere
    return votes_here(desk, path)


def _in(place: str, folder: Path) -> Iterator[Found]:
    """The newest first; none where the folder cannot be read."""
    try:
        files = [file for pattern in PATTERNS for file in folder.glob(pattern) if not file.name.startswith(".")]
        told = [(file.stat().st_mtime, file) for file in files if file.is_file() and not file.is_symlink()]
    except OSError:  # the stick is being pulled out
        return
    for changed, file in sorted(told, key=lambda one: (-one[0], one[1].name))[:MOST]:
        yield Found(place, file, int(changed * 1000))


def read_vote(path: Path) -> Vote:
    """Read a file and look whether it is in order. Raises `NotPabulib` with line and reason."""
    from budget_voting.checks import remarks_of
    from budget_voting.count.errors import Unreadable
    from budget_voting.count.pabulib import read_bytes, read_pabulib
    from budget_voting.count.reading import election_of

    must_not_block("read_vote")
    try:
        file = read_pabulib(read_bytes(path))
    except OSError as why:
        raise Unreadable(Sentence("")) from why
    election = election_of(file)
    return Vote(path.name, file, election, remarks_of(file, election))


def count_vote(
    vote: Vote, rules: Sequence[CountRules], report: Callable[[int, int, Sentence], None] = lambda *_: None
) -> Comparison:
    """Count by all `rules`; `report` is told before each how far it is, and may stop it."""
    from budget_voting.count.compare import compare

    must_not_block("count_vote")

    def on_rule(number: int) -> None:
        said = Sentence(N_("Counting by rule {n} of {all}"), {"n": number + 1, "all": len(rules)})
        report(number, len(rules), said)

    return compare(vote.election, rules, vote.file, on_rule)


def print_comparison(desk: Desk, found: Comparison) -> int:
    """Lay the comparison into the out-tray; its number there."""
    from akimat_desk.papers.tray import OutTray, Paper
    from budget_voting.papers import comparison_paper

    paper = Paper(Sentence(N_("Budget vote: rules compared")), pdf=comparison_paper(found, desk.words))
    return OutTray(desk.store, desk.clock).put("budget_voting", paper)


def save_comparison(desk: Desk, vote: Vote, found: Comparison) -> Path:
    """Save the comparison as PDF into the desk's folder for reports; where it lies."""
    from akimat_desk.store.errors import faults
    from budget_voting.papers import comparison_paper

    folder = desk.home.data / REPORTS
    target = folder / f"{vote.name.removesuffix('.gz').removesuffix('.pb')}-rules.pdf"
    paper = comparison_paper(found, desk.words)
    with faults():
        folder.mkdir(exist_ok=True)
        target.write_bytes(paper)
    return target
