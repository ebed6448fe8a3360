"""kill -9 at every step of holding and releasing: the document waits whole, or is queued once; never in the clear."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.journal import Journal
from printing import actions
from printing.clear import CLEAR
from printing.delivery import Delivery
from printing.held import Held
from printing.held_job import HeldJob
from printing.layout import quoted
from printing.records import Printer
from printing.rules import Options
from printing.spool import Spool
from tests.printing.releasing_child import DOCUMENT, PAGES
from tests.printing.scripted_printer import ScriptedPrinter
from tests.printing.test_power_cuts import ROOT, charged, papers

KILLED = -9


@pytest.fixture
def device() -> Iterator[ScriptedPrinter]:
    with ScriptedPrinter() as device:
        yield device


@pytest.fixture
def printer(journal: Journal, device: ScriptedPrinter) -> Printer:
    return actions.add_printer(journal.store, name="Кеңсе", uri=device.uri)


@pytest.fixture
def held(journal: Journal, spool: Spool) -> Held:
    return Held(journal.store, journal.clock, spool)


def dies(journal: Journal, what: str, point: str, name: str = "") -> None:
    home = journal.store.home
    call = [sys.executable, "-m", "tests.printing.releasing_child", str(home.data), str(home.keys), what, point, name]
    assert subprocess.run(call, cwd=ROOT, timeout=60).returncode == KILLED


def starts_again(journal: Journal, spool: Spool, held: Held) -> list[Path]:
    """As the keeper does; what then lies in the folder."""
    held.sweep(device=journal.device, keep_since_ms=0)
    spool.sweep(keep_since_ms=0)
    return sorted(journal.store.home.spool.iterdir())


@pytest.mark.parametrize("point", ["piece", "pieces"])
def test_the_power_goes_before_a_code_was_told(journal: Journal, spool: Spool, held: Held, point: str) -> None:
    dies(journal, "hold", point)
    assert (starts_again(journal, spool, held), held.find().total) == ([], 0)


@pytest.mark.parametrize(("point", "state"), [("clear", "held"), ("marked", "held"), ("spooled", "released")])
def test_the_power_goes_while_it_is_released(
    journal: Journal, spool: Spool, held: Held, printer: Printer, device: ScriptedPrinter, point: str, state: str
) -> None:
    cost = quoted(PAGES, Options(), actions.prices_today(journal))
    job: HeldJob = held.hold(DOCUMENT, device=journal.device, seat=1, pages=PAGES, options=Options(), quote=cost)
    dies(journal, "release", point, job.held)
    left = starts_again(journal, spool, held)
    assert not any(file.name.startswith(CLEAR) or DOCUMENT[:16] in file.read_bytes() for file in left)
    assert (held.get(job.held).state, len(spool.jobs())) == (state, int(state == "released"))
    assert held.document(job.held) == DOCUMENT
    if state == "held":
        spool.put(
            b"%PDF", printer=printer.id, options=Options(), quote=cost, held=job.held,
            first=lambda db, name: held.mark(db, job.held, "released", before=("held",), job=name),
        )  # fmt: skip
    delivery = Delivery(journal, spool, rasterise=lambda pdf: lambda size: ())
    for _ in range(20):
        if delivery.step(printer) is None:
            break
    assert (papers(device), held.get(job.held).state) == (1, "done")
    assert charged(journal) == (60 if state == "held" else 40)
