"""Two PCs of a room over their real link: brought, released, expired; and afterwards no trace on either of them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.base.clock import FixedClock
from akimat_desk.documents.worker import Worker
from akimat_desk.office.demo import PIN, ZONE
from akimat_desk.people.session import Session
from akimat_desk.people.staff import add_first_administrator
from akimat_desk.people.zone import open_zone
from akimat_desk.service import Desk
from akimat_desk.sync import state
from akimat_desk.sync.errors import Unreachable
from printing import actions, room
from printing.delivery import Delivery
from printing.flow import PrintFlow
from printing.held import HeldOver
from printing.held_job import HeldJob
from printing.holding import HOLDING_SET, HoldingSet
from printing.money.prices import PriceTable
from printing.room import room_of
from printing.rules import Options
from printing.spool import DocumentGone
from tests.documents import files
from tests.office.rooms import LOOPBACK, joined, switched_on, wait

TITLE = "Kupiya-hattama-7731"
SECRET = "Zhasyryn soz 4409"


@dataclass
class Pcs:
    """A staff PC with a printer, which is the main one, and a residents' PC without."""

    main: Desk
    kiosk: Desk
    papers: Path
    stick: Path

    def hold(self, **chosen: object) -> HeldJob:
        """A resident prints the secret letter at the residents' PC, and leaves."""
        here = room_of(self.kiosk)
        session = Session.start(self.kiosk.home, self.kiosk.clock)
        with Worker(session.folder) as worker:
            flow = PrintFlow(self.kiosk.journal, here.spool, worker, session.folder, find_way=here.way, hold=here.hold)
            flow.open(self.stick / f"{TITLE}.pdf", f"{TITLE}.pdf")
            for name, value in chosen.items():
                setattr(flow, name, value)
            job = flow.print().job
        assert isinstance(job, HeldJob)
        assert session.wipe({"printing": lambda: room.wipe(self.kiosk)}).complete
        return job

    def print_all(self) -> None:
        """The main PC's printer works until nothing is left to do."""
        here = room_of(self.main)
        delivery = Delivery(self.main.journal, here.spool, rasterise=lambda pdf: lambda size: ())
        printer = actions.paper_printer(self.main.store)
        for _ in range(20):
            if delivery.step(printer) is None:
                return
        pytest.fail(f"does not come to rest: {[(job.state, job.reason) for job in here.spool.jobs()]}")

    def traces(self) -> list[str]:
        """Files of either PC, and of the temporary folder, in which the letter's words or its name can be read."""
        places = [desk.home.data for desk in (self.main, self.kiosk)]
        places += [desk.home.keys for desk in (self.main, self.kiosk)] + [Path(tempfile.gettempdir())]
        words = [word.encode(code) for word in (TITLE, SECRET) for code in ("utf-8", "utf-16-le", "utf-16-be")]
        ours = {self.stick.name, self.papers.name}
        return sorted({
            str(file)
            for place in places
            for file in place.rglob("*")
            if file.is_file()
            and not ours.intersection(file.parts)
            and (TITLE in file.name or any(word in file.read_bytes() for word in words))
        })  # fmt: skip


@pytest.fixture
def pcs(desk: Desk, tmp_path: Path) -> Iterator[Pcs]:
    stick, papers = tmp_path / "stick", tmp_path / "papers"
    stick.mkdir()
    papers.mkdir()

    def draw(canvas: Canvas, page: int) -> None:
        canvas.drawString(72, 700, SECRET)

    uncompressed = files.pdf(3, draw)
    assert SECRET.encode() not in uncompressed  # ReportLab packs the page; what pdfium writes is packed too
    (stick / f"{TITLE}.pdf").write_bytes(uncompressed + f"\n% {TITLE} {SECRET}\n".encode())
    boss = add_first_administrator(desk.journal, name="Сәдуақасова Айгүл", pin=PIN)
    open_zone(desk.journal, ZONE, by=boss)
    desk = replace(desk, signed_in=lambda: boss)
    actions.set_prices(desk.journal, PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70))
    actions.add_printer(desk.store, name="Кеңсе", uri=papers.as_uri().replace("file:", "folder:"))
    with joined(desk, tmp_path / "kiosk") as kiosk:
        yield Pcs(desk, kiosk, papers, stick)
    room_of(desk).drop_release_worker()


@contextmanager
def main_is_on(pcs: Pcs) -> Iterator[None]:
    with ExitStack() as stack:
        part = stack.enter_context(switched_on(pcs.main, "desk"))
        wait(lambda: part.port != 0)
        with pcs.kiosk.store.write() as db:
            state.type_address(db, f"{LOOPBACK}:{part.port}", 0)
        yield


def released(pcs: Pcs, job: HeldJob) -> None:
    room_of(pcs.main).here().release(job.held, Options(layout="two"))
    pcs.print_all()


def expired(pcs: Pcs, job: HeldJob) -> None:
    assert isinstance(pcs.main.clock, FixedClock)
    pcs.main.clock.pass_seconds(3 * 3600)


@pytest.mark.parametrize("what", [released, expired])
def test_afterwards_no_trace_is_left_on_either_pc(pcs: Pcs, what: Callable[[Pcs, HeldJob], None]) -> None:
    with main_is_on(pcs):
        job = pcs.hold()
        assert room_of(pcs.kiosk).follow(job.held).state == "held"
        assert room_of(pcs.main).held.document(job.held).startswith(b"%PDF")
        assert (list(pcs.kiosk.home.spool.iterdir()), pcs.traces()) == ([], [])
        what(pcs, job)
    assert isinstance(pcs.main.clock, FixedClock)
    pcs.main.clock.pass_seconds(11 * 60)  # in which a jam could still be mended
    for pc in (pcs.main, pcs.kiosk):
        room_of(pc).drop_release_worker()
        room_of(pc).held.pass_time()
        pc.store.empty_log()
        assert list(pc.home.spool.iterdir()) == []
        assert list(pc.home.sessions.iterdir()) == []
    assert pcs.traces() == []
    with pytest.raises((DocumentGone, HeldOver)):
        room_of(pcs.main).held.document(job.held)
    assert bool(list(pcs.papers.rglob("*.pdf"))) == (what is released)


def test_the_journal_tells_of_pages_and_money_and_nothing_else(pcs: Pcs) -> None:
    with main_is_on(pcs):
        released(pcs, pcs.hold())
    with pcs.main.store.read() as db:
        tables = [name for (name,) in db.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
        said = [repr(row) for name in tables for row in db.execute_sql(f"SELECT * FROM {name}").fetchall()]  # noqa: S608
    assert any("printing.job_ended" in row for row in said)
    assert not any(TITLE in row or SECRET in row for row in said)


def test_with_the_main_pc_away_it_waits_here_and_is_brought_when_it_is_back(pcs: Pcs) -> None:
    job = pcs.hold(copies=2)
    here, main = room_of(pcs.kiosk), room_of(pcs.main)
    assert (here.follow(job.held).state, main.held.find().total) == ("held", 0)
    with pytest.raises(Unreachable):
        here.holder().find()
    with main_is_on(pcs):
        assert here.handing.step()
        assert (main.held.by_code(job.code).options.copies, here.follow(job.held).waits) == (2, True)
        assert here.has(job.held) is False
    assert here.follow(job.held).state == "handed"  # as it was when it left


def test_a_residents_pc_with_a_printer_prints_here_while_the_main_pc_is_away(pcs: Pcs, tmp_path: Path) -> None:
    actions.add_printer(pcs.kiosk.store, name="Осы", uri=(tmp_path / "here").as_uri().replace("file:", "folder:"))
    job = pcs.hold()
    here = room_of(pcs.kiosk)
    assert here.here().release(job.held, job.options).job.state == "released"
    with main_is_on(pcs):
        assert not here.handing.step()
    assert room_of(pcs.main).held.find().total == 0


def test_a_resident_releases_at_their_own_pc_what_the_main_pc_prints(pcs: Pcs) -> None:
    pcs.main.journal.append(HOLDING_SET, HoldingSet(hold=True, minutes=120, keep_minutes=0, self_release="all"))
    with main_is_on(pcs):
        job = pcs.hold()
        there = room_of(pcs.kiosk).holder(resident=True)
        opened = there.open(job.code)
        assert there.picture(opened.held, 1, (100, 100), opened.options).startswith(b"\x89PNG")
        assert there.price(opened.held, opened.options).total == 60
        moved = there.release(opened.held, opened.options).job
        assert moved.job is not None
        assert moved.job.by is None
        pcs.print_all()
        assert room_of(pcs.kiosk).follow(job.held).state == "done"
    room_of(pcs.main).drop_release_worker()
    assert list(pcs.main.home.spool.iterdir()) == []
