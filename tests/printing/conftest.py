"""A village's journal with printing's kinds and tables, a spool, and a printer that does as it is told."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.store import Store
from printing import actions
from printing.delivery import Delivery
from printing.devices.backend import (
    Capabilities,
    Document,
    JobState,
    JobTicket,
    PrinterJob,
    Submitted,
    Unknown,
)
from printing.entries import KINDS
from printing.held_job import HeldJob
from printing.layout import quoted
from printing.money.prices import PriceTable
from printing.records import LOCAL_TABLES, PROJECTIONS, Printer
from printing.release import Here
from printing.rules import Options
from printing.spool import Spool
from tests.printing.main_pc import Line
from tests.printing.releasing import DOCUMENT, PAGES, Room


@pytest.fixture
def journal(home: Home, clock: FixedClock) -> Iterator[Journal]:
    """A fresh journal with prices: grey 20 ₸, colour 80 ₸."""
    store = Store.open(home, migrations=(*MIGRATIONS, *LOCAL_TABLES), create=True, clock=clock)
    journal = Journal.open(store, Registry(KINDS, PROJECTIONS), clock, machine="test")
    actions.set_prices(journal, PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70))
    yield journal
    store.close()


@pytest.fixture
def spool(journal: Journal, clock: FixedClock) -> Spool:
    return Spool(journal.store, clock)


@dataclass
class ObedientPrinter:
    """A back end whose answers are laid out beforehand; each list is used up from the left, then it obeys."""

    submits: deque[Submitted | Unknown | Exception] = field(default_factory=deque)
    finds: deque[PrinterJob | Exception | None] = field(default_factory=deque)
    polls: deque[JobState | Exception] = field(default_factory=deque)
    received: list[tuple[JobTicket, bytes]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    over: set[str] = field(default_factory=set)
    """Handles whose job was cancelled; another job may get the same."""

    def probe(self) -> Capabilities:
        return Capabilities(name="obedient")

    def validate(self, ticket: JobTicket) -> None:
        """Takes everything."""

    def submit(
        self, job: JobTicket, document: Document, *, created: Callable[[str], None] | None = None
    ) -> Submitted | Unknown:
        answer = self.submits.popleft() if self.submits else Submitted("17")
        self.over.clear()
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Submitted) or answer.handle:
            assert created is not None
            created(answer.handle or "")
        assert isinstance(document.pdf, bytes)
        if isinstance(answer, Submitted) or answer.may_have_printed:
            self.received.append((job, document.pdf))
        return answer

    def find(self, job_uuid: str) -> PrinterJob | None:
        answer = self.finds.popleft()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def poll(self, handle: str) -> JobState:
        left = JobState("cancelled" if handle in self.over else "completed", impressions=0)
        answer = self.polls.popleft() if self.polls else left
        if isinstance(answer, Exception):
            raise answer
        return answer

    def cancel(self, handle: str) -> None:
        self.cancelled.append(handle)
        self.over.add(handle)


@pytest.fixture
def obedient() -> ObedientPrinter:
    return ObedientPrinter()


# -- a document that waits, for whoever releases it ----------------------------------------------------------------


@pytest.fixture
def room(journal: Journal, spool: Spool) -> Room:
    return Room(journal, spool)


@pytest.fixture
def here(journal: Journal, room: Room) -> Here:
    return Here(journal, room)  # type: ignore[arg-type]


@pytest.fixture
def resident(journal: Journal, room: Room) -> Here:
    return Here(journal, room, resident=True)  # type: ignore[arg-type]


@pytest.fixture
def printer(journal: Journal) -> Printer:
    return actions.add_printer(journal.store, name="Ақ-қара", uri="ipp://here/ipp/print")


@pytest.fixture
def delivery(journal: Journal, spool: Spool, obedient: ObedientPrinter) -> Delivery:
    return Delivery(journal, spool, rasterise=lambda pdf: lambda size: (), connect=lambda printer, stop: obedient)


@pytest.fixture
def job(journal: Journal, room: Room) -> HeldJob:
    options = Options()
    cost = quoted(PAGES, options, actions.prices_today(journal))
    return room.held.hold(DOCUMENT, device=journal.device, seat=3, pages=PAGES, options=options, quote=cost)


# -- a residents' PC and the main PC -----------------------------------------------------------------------------------


@pytest.fixture
def main(journal: Journal, spool: Spool) -> Room:
    """The main PC, with a printer."""
    actions.add_printer(journal.store, name="Кеңсе", uri="ipp://here/ipp/print")
    return Room(journal, spool)


@pytest.fixture
def line(journal: Journal, main: Room) -> Line:
    return Line(journal, main, "kiosk")


@pytest.fixture
def kiosk(tmp_path: Path, clock: FixedClock) -> Iterator[Journal]:
    home = Home(tmp_path / "kiosk" / "desk", tmp_path / "kiosk" / "keys").ensure()
    store = Store.open(home, migrations=(*MIGRATIONS, *LOCAL_TABLES), create=True, clock=clock)
    yield Journal.open(store, Registry(KINDS, PROJECTIONS), clock, machine="kiosk")
    store.close()
