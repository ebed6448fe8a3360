"""`akimat-desk receptions`, from the command line: with a village and without one."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.people.staff import add_first_administrator
from akimat_desk.service import find_services
from akimat_desk.shell.command_line import main
from akimat_desk.shell.opening import open_desk
from meetings import actions
from meetings.plan import USUAL, plan_now

from .conftest import decree
from .readers import READERS, days_of
from .test_rules import OFF


def said(home: Home, capsys: pytest.CaptureFixture[str], *given: str) -> tuple[int, Any]:
    code = main(["receptions", *given, "--json", "--home", str(home.data)])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("shift", "which"), [("next", 0), ("previous", 1), ("none", None)])
def test_the_third_fridays_of_2020_to_2035(
    home: Home, capsys: pytest.CaptureFixture[str], shift: str, which: int | None
) -> None:
    code, rows = said(home, capsys, "dates", "--from", "2020-01", "--to", "2035-12", "--shift", shift)
    assert (code, len(rows), rows[0]["month"], rows[-1]["month"]) == (0, 192, "2020-01", "2035-12")
    for row in rows:
        assert row["working"] == (row["third_friday"] not in OFF)
        moved = OFF.get(row["third_friday"])
        assert row["held_on"] == (moved[which] if moved and which is not None else row["third_friday"])
        assert row["reason"]
    assert next(row for row in rows if row["month"] == "2030-03")["why"] == "holiday"


def test_the_next_working_day_is_usual_and_a_wrong_span_is_refused(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    _, (row,) = said(home, capsys, "dates", "--from", "2025-03", "--to", "2025-03")
    assert row["held_on"] == "2025-03-26"
    code, error = said(home, capsys, "dates", "--from", "2025-03", "--to", "2025-02")
    assert (code, error["error"]["code"]) == (1, "meetings-span")


@pytest.mark.parametrize("span", [("0001-01", "9999-12"), ("1991-12", "2026-01"), ("2026-01", "2100-01")])
def test_no_year_is_asked_that_the_calendar_does_not_know(
    home: Home, capsys: pytest.CaptureFixture[str], span: tuple[str, str]
) -> None:
    code, error = said(home, capsys, "dates", "--from", span[0], "--to", span[1])
    assert (code, error["error"]["code"]) == (1, "calendar-year")
    assert said(home, capsys, "dates", "--from", "1992-01", "--to", "2099-12")[0] == 0


def test_without_a_village_the_usual_plan_is_shown_and_written(
    home: Home, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    span = ("--from", "2025-01", "--to", "2025-12")
    _, (series,) = said(home, capsys, "plan", *span)
    assert [one["held_on"] for one in series["dates"]][2] == "2025-03-26"
    file = tmp_path / "plan.ics"
    assert said(home, capsys, "ics", "--out", str(file), *span) == (0, {"file": str(file), "series": 1, "dates": 12})
    wanted = [date.fromisoformat(one["held_on"]) for one in series["dates"]]
    assert [days_of(read(file.read_bytes())) for read in READERS.values()] == [wanted] * 3


def test_in_a_village_the_file_tells_what_people_were_told(
    tmp_path: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    home, services = Home.find(tmp_path / "village"), find_services()
    with open_desk(home, clock=clock, words=Translator(()), services=services, create=True) as desk:
        person = add_first_administrator(desk.journal, name="Сәдуақасова Айгүл", pin="274093")
        actions.begin(desk.journal, USUAL, by=person)
        (one,) = plan_now(desk).series
        actions.publish(desk.journal, one.series, one.occurrences, by=person)
        decree(desk, "2026-12-18")
    _, (series,) = said(home, capsys, "plan", "--from", "2026-12", "--to", "2026-12")
    (december,) = series["dates"]
    assert (december["held_on"], december["told_day"], december["proposed"]) == ("2026-12-21", "2026-12-18", True)
    file = tmp_path / "plan.ics"
    said(home, capsys, "ics", "--out", str(file), "--from", "2026-12", "--to", "2026-12", "--language", "ru")
    assert days_of(READERS["ical"](file.read_bytes())) == [date(2026, 12, 18)]
    assert "Личный приём" in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")[0]["SUMMARY"]
    whole = tmp_path / "whole.ics"
    _, told = said(home, capsys, "ics", "--out", str(whole), "--from", "2026-11", "--to", "2030-12")
    _, (series,) = said(home, capsys, "plan", "--from", "2026-11", "--to", "2027-11")
    announced = [date.fromisoformat(each["told_day"]) for each in series["dates"]]
    assert told["dates"] == len(announced) == 13
    for read in READERS.values():
        assert days_of(read(whole.read_bytes())) == announced  # nothing beyond what was announced
    code, error = said(home, capsys, "ics", "--out", str(tmp_path / "no" / "plan.ics"))
    assert (code, "error" in error) == (1, True)
