"""`akimat-desk receptions queue` and `call`: by numbers, in the name of somebody who proves who they are."""

from __future__ import annotations

import io
import json
from typing import Any

import msgspec
import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.service import find_services
from akimat_desk.shell import command_line
from akimat_desk.shell.opening import open_desk
from meetings import actions as plan_actions
from meetings.day.commands import NotARoom
from meetings.day.commands import _room as room_number
from meetings.demo import RECEPTION
from tests.shell.conftest import PIN, found_village

from .conftest import ask


@pytest.fixture
def village(home: Home, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A village where two people wait for the akim."""
    home = found_village(Home.find(home.data).ensure(), clock, "desk")
    monkeypatch.setattr(command_line, "SystemClock", lambda: clock)
    with open_desk(home, clock=clock, words=Translator([]), services=find_services()) as desk:
        with desk.store.read() as db:
            (staff,) = db.execute_sql("SELECT id FROM people_staff WHERE role = 'administrator'").fetchone()
        from akimat_desk.people.staff import SignedIn

        by = SignedIn(staff, "", "administrator")
        series = plan_actions.begin(desk.journal, msgspec.structs.replace(RECEPTION), by=by).id
        for _ in range(2):
            ask(desk.journal, series=series, name="Шолпан Ізбасарова")
            clock.pass_seconds(1)
    return home


def said(home: Home, capsys: pytest.CaptureFixture[str], *given: str) -> tuple[int, Any, str]:
    code = command_line.main(["receptions", *given, "--json", "--home", str(home.data)])
    out = capsys.readouterr().out
    return code, json.loads(out), out


def test_the_queue_is_told_and_the_next_is_called(
    village: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, found, out = said(village, capsys, "queue")
    (official,) = found["officials"]
    assert (code, official["waiting"], official["next"], official["wait_minutes"]) == (
        0,
        ["А-01", "А-02"],
        "А-01",
        None,
    )
    assert "Шолпан" not in out
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
    assert said(village, capsys, "call", "--room", "3")[:2] == (
        0,
        {"number": "А-01", "room": 3, "line": "general", "series": official["series"]},
    )
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
    assert said(village, capsys, "call", "2", "--room", "4")[1]["line"] == "general"
    (official,) = said(village, capsys, "queue")[1]["officials"]
    assert {(one["number"], one["room"]) for one in official["attended"]} == {("А-02", 4), ("А-01", 3)}


def test_a_number_that_is_not_there_and_a_wrong_pin(
    village: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
    code, found, _ = said(village, capsys, "call", "99")
    assert (code, found["error"]["code"]) == (1, "day-no-such-number")
    monkeypatch.setattr("sys.stdin", io.StringIO("000000\n"))
    code, found, _ = said(village, capsys, "call")
    assert (code, found["error"]["code"][:3]) == (1, "pin")


def test_an_empty_line_is_no_try(
    village: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(8):
        monkeypatch.setattr("sys.stdin", io.StringIO(""))
        assert said(village, capsys, "call")[1]["error"]["code"] == "terminal-no-pin"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n"))
    assert said(village, capsys, "call", "--room", "0")[0] == 0


@pytest.mark.parametrize("typed", ["-4", "1000", "akim"])
def test_a_room_that_is_none(typed: str) -> None:
    with pytest.raises(NotARoom):
        room_number(typed)
    assert room_number("999") == 999
