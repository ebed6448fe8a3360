"""A desk that delivers until it is killed: `python -m tests.printing.delivering_child DATA KEYS [POINT]`.

POINT is where it kills itself as a power cut does: "end" before the end of a job is written, "ended" when it is written
and the document not yet destroyed.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.store import Store
from printing import records
from printing.delivery import Delivery
from printing.entries import KINDS
from printing.records import LOCAL_TABLES, PROJECTIONS
from printing.spool import Spool


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class MortalSpool(Spool):
    """Dies where it is told to."""

    point = ""

    def mark(self, db: Any, job: str, state: Any, **values: Any) -> None:
        super().mark(db, job, state, **values)
        if self.point == "end" and state == "done":
            die()

    def forget_document(self, job: str) -> None:
        if self.point == "ended":
            die()
        super().forget_document(job)


def main(data: str, keys: str, point: str = "") -> None:
    clock = SystemClock()
    store = Store.open(Home(Path(data), Path(keys)), migrations=(*MIGRATIONS, *LOCAL_TABLES), clock=clock)
    journal = Journal.open(store, Registry(KINDS, PROJECTIONS), clock, machine="test")
    spool = MortalSpool(store, clock)
    spool.point = point
    delivery = Delivery(journal, spool, rasterise=lambda pdf: lambda size: ())
    with store.read() as db:
        (printer,) = records.printers(db)
    while True:
        if delivery.step(printer) is None:
            time.sleep(0.01)


if __name__ == "__main__":
    main(*sys.argv[1:])
