"""A room of PCs on one network, each switched on and off as it is in the village."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, devices
from akimat_desk.journal.devices import Use
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised
from akimat_desk.store import Store
from akimat_desk.sync import enrol, local, state
from akimat_desk.sync.exchange import Exchange
from akimat_desk.sync.presence import Presence
from akimat_desk.sync.room import Room, exchange_of
from tests.journal.village import COUNTED, REGISTRY, Counted, rows

LOOPBACK = "127.0.0.1"
ZONE = "0" * 32
PATIENCE = 30.0


class Pc:
    """One PC: its journal, and its part in the room while it is switched on."""

    def __init__(self, name: str, folder: Path, use: Use) -> None:
        self.name, self.use = name, use
        self.home = Home(folder / name / "desk", folder / name / "keys").ensure()
        self.store = Store.open(self.home, migrations=(*MIGRATIONS, *local.MIGRATIONS), create=True)
        self.journal = Journal.open(self.store, REGISTRY, SystemClock(), machine=name)
        self.room: Room | None = None

    @property
    def device(self) -> str:
        return self.journal.device

    def exchange(self) -> Exchange:
        return exchange_of(self.journal, self.use)

    def switch_on(self) -> Room:
        self.room = Room(
            self.journal,
            self.use,
            describe=lambda: Presence(version="1.0", free_mb=500),
            listen=LOOPBACK,
            port=0,
        )
        self.room.start()
        return self.room

    def switch_off(self) -> None:
        if self.room is not None:
            self.room.stop()
            self.room = None

    def raise_host(self, term: int) -> None:
        self.journal.append(HOST_RAISED, HostRaised(device=self.device, term=term))

    def visit(self, visits: int = 1) -> None:
        self.journal.append(COUNTED, Counted(day=date(2026, 11, 20), visits=visits))

    @property
    def visits(self) -> list[tuple[Any, ...]]:
        return rows(self.journal, "village_day", "visits")

    @property
    def address(self) -> str:
        assert self.room is not None
        wait(lambda: self.room is not None and self.room.port != 0)
        return f"{LOOPBACK}:{self.room.port}"

    def knows_address(self, address: str) -> None:
        with self.store.write() as db:
            state.type_address(db, address, 0)


def wait(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


OpenPc = Callable[..., Pc]


@pytest.fixture
def open_pc(tmp_path: Path) -> Iterator[OpenPc]:
    with contextlib.ExitStack() as stack:

        def open_one(name: str, use: Use = "desk") -> Pc:
            pc = Pc(name, tmp_path, use)
            stack.callback(pc.store.close)
            stack.callback(pc.switch_off)
            return pc

        yield open_one


@pytest.fixture
def host(open_pc: OpenPc) -> Pc:
    """The PC that has founded the room and is its host."""
    pc = open_pc("host")
    with pc.journal.commit() as commit:
        devices.found(commit, "desk")
        commit.append(HOST_RAISED, HostRaised(device=pc.device, term=1))
    return pc


def let_join(host: Pc, pc: Pc, seat: int = 0) -> None:
    """As two people at two screens do it."""
    code = enrol.give_code(host.journal, ZONE, pc.use, seat)
    joined = enrol.join(pc.journal, host.address, code)
    assert (joined.zone, joined.use, joined.seat, joined.host) == (ZONE, pc.use, seat, host.device)
    pc.knows_address(host.address)
