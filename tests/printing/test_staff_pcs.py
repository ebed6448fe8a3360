"""Two staff PCs beside the main one, over their real links: each sees at once what the others do, and one paper comes
out of what both release.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from akimat_desk.office.demo import PIN, ZONE
from akimat_desk.office.room import live_marks
from akimat_desk.people.staff import add_first_administrator
from akimat_desk.people.zone import open_zone
from akimat_desk.service import Desk
from akimat_desk.sync import state
from akimat_desk.sync.live import with_host
from akimat_desk.sync.watch import Watch
from printing import actions, records
from printing.delivery import Delivery
from printing.held import HeldOver
from printing.held_job import HeldJob
from printing.layout import Pages, quoted
from printing.money.prices import PriceTable
from printing.records import DayTotals
from printing.room import room_of
from printing.rules import Options
from tests.documents import files
from tests.office.rooms import LOOPBACK, joined, switched_on, wait

DOCUMENT = files.pdf(3)
PAGES = Pages(3)


@pytest.fixture
def room(desk: Desk, tmp_path: Path) -> Iterator[tuple[Desk, Desk, Desk]]:
    """The main PC with two printers that are folders, and two staff PCs; the links are up."""
    boss = add_first_administrator(desk.journal, name="Сәдуақасова Айгүл", pin=PIN)
    open_zone(desk.journal, ZONE, by=boss)
    main = replace(desk, signed_in=lambda: boss)
    actions.set_prices(main.journal, PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70))
    for name in ("Кеңсе", "Кітапхана"):
        (tmp_path / name).mkdir()
        actions.add_printer(main.store, name=name, uri=(tmp_path / name).as_uri().replace("file:", "folder:"))
    with ExitStack() as stack:
        others = [stack.enter_context(joined(main, tmp_path / f"pc{n}", "desk", n)) for n in (2, 3)]
        part = stack.enter_context(switched_on(main, "desk"))
        wait(lambda: part.port != 0)
        for other in others:
            with other.store.write() as db:
                state.type_address(db, f"{LOOPBACK}:{part.port}", 0)
            stack.enter_context(switched_on(other, "desk"))
        yield main, others[0], others[1]
    room_of(desk).drop_release_worker()


def held_at(main: Desk) -> HeldJob:
    here, options = room_of(main), Options()
    cost = quoted(PAGES, options, actions.prices_today(main.journal))
    return here.held.hold(DOCUMENT, device=main.journal.device, seat=1, pages=PAGES, options=options, quote=cost)


@contextmanager
def watched(desk: Desk) -> Iterator[list[frozenset[str]]]:
    """What an open window of this PC is told."""
    told: list[frozenset[str]] = []
    watch = Watch(desk.store, told.append, marks=with_host(live_marks(desk.services)))
    watch.start()
    try:
        yield told
    finally:
        watch.stop()


def test_what_happens_at_one_pc_shows_at_the_others_without_their_asking(room: tuple[Desk, Desk, Desk]) -> None:
    main, second, third = room
    there = room_of(second).holder()
    with watched(second) as at_second, watched(third) as at_third:

        def told_of(what: Callable[[], object]) -> None:
            at_second.clear()
            at_third.clear()
            what()
            wait(lambda: all(any("printing.queue" in topics for topics in told) for told in (at_second, at_third)))

        told_of(lambda: held_at(main))
        (job,) = there.find().jobs
        told_of(lambda: there.release(job.held, job.options, printer=1))
        told_of(lambda: there.move(job.held, 2))
        told_of(lambda: there.stop(job.held))
        assert room_of(third).holder().get(job.held).job.printer == 2  # type: ignore[union-attr]


def test_of_two_staff_pcs_that_release_at_once_one_is_told_and_one_paper_comes_out(
    room: tuple[Desk, Desk, Desk], tmp_path: Path
) -> None:
    main, *others = room
    for times in range(1, 6):
        job = held_at(main)
        start, came = threading.Barrier(2), []

        def release(pc: Desk, job: HeldJob = job, start: threading.Barrier = start, came: list[str] = came) -> None:
            there = room_of(pc).holder()
            there.get(job.held)  # the link of each stands before they begin
            start.wait()
            try:
                came.append(there.release(job.held, job.options, by=pc.journal.device).job.state)
            except HeldOver as why:
                came.append(why.code)

        threads = [threading.Thread(target=release, args=(pc,)) for pc in others]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(came) == ["held-over", "released"]
        print_all(main)
        assert len([file for folder in ("Кеңсе", "Кітапхана") for file in (tmp_path / folder).glob("*.pdf")]) == times
        with main.store.read() as db:
            assert records.totals(db, 0, 2**46) == DayTotals(times, 3 * times, 3 * times, 60 * times)


def print_all(main: Desk) -> None:
    here = room_of(main)
    delivery = Delivery(main.journal, here.spool, rasterise=lambda pdf: lambda size: ())
    with main.store.read() as db:
        printers = records.printers(db, "paper")
    while [printer for printer in printers if delivery.step(printer) is not None]:
        pass
