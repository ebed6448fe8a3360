"""Ballots found in a file's bytes by arrays, beside the same ballots read one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_voting.count.ballots import Ballots, Fault, Group
from budget_voting.count.cells import Cells, Names, is_utf8, with_plain_ends
from budget_voting.count.pabulib import PabulibFile, Rows, read_pabulib
from budget_voting.count.reading import election_of

IDS = ("7", "12", "2024/OGM/0024", "2024/OGM/0023", "жоба-5")
NAMES = st.sampled_from([*IDS, *IDS, *IDS, " 12", "7 ", "99", "2024/OGM/002", ""])
VOTERS = st.sampled_from(["{n}", "{n}", "{n}", " {n}", "1", "ә{n}"])
BALLOTS = st.lists(st.tuples(VOTERS, st.lists(NAMES, max_size=4), st.sampled_from(["", "F", "Обл,уже"])), max_size=12)
HEAD = (
    "META\nkey;value\ndescription;x\nbudget;1000\nvote_type;{kind}\n{bound}PROJECTS\nproject_id;cost\n{projects}VOTES\n"
)


def text_of(kind: str, bound: str, ballots: list[tuple[str, list[str], str]]) -> str:
    """A file with such ballots."""
    head = HEAD.format(kind=kind, bound=bound, projects="".join(f"{name};100\n" for name in IDS))
    lines = [f"{voter.format(n=n)};{','.join(names)};{sex}" for n, (voter, names, sex) in enumerate(ballots)]
    return head + "\n".join(["voter_id;vote;sex", *lines, ""])


def one_by_one(file: PabulibFile) -> PabulibFile:
    """The same cells, cut by Python."""
    cells = [file.votes.plain.line(n).split(";") for n in range(len(file.votes))] if file.votes.plain else []
    return replace(file, votes=Rows(file.votes.width, None, cells))


def weighed(group: Group) -> dict[tuple[int, ...], int]:
    """What is named by how many voters."""
    found: dict[tuple[int, ...], int] = {}
    for row, times in enumerate(group.times.tolist()):
        members = tuple(group.members[group.starts[row] : group.starts[row + 1]].tolist())
        found[members] = found.get(members, 0) + times
    return {members: times for members, times in found.items() if times}


def told(ballots: Ballots) -> object:
    """All that is told of ballots, whatever the order of the rows."""
    return (
        weighed(ballots.valid),
        weighed(ballots.invalid),
        (ballots.blank, dict(ballots.faults), ballots.faulty_lines, ballots.scale),
    )


@given(st.sampled_from(["approval", "choose-1"]), st.sampled_from(["", "min_length;1\n", "max_length;2\n"]), BALLOTS)
def test_arrays_read_what_the_reader_of_single_ballots_reads(
    kind: str, bound: str, ballots: list[tuple[str, list[str], str]]
) -> None:
    file = read_pabulib(text_of(kind, bound, ballots).encode())
    assert (file.votes.plain is not None) == bool(ballots)
    found, slow = election_of(file).ballots, election_of(one_by_one(file)).ballots
    assert told(found) == told(slow)
    assert len(weighed(found.valid)) == len(found.valid.times)
    wrong = {line - file.vote_line for line, _ in found.faulty_lines}
    counted = {cells[1] for n, cells in enumerate(one_by_one(file).votes) if n not in wrong and cells[1].strip(", ")}
    assert counted == {str(vote).strip() for vote in found.rows}
    for vote, row in found.rows.items():
        members = found.valid.members[found.valid.starts[row] : found.valid.starts[row + 1]]
        assert members.tolist() == sorted(IDS.index(name.strip()) for name in str(vote).split(",") if name.strip())


def test_a_second_ballot_of_a_voter_is_told_by_its_line() -> None:
    file = read_pabulib(text_of("approval", "", [("5", ["7"], ""), ("6", ["12"], ""), ("5", ["7"], "")]).encode())
    found = election_of(file).ballots
    assert dict(found.faults) == {Fault.VOTER_TWICE: 1}
    assert found.faulty_lines == ((file.vote_line + 2, Fault.VOTER_TWICE),)
    assert weighed(found.valid) == {(0,): 1, (1,): 1}


@given(st.lists(st.text("абab", min_size=1, max_size=40), unique=True, min_size=1, max_size=40), st.data())
def test_a_name_is_found_where_it_stands_and_nowhere_else(names: list[str], data: st.DataObject) -> None:
    known = Names.of([name for name in names if len(name.encode()) <= 64] or ["a"])
    assert known is not None
    asked = data.draw(st.lists(st.one_of(st.sampled_from(names), st.text("абab", max_size=40)), min_size=1))
    cells = Cells.of("\n".join(asked).encode(), 1)
    assert cells is not None
    places, there = known.find(cells, *cells.edges(0))
    listed = [bytes(row.tobytes()).rstrip(b"\0").decode() for row in known.known]
    told = [listed[place] if yes else None for place, yes in zip(places.tolist(), there.tolist(), strict=True)]
    assert told == [name if name in listed else None for name in asked]


@given(st.binary(max_size=12), st.text(max_size=5))
def test_bytes_that_are_told_to_be_utf8_are(mixed: bytes, text: str) -> None:
    assert is_utf8(text.encode())
    if is_utf8(mixed + text.encode()):
        mixed.decode()


@pytest.mark.parametrize("raw", [b"", b"1\r\n2\r\n", b"1\r2\r", b"1\r\n2\r", b"1\n2", b"\r\r\n"])
def test_every_way_to_end_a_line_is_one(raw: bytes) -> None:
    assert with_plain_ends(raw) == raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


@pytest.mark.parametrize("body", ["1;2\n3", "1;2;3", "1\n2;3"])
def test_lines_of_other_lengths_are_not_a_table(body: str) -> None:
    assert Cells.of(body.encode(), 2) is None


def test_equal_texts_of_different_places_are_equal_words() -> None:
    cells = Cells.of(b"1234567890,12345678,1234567890", 1)
    assert cells is not None
    _, begins, ends = cells.parts(0)
    words = np.array(cells.words(begins, ends))
    assert (words[:, 0] == words[:, 2]).all()
    assert not (words[:, 0] == words[:, 1]).all()
