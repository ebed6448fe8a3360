"""A small village of its own kinds, one for each way of merging, and desks that keep it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.base.clock import Clock, FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.store import Store

OpenJournal = Callable[..., Journal]


@pytest.fixture
def open_journal(home: Home, clock: FixedClock) -> Iterator[OpenJournal]:
    """Opens a journal in `home`, or in another; all are closed at the end."""
    with contextlib.ExitStack() as stack:

        def open_one(
            registry: Registry | None = None, *, at: Home | None = None, clock: Clock = clock, **options: Any
        ) -> Journal:
            store = Store.open(at or home, migrations=MIGRATIONS, create=True)
            stack.callback(store.close)
            return Journal.open(store, registry, clock, **{"machine": "this machine", **options})

        yield open_one


@pytest.fixture
def another_home(tmp_path: Path) -> Callable[[str], Home]:
    """Further PCs, by name."""
    return lambda name: Home(tmp_path / name / "desk", tmp_path / name / "keys").ensure()
