"""A host that answers one push and is killed at a chosen step of it.

    python -m tests.sync.faults.killed_child DATA KEYS PUSH STEP WHEN COUNT

See `tests.journal.crash_child`. It says "answered" once the answer is made.
"""

from __future__ import annotations

import sys
from pathlib import Path

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal
from akimat_desk.store import Store
from akimat_desk.sync import Exchange
from tests.journal.crash_child import kill_at
from tests.journal.village import REGISTRY


def main() -> None:
    data, keys, push, step, when, count = sys.argv[1:]
    store = Store.open(Home(Path(data), Path(keys)), migrations=MIGRATIONS)
    exchange = Exchange(
        Journal.open(store, REGISTRY, SystemClock(), machine="host"), admit=lambda _: True, keeps_personal=True
    )
    kill_at(step, when, int(count))
    exchange.answer(Path(push).read_bytes(), "room")
    sys.stdout.write("answered\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
