"""The commands as a person types them, and what they hand to programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.shell.command_line import main
from budget_voting.count.pabulib import read_pabulib, write_pabulib
from tests.budget_voting.elections import vote_file

VOTE = vote_file(100, {"school": 35, "road": 42, "well": 30}, ["4 × school", "3 × school,road", "3 × road", "1 × sky"])


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "vote.pb"
    path.write_text(write_pabulib(VOTE), encoding="utf-8")
    return str(path)


def _json(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    assert main(["budget", *arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def test_count_tells_all_that_is_needed_to_count_again(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = _json(capsys, "count", file, "--rule", "equal-shares", "--utility", "cost")
    assert [(one["id"], one["got"]) for one in told["winners"]] == [("school", 35), ("road", 42)]
    assert (told["total_cost"], told["budget"], told["voters"]) == (77, 100, 10)
    assert told["invalid"] == {"unknown-project": 1}
    assert told["share"] == {"exact": "10/1", "decimal": "10.000000"}
    assert [step["price"]["exact"] for step in told["steps"]] == ["5/1", "9/1"]
    assert told["exact"] is True
    assert set(told["seconds"]) == {"read", "group", "count"}


def test_add1_tells_how_far_the_share_was_raised(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = _json(
        capsys, "count", file, "--rule", "equal-shares", "--completion", "add1-until-overspend", "--step", "1/2"
    )
    assert (told["ended"], told["step"]) == ("all-funded", "1/2")
    assert told["share"]["exact"] == "10/1"


@pytest.mark.parametrize(
    ("options", "winners", "voters"),
    [
        (["--rule", "votes-covered"], ["school", "road"], 10),
        (["--rule", "votes-covered", "--covered", "99"], ["school", "road"], 10),
        (["--rule", "equal-shares", "--divisor", "all"], ["school"], 11),
        (["--invalid", "count"], ["school", "road"], 10),
        (["--exclusive", "school, road"], ["school"], 10),
        (["--min-votes", "7"], ["school"], 10),
        (["--ties", "id"], ["school", "road"], 10),
    ],
)
def test_every_option_is_heeded(
    file: str, options: list[str], winners: list[str], voters: int, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _json(capsys, "count", file, *options)
    assert ([one["id"] for one in told["winners"]], told["voters"]) == (winners, voters)


@pytest.mark.parametrize(("percent", "winners"), [("50", ["school", "road"]), ("60", ["school"])])
def test_the_part_that_must_be_left_is_a_percentage(
    tmp_path: Path, percent: str, winners: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """25 ₸ are left for the road, which costs 42 ₸: 59.5 %."""
    file = tmp_path / "short.pb"
    file.write_text(write_pabulib(VOTE).replace("budget;100", "budget;60"), encoding="utf-8")
    told = _json(capsys, "count", str(file), "--rule", "votes-covered", "--covered", percent)
    assert [one["id"] for one in told["winners"]] == winners


@pytest.mark.parametrize(("option", "winners"), [("--category-limit", ["road", "well"]), ("--place-limit", ["school"])])
def test_ceilings_are_named_with_their_sums(
    tmp_path: Path, option: str, winners: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = write_pabulib(vote_file(100, {"school": 35, "road": 42, "well": 20}, ["9 × school", "3 × road", "2 × well"]))
    for before, after in (
        ("project_id;cost;name", "project_id;cost;name;category;neighborhood"),
        ("school;35;", "school;35;;children;Ақжар"),
        ("road;42;", "road;42;;traffic;Ақжар"),
        ("well;20;", "well;20;;traffic;Ақжар"),
    ):
        text = text.replace(before, after)
    file = tmp_path / "placed.pb"
    file.write_text(text, encoding="utf-8")
    name = "children=34" if option == "--category-limit" else "Ақжар = 54"
    told = _json(capsys, "count", str(file), option, name)
    assert [one["id"] for one in told["winners"]] == winners


def test_count_says_it_in_words(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["budget", "count", file, "--rule", "equal-shares", "--trace"]) == 0
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Step 2, road: 42 ₸ less 15 ₸, ÷ 3 = 9 ₸" in said
    assert "Ballots that are not valid: 1 (a project that is not on the ballot)" in said


def test_explain_speaks_three_languages(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = _json(capsys, "explain", file, "well")
    assert told["outcome"] == "no-votes"
    assert set(told["sentences"]) == {"kk", "ru", "en"}
    assert len(_json(capsys, "explain", file)) == 3


def test_compare_puts_rules_side_by_side_and_draws_them(
    file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf, png = tmp_path / "rules.pdf", tmp_path / "rules.png"
    told = _json(capsys, "compare", file, "--rules", "votes-no-skip", "equal-shares:cardinality:add1", "phragmen",
                 "--pdf", str(pdf), "--png", str(png))  # fmt: skip
    assert [rule["winners"] for rule in told["rules"]] == [["school", "road"]] * 3
    assert [rule["completion"] for rule in told["rules"]] == ["none", "add1", "none"]
    assert (pdf.read_bytes()[:4], png.read_bytes()[1:4]) == (b"%PDF", b"PNG")


def test_a_rule_that_funds_nothing_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "poor.pb"
    file.write_text(write_pabulib(VOTE).replace("budget;100", "budget;40"), encoding="utf-8")
    assert main(["budget", "compare", str(file), "--rules", "votes", "phragmen", "--min-votes", "7"]) == 0
    assert "This rule funds nothing." not in capsys.readouterr().out
    assert main(["budget", "compare", str(file), "--rules", "votes", "--min-votes", "9"]) == 0
    assert "This rule funds nothing." in capsys.readouterr().out


def test_what_is_left_over_is_spent_by_votes_only_where_a_rule_leaves_it(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _json(capsys, "compare", file, "--rules", "votes", "phragmen", "--then", "votes")
    assert [rule["then"] for rule in told["rules"]] == ["none", "votes"]


def test_sums_are_in_tenge_where_the_file_has_coins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "coins.pb"
    file.write_text(write_pabulib(VOTE).replace("budget;100", "budget;100.50"), encoding="utf-8")
    told = _json(capsys, "count", str(file), "--rule", "equal-shares")
    assert (told["budget"], told["share"]["exact"], told["winners"][0]["got"]) == ("100.5", "201/20", 35)
    assert told["steps"][0]["price"]["decimal"] == "5.000000"


def test_check_finds_what_is_not_in_order(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = _json(capsys, "check", file, code=3)
    assert (told["valid"], told["ballots"], told["valid_ballots"]) == (False, 11, 10)
    assert told["lines"] == [{"line": Path(file).read_text("utf-8").count("\n"), "why": "unknown-project"}]
    broken = tmp_path / "broken.pb"
    broken.write_text(Path(file).read_text("utf-8").replace("budget;100", "budget;much"), encoding="utf-8")
    assert _json(capsys, "check", str(broken), code=3)["line"] == 9


def test_check_is_content_with_a_good_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "good.pb"
    good.write_text(write_pabulib(vote_file(10, {"a": 5}, ["3 × a"])), encoding="utf-8")
    assert _json(capsys, "check", str(good))["valid"] is True


def test_convert_writes_what_others_accept(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spaced = tmp_path / "spaced.pb"
    spaced.write_text(Path(file).read_text("utf-8").replace("school,road", "school , road "), encoding="utf-8")
    out = tmp_path / "out.pb.gz"
    _json(capsys, "convert", str(spaced), str(out))
    again = tmp_path / "again.pb"
    _json(capsys, "convert", str(out), str(again))
    assert again.read_bytes() == Path(file).read_bytes()
    assert len(read_pabulib(again.read_bytes()).votes) == 11


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["count", "nowhere.pb"], "This file cannot be opened."),
        (["explain", "FILE", "moon"], "There is no project moon in this file."),
        (["count", "FILE", "--utility", "points"], "These ballots have no points."),
        (["compare", "FILE", "--rules", "dice"], "There is no such rule: dice."),
        (["compare", "FILE", "--rules", *["votes"] * 9], "At most 8 rules are compared at once."),
        (["count", "FILE", "--exclusive", "school,moon"], "There is no project moon in this file."),
        (["count", "FILE", "--category-limit", "sport=5"], "No project is told to belong to “sport”."),
        (["count", "FILE", "--place-limit", "Ақжар=5"], "No project is told to belong to “Ақжар”."),
        (["count", "FILE", "--min-votes", "-1"], "This is less than 0: “-1”."),
        (["count", "FILE", "--covered", "101"], "This is more than 100: “101”."),
        (["count", "FILE", "--rule", "equal-shares", "--step", "1e-9"], "This is less than 1/100: “1e-9”."),
        (["count", "FILE", "--step", "many"], "This is not an amount: “many”."),
        (["count", "FILE", "--place-limit", "Ақжар"], "A limit is written as name=sum: “Ақжар”."),
    ],
)
def test_what_cannot_be_done_is_said(
    file: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["budget", *(file if one == "FILE" else one for one in arguments)]) != 0
    assert said in capsys.readouterr().err
