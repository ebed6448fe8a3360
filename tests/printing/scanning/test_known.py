"""This PC's scanners, and papers that other services want: scanned by staff, they wait in the in-tray."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pikepdf
import pytest

from akimat_desk.base.words import Sentence
from akimat_desk.papers.tray import InTray
from akimat_desk.service import Desk, Service
from printing import room as printing_room
from printing.scanning import actions, known
from printing.scanning.errors import FeederJam, NoScanner, ScannerKnown, ScannerOffline
from printing.scanning.known import Wanted
from printing.scanning.room import new_flow, throw_away

from .scripted_scanner import ScriptedScanner, stands  # type: ignore[import-not-found]


def wants(desk: Desk) -> Sequence[tuple[str, Sentence]]:
    """What a service of this test would like to have scanned (`Service.wanted_scans`)."""
    return [("42", Sentence("Protocol"))]


PAPER = Wanted("meetings", "42", Sentence("Protocol"))
MEETINGS = Service(name="meetings", title="Meetings", order=1, wanted_scans=f"{__name__}:wants")


def test_the_first_scanner_is_used_and_each_says_how_it_is(desk: Desk, scanner: ScriptedScanner) -> None:
    with pytest.raises(NoScanner):
        actions.the_scanner(desk.store)
    away = actions.add_scanner(desk.store, name="Away", uri="http://127.0.0.1:9/eSCL")
    added = known.add_typed(desk.store, throw_away(desk), "", scanner.uri)
    assert (added.name, actions.the_scanner(desk.store)) == ("Скан 100", away)
    with pytest.raises(ScannerKnown):
        known.add_typed(desk.store, throw_away(desk), "again", scanner.uri)
    actions.use_first(desk.store, added)
    first, second = known.states(desk.store, throw_away(desk))
    assert (first.scanner, first.trouble, first.able is not None) == (added, None, True)
    assert (second.scanner, type(second.trouble)) == (away, ScannerOffline)
    actions.remove_scanner(desk.store, added)
    assert actions.the_scanner(desk.store) == away


def test_services_say_what_they_want(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printing.scanning.known.load", lambda name: wants)
    assert known.wanted(replace(desk, services=(MEETINGS,))) == (PAPER,)
    assert known.wanted(replace(desk, services=())) == ()


def test_a_wanted_paper_waits_in_the_in_tray_and_nowhere_else(desk: Desk, scanner: ScriptedScanner) -> None:
    actions.add_scanner(desk.store, name="Scanner", uri=scanner.uri)
    tray = InTray(desk.store, desk.clock)
    flow = new_flow(desk)
    number = known.scan_wanted(desk, flow, PAPER)
    assert flow.pages == 0
    assert [(paper.number, paper.title) for paper in tray.papers("meetings")] == [(number, PAPER.title)]
    assert pages(tray, number) == 3  # all that lay in the feeder
    assert pages(tray, known.scan_wanted(desk, new_flow(desk), PAPER)) == 1  # nothing in it: the glass
    with desk.store.write() as db:
        tray.done(db, number)
    assert len(tray.papers("meetings")) == 1
    printing_room.room_of(desk).drop_worker()


def pages(tray: InTray, number: int) -> int:
    scan = tray.look(number)
    assert scan.media_type == "application/pdf"
    with pikepdf.open(io.BytesIO(scan.data)) as pdf:
        return len(pdf.pages)


def test_what_did_not_come_whole_is_not_laid_in(desk: Desk, scanner: ScriptedScanner) -> None:
    actions.add_scanner(desk.store, name="Scanner", uri=scanner.uri)
    scanner.next("document", lambda _: False, stands("ScannerAdfJam"))
    flow = new_flow(desk)
    with pytest.raises(FeederJam):
        known.scan_wanted(desk, flow, PAPER)
    assert (InTray(desk.store, desk.clock).papers("meetings"), flow.pages) == ((), 0)
    printing_room.room_of(desk).drop_worker()
