"""A village with staff, prices, and documents that were printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.ids import uuid7
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.people import entries as people
from akimat_desk.people import local
from akimat_desk.people import records as people_records
from akimat_desk.people.staff import SignedIn, add_first_administrator, add_staff
from akimat_desk.store import Store
from printing import actions
from printing.entries import JOB_ENDED, KINDS, JobEnded
from printing.money.prices import PriceTable
from printing.records import LOCAL_TABLES, PROJECTIONS

PIN = "274093"
TABLE = PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70)

Print = Callable[..., str]


@pytest.fixture
def journal(home: Home, clock: FixedClock) -> Iterator[Journal]:
    """A journal that knows people and printing, with A4 prices."""
    store = Store.open(home, migrations=(*MIGRATIONS, *local.MIGRATIONS, *LOCAL_TABLES), create=True, clock=clock)
    registry = Registry((*people.KINDS, *KINDS), (*people_records.PROJECTIONS, *PROJECTIONS))
    journal = Journal.open(store, registry, clock, machine="test")
    actions.set_prices(journal, TABLE)
    yield journal
    store.close()


@pytest.fixture
def aigul(journal: Journal) -> SignedIn:
    return add_first_administrator(journal, name="Сәдуақасова Айгүл", pin=PIN)


@pytest.fixture
def marat(journal: Journal, aigul: SignedIn) -> SignedIn:
    member = add_staff(journal, by=aigul, name="Оспанов Марат", role="staff", pin="518306")
    return SignedIn(member.id, member.name, member.role)


@pytest.fixture
def printed(journal: Journal, clock: FixedClock) -> Print:
    """Say that a document was printed: `printed(pages, tenge)`; its id."""

    def end(pages: int, tenge: int, *, honest: bool = False, code: str | None = None) -> str:
        job = uuid7(clock.now_ms())
        journal.append(
            JOB_ENDED,
            JobEnded(
                job=job,
                ended_ms=clock.now_ms(),
                outcome="printed",
                pages=pages,
                sheets=pages,
                grey_pages=pages,
                colour_pages=0,
                copies=1,
                sides="one",
                colour="grey",
                tenge=tenge,
                code=code,
                honest=honest,
            ),
        )
        return job

    return end
