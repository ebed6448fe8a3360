"""An open store with a table of notes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.store import Store
from tests.store.notes import NOTES


@pytest.fixture
def store(home: Home, clock: FixedClock) -> Iterator[Store]:
    opened = Store.open(home, migrations=[NOTES], create=True, clock=clock)
    yield opened
    opened.close()
