"""Thirty lives of a document at ippeveprinter, calls lost on their way there or back, the desk's power cut between.

The thousand lives of `tests/printing/test_many_faults.py` are of a printer we wrote; this one was written by others.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.store import Store
from printing import actions
from printing.delivery import Delivery
from printing.devices.errors import NotReached, PrinterBusy, ReplyLost
from printing.devices.ipp import client
from printing.devices.ipp.transport import Address, Body, Patience, post
from printing.entries import KINDS
from printing.money.prices import PriceTable
from printing.records import LOCAL_TABLES, PROJECTIONS, PrintedJob
from printing.rules import Options
from printing.spool import Spool
from tests.system.printers import RealPrinter

LIVES = 30
MOST_STEPS = 400
FAULTS = ("not reached", "request lost", "answer lost", "busy", "desk dies before", "desk dies after")


class DeskDies(BaseException):
    """The power of the desk went; nothing catches that."""


def faulty(draw: random.Random) -> Callable[..., bytes]:
    """The line to the printer, with faults at some of its first calls."""
    plan = {draw.randrange(10): draw.choice(FAULTS) for _ in range(draw.choice((0, 1, 2, 3)))}
    calls = iter(range(10**6))

    def faulty_post(address: Address, body: Body, patience: Patience, *, pin: str = "") -> bytes:
        fault = plan.get(next(calls), "")
        if fault == "not reached":
            raise NotReached(address=address.text)
        if fault == "request lost":
            raise ReplyLost(address=address.text)
        if fault == "busy":
            raise PrinterBusy(detail="HTTP 503")
        if fault == "desk dies before":
            raise DeskDies
        answer = post(address, body, patience, pin=pin)
        if fault == "answer lost":
            raise ReplyLost(address=address.text)
        if fault == "desk dies after":
            raise DeskDies
        return answer

    return faulty_post


@pytest.mark.real
def test_no_document_comes_out_twice_and_none_is_charged_unprinted(
    home: Home, clock: FixedClock, office: RealPrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store.open(home, migrations=(*MIGRATIONS, *LOCAL_TABLES), create=True, clock=clock)
    journal = Journal.open(store, Registry(KINDS, PROJECTIONS), clock, machine="test")
    actions.set_prices(journal, PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70))
    printer = actions.add_printer(store, name="Кеңсе", uri=office.uri)
    spool = Spool(store, clock)
    ended: dict[str, str] = {}
    for seed in range(LIVES):
        job = actions.print_document(
            journal, spool, document=b"%PDF " + str(seed).encode(), pages=1, colour_pages=(), options=Options()
        )
        monkeypatch.setattr(client, "post", faulty(random.Random(seed)))
        for _ in range(MOST_STEPS):
            try:
                if Delivery(journal, spool, rasterise=lambda pdf: lambda size: ()).step(printer) is None:
                    break
            except DeskDies:
                spool.sweep(keep_since_ms=0)
        ended[f"%PDF {seed}"] = spool.get(job.job).state
    printed = Counter(kept.document.decode() for kept in office.printed)
    assert max(printed.values()) == 1
    assert {document for document, state in ended.items() if state == "done"} <= set(printed)
    assert set(ended.values()) <= {"done", "uncertain"}
    with store.read() as db:
        assert PrintedJob.select().count(db) == sum(state == "done" for state in ended.values())
    store.close()
