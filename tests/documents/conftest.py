"""One worker for all tests that do not break it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from akimat_desk.documents import Worker


@pytest.fixture(scope="session")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    """A worker with the limits as they come, and no LibreOffice."""
    with Worker(tmp_path_factory.mktemp("session"), converter="") as started:
        yield started


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """An empty session folder."""
    folder = tmp_path / "session"
    folder.mkdir()
    return folder
