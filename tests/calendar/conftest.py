"""Journals with the calendar's kinds, on one PC or on several that exchange."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.calendar import entries, records
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.journal.batch import batches_beyond
from akimat_desk.journal.tables import heads
from akimat_desk.store import Store

OpenPc = Callable[[str], Journal]


@pytest.fixture
def open_pc(tmp_path: Path, clock: FixedClock) -> Iterator[OpenPc]:
    """Opens the journal of a PC, by name; all are closed at the end."""
    with contextlib.ExitStack() as stack:

        def open_one(name: str) -> Journal:
            home = Home(tmp_path / name / "desk", tmp_path / name / "keys").ensure()
            store = Store.open(home, migrations=MIGRATIONS, create=True)
            stack.callback(store.close)
            return Journal.open(store, Registry(entries.KINDS, records.PROJECTIONS), clock, machine=name)

        yield open_one


@pytest.fixture
def journal(open_pc: OpenPc) -> Journal:
    """The journal of the first PC."""
    return open_pc("first")


def give(giver: Journal, taker: Journal) -> None:
    """`taker` gets what `giver` has."""
    with taker.store.read() as db:
        theirs = heads(db.connection())
    with giver.store.read() as db:
        batches = list(batches_beyond(db.connection(), giver.registry, theirs, "room"))
    taker.receive(batches, admit=lambda _: True, keeps_personal=True)
