"""Ballots found in a file's bytes by arrays, beside the same ballots read one by one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_voting.count.ballots import Ballots, Fault, Group
from budget_voting.count.cells import LONGEST, Cells, Names, is_utf8, with_plain_ends
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


def cells_of(body: str, width: int) -> Cells | None:
    """The cells of a table that stands between other things."""
    raw = body.encode()
    return Cells.of(b"VOTES\n" + raw, 6, 6 + len(raw), width)


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


MANY = [f"{n}" for n in range(1, 151)]
MANY_BALLOTS = st.lists(st.lists(st.sampled_from(MANY), max_size=4), min_size=1, max_size=12)


@given(MANY_BALLOTS, st.integers(1, 9), st.sampled_from(["", "Обл,уже"]))
def test_votes_with_few_and_with_many_different_ballots_are_read_alike(
    ballots: list[list[str]], times: int, last: str
) -> None:
    head = HEAD.format(kind="approval", bound="", projects="".join(f"{name};100\n" for name in MANY))
    lines = [f"{n};{','.join(names)};{last}" for n, names in enumerate(ballots * times)]
    file = read_pabulib((head + "\n".join(["voter_id;vote;sex", *lines, ""])).encode())
    assert told(election_of(file).ballots) == told(election_of(one_by_one(file)).ballots)


@given(BALLOTS, st.sampled_from(["\r\n", "\r"]), st.integers(0, 40), st.booleans())
def test_the_end_of_lines_is_no_part_of_a_file(
    ballots: list[tuple[str, list[str], str]], end: str, from_line: int, last: bool
) -> None:
    text = text_of("approval", "", ballots)
    lines = text.splitlines()
    other = "".join(line + (end if n >= from_line else "\n") for n, line in enumerate(lines))
    if not last:
        other = other.removesuffix(end).removesuffix("\n")
    file, same = read_pabulib(text.encode()), read_pabulib(other.encode())
    assert [list(row) for row in file.votes] == [list(row) for row in same.votes]
    assert (file.meta, file.projects, file.vote_line) == (same.meta, same.projects, same.vote_line)
    assert told(election_of(file).ballots) == told(election_of(same).ballots)


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
    cells = cells_of("".join(f"{name}\n" for name in asked), 1)
    assert cells is not None
    places, there = known.find(cells, *cells.edges(0))
    listed = [bytes(row.tobytes()).rstrip(b"\0").decode() for row in known.words]
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


@pytest.mark.parametrize("body", ["1;2\n3\n", "1;2;3\n", "1\n2;3\n", "1;2\n3;4;5\n6\n"])
def test_lines_of_other_lengths_are_not_a_table(body: str) -> None:
    assert cells_of(body, 2) is None


@given(st.lists(st.text("абab", max_size=40), min_size=1, max_size=40))
def test_equal_texts_are_one_kind_and_others_are_not(texts: list[str]) -> None:
    cells = cells_of("".join(f"{text};{n}\n" for n, text in enumerate(texts)), 2)
    assert cells is not None
    found = cells.kinds(0)
    if max(map(len, (text.encode() for text in texts))) > LONGEST:
        assert found is None
        return
    assert found is not None
    seen = list(dict.fromkeys(texts))
    assert found[0].tolist() == [seen.index(text) for text in texts]
    assert found[1].tolist() == [texts.index(text) for text in seen]


def test_texts_put_together_by_mistake_are_told_apart() -> None:
    cells = cells_of("12345678\n123456789\n123456780\n12345678\n", 1)
    assert cells is not None
    texts = cells.words(*cells.edges(0))
    assert texts.are(np.array([0, 1, 2, 0]), np.array([0, 1, 2]))
    for wrong in ([0, 0, 2, 0], [0, 1, 1, 0], [0, 1, 0, 0], [1, 1, 2, 0]):
        assert not texts.are(np.array(wrong), np.array([0, 1, 2]))
