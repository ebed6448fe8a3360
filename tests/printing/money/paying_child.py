"""A cash desk that takes money until it is killed: `python -m tests.printing.money.paying_child DATA KEYS STAFF`.

Each payment it says to be taken is told on a line of its own; a resident is shown their change then.
"""

from __future__ import annotations

import sys
from pathlib import Path

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.ids import uuid7
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.people import entries as people
from akimat_desk.people import local
from akimat_desk.people import records as people_records
from akimat_desk.people.staff import SignedIn
from akimat_desk.store import Store
from printing.entries import KINDS
from printing.money import actions
from printing.records import LOCAL_TABLES, PROJECTIONS


def main(data: str, keys: str, staff: str) -> None:
    clock = SystemClock()
    tables = (*MIGRATIONS, *local.MIGRATIONS, *LOCAL_TABLES)
    store = Store.open(Home(Path(data), Path(keys)), migrations=tables, clock=clock)
    registry = Registry((*people.KINDS, *KINDS), (*people_records.PROJECTIONS, *PROJECTIONS))
    journal = Journal.open(store, registry, clock, machine="test")
    by = SignedIn(staff, "", "staff")
    while True:
        charge = uuid7(clock.now_ms())
        actions.take_payment(journal, charge=charge, given=100, by=by, expected=80)
        print(charge, flush=True)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
