"""1,050 lives of a document, each with faults drawn from its number: nothing comes out twice, and no coin is lost.

What may happen: `faulty_line.FAULTS` at any call to the printer, the desk's power going at any call, a want in the
middle of printing (paper, a jam …), a job given up by the printer, a stop asked for at any step. Afterwards the line
is whole, and the desk goes on until there is nothing left to do by itself. A number draws the same life each time.
"""

from __future__ import annotations

import contextlib
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.journal import Journal
from printing import actions
from printing.delivery import Delivery
from printing.devices.ipp import client
from printing.ending import settle_some
from printing.records import OPEN, PrintedJob, Printer
from printing.rules import Options
from printing.spool import JobOver, Spool, SpooledJob
from tests.printing.faulty_line import PAGES, DeskDies, FaultyLine
from tests.printing.scripted_printer import ScriptedPrinter

LIVES = 1_050
CHUNK = 150
PRICE = 20
MOST_STEPS = 60


@pytest.fixture
def home() -> Iterator[Home]:
    """In memory where the system has such a folder: a life writes to the disk some fifty times."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="ak-", dir=memory if memory.is_dir() else None) as folder:
        yield Home(Path(folder) / "desk", Path(folder) / "keys").ensure()


@pytest.fixture(scope="module")
def device() -> Iterator[ScriptedPrinter]:
    device = ScriptedPrinter()  # never started: nobody calls it over a network
    yield device
    device._server.server_close()


@pytest.fixture
def printer(journal: Journal, device: ScriptedPrinter) -> Printer:
    return actions.add_printer(journal.store, name="Кеңсе", uri=device.uri)


def charged(journal: Journal, job: str) -> list[tuple[str, int, int]]:
    """Every entry of the journal that tells how `job` ended: outcome, pages, tenge."""
    with journal.store.read() as db:
        rows = PrintedJob.select().where(PrintedJob.job == job).execute(db)
        return [(row.outcome, row.pages, row.tenge) for row in rows]


@pytest.mark.parametrize("first", range(0, LIVES, CHUNK))
def test_lives_of_documents(
    journal: Journal,
    spool: Spool,
    printer: Printer,
    device: ScriptedPrinter,
    monkeypatch: pytest.MonkeyPatch,
    first: int,
) -> None:
    met: Counter[str] = Counter()
    for seed in range(first, first + CHUNK):
        line = FaultyLine(seed, device)
        monkeypatch.setattr(client, "post", line.post)
        job = actions.print_document(journal, spool, document=b"%PDF", pages=PAGES, colour_pages=(), options=Options())
        lived = live(journal, spool, printer, job, random.Random(-seed))
        line.work_off()
        judge(journal, spool, lived, line, seed)
        met[lived.state] += 1
    assert set(met) == {"done", "failed", "stopped", "uncertain"}, met


def live(journal: Journal, spool: Spool, printer: Printer, job: SpooledJob, draw: random.Random) -> SpooledJob:
    """The desk works on it until nothing is left to do by itself, with power cuts and a stop in between."""
    delivery = Delivery(journal, spool, rasterise=lambda pdf: lambda size: ())
    stop_at = draw.randrange(8) if draw.random() < 0.2 else None
    for step in range(MOST_STEPS):
        if step == stop_at:
            with contextlib.suppress(JobOver):
                spool.ask_stop(job.job)
        try:
            left = delivery.step(printer)
        except DeskDies:  # the desk is started again
            spool.sweep(keep_since_ms=0)
            delivery = Delivery(journal, spool, rasterise=lambda pdf: lambda size: ())
            continue
        if left is None:
            return spool.get(job.job)
    raise AssertionError("it never comes to rest")


def judge(journal: Journal, spool: Spool, job: SpooledJob, line: FaultyLine, seed: int) -> None:
    """The laws, for a document that has come to rest."""
    out, told = line.came_out[job.job], charged(journal, job.job)
    life = f"life {seed}: {job.state}, {job.reason}, came out {out} times, {told}"
    assert out + bool(line.parts[job.job]) <= 1, life  # a part and then the whole would be pages twice
    if job.state == "uncertain":  # not charged until somebody has looked; then by what they saw
        assert told == [], life
        some = line.parts[job.job]
        settle_some(journal, spool, job, sheets=PAGES if out else some, staff="0" * 32)
        told = charged(journal, job.job)
        expected = ("printed", PAGES) if out else ("stopped", some) if some else ("not_printed", 0)
        assert told == [(*expected, expected[1] * PRICE)], life
    elif job.state == "done":
        assert (out, told) == (1, [("printed", PAGES, PAGES * PRICE)]), life
    elif job.state == "failed":
        assert told == [("not_printed", 0, 0)], life
        # What the printer itself gives up costs nothing, however far it came; what we gave up never left.
        assert out == 0 or not job.reason.startswith("printer-"), life
    else:
        assert job.state == "stopped", life
        ((outcome, pages, tenge),) = told
        assert (outcome, out, tenge) == ("stopped", 0, pages * PRICE), life
        assert pages <= max(1, line.parts[job.job]), life
    assert spool.get(job.job).state not in OPEN, life
    assert len(told) == 1, life
