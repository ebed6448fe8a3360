"""The two trays: a paper is never lost, never printed twice by itself, and gone once it is done with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Sentence
from akimat_desk.papers import tray
from akimat_desk.papers.receipt import Number, Receipt, Rule, Text
from akimat_desk.papers.tray import MIGRATIONS, InTray, OutTray, Paper, PaperGone, PaperTooLarge, put
from akimat_desk.store import Database, Store

TITLE = Sentence("Ticket {number}", {"number": "A-04"})
SHEET = Paper(Sentence("Protocol {number}", {"number": "11-04"}), pdf=b"%PDF of a protocol", copies=2)
TICKET = Paper(TITLE, receipt=Receipt((Text("Талон нөмірі"), Number("А-04"), Rule())))


@pytest.fixture
def store(home: Home) -> Iterator[Store]:
    opened = Store.open(home, migrations=MIGRATIONS, create=True)
    yield opened
    opened.close()


@pytest.fixture
def out(store: Store, clock: FixedClock) -> OutTray:
    return OutTray(store, clock)


class Undo(Exception):
    pass


def undone(store: Store, do: Callable[[Database], object]) -> None:
    """`do` in a transaction that is then undone."""

    def change() -> None:
        with store.write() as db:
            do(db)
            raise Undo

    with pytest.raises(Undo):
        change()


def states(out: OutTray) -> list[str]:
    return [paper.state for paper in out.papers()]


def content_of(store: Store, number: int) -> object:
    with store.read() as db:
        return db.execute_sql("SELECT content FROM papers_tray WHERE number = ?", (number,)).fetchone()[0]


def test_a_paper_comes_out_as_it_was_laid_in(out: OutTray) -> None:
    out.put("meetings", SHEET)
    out.put("meetings", TICKET)
    first, second = out.take("sheet", "receipt"), out.take("sheet", "receipt")
    assert first is not None
    assert second is not None
    assert (first.paper, second.paper) == (SHEET, TICKET)
    assert out.take("sheet", "receipt") is None


def test_each_printer_takes_what_it_can_print(out: OutTray) -> None:
    out.put("meetings", SHEET)
    number = out.put("meetings", TICKET)
    taken = out.take("receipt")
    assert taken is not None
    assert taken.number == number
    assert out.take("receipt") is None


def test_a_number_and_its_paper_stand_or_fall_together(store: Store, out: OutTray, clock: FixedClock) -> None:
    undone(store, lambda db: put(db, clock, "meetings", TICKET))
    assert out.papers() == ()


def test_the_list_says_what_waits(out: OutTray, clock: FixedClock) -> None:
    number = out.put("meetings", TICKET)
    (paper,) = out.papers()
    assert (paper.number, paper.service, paper.title, paper.kind, paper.state) == (
        number,
        "meetings",
        TITLE,
        "receipt",
        "waiting",
    )
    assert (paper.tries, paper.why, paper.put_ms) == (0, "", clock.now_ms())


def test_once_printed_its_content_is_gone(out: OutTray, store: Store) -> None:
    number = out.put("meetings", SHEET)
    out.take("sheet")
    out.printed(number)
    assert out.papers() == ()
    assert content_of(store, number) is None


def test_what_did_not_come_out_is_tried_again_after_a_pause_that_grows(out: OutTray, clock: FixedClock) -> None:
    number = out.put("meetings", SHEET)
    out.take("sheet")
    pauses = []
    for _ in range(5):
        out.not_printed(number, "printer-offline")
        waited = 0
        while out.take("sheet") is None:
            clock.pass_seconds(10)
            waited += 10
        pauses.append(waited)
    assert pauses == [10, 30, 60, 300, 300]
    assert out.papers()[0].why == "printer-offline"


@pytest.mark.parametrize("year", [2016, 2036])
def test_a_turned_clock_keeps_no_paper_back(out: OutTray, clock: FixedClock, year: int) -> None:
    number = out.put("meetings", SHEET)
    out.take("sheet")
    out.not_printed(number, "printer-offline")
    clock.turn_to(datetime(year, 1, 1, tzinfo=KAZAKHSTAN))
    assert out.take("sheet") is not None


def test_what_was_in_hand_when_the_desk_went_down_is_asked_about_and_not_printed_twice(out: OutTray) -> None:
    number = out.put("meetings", SHEET)
    out.put("meetings", TICKET)
    out.take("sheet")
    assert out.left_taken() == 1
    assert states(out) == ["asking", "waiting"]
    assert out.take("sheet") is None
    out.printed(number)
    assert states(out) == ["waiting"]


def test_staff_say_that_it_did_not_come_out(out: OutTray) -> None:
    number = out.put("meetings", SHEET)
    out.take("sheet")
    out.unknown(number, "printer-lost-reply")
    assert states(out) == ["asking"]
    out.at_once(number)
    taken = out.take("sheet")
    assert taken is not None
    assert taken.tries == 2


def test_cancelled_it_is_never_printed(out: OutTray, store: Store) -> None:
    number = out.put("meetings", SHEET)
    out.cancel(number)
    assert out.take("sheet") is None
    assert content_of(store, number) is None


@pytest.mark.parametrize("end", [OutTray.printed, OutTray.cancel, OutTray.at_once])
def test_what_is_done_with_is_not_done_with_again(out: OutTray, end: object) -> None:
    number = out.put("meetings", SHEET)
    out.cancel(number)
    with pytest.raises(PaperGone):
        end(out, number)  # type: ignore[operator]


def test_a_paper_in_hand_cannot_be_cancelled(out: OutTray) -> None:
    number = out.put("meetings", SHEET)
    out.take("sheet")
    with pytest.raises(PaperGone):
        out.cancel(number)


def test_old_lines_are_forgotten_and_open_ones_never(out: OutTray, clock: FixedClock) -> None:
    done, _open = out.put("meetings", SHEET), out.put("meetings", TICKET)
    out.take("sheet")
    out.printed(done)
    clock.pass_seconds(6 * 86_400)
    assert out.tidy() == 0
    clock.pass_seconds(2 * 86_400)
    assert out.tidy() == 1
    assert states(out) == ["waiting"]


def test_papers_survive_a_restart(home: Home, clock: FixedClock) -> None:
    first = Store.open(home, migrations=MIGRATIONS, create=True)
    OutTray(first, clock).put("meetings", TICKET)
    first.close()
    second = Store.open(home, migrations=MIGRATIONS)
    taken = OutTray(second, clock).take("receipt")
    second.close()
    assert taken is not None
    assert taken.paper == TICKET


def test_too_large_a_paper_is_refused(out: OutTray, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tray, "LARGEST", 3)
    with pytest.raises(PaperTooLarge):
        out.put("meetings", SHEET)
    assert out.papers() == ()


def test_a_scan_waits_for_its_service(store: Store, clock: FixedClock) -> None:
    tray = InTray(store, clock)
    number = tray.put("meetings", Sentence("Signed protocol"), "image/png", b"picture")
    assert [paper.number for paper in tray.papers("meetings")] == [number]
    assert tray.papers("printing") == ()
    scan = tray.look(number)
    assert (scan.title, scan.media_type, scan.data) == (Sentence("Signed protocol"), "image/png", b"picture")
    assert "picture" not in repr(scan)


def test_a_scan_leaves_the_tray_with_the_transaction_that_keeps_it(store: Store, clock: FixedClock) -> None:
    tray = InTray(store, clock)
    number = tray.put("meetings", Sentence("Signed protocol"), "application/pdf", b"%PDF")
    undone(store, lambda db: tray.done(db, number))
    assert len(tray.papers("meetings")) == 1
    with store.write() as db:
        tray.done(db, number)
    assert tray.papers("meetings") == ()
    with pytest.raises(PaperGone):
        tray.look(number)


def test_scans_are_never_taken_to_be_printed(store: Store, clock: FixedClock, out: OutTray) -> None:
    InTray(store, clock).put("meetings", Sentence("Signed protocol"), "application/pdf", b"%PDF")
    assert out.papers() == ()
    assert out.take("sheet", "receipt") is None
