"""What a printer has been through: jobs, faults, and its own count beside ours."""

from __future__ import annotations

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal import Journal
from printing import actions, past
from printing.delivery import Delivery
from printing.devices.backend import JobState
from printing.past import KEPT, Compared, Past
from printing.records import Printer
from printing.rules import Options
from printing.spool import Spool, SpooledJob

from .conftest import ObedientPrinter  # type: ignore[import-not-found]


@pytest.fixture
def printer(journal: Journal) -> Printer:
    return actions.add_printer(journal.store, name="Кеңсе", uri="ipp://192.168.1.50/ipp/print")


@pytest.fixture
def delivery(journal: Journal, spool: Spool, obedient: ObedientPrinter) -> Delivery:
    return Delivery(journal, spool, rasterise=lambda pdf: lambda size: (), connect=lambda *_: obedient)


def put(journal: Journal, spool: Spool, pages: int = 3) -> SpooledJob:
    return actions.print_document(journal, spool, document=b"%PDF", pages=pages, colour_pages=(), options=Options())


def deliver(delivery: Delivery, printer: Printer) -> None:
    while delivery.step(printer) is not None:
        pass


def lines(journal: Journal, printer: Printer) -> list[tuple[str, str, int | None, int | None]]:
    with journal.store.read() as db:
        return [(line.what, line.code, line.pages, line.count) for line in past.past_of(db, printer.id)]


def test_a_job_is_a_line_with_both_counts(
    journal: Journal, spool: Spool, printer: Printer, delivery: Delivery, obedient: ObedientPrinter
) -> None:
    obedient.polls.extend([JobState("completed", impressions=4), JobState("completed", impressions=0)])
    for _ in range(2):
        put(journal, spool)
    deliver(delivery, printer)
    assert lines(journal, printer) == [("job", "done", 3, 0), ("job", "done", 3, 4)]
    with journal.store.read() as db:
        # A printer that counts nothing is not compared.
        assert past.compared(db, printer.id) == Compared(jobs=1, ours=3, theirs=4)
        assert past.compared(db, printer.id).difference == 1


def test_a_fault_in_the_middle_of_a_job_is_a_line_once(
    journal: Journal, spool: Spool, printer: Printer, delivery: Delivery, obedient: ObedientPrinter
) -> None:
    empty = JobState("processing", ("media-empty",), 1)
    obedient.polls.extend([empty, empty, JobState("processing", (), 1), empty, JobState("completed", impressions=3)])
    put(journal, spool)
    deliver(delivery, printer)
    assert lines(journal, printer) == [("job", "done", 3, 3), ("fault", "printer-paper-out", None, None)]


def test_what_the_printer_never_tells_is_sent_and_charged_by_our_count(
    journal: Journal, spool: Spool, printer: Printer, delivery: Delivery, obedient: ObedientPrinter
) -> None:
    obedient.polls.append(JobState("sent"))
    job = put(journal, spool)
    deliver(delivery, printer)
    assert (spool.get(job.job).state, spool.get(job.job).reason) == ("done", "sent")
    assert lines(journal, printer) == [("job", "done", 3, None)]


def test_what_left_the_queue_in_the_middle_of_a_trouble_is_for_staff_to_say(
    journal: Journal, spool: Spool, printer: Printer, delivery: Delivery, obedient: ObedientPrinter
) -> None:
    obedient.polls.extend([JobState("processing", ("offline",)), JobState("sent")])
    job = put(journal, spool)
    for _ in range(3):
        delivery.step(printer)
    assert spool.get(job.job).state == "uncertain"


def test_the_counter_is_one_line_a_day(journal: Journal, printer: Printer) -> None:
    day = past.DAY_MS
    with journal.store.write() as db:
        told = [past.note_counter(db, printer.id, at, count) for at, count in ((0, 10), (5, 10), (9, 12), (day, 30))]
        assert past.compared(db, printer.id).counter == 30
    assert told == [True, False, True, True]
    assert lines(journal, printer) == []  # it is no event


def test_only_the_last_lines_are_kept(journal: Journal, printer: Printer, clock: FixedClock) -> None:
    with journal.store.write() as db:
        for number in range(KEPT + 5):
            past.note_job(db, printer.id, clock.now_ms(), job="", code="done", pages=number)
        kept = past.past_of(db, printer.id, most=2 * KEPT)
        assert (len(kept), kept[0].pages, kept[-1].pages) == (KEPT, KEPT + 4, 5)
        past.forget(db, printer.id)
        assert past.past_of(db, printer.id) == ()


def test_a_difference_is_told_only_where_the_printer_counts() -> None:
    assert [Past(0, "job", "done", 3, count).difference for count in (None, 0, 3, 5)] == [None, None, 0, 2]
