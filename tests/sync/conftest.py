"""A room of PCs that sync: journals of the test village, each with an exchange."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal
from akimat_desk.store import Store
from akimat_desk.sync import Exchange, local
from tests.journal.village import REGISTRY


class Pc:
    """One PC of the room."""

    def __init__(self, journal: Journal, *, keeps_personal: bool, piece: int) -> None:
        self.journal = journal
        self.exchange = Exchange(journal, admit=lambda _: True, keeps_personal=keeps_personal, piece=piece)


class OpenPc(Protocol):
    def __call__(self, name: str, *, keeps_personal: bool = True, piece: int = 2000) -> Pc: ...


@pytest.fixture
def open_pc(tmp_path: Path, clock: FixedClock) -> Iterator[OpenPc]:
    """Opens PCs by name; pieces are small, so that an exchange takes several messages."""
    with contextlib.ExitStack() as stack:

        def open_one(name: str, *, keeps_personal: bool = True, piece: int = 2000) -> Pc:
            home = Home(tmp_path / name / "desk", tmp_path / name / "keys").ensure()
            store = Store.open(home, migrations=(*MIGRATIONS, *local.MIGRATIONS), create=True)
            stack.callback(store.close)
            journal = Journal.open(store, REGISTRY, clock, machine=name)
            return Pc(journal, keeps_personal=keeps_personal, piece=piece)

        yield open_one


@pytest.fixture
def desk(open_pc: OpenPc) -> Pc:
    return open_pc("desk")


@pytest.fixture
def other(open_pc: OpenPc) -> Pc:
    return open_pc("other")


@pytest.fixture
def host(open_pc: OpenPc) -> Pc:
    return open_pc("host")


@pytest.fixture
def kiosk(open_pc: OpenPc) -> Pc:
    return open_pc("kiosk", keeps_personal=False)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder
