"""`akimat-desk receptions book`, `ticket` and `cancel`: a name and a code never stand on the command line."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.office.demo import PIN
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk, find_services
from akimat_desk.shell import command_line
from akimat_desk.shell.opening import open_desk
from meetings import actions as plans
from meetings.plan import USUAL, plan_now
from meetings.visits.listed import listed
from tests.meetings.visits.conftest import iin
from tests.meetings.visits.test_carrying import move_the_day
from tests.shell.conftest import found_village


def an_administrator(desk: Desk) -> SignedIn:
    with desk.store.read() as db:
        (staff,) = db.execute_sql("SELECT id FROM people_staff WHERE role = 'administrator'").fetchone()
    return SignedIn(staff, "", "administrator")


@pytest.fixture
def village(home: Home, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A village whose reception days are announced."""
    home = found_village(Home.find(home.data).ensure(), clock, "desk")
    monkeypatch.setattr(command_line, "SystemClock", lambda: clock)
    with open_desk(home, clock=clock, words=Translator([]), services=find_services()) as desk:
        by = an_administrator(desk)
        plans.begin(desk.journal, USUAL, by=by)
        (plan,) = plan_now(desk).series
        plans.publish(desk.journal, plan.series, plan.occurrences, by=by)
    return home


def test_a_time_is_booked_looked_up_and_given_back(
    village: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(typed: str, *given: str) -> tuple[int, Any]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = command_line.main(["receptions", *given, "--json", "--home", str(village.data)])
        out, err = capsys.readouterr()
        assert "Иманов" not in out + err
        return code, json.loads(out or err)

    person = f"Иманов Асқар\n{iin(1)}\n87010000000\n"
    code, booked = said(person, "book", "--day", "2026-12-18", "--time", "10:30", "--subject", "land")
    assert (code, booked["number"], booked["day"], booked["time"]) == (0, "А-01", "2026-12-18", "10:30")
    assert (booked["state"], len(booked["secret"])) == ("standing", 6)
    assert said(person, "book", "--day", "2026-12-18", "--time", "11:00")[1]["error"]["code"] == "booking-that-day"
    assert said(person, "book", "--day", "2026-12-19")[1]["error"]["code"] == "visits-which-reception"
    assert said("Иманов\n123\n\n", "book", "--day", "2026-12-18")[1]["error"]["code"] == "visit-iin"
    wrong = "000000" if booked["secret"] != "000000" else "000001"
    assert said(f"{wrong}\n", "ticket", "1")[1]["error"]["code"] == "ticket-unknown"
    assert said(f"{booked['secret']}\n", "ticket", "1")[1]["time"] == "10:30"
    assert said(f"{booked['secret']}\n", "cancel", "1")[1]["state"] == "cancelled"
    assert said(person, "book", "--day", "2026-12-18", "--wait")[1]["time"] is None


def test_staff_give_a_lost_ticket_a_new_code_and_write_down_who_was_told(
    village: Home, clock: FixedClock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(typed: str, *given: str) -> Any:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        command_line.main(["receptions", *given, "--json", "--home", str(village.data)])
        return json.loads("".join(capsys.readouterr()))

    person = f"Иманов Асқар\n{iin(1)}\n87010000000\n"
    for day in ("2026-12-18", "2027-01-15"):
        first = said(person, "book", "--day", day, "--time", "10:30")
    assert said(f"{PIN}\n", "ticket", "1", "--new-code")["error"]["code"] == "visits-which-ticket"
    lost = "ticket", "1", "--new-code", "--day", "2027-01-15"
    assert said("\n", *lost)["error"]["code"] == "terminal-no-pin"
    again = said(f"{PIN}\n", *lost)
    assert (again["visit"], again["number"]) == (first["visit"], "А-01")
    assert said(f"{first['secret']}\n", "ticket", "1")["error"]["code"] == "ticket-unknown"
    assert said(f"{again['secret']}\n", "ticket", "1")["day"] == "2027-01-15"

    told = "ticket", "А-01", "--told", "--day", "2026-12-18"
    assert said(f"{PIN}\n", *told)["error"]["code"] == "visits-nothing-to-tell"
    with open_desk(village, clock=clock, words=Translator([]), services=find_services()) as desk:
        move_the_day(desk, an_administrator(desk), None, "14-ө")
        assert len(listed(desk).to_tell) == 1
    assert said(f"{PIN}\n", *told)["told"] is True
    with open_desk(village, clock=clock, words=Translator([]), services=find_services()) as desk:
        assert len(listed(desk).to_tell) == 0
