"""Printing's lines of the doctor."""

from __future__ import annotations

from pathlib import Path

import pytest

from akimat_desk.service import Desk
from printing import actions, checks
from printing.records import SpoolRow
from tests.printing.scripted_printer import ScriptedPrinter


def test_before_the_first_set_up_no_printer_is_asked() -> None:
    assert checks.printer(None).state == "off"


def test_a_desk_without_a_printer_says_what_to_do(desk: Desk) -> None:
    found = checks.printer(desk)
    assert (found.state, found.todo) == ("off", "Add a printer on the page “Printers”.")


def test_a_printer_that_is_ready_works(desk: Desk) -> None:
    with ScriptedPrinter() as device:
        actions.add_printer(desk.store, name="Кеңсе", uri=device.uri)
        found = checks.printer(desk)
    assert (found.state, dict(found.values)) == ("works", {"name": "Кеңсе"})


def test_a_printer_out_of_paper_or_away_is_broken(desk: Desk) -> None:
    with ScriptedPrinter() as device:
        device.reasons = ("media-empty",)
        actions.add_printer(desk.store, name="Кеңсе", uri=device.uri)
        empty = checks.printer(desk)
    away = checks.printer(desk)
    assert (empty.state, empty.todo) == ("broken", "Put paper in the tray.")
    assert (away.state, dict(away.values)["address"]) == ("broken", device.uri)


def test_what_the_rooms_other_pcs_are_told_comes_from_the_spool(desk: Desk) -> None:
    """The printer itself is not asked: nobody answers at this one."""
    assert checks.machine(desk) == ""
    actions.add_printer(desk.store, name="Кеңсе", uri="ipp://127.0.0.1:1/ipp/print")
    assert checks.machine(desk) == "works"
    with desk.store.write() as db:
        job = {"job": "a" * 32, "code": "KX72", "printer": 1, "options": b"", "quote": b"", "created_ms": 0}
        SpoolRow.insert(**job, state="waiting", reason="media-empty", changed_ms=0).execute(db)
    assert checks.machine(desk) == "hindered"
    with desk.store.write() as db:
        SpoolRow.update(state="done").execute(db)
    assert checks.machine(desk) == "works"


def test_documents_are_opened_in_a_process_of_their_own() -> None:
    assert checks.documents(None).state == "works"


@pytest.mark.parametrize(("found", "state"), [(Path("/usr/bin/soffice"), "works"), (None, "off")])
def test_office_documents_want_libreoffice(monkeypatch: pytest.MonkeyPatch, found: Path | None, state: str) -> None:
    monkeypatch.setattr("akimat_desk.documents.converter.find_converter", lambda: found)
    assert checks.office(None).state == state
