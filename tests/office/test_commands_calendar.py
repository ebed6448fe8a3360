"""`akimat-desk calendar`, from the command line: with a village and without one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.calendar.actions import write_down
from akimat_desk.calendar.days import Decree
from akimat_desk.service import find_services
from akimat_desk.shell.command_line import main
from akimat_desk.shell.opening import open_desk


def _said(home: Home, capsys: pytest.CaptureFixture[str], *given: str) -> tuple[int, object]:
    code = main([*given, "--json", "--home", str(home.data)])
    return code, json.loads(capsys.readouterr().out)


def test_a_day_off_is_told_with_its_reason(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert _said(home, capsys, "calendar", "check", "2020-12-18") == (
        3,
        {
            "date": "2020-12-18",
            "weekday": 5,
            "working": False,
            "why": "swapped",
            "holiday": "",
            "other": "2020-12-20",
            "estimated": False,
            "order": "",
            "ordered_on": "",
            "authority": "",
            "orders_known": True,
        },
    )


def test_a_term_of_working_days_ends(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    given = ("calendar", "workdays", "--from", "01.12.2020", "--days", "15")
    assert _said(home, capsys, *given) == (0, {"from": "2020-12-01", "days": 15, "last": "2020-12-24"})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("check", "31.02.2026"), "not-a-date"),
        (("check", "1980-01-01"), "calendar-year"),
        (("workdays", "--from", "2026-12-01", "--days", "x"), "calendar-term"),
        (("workdays", "--from", "2026-12-01", "--days", "10001"), "calendar-term"),
        (("workdays", "--from", "2099-12-01", "--days", "400"), "calendar-year"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    home: Home, capsys: pytest.CaptureFixture[str], given: tuple[str, ...], code: str
) -> None:
    status, said = _said(home, capsys, "calendar", *given)
    assert isinstance(said, dict)
    assert (status, said["error"]["code"]) == (1, code)


def test_terms_are_listed_with_their_source_or_the_lack_of_one(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    _, said = _said(home, capsys, "calendar", "terms", "--from", "2026-12-01")
    assert isinstance(said, list)
    rows = {row["term"]: row for row in said}
    appeal = rows["appeal"]
    assert (appeal["last"], appeal["unsourced"], appeal["article"]) == ("2026-12-23", False, "76")
    assert rows["complaint"]["unsourced"] is True
    main(["calendar", "terms", "--home", str(home.data)])
    assert capsys.readouterr().out.count("No source found. Let a lawyer check it.") == sum(
        row["unsourced"] for row in said
    )


def test_a_villages_orders_count_and_a_coming_year_is_told_to_be_open(
    tmp_path: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    home, words = Home.find(tmp_path / "village"), Translator((), "en")
    order = Decree(date(2027, 12, 17), "off", "796", date(2027, 10, 1), "government")
    with (
        open_desk(home, clock=clock, words=words, services=find_services(), create=True) as desk,
        desk.journal.commit() as commit,
    ):
        write_down(commit, [order], by="0" * 32)
    status, said = _said(home, capsys, "calendar", "check", "2027-12-17")
    assert isinstance(said, dict)
    assert (status, said["why"], said["order"], said["orders_known"]) == (3, "decree", "796", False)
    main(["calendar", "check", "2027-12-17", "--home", str(home.data)])
    out = capsys.readouterr().out
    assert out.splitlines() == [
        "17 December 2027, Friday. A day off by order 796 of 1 Oct 2027.",
        "Orders of 2027 that move days off are not known here yet. Write them down when they come.",
    ]
