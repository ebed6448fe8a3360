"""A process that writes entries until it is killed at a chosen step. Says each entry it was told is written.

    python -m tests.journal.crash_child DATA KEYS STEP WHEN COUNT

STEP is a function of the program ("module:name" or "module:Class.name"); at its COUNT-th call the process kills itself,
WHEN it is about to run ("before") or has run ("after"). No shipped code knows of this.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal
from akimat_desk.store import Store
from tests.journal.village import COUNTED, REGISTRY, Counted


def kill_at(step: str, when: str, count: int) -> None:
    module_name, _, path = step.partition(":")
    *owners, name = path.split(".")
    owner: Any = import_module(module_name)
    for part in owners:
        owner = getattr(owner, part)
    original = getattr(owner, name)
    calls = 0

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == count and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **kwargs)
        if calls == count and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, wrapped)


def main() -> None:
    data, keys, step, when, count = sys.argv[1:]
    home = Home(Path(data), Path(keys))
    journal = Journal.open(Store.open(home, migrations=MIGRATIONS, create=True), REGISTRY, SystemClock(), machine="m")
    if step:
        kill_at(step, when, int(count))
    for _ in range(20):
        with journal.commit() as commit:
            commit.append(COUNTED, Counted(day=date(2026, 11, 20), visits=1))
            entry = commit.append(COUNTED, Counted(day=date(2026, 11, 20), visits=1))
        sys.stdout.write(f"{entry.seq}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
