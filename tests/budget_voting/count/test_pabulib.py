"""Pabulib files: what real ones contain is read, what is not valid is refused at its place, nothing is lost."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pabulib.checker import Checker

from budget_voting.count.ballots import Fault
from budget_voting.count.counting import count
from budget_voting.count.election import VoteKind
from budget_voting.count.errors import NotPabulib
from budget_voting.count.invented import large_election, small_election
from budget_voting.count.pabulib import read_bytes, read_pabulib, write_pabulib
from budget_voting.count.reading import election_of, read_election
from budget_voting.count.rules import CountRules
from tests.budget_voting.elections import vote, vote_file

FILE = '''META
key;value
description;Ақжар
vote_type;approval
budget;1000
PROJECTS
project_id;cost;name
1;600;Алаң
2;400;"Орындық; ""жаңа"""
VOTES
voter_id;vote
7;1,2
8;2
'''

NO_COLUMN = "The table {name} is without the column “{column}”."
FIRST_COLUMN = "The first column of {name} is “{column}”."


def _refusal(text: str) -> tuple[int, int, str]:
    with pytest.raises(NotPabulib) as refused:
        election_of(read_pabulib(text.encode()))
    why = refused.value
    return why.line, why.column, why.why.msgid


def test_cells_may_be_quoted() -> None:
    assert read_pabulib(FILE.encode()).projects[1] == ("2", "400", 'Орындық; "жаңа"')


def test_what_real_files_contain_is_read() -> None:
    """Spaces round separators and cells, decimals, a mark at the start, Windows' line ends, empty lines."""
    text = FILE.replace("7;1,2", " 7 ; 1 , 2 ").replace("budget;1000", "budget;1000,50").replace("1;600;", "1;600.25;")
    text = text.replace("PROJECTS\n", "\nPROJECTS;\n").replace("\n", "\r\n")
    election = election_of(read_pabulib(b"\xef\xbb\xbf" + text.encode()))
    assert (election.coin, election.budget, election.projects[0].cost) == (100, 100_050, 60_025)
    assert election.ballots.counted == 2
    assert election.money(Fraction(60_025)) == "600.25"


@pytest.mark.parametrize(
    ("change", "line", "column", "why"),
    [
        (lambda text: "", 1, 1, "The table {name} begins here; the file has something else."),
        (lambda text: text.replace("key;value", "value;key"), 2, 1, "META begins with the line “key;value”."),
        (lambda text: text.replace("budget;1000", "budget"), 5, 1, "A line of META has a key and a value."),
        (lambda text: text.replace("budget;1000", "vote_type;x"), 5, 1, "This key was given before: {key}."),
        (lambda text: text.replace("budget;1000", "budget;many"), 5, 2, "This is not an amount: “{value}”."),
        (lambda text: text.replace("budget;1000", "budget;-1"), 5, 2, "This is not an amount: “{value}”."),
        (lambda text: text.replace("budget;1000", "budget;NaN"), 5, 2, "This is not an amount: “{value}”."),
        *(
            (lambda text, n=n: text.replace("budget;1000", f"budget;{n}"), 5, 2, "This is not an amount: “{value}”.")
            for n in ("1_000", "٦٠٠", "１０００", "1e3", "9" * 5000)
        ),
        (lambda text: text.replace("PROJ", "min_length;1.5\nPROJ"), 6, 2, "This is not a whole number: “{value}”."),
        (lambda text: text.replace("approval", ""), 4, 2, "META does not tell “{key}”."),
        (lambda text: text.replace("approval", "shouting"), 4, 2, "This way of voting is not known: “{kind}”."),
        (lambda text: text.replace("PROJECTS", "PLANS"), 6, 1, "A line of META has a key and a value."),
        (lambda text: text.replace("VOTES\nvoter_id;vote\n7;1,2\n8;2\n", ""), 10, 1, "The table {name} is missing."),
        (lambda text: text.replace("cost;name", "price;name"), 7, 1, NO_COLUMN),
        (lambda text: text.replace("cost;name", "cost;cost"), 7, 3, "There are two columns “{column}”."),
        (lambda text: text.replace("1;600;", "1;dear;"), 8, 2, "This is not an amount: “{value}”."),
        (lambda text: text.replace("1;600;", "2;600;"), 9, 1, "Project {id} is named twice."),
        (lambda text: text.replace("1;600;Алаң", "1;600"), 8, 3, "This line has {n} cells, the table has {width}."),
        (lambda text: text.replace("voter_id;vote", "vote;voter_id"), 11, 1, FIRST_COLUMN),
        (lambda text: text.replace("8;2", "8;2;3"), 13, 3, "This line has {n} cells, the table has {width}."),
        (lambda text: text.replace("8;2", "8"), 13, 2, "This line has {n} cells, the table has {width}."),
        (lambda text: text.replace("8;2", "8;\0"), 13, 2, "The file is not a text."),
    ],
)  # fmt: skip
def test_a_file_that_is_not_valid_is_refused_at_its_place(
    change: Callable[[str], str], line: int, column: int, why: str
) -> None:
    assert _refusal(change(FILE)) == (line, column, why)


def test_bytes_that_are_no_utf8_are_refused_with_their_line() -> None:
    with pytest.raises(NotPabulib) as refused:
        read_pabulib(FILE.encode().replace("Алаң".encode(), b"\xff"))
    assert (refused.value.line, refused.value.column) == (8, 3)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", VoteKind)
def test_reading_writing_and_reading_again_gives_the_same_cells(kind: VoteKind, seed: int) -> None:
    file = small_election(seed, kind)
    text = write_pabulib(file)
    again = read_pabulib(text.encode())
    assert (again.meta, again.projects, list(again.votes)) == (file.meta, file.projects, list(file.votes))
    assert write_pabulib(again) == text


def test_columns_nobody_described_are_kept() -> None:
    text = FILE.replace("voter_id;vote\n7;1,2\n8;2", "voter_id;vote;colour\n7;1,2;жасыл\n8;2;")
    file = read_pabulib(text.encode())
    assert [row[2] for row in read_pabulib(write_pabulib(file).encode()).votes] == ["жасыл", ""]


@settings(max_examples=50)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"])), min_size=1))
def test_any_name_survives(names: list[str]) -> None:
    file = vote_file(10, {str(number): 1 for number in range(len(names))}, ["0"])
    rows = tuple((row[0], row[1], name.strip()) for row, name in zip(file.projects, names, strict=True))
    file = type(file)(file.meta, file.project_columns, rows, file.vote_columns, file.votes)
    assert read_pabulib(write_pabulib(file).encode()).projects == rows


@pytest.mark.parametrize("kind", VoteKind)
def test_the_checker_of_the_format_accepts_what_is_written(kind: VoteKind, tmp_path: Path) -> None:
    assert _errors(write_pabulib(small_election(4, kind)), tmp_path) == {}


def test_the_writer_puts_right_what_the_checker_does_not_accept(tmp_path: Path) -> None:
    """Decimal commas, spaces in lists and round cells, tables in small letters, a wrong count, keys out of order."""
    good = write_pabulib(small_election(4))
    budget, vote = small_election(4).about("budget"), small_election(4).votes[0][1]
    bad = good.replace(f"budget;{budget}", f"budget; {budget},5").replace(
        f";{vote}\n", f";{vote.replace(',', ' , ')} \n", 1
    )
    bad = (
        bad.replace("META", "meta")
        .replace("num_votes;", "num_votes;1")
        .replace("key;value\n", "\nkey;value\nlanguage;kk\n")
    )
    bad = "\ufeff" + bad[::-1].replace("language;kk\n"[::-1], "", 1)[::-1].replace("\n", "\r\n")
    assert _errors(bad, tmp_path) != {}
    assert write_pabulib(read_pabulib(bad.encode())) == good.replace(f"budget;{budget}", f"budget;{budget}.5")
    assert _errors(write_pabulib(read_pabulib(bad.encode())), tmp_path) == {}


def _errors(text: str, folder: Path) -> dict[str, object]:
    file = folder / "vote.pb"
    file.write_text(text, encoding="utf-8", newline="")
    errors: dict[str, object] = Checker().process_files([str(file)])["vote"]["results"]["errors"]
    return errors


def test_packed_files_are_read_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    packed = gzip.compress(FILE.encode())
    (tmp_path / "a.pb.gz").write_bytes(packed)
    (tmp_path / "b.pb.gz").write_bytes(packed[:-9])
    assert read_election(tmp_path / "a.pb.gz").ballots.counted == 2
    with pytest.raises(NotPabulib):
        read_bytes(tmp_path / "b.pb.gz")


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budget_voting.count.pabulib.MOST_BYTES", 1000)
    (tmp_path / "a.pb.gz").write_bytes(gzip.compress(bytes(1000)))
    (tmp_path / "b.pb.gz").write_bytes(gzip.compress(bytes(1001)))
    assert len(read_bytes(tmp_path / "a.pb.gz")) == 1000
    with pytest.raises(NotPabulib):
        read_bytes(tmp_path / "b.pb.gz")


def test_empty_cells_at_the_end_of_a_line_and_empty_lines_are_nothing() -> None:
    """Spreadsheets leave both."""
    text = FILE.replace("1;600;Алаң", "1;600;Алаң;;").replace("8;2", "8;2;").replace("VOTES\n", "VOTES\n\n")
    file = read_pabulib(text.replace("META\n", "\nMETA\n;\n").encode())
    assert (file.projects[0], list(file.votes)) == (("1", "600", "Алаң"), [["7", "1,2"], ["8", "2"]])


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda text: text.replace("budget;1000", "\n\nbudget;much"), 7),
        (lambda text: text.replace("2;400", "\n2;dear"), 10),
        (lambda text: text.replace("1;600;Алаң", '1;600;"Ал\nаң"').replace("2;400", "2;dear"), 10),
    ],
)
def test_lines_are_those_of_the_file_also_after_empty_ones_and_cells_of_several(
    change: Callable[[str], str], line: int
) -> None:
    assert _refusal(change(FILE))[0] == line


@pytest.mark.parametrize("between", ["\n\n\n", '\n9;"1\n";\n'])
def test_so_are_lines_of_ballots(between: str) -> None:
    text = FILE.replace("voter_id;vote", "voter_id;vote;more").replace("7;1,2", "7;1,2;")
    text = text.replace("\n8;2", f"{between}8;moon;")
    (line, fault) = election_of(read_pabulib(text.encode())).ballots.faulty_lines[-1]
    assert (text.split("\n")[line - 1], fault) == ("8;moon;", Fault.UNKNOWN_PROJECT)


# ---- ballots


def _faults(ballot: str, kind: VoteKind = VoteKind.APPROVAL, **meta: str) -> list[Fault]:
    return list(vote(100, {"a": 10, "b": 20, "c": 80}, [ballot], kind, **meta).ballots.faults)


@pytest.mark.parametrize(
    ("ballot", "kind", "meta", "fault"),
    [
        ("a,x", VoteKind.APPROVAL, {}, Fault.UNKNOWN_PROJECT),
        ("a,a", VoteKind.APPROVAL, {}, Fault.PROJECT_TWICE),
        ("", VoteKind.APPROVAL, {}, Fault.TOO_FEW),
        ("a,b", VoteKind.APPROVAL, {"max_length": "1"}, Fault.TOO_MANY),
        ("a,b", VoteKind.CHOOSE_ONE, {}, Fault.TOO_MANY),
        ("a,c", VoteKind.APPROVAL, {"max_sum_cost": "89"}, Fault.TOO_DEAR),
        ("a", VoteKind.APPROVAL, {"min_sum_cost": "11"}, Fault.TOO_CHEAP),
        ("a,b: 5", VoteKind.CUMULATIVE, {}, Fault.POINTS_MISSING),
        ("a,b: 5,many", VoteKind.CUMULATIVE, {}, Fault.POINTS_UNREADABLE),
        ("a,b: 5,-1", VoteKind.CUMULATIVE, {}, Fault.POINTS_TOO_LOW),
        ("a,b: 5,3", VoteKind.SCORING, {"max_points": "4"}, Fault.POINTS_TOO_HIGH),
        ("a,b: 5,3", VoteKind.CUMULATIVE, {"max_sum_points": "7"}, Fault.SUM_TOO_HIGH),
        ("a,b: 1,1", VoteKind.CUMULATIVE, {"min_sum_points": "3"}, Fault.SUM_TOO_LOW),
    ],
)
def test_a_ballot_that_is_not_valid_is_told_by_its_reason(
    ballot: str, kind: VoteKind, meta: dict[str, str], fault: Fault
) -> None:
    assert _faults(ballot, kind, **meta) == [fault]


def test_a_second_ballot_of_a_voter_is_not_valid() -> None:
    ballots = election_of(read_pabulib(FILE.replace("8;2", "7;2").encode())).ballots
    assert (dict(ballots.faults), ballots.faulty_lines) == ({Fault.VOTER_TWICE: 1}, ((13, Fault.VOTER_TWICE),))
    assert (ballots.cast, ballots.counted) == (2, 1)


def test_equal_ballots_are_one_row_whatever_order_they_are_written_in() -> None:
    ballots = vote(10, {"a": 1, "b": 1}, ["2 × a,b", "3 × b,a", "1 × b"]).ballots
    assert ballots.valid.times.tolist() == [5, 1]


def test_a_large_file_has_the_votes_that_were_given() -> None:
    file = large_election(1, 3000, 30, share=1000)
    election = election_of(file)
    named = sum(row[1].count(",") + 1 for row in file.votes)
    assert sum(count(election, CountRules()).votes) == named
