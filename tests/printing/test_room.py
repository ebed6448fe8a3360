"""Printing in an open desk: the keeper delivers, residents leave nothing, staff see what waits for them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from akimat_desk.base.words import Sentence
from akimat_desk.journal.devices import admit, found
from akimat_desk.journal.keys import device_of
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised
from akimat_desk.papers.receipt import Number, Receipt
from akimat_desk.papers.tray import OutTray, Paper
from akimat_desk.service import Desk
from akimat_desk.shell.keeper import Keeper
from printing import actions, room
from printing.ending import end
from printing.money.prices import PriceTable
from printing.records import PrinterRow
from printing.room import StuckPaper, figures, print_slip, room_of, stuck_papers, today, waiting, wipe
from printing.rules import Options
from printing.spool import SpooledJob
from tests.documents.files import pdf

PATIENCE = 60.0
TICKET = Receipt((Number("17"),))
PRICES = PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70)


class Changes:
    """Waits for what the keeper tells."""

    def __init__(self) -> None:
        self._told = threading.Semaphore(0)

    def __call__(self, topics: frozenset[str]) -> None:
        self._told.release()

    def until(self, so: Callable[[], bool]) -> None:
        while not so():
            assert self._told.acquire(timeout=PATIENCE)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def village(desk: Desk) -> Desk:
    """A desk with prices."""
    actions.set_prices(desk.journal, PRICES)
    return desk


@pytest.fixture
def keeping(village: Desk, changes: Changes) -> Iterator[Desk]:
    with Keeper(village, changes) as keeper:
        assert keeper.keeps(PATIENCE)
        yield village


def folder_printer(desk: Desk, folder: Path) -> None:
    actions.add_printer(desk.store, name="Бума", uri=folder.as_uri().replace("file:", "folder:"))


def put(desk: Desk) -> SpooledJob:
    return actions.print_document(
        desk.journal, room_of(desk).spool, document=pdf(2), pages=2, colour_pages=[], options=Options()
    )


def test_the_keeper_prints_what_is_put_in_for_a_printer_added_meanwhile(
    keeping: Desk, changes: Changes, papers: Path
) -> None:
    folder_printer(keeping, papers)
    job = put(keeping)
    room_of(keeping).wake()
    changes.until(lambda: room_of(keeping).spool.get(job.job).state == "done")
    assert [file.stem for file in papers.glob("*.pdf")] == [job.job]


def test_of_two_desks_on_one_folder_one_delivers(keeping: Desk, changes: Changes, papers: Path) -> None:
    """The second waits to take over; whatever it puts into the queue, the first one prints, once."""
    with Keeper(keeping, changes) as second:
        folder_printer(keeping, papers)
        jobs = [put(keeping) for _ in range(3)]
        changes.until(lambda: all(room_of(keeping).spool.get(job.job).state == "done" for job in jobs))
        assert not second.keeps(0)
    assert sorted(file.stem for file in papers.glob("*.pdf")) == sorted(job.job for job in jobs)
    assert room.totals_today(keeping).jobs == 3


def test_a_paper_of_the_tray_goes_to_the_printer_too(keeping: Desk, changes: Changes, papers: Path) -> None:
    folder_printer(keeping, papers)
    tray = OutTray(keeping.store, keeping.clock)
    tray.put("meetings", Paper(Sentence("Ticket"), receipt=TICKET))
    changes.until(lambda: tray.papers() == ())
    assert len(list(papers.glob("*.pdf"))) == 1
    assert room.totals_today(keeping).jobs == 0


def test_what_waits_for_a_removed_printer_goes_to_the_next(keeping: Desk, changes: Changes, papers: Path) -> None:
    folder_printer(keeping, papers.parent / "not there")
    job = put(keeping)
    spool = room_of(keeping).spool
    changes.until(lambda: spool.get(job.job).reason == "printer-offline")
    folder_printer(keeping, papers)
    actions.remove_printer(keeping.store, actions.paper_printer(keeping.store))
    changes.until(lambda: spool.get(job.job).state == "done")
    assert len(list(papers.glob("*.pdf"))) == 1


def test_the_keeper_begins_by_sweeping_what_a_power_cut_left(village: Desk, changes: Changes) -> None:
    (village.home.spool / "draw-1.pdf").write_bytes(b"%PDF in the clear")
    with Keeper(village, changes) as keeper:
        assert keeper.keeps(PATIENCE)
        changes_seen = threading.Event()
        while (village.home.spool / "draw-1.pdf").exists():
            changes_seen.wait(0.01)


def test_there_is_one_room_for_a_desk(desk: Desk) -> None:
    assert room_of(desk) is room_of(desk)


def test_the_wipe_drops_what_waits_and_ends_the_worker(village: Desk, papers: Path) -> None:
    folder_printer(village, papers)
    job = put(village)
    worker = room_of(village).worker
    wipe(village)
    assert room_of(village).spool.get(job.job).stop_wanted
    assert list(village.home.spool.iterdir()) == []
    assert room_of(village).worker is not worker


def test_what_waits_for_a_decision_is_counted(village: Desk, papers: Path) -> None:
    folder_printer(village, papers)
    assert (waiting(village), len(figures(village))) == (0, 3)
    job = put(village)
    with village.store.write() as db:
        room_of(village).spool.mark(db, job.job, "uncertain")
    tray = OutTray(village.store, village.clock)
    tray.put("meetings", Paper(Sentence("Ticket"), receipt=TICKET))
    tray.unknown(tray.take("receipt").number, "printer-reply-lost")  # type: ignore[union-attr]
    assert waiting(village) == 2
    assert [(figure.label, figure.value, figure.state) for figure in figures(village)][-1] == (
        "Waiting for your decision",
        "2",
        "bad",
    )


def test_where_the_record_of_a_printed_document_is_safe(village: Desk, papers: Path) -> None:
    """In a room of two PCs, of which the other is the main one."""
    folder_printer(village, papers)
    job = put(village)
    end(village.journal, room_of(village).spool, job, "printed", "done")
    assert room.places(village, [job.job]) == {}
    public = bytes(32)
    with village.journal.commit() as commit:
        found(commit, "desk")
        admit(commit, device_of(public), public, "desk")
        commit.append(HOST_RAISED, HostRaised(device=device_of(public), term=1))
    assert room.places(village, [job.job]) == {job.job: "here"}


def test_stuck_papers_are_those_that_need_a_person_and_are_no_job(village: Desk, papers: Path) -> None:
    tray = OutTray(village.store, village.clock)
    for copies in (1, 2, 3):
        tray.put("meetings", Paper(Sentence("Ticket"), receipt=TICKET, copies=copies))
    first, second = tray.take("receipt"), tray.take("receipt")
    assert first is not None
    assert second is not None
    tray.not_printed(first.number, "printer-not-reached")
    tray.unknown(second.number, "printer-reply-lost")
    now = village.clock.now_ms()
    assert stuck_papers(village) == (
        StuckPaper(first.number, Sentence("Ticket"), False, 1, "printer-not-reached", now),
        StuckPaper(second.number, Sentence("Ticket"), True, 2, "printer-reply-lost", now),
    )


def test_the_slip_lies_in_the_tray_under_the_code_of_the_document(village: Desk, papers: Path) -> None:
    folder_printer(village, papers)
    job = put(village)
    print_slip(village, job)
    (paper,) = OutTray(village.store, village.clock).papers()
    assert (paper.kind, paper.title) == ("receipt", Sentence("Slip of document {code}", {"code": job.code}))


def test_the_home_tells_what_a_page_costs(desk: Desk) -> None:
    assert today(desk) == ()
    actions.set_prices(desk.journal, PRICES)
    assert [line.value for line in today(desk)] == ["20\u00a0₸"]


def test_nothing_of_a_document_is_in_the_journal(village: Desk, papers: Path) -> None:
    """Facts are codes and numbers; the whole journal is looked through, as bytes."""
    folder_printer(village, papers)
    job = put(village)
    end(village.journal, room_of(village).spool, job, "printed", "done")
    with village.store.read() as db:
        names = [row[0] for row in db.execute_sql("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
        tables = [name for name in names if name.startswith(("journal", "printing_job", "printing_price"))]
        everything = b"".join(
            value if isinstance(value, bytes) else str(value).encode()
            for table in tables
            for row in db.execute_sql(f"SELECT * FROM {table}").fetchall()  # noqa: S608
            for value in row
        )
    assert b"printing.job_ended" in everything
    assert [word for word in (b"%PDF", b".pdf", b"Page", b"folder:", "Бума".encode()) if word in everything] == []


def test_a_printer_whose_way_changed_is_reached_the_new_way(keeping: Desk, changes: Changes, papers: Path) -> None:
    folder_printer(keeping, papers.parent / "not there")
    job = put(keeping)
    spool = room_of(keeping).spool
    changes.until(lambda: spool.get(job.job).reason == "printer-offline")
    with keeping.store.write() as db:
        PrinterRow.update(uri=papers.as_uri().replace("file:", "folder:")).execute(db)
    changes.until(lambda: spool.get(job.job).state == "done")
