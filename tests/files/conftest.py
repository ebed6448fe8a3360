"""PCs with files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.files import MIGRATIONS, FileStore
from akimat_desk.store import Store

OpenFiles = Callable[[str], FileStore]


@pytest.fixture
def open_files(tmp_path: Path, clock: FixedClock) -> Iterator[OpenFiles]:
    """The files of a PC, by its name; opening it again is its next start."""
    with ExitStack() as stack:

        def open_one(name: str) -> FileStore:
            home = Home(tmp_path / name / "desk", tmp_path / name / "keys").ensure()
            store = Store.open(home, migrations=MIGRATIONS, create=True)
            stack.callback(store.close)
            return FileStore(store, clock, spare=0)

        yield open_one


@pytest.fixture
def files(open_files: OpenFiles) -> FileStore:
    """The files of one PC."""
    return open_files("pc")
