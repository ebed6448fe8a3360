"""kill -9 while a document is delivered, at every step; then the desk starts again: one paper, or somebody is asked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.journal import Journal
from printing import actions, records
from printing.delivery import Delivery
from printing.devices.ipp.words import Operation
from printing.records import Printer
from printing.rules import Options
from printing.spool import DocumentGone, Spool, SpooledJob
from tests.printing.misbehaviours import loses_reply
from tests.printing.scripted_printer import Behaviour, ScriptedPrinter, Visit

ROOT = Path(__file__).resolve().parent.parent.parent
DOCUMENT = b"%PDF to be printed once"
Desk = subprocess.Popen[bytes]


@pytest.fixture
def device() -> Iterator[ScriptedPrinter]:
    with ScriptedPrinter() as device:
        yield device


@pytest.fixture
def printer(journal: Journal, device: ScriptedPrinter) -> Printer:
    return actions.add_printer(journal.store, name="Кеңсе", uri=device.uri)


@pytest.fixture
def job(journal: Journal, spool: Spool, printer: Printer) -> SpooledJob:
    return actions.print_document(journal, spool, document=DOCUMENT, pages=3, colour_pages=[], options=Options())


@pytest.fixture
def start(home: Home) -> Iterator[Callable[[str], Desk]]:
    """Starts a desk of its own that delivers."""
    started: list[Desk] = []

    def start(point: str = "") -> Desk:
        call = [sys.executable, "-m", "tests.printing.delivering_child", str(home.data), str(home.keys), point]
        started.append(subprocess.Popen(call, cwd=ROOT))
        return started[-1]

    yield start
    for desk in started:
        desk.kill()
        desk.wait()


def kills(desk: list[Desk], *, having_done_it: bool) -> Behaviour:
    """The power goes at the desk while it waits for this answer."""

    def behave(visit: Visit) -> None:
        request = visit.request()
        if having_done_it:
            visit.printer.obey(request)
        desk[0].kill()
        desk[0].wait()
        visit.hang_up()

    return behave


def after_the_start(journal: Journal, spool: Spool, printer: Printer) -> None:
    """The desk is started again and goes on until nothing is left to do by itself."""
    spool.sweep(keep_since_ms=0)
    delivery = Delivery(journal, spool, rasterise=lambda pdf: lambda size: ())
    for _ in range(20):
        if delivery.step(printer) is None:
            return
    pytest.fail("the job does not come to rest")


def papers(device: ScriptedPrinter) -> int:
    return sum(job.document is not None for job in device.jobs.values())


def charged(journal: Journal) -> int:
    with journal.store.read() as db:
        return records.totals(db, 0, 2**46).tenge


@pytest.mark.parametrize("having_done_it", [False, True], ids=["before it was done", "after it was done"])
@pytest.mark.parametrize(
    "operation",
    [Operation.GET_PRINTER_ATTRIBUTES, Operation.CREATE_JOB, Operation.SEND_DOCUMENT, Operation.GET_JOB_ATTRIBUTES],
    ids=lambda operation: operation.name,
)
def test_the_power_goes_while_the_printer_is_asked(
    journal: Journal,
    spool: Spool,
    device: ScriptedPrinter,
    printer: Printer,
    job: SpooledJob,
    start: Callable[[str], Desk],
    operation: Operation,
    having_done_it: bool,
) -> None:
    desks: list[Desk] = []
    device.next(operation, kills(desks, having_done_it=having_done_it))
    desks.append(start(""))
    desks[0].wait()
    after_the_start(journal, spool, printer)
    assert (papers(device), spool.get(job.job).state, charged(journal)) == (1, "done", 60)
    with pytest.raises(DocumentGone):
        spool.document(job.job)


def test_the_power_goes_while_a_lost_reply_is_asked_about(
    journal: Journal,
    spool: Spool,
    device: ScriptedPrinter,
    printer: Printer,
    job: SpooledJob,
    start: Callable[[str], Desk],
) -> None:
    desks: list[Desk] = []
    device.next(Operation.SEND_DOCUMENT, loses_reply())
    device.next(Operation.GET_JOBS, kills(desks, having_done_it=False))
    desks.append(start(""))
    desks[0].wait()
    after_the_start(journal, spool, printer)
    assert (papers(device), spool.get(job.job).state, charged(journal)) == (1, "done", 60)


@pytest.mark.parametrize("point", ["end", "ended"])
def test_the_power_goes_while_the_end_is_written(
    journal: Journal,
    spool: Spool,
    device: ScriptedPrinter,
    printer: Printer,
    job: SpooledJob,
    start: Callable[[str], Desk],
    point: str,
) -> None:
    start(point).wait()
    assert spool.get(job.job).state == {"end": "printing", "ended": "done"}[point]
    after_the_start(journal, spool, printer)
    assert (papers(device), spool.get(job.job).state, charged(journal)) == (1, "done", 60)
    assert list(journal.store.home.spool.iterdir()) == []


def test_when_desk_and_printer_lose_power_together_staff_are_asked(
    journal: Journal,
    spool: Spool,
    device: ScriptedPrinter,
    printer: Printer,
    job: SpooledJob,
    start: Callable[[str], Desk],
) -> None:
    desks: list[Desk] = []
    device.next(Operation.SEND_DOCUMENT, kills(desks, having_done_it=True))
    desks.append(start(""))
    desks[0].wait()
    printed = papers(device)
    device.jobs.clear()
    after_the_start(journal, spool, printer)
    assert (printed, papers(device), spool.get(job.job).state, charged(journal)) == (1, 0, "uncertain", 0)
