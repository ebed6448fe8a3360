"""From an open desk to each first screen: everything wired to what really happens, nothing blocking on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from akimat_desk.base.threads import screen_thread
from akimat_desk.papers.tray import OutTray
from akimat_desk.service import DemoVillage, Desk, FirstRunStep
from akimat_desk.ui.inspect import settle
from akimat_desk.ui.window import Window
from printing import actions, room
from printing.demo import village
from printing.ending import end
from printing.holding import HOLDING_SET, HoldingSet
from printing.screens import enter, enter_release
from tests.printing.receipt_sink import ReceiptSink

from .conftest import Person  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen


@pytest.fixture
def demo(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with the demo's folder printer, files and prices."""
    for name in ("files", "papers"):
        (tmp_path / name).mkdir()
    village(desk, DemoVillage(tmp_path / "files", tmp_path / "papers"))
    return desk


@pytest.fixture
def at_once(demo: Desk) -> Desk:
    """A room that lets nothing wait."""
    demo.journal.append(HOLDING_SET, HoldingSet(hold=False, minutes=120, keep_minutes=10))
    return demo


def test_a_resident_goes_from_the_file_to_the_queue(person: Person, demo: Desk, at_once: Desk, window: Window) -> None:
    here = room.room_of(demo)
    before = {job.job for job in here.spool.jobs(since_ms=0)}
    with screen_thread():  # whatever blocks, and is not run beside the screen, is an error now
        person.comes_to(enter.print_a_document(demo))
        person.presses("Өтініш.pdf")
        assert person.screen == "printing.settings"
        window.root.update()
        person.presses("continue")
        assert person.screen == "printing.progress"
        person.presses("stop")
        person.presses("danger")
    (job,) = [job for job in here.spool.jobs() if job.job not in before]
    assert (job.quote.pages, job.quote.total, job.stop_wanted) == (2, 40, True)
    assert list(demo.home.sessions.iterdir()) == []  # the worker and all it made of the file are gone
    room.wipe(demo)


def test_a_printed_document_is_paid_by_its_slip(person: Person, demo: Desk, at_once: Desk) -> None:
    here = room.room_of(demo)
    with screen_thread():
        person.comes_to(enter.print_a_document(demo))
        person.presses("Өтініш.pdf")
        person.presses("continue")
    (job,) = here.spool.jobs()[:1]
    end(demo.journal, here.spool, job, "printed", "done")
    with screen_thread():
        person.window.screen.on_show(person.window.stage)
        person.presses("slip")
    assert [paper.title.values for paper in OutTray(demo.store, demo.clock).papers()] == [{"code": job.code}]


def test_staff_see_the_day_and_settle_what_nobody_knows(person: Person, demo: Desk) -> None:
    spool = room.room_of(demo).spool
    job = actions.print_document(
        demo.journal, spool, document=b"%PDF", pages=1, colour_pages=[], options=actions.Options()
    )
    with demo.store.write() as db:
        spool.mark(db, job.job, "uncertain")
    with screen_thread():
        person.comes_to(enter_release.queue(demo))
        assert "To the till today: 190\u00a0₸" in person.sees()
        person.presses("printed")
        assert "To the till today: 210\u00a0₸" in person.sees()
    assert spool.get(job.job).state == "done"


def test_staff_add_a_receipt_printer_and_try_it(person: Person, demo: Desk) -> None:
    with ReceiptSink() as sink, screen_thread():
        person.comes_to(enter.the_printers(demo))
        person.types("receipt-address", sink.uri, enter=True)
        assert "Receipts and slips" in person.sees()
        person.presses("test-2")
    assert len(sink.kept) == 1


def test_the_first_set_up_keeps_what_was_typed(
    person: Person, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enter, "find_printers", lambda: ())
    done: list[bool] = []
    with screen_thread():
        person.comes_to(enter.first_printer(desk, FirstRunStep(1, ("Printer",), lambda: done.append(True))))
        person.types("address", tmp_path.as_uri().replace("file:", "folder:"), enter=True)
    settle(person.window)
    assert (done, actions.paper_printer(desk.store).name) == ([True], tmp_path.name)
    assert actions.prices_today(desk.journal).page_price("grey", "one") == 20
