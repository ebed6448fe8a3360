"""`receptions protocol` and `receptions assignments`: the same as the pages say, and the papers as files."""

from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

import pytest

from akimat_desk.office.demo import PIN
from akimat_desk.office.terminal import NoPin
from akimat_desk.people.sign_in import WrongPin
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Call, Desk
from meetings.cases import commands
from meetings.cases.records import Case

from .test_papers import pages


def said(room: Desk, capsys: pytest.CaptureFixture[str], *arguments: str) -> object:
    """What the subcommand says with --json."""
    parser = argparse.ArgumentParser()
    commands.add(parser.add_subparsers())
    parser.add_argument("--json", action="store_true", default=True)
    given = parser.parse_args(list(arguments))
    assert given.act(Call(given, room.words, room.home, room)) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def pin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody types the PIN."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PIN}\n" * 5))


WORDS = ("Ерғалиева", "Тәуелсіздік", "Көпір", "Д. Әлібеков", "Қ. Нұрпейісов")


def test_nobody_is_named_and_no_word_is_told_without_a_pin(
    room: Desk, case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.dumps([said(room, capsys, name) for name in ("protocol", "assignments")], ensure_ascii=False)
    assert [word for word in WORDS if word in told] == []
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    for more in (["--names"], ["--out", str(tmp_path / "one.pdf")]):
        for name in ("protocol", "assignments"):
            with pytest.raises(NoPin):
                said(room, capsys, name, *more)
    monkeypatch.setattr("sys.stdin", io.StringIO("000000\n"))
    with pytest.raises(WrongPin):
        said(room, capsys, "protocol", "--names")
    assert not (tmp_path / "one.pdf").exists()


@pytest.mark.usefixtures("pin")
def test_what_waits_is_listed_and_filtered_and_the_agenda_is_a_file(
    room: Desk, case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = said(room, capsys, "assignments", "--who", "Д. Әлібеков", "--names", "--out", str(tmp_path / "agenda.pdf"))
    assert found == [
        {
            "number": "2026-1",
            "place": 2,
            "what": "Көпірді тексеріп, ақау актісін жасау",
            "who": "Д. Әлібеков",
            "state": "open",
            "given": "2026-11-20",
            "due": "2026-11-27",
            "late": 0,
            "weeks": 0,
            "moved": 0,
            "reopened": 0,
            "tell_by": None,
        }
    ]
    assert said(room, capsys, "assignments", "--overdue") == []
    (page,) = pages((tmp_path / "agenda.pdf").read_bytes())
    assert "Д. Әлібеков 27.11.2026" in page


@pytest.mark.usefixtures("pin")
def test_the_minutes_of_a_day_and_of_one_number(
    room: Desk, administrator: SignedIn, case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (one,) = said(room, capsys, "protocol", "--number", "2026-1", "--names", "--out", str(tmp_path / "one.pdf"))  # type: ignore[misc]
    assert (one["name"], len(one["assignments"])) == ("Ерғалиева Бағдат Оразқызы", 3)
    assert "№ 2026-1" in pages((tmp_path / "one.pdf").read_bytes())[0]
    assert said(room, capsys, "protocol", "--names", "--day", "2026-11-20") == [one]
    assert said(room, capsys, "protocol", "--names", "--day", "20.11.2026") == [one]
    assert said(room, capsys, "protocol", "--day", "2026-11-19") == []
