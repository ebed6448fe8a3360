"""PCs as in `tests/sync`, by their part in the room, and PCs opened from folders that were copied."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.store import Store
from akimat_desk.sync import local
from tests.journal.village import REGISTRY
from tests.sync.conftest import Pc


class Folders:
    """PCs by name: switched off, copied, put back, switched on again, on this machine or another."""

    def __init__(self, root: Path, clock: FixedClock, stack: contextlib.ExitStack) -> None:
        self._root = root
        self._clock = clock
        self._stack = stack

    def home(self, name: str) -> Home:
        return Home(self._root / name / "desk", self._root / name / "keys")

    def on(self, name: str, *, machine: str = "", registry: Registry = REGISTRY, keeps_personal: bool = True) -> Pc:
        store = Store.open(self.home(name), migrations=(*MIGRATIONS, *local.MIGRATIONS), create=True)
        self._stack.callback(store.close)
        journal = Journal.open(store, registry, self._clock, machine=machine or name)
        return Pc(journal, keeps_personal=keeps_personal, piece=2000)

    def copy(self, name: str, to: str) -> None:
        """Data and keys of a PC that is off, in place of what lies there."""
        shutil.rmtree(self._root / to, ignore_errors=True)
        shutil.copytree(self._root / name, self._root / to)

    def copy_data(self, name: str, to: str) -> None:
        """Data alone: the key folder stays what it is."""
        shutil.rmtree(self.home(to).data, ignore_errors=True)
        shutil.copytree(self.home(name).data, self.home(to).data)


@pytest.fixture
def folders(tmp_path: Path, clock: FixedClock) -> Iterator[Folders]:
    with contextlib.ExitStack() as stack:
        yield Folders(tmp_path, clock, stack)
