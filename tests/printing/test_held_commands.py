"""`print queue`, `hold`, `release` and `cancel`, with --json, as a person calls them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.service import Call, Desk
from printing import actions, commands, records
from printing.begun import SheetsOutside
from printing.ending import end
from printing.held import CodeUnknown, HeldOver
from printing.held_commands import NotPrintable
from printing.held_moves import NotInDoubt
from printing.money.prices import PriceTable
from printing.printer_commands import PrinterUnnamed
from printing.records import HeldRow
from printing.room import room_of
from printing.rules import CopiesOutside, Options
from tests.documents import files

Run = Callable[..., Any]


@pytest.fixture
def run(desk: Desk, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs `print …` in a village with a printer and prices; the value of --json, or the lines without it."""
    actions.set_prices(desk.journal, PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70))
    actions.add_printer(desk.store, name="Кеңсе", uri=(tmp_path / "papers").as_uri().replace("file:", "folder:"))

    def run(*words: str, plain: bool = False) -> Any:
        parser = argparse.ArgumentParser()
        parser.add_argument("--json", action="store_true")
        commands.add(parser)
        arguments = parser.parse_args([*([] if plain else ["--json"]), *words])
        assert commands.run(Call(arguments, desk.words, desk.home, desk)) == 0
        out = capsys.readouterr().out
        return out if plain else json.loads(out)

    return run


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    file = tmp_path / "Құпия хат.pdf"
    file.write_bytes(files.pdf(4))
    return file


def test_a_file_waits_and_is_listed_without_its_name(run: Run, letter: Path, desk: Desk) -> None:
    held = run("hold", str(letter), "--copies", "2")
    assert {name: held[name] for name in ("state", "pages", "sheets", "copies", "tenge", "seat")} == {
        "state": "held", "pages": 8, "sheets": 8, "copies": 2, "tenge": 160, "seat": 0,
    }  # fmt: skip
    listed = run("queue")
    assert listed == {"waiting": 1, "total": 1, "jobs": [held], "at_once": []}
    assert run("queue", "--code", "no")["jobs"] == []
    told = run("queue", plain=True)
    assert held["code"] in told
    assert "хат" not in told
    assert list(desk.home.sessions.iterdir()) == []


def test_it_is_released_as_it_was_chosen_or_changed(run: Run, letter: Path, desk: Desk) -> None:
    first = run("hold", str(letter), "--pages", "1-2", "--sides", "long")
    second = run("hold", str(letter))
    assert run("release", first["code"])["tenge"] == 30
    changed = run("release", second["code"], "--layout", "booklet", "--printer", "Кеңсе")
    assert (changed["state"], changed["printing"], changed["pages"], changed["sheets"]) == ("released", "waiting", 2, 1)
    assert [job.quote.pages for job in room_of(desk).spool.jobs()] == [2, 2]
    room_of(desk).drop_release_worker()


def test_what_came_out_badly_is_printed_again_for_nothing(run: Run, letter: Path, desk: Desk) -> None:
    held = run("hold", str(letter))
    run("release", held["code"])
    (job,) = room_of(desk).spool.jobs()
    with pytest.raises(CodeUnknown):
        run("release", held["code"], "--again")
    end(desk.journal, room_of(desk).spool, job, "printed", "done")
    assert run("queue")["jobs"][0]["can_print_again"]
    run("release", held["code"], "--again", "--pages", "3")
    again, _ = room_of(desk).spool.jobs()
    assert (again.again, again.quote.pages, again.quote.total) == (True, 1, 0)
    room_of(desk).drop_release_worker()


def test_it_is_destroyed_by_its_code(run: Run, letter: Path, desk: Desk) -> None:
    held = run("hold", str(letter))
    assert run("cancel", held["code"])["state"] == "cancelled"
    assert list(desk.home.spool.iterdir()) == []
    for call in (("cancel", held["code"]), ("release", held["code"])):
        with pytest.raises((CodeUnknown, HeldOver)):
            run(*call)


def test_what_cannot_be_is_refused_and_changes_nothing(run: Run, letter: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    with pytest.raises(NotPrintable):
        run("hold", str(tmp_path / "broken.pdf"))
    held = run("hold", str(letter))
    with pytest.raises(PrinterUnnamed):
        run("release", held["code"], "--printer", "no such printer")
    for wrong in (0, -1, 100):
        with pytest.raises(CopiesOutside):
            run("release", held["code"], "--copies", str(wrong))
    assert run("queue")["waiting"] == 1


def test_what_was_printed_at_once_at_this_pc_is_listed_too(run: Run, desk: Desk) -> None:
    spool = room_of(desk).spool
    first, second = (
        actions.print_document(desk.journal, spool, document=b"%PDF", pages=2, colour_pages=(), options=Options())
        for _ in range(2)
    )
    end(desk.journal, spool, first, "printed", "done")
    listed = run("queue")
    assert (listed["waiting"], listed["total"], listed["jobs"]) == (0, 0, [])
    assert [(each["code"], each["printing"], each["pages"], each["tenge"]) for each in listed["at_once"]] == [
        (second.code, "waiting", 2, 40),
        (first.code, "done", 2, 40),
    ]
    assert [each["code"] for each in run("queue", "--code", first.code)["at_once"]] == [first.code]
    assert len(run("queue", "--most", "1")["at_once"]) == 1
    title, *lines, _ = run("queue", plain=True).splitlines()
    assert title == "Осы компьютерде бірден басылғандар:"
    assert [line.split()[0] for line in lines] == [second.code, first.code]


# -- on its way already -----------------------------------------------------------------------------------------------


def released(run: Run, letter: Path) -> str:
    """A released document, by its code."""
    code: str = run("hold", str(letter))["code"]
    run("release", code)
    return code


def test_what_no_printer_has_begun_with_goes_to_another(run: Run, letter: Path, desk: Desk, tmp_path: Path) -> None:
    code = released(run, letter)
    for wrong in ((), ("--printer", "nobody")):
        with pytest.raises(PrinterUnnamed):
            run("release", code, "--move", *wrong)
    other = actions.add_printer(desk.store, name="Зал", uri=(tmp_path / "zal").as_uri().replace("file:", "folder:"))
    moved = run("release", code, "--move", "--printer", "Зал")
    (job,) = room_of(desk).spool.jobs()
    assert (moved["state"], moved["printing"], job.printer) == ("released", "waiting", other.id)
    room_of(desk).drop_release_worker()


@pytest.mark.parametrize(("said", "state", "tenge"), [("--printed", "done", 80), ("--not-printed", "held", 0)])
def test_whoever_has_looked_into_the_tray_says_what_came_out(
    run: Run, letter: Path, desk: Desk, said: str, state: str, tenge: int
) -> None:
    code = released(run, letter)
    with pytest.raises(NotInDoubt):  # nobody is in doubt about it
        run("release", code, said)
    spool = room_of(desk).spool
    (job,) = spool.jobs()
    with desk.store.write() as db:
        spool.mark(db, job.job, "uncertain")
    assert run("release", code, said)["state"] == state
    with desk.store.read() as db:
        assert records.totals(db, 0, 2**46).tenge == tenge
    with pytest.raises(CodeUnknown):
        run("release", code, said)


def test_whoever_has_counted_the_sheets_says_how_many(run: Run, letter: Path, desk: Desk) -> None:
    code = released(run, letter)
    spool = room_of(desk).spool
    (job,) = spool.jobs()
    with desk.store.write() as db:
        spool.mark(db, job.job, "uncertain")
    with pytest.raises(SheetsOutside):
        run("release", code, "--sheets", "9")
    told = run("release", code, "--sheets", "1")
    assert (told["state"], told["sheets_out"], told["sheets"], told["tenge"]) == ("held", 1, 3, 60)
    with desk.store.read() as db:
        assert records.totals(db, 0, 2**46).tenge == 20
    assert run("release", code)["sheets_out"] == 1
    room_of(desk).drop_release_worker()


def test_what_is_printed_at_once_is_stopped_and_decided_by_its_code_too(run: Run, desk: Desk) -> None:
    spool = room_of(desk).spool
    job = actions.print_document(
        desk.journal, spool, document=b"%PDF", pages=2, colour_pages=(), options=Options()
    )  # fmt: skip
    assert run("cancel", job.code, "--stop")["printing"] == "waiting"
    assert spool.get(job.job).stop_wanted
    with desk.store.write() as db:
        spool.mark(db, job.job, "uncertain")
    told = run("release", job.code, "--printed")
    assert (told["printing"], told["tenge"]) == ("done", 40)


def test_a_released_document_is_stopped(run: Run, letter: Path, desk: Desk) -> None:
    code = released(run, letter)
    assert run("cancel", code, "--stop")["state"] == "released"
    assert room_of(desk).spool.jobs()[0].stop_wanted
    with pytest.raises(CodeUnknown):
        run("cancel", "0000000", "--stop")


def test_what_has_not_arrived_at_the_main_pc_waits_here_again(run: Run, letter: Path, desk: Desk) -> None:
    """A room of one PC is its own main PC."""
    held = run("hold", str(letter))
    with pytest.raises(CodeUnknown):
        run("release", held["code"], "--take-back")
    with desk.store.write() as db:
        HeldRow.update(state="handing").execute(db)
    assert run("release", held["code"], "--hand-over")["state"] == "handing"
    assert run("release", held["code"], "--take-back")["state"] == "held"
