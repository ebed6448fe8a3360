"""What the keeper tidies up for people and the trays."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.words import Sentence
from akimat_desk.files import FileStore, Ref
from akimat_desk.office.ticks import TICKS
from akimat_desk.papers.tray import OutTray, Paper
from akimat_desk.service import Desk, Service, load
from akimat_desk.store import Database


def test_each_hour_old_papers_are_forgotten(desk: Desk, clock: FixedClock) -> None:
    tray = OutTray(desk.store, clock)
    tray.cancel(tray.put("office", Paper(Sentence("Poster"), pdf=b"%PDF")))
    tray.put("office", Paper(Sentence("Poster"), pdf=b"%PDF"))
    clock.pass_seconds(8 * 86_400)
    for tick in TICKS:
        load(tick.run)(desk)
    with desk.store.read() as db:
        assert db.execute_sql("SELECT count(*) FROM papers_tray").fetchone() == (1,)


NAMED: list[Ref] = []


def named(_: Database) -> list[Ref]:
    return NAMED


def test_files_that_no_service_names_go_after_a_week(
    desk: Desk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{__name__}.NAMED", [])
    files = FileStore(desk.store, clock, spare=0)
    kept, gone = (files.put(BytesIO(data)) for data in (b"a course", b"a scan nobody wrote an entry of"))
    NAMED.append(kept)
    services = (*desk.services, Service(name="lessons", title="Lessons", order=1, files=f"{__name__}:named"))
    for days in (0, 8):
        clock.pass_seconds(days * 86_400)
        for tick in TICKS:
            load(tick.run)(replace(desk, services=services))
    assert (files.has(kept.hash), files.has(gone.hash)) == (True, False)
