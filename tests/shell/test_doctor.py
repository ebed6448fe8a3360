"""`akimat-desk doctor`: what it says of each part, and its exit code."""

from __future__ import annotations

import json
import re
import sys
import types
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.errors import Unavailable
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.service import Check, Desk, Finding, Service
from akimat_desk.shell.command_line import main
from akimat_desk.shell.doctor import BROKEN, Checked, examine, found_by, said
from akimat_desk.store.errors import NoDesk

from .conftest import found_village

WORKS = Finding("works", "The oven is warm.")


@pytest.fixture
def oven(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Desk | None], Finding]], tuple[Service, ...]]:
    """Services with one check that is the function given."""

    def make(check: Callable[[Desk | None], Finding]) -> tuple[Service, ...]:
        module = types.ModuleType("invented_oven")
        module.check = check  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "invented_oven", module)
        return (Service("bakery", "Bakery", 1, checks=(Check("Oven", "invented_oven:check"),)),)

    return make


def test_each_check_says_what_it_found(oven: Callable[..., tuple[Service, ...]]) -> None:
    assert list(examine(None, oven(lambda _: WORKS))) == [Checked("bakery", "Oven", WORKS)]


def test_a_check_that_breaks_is_itself_a_finding(
    oven: Callable[..., tuple[Service, ...]], caplog: pytest.LogCaptureFixture
) -> None:
    def refuses(_: Desk | None) -> Finding:
        raise Unavailable

    def breaks(_: Desk | None) -> Finding:
        raise RuntimeError("a name")

    (refused,) = examine(None, oven(refuses))
    assert refused.finding.state == "broken"
    assert said(refused.finding, Translator(()))[1] == "Call a member of staff."
    (broken,) = examine(None, oven(breaks))
    assert broken.finding == Finding("broken", "This part could not be looked at.")
    assert [record.getMessage() for record in caplog.records] == ["check Oven: RuntimeError"]


def test_no_desk_yet_is_not_broken() -> None:
    finding = found_by(NoDesk(folder="there"))
    assert finding.state == "off"
    assert said(finding, Translator((), "en"))[0] == "There is no desk in the folder there."


Said = tuple[int, dict[str, Any]]


def _doctor(home: Path, capsys: pytest.CaptureFixture[str]) -> Said:
    code = main(["--home", str(home), "doctor", "--json"])
    return code, json.loads(capsys.readouterr().out)


def _of_the_desk(said: dict[str, Any]) -> dict[str, str]:
    """What is said of the database: once, and first."""
    first, *others = said["parts"]
    assert (first["service"], first["name"]) == ("office", "Database")
    assert "Database" not in {part["name"] for part in others}
    return first  # type: ignore[no-any-return]


def _clock(said: dict[str, Any]) -> dict[str, str]:
    (part,) = [part for part in said["parts"] if part["name"] == "Clock"]
    return part  # type: ignore[no-any-return]


@pytest.fixture
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AKIMAT_DESK_LANGUAGE", "en")


@pytest.mark.usefixtures("_english")
class TestTheCommand:
    def test_without_a_desk(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        code, found = _doctor(tmp_path / "none", capsys)
        assert code == 0
        assert found["works"] is True
        assert _of_the_desk(found)["state"] == "off"
        assert {tuple(part) for part in found["parts"]} == {("service", "name", "state", "text", "todo")}
        assert not (tmp_path / "none").exists()

    def test_with_a_desk(self, village_data: Home, capsys: pytest.CaptureFixture[str]) -> None:
        code, found = _doctor(village_data.data, capsys)
        database = _of_the_desk(found)
        assert database["state"] == "works"
        assert re.fullmatch(r"Every page can be read: \d+ MB, encrypted. SQLite 3[.\d]+\.", database["text"])
        broken = [part for part in found["parts"] if part["state"] == "broken"]
        assert (code, found["works"]) == (BROKEN if broken else 0, not broken)

    def test_with_a_damaged_desk(self, village_data: Home, capsys: pytest.CaptureFixture[str]) -> None:
        data = bytearray(village_data.database.read_bytes())
        for place in range(0, len(data), 4096):
            data[place + 200 : place + 220] = bytes(20)
        village_data.database.write_bytes(bytes(data))
        code, found = _doctor(village_data.data, capsys)
        assert (code, found["works"], _of_the_desk(found)["state"]) == (BROKEN, False, "broken")
        assert _of_the_desk(found)["text"] == "The database on this PC is damaged. Nothing more is written to it."
        assert _of_the_desk(found)["todo"] != ""

    @pytest.mark.parametrize("year", [1970, 2099])
    def test_a_clock_that_cannot_be_right_is_told_and_nothing_else_is_broken(
        self, village_data: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, year: int
    ) -> None:
        """A dead battery gives 1970; 2099 is what a mistyped year gives."""
        wrong = FixedClock(datetime(year, 1, 1, 5, 0, tzinfo=KAZAKHSTAN))
        monkeypatch.setattr("akimat_desk.shell.doctor.SystemClock", lambda: wrong)
        code, found = _doctor(village_data.data, capsys)
        assert _clock(found) == {
            "service": "office",
            "name": "Clock",
            "state": "attention",
            "text": f"The clock of this PC says 01.01.{year} 05:00, which cannot be.",
            "todo": "Set the date and the time of this PC.",
        }
        broken = [part["name"] for part in found["parts"] if part["state"] == "broken"]
        assert (broken, code) == ([], 0)
        assert _of_the_desk(found)["state"] == "works"

    def test_in_lines_for_people(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["doctor", "--home", str(tmp_path / "none")]) == 0
        first = capsys.readouterr().out.splitlines()[0]
        assert first.startswith("Database: not set up. There is no desk in the folder ")
        assert first.endswith("Set up a desk there, or restore a backup.")


@pytest.fixture
def village_data(tmp_path: Path, clock: FixedClock) -> Home:
    """A village in the place where the command line finds it and its keys."""
    return found_village(Home.find(tmp_path / "there"), clock)
