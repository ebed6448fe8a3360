"""A staff PC with the tables and kinds of people, and others that exchange with it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.journal.batch import batches_beyond
from akimat_desk.journal.tables import heads
from akimat_desk.people import entries, local, records
from akimat_desk.store import Store

OpenPc = Callable[[str], Journal]


@pytest.fixture
def open_pc(tmp_path: Path, clock: FixedClock) -> Iterator[OpenPc]:
    """Opens the journal of a PC, by name; the same name is the same PC. All are closed at the end."""
    with contextlib.ExitStack() as stack:

        def open_one(name: str) -> Journal:
            home = Home(tmp_path / name / "desk", tmp_path / name / "keys").ensure()
            store = Store.open(home, migrations=(*MIGRATIONS, *local.MIGRATIONS), create=True)
            stack.callback(store.close)
            return Journal.open(store, Registry(entries.KINDS, records.PROJECTIONS), clock, machine=name)

        yield open_one


@pytest.fixture
def journal(open_pc: OpenPc) -> Journal:
    """The journal of the first PC."""
    return open_pc("first")


@pytest.fixture
def store(journal: Journal) -> Store:
    """Its store."""
    return journal.store


Exchange = Callable[..., None]


@pytest.fixture
def exchange() -> Exchange:
    """Both PCs get what the other has. `second_keeps_personal`: false where the second is a kiosk."""

    def both_ways(first: Journal, second: Journal, *, second_keeps_personal: bool = True) -> None:
        _send(first, second, keeps_personal=second_keeps_personal)
        _send(second, first, keeps_personal=True)

    return both_ways


def _send(giver: Journal, taker: Journal, *, keeps_personal: bool) -> None:
    with taker.store.read() as db:
        theirs = heads(db.connection())
    with giver.store.read() as db:
        batches = list(batches_beyond(db.connection(), giver.registry, theirs, "room" if keeps_personal else "nobody"))
    taker.receive(batches, admit=lambda _: True, keeps_personal=keeps_personal)
