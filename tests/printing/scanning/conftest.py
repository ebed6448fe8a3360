"""A scanner that does as it is told, and a flow that copies from it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from akimat_desk.documents.worker import Worker
from akimat_desk.journal import Journal
from printing import actions
from printing.money.prices import PriceTable, Rate
from printing.scanning.device import Scanner
from printing.scanning.escl.client import EsclScanner, Waits
from printing.scanning.flow import ScanFlow
from printing.spool import Spool

from .scripted_scanner import ScriptedScanner, paper  # type: ignore[import-not-found]

COPY_RATES = (
    Rate("copy", "A4", "grey", False, 30),
    Rate("copy", "A4", "colour", False, 100),
    Rate("scan", "A4", "grey", False, 10),
    Rate("scan", "A4", "colour", False, 10),
)
PRICES = PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70).with_rates(date(2026, 1, 1), COPY_RATES)


@pytest.fixture
def scanner() -> Iterator[ScriptedScanner]:
    with ScriptedScanner(feeder=[paper("one"), paper("two"), paper("three")]) as scanner:
        yield scanner


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """One process for a module's pictures; nothing of them stays in it."""
    with Worker(tmp_path_factory.mktemp("session")) as worker:
        yield worker


@pytest.fixture
def flow(journal: Journal, spool: Spool, worker: Worker, scanner: ScriptedScanner, tmp_path: Path) -> ScanFlow:
    """A resident's flow at a PC with a printer, prices of copying, and the scanner."""
    actions.set_prices(journal, PRICES)
    actions.add_printer(journal.store, name="Printer", uri=f"folder://{tmp_path}/printed")
    flow = ScanFlow(journal, spool, worker, reach(scanner))
    flow.open()
    return flow


def reach(scanner: ScriptedScanner) -> Callable[[threading.Event], Scanner]:
    """How the flow comes to the scanner."""
    return lambda stop: EsclScanner(scanner.uri, stop=stop, waits=Waits(busy=0.3, picture=2.0, pause=0.01))
