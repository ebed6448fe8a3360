"""What the keeper tidies up for people and the trays."""

from __future__ import annotations

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.words import Sentence
from akimat_desk.office.ticks import TICKS
from akimat_desk.papers.tray import OutTray, Paper
from akimat_desk.service import Desk, load


def test_each_hour_old_papers_are_forgotten(desk: Desk, clock: FixedClock) -> None:
    tray = OutTray(desk.store, clock)
    tray.cancel(tray.put("office", Paper(Sentence("Poster"), pdf=b"%PDF")))
    tray.put("office", Paper(Sentence("Poster"), pdf=b"%PDF"))
    clock.pass_seconds(8 * 86_400)
    for tick in TICKS:
        load(tick.run)(desk)
    with desk.store.read() as db:
        assert db.execute_sql("SELECT count(*) FROM papers_tray").fetchone() == (1,)
