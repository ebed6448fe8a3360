"""The invented village's last vote, its presenter without a desk, and a window with hands."""

from __future__ import annotations

from pathlib import Path

import pytest

from budget_voting.demo import NAME, last_vote
from budget_voting.presets import PRESETS
from budget_voting.room import Vote, count_vote, read_vote
from budget_voting.screens.vote import VotePresenter
from tests.office.conftest import Seen, _the_window, administrator, office, seen, window

__all__ = ["Seen", "_the_window", "administrator", "office", "seen", "window"]


@pytest.fixture(scope="session")
def vote(tmp_path_factory: pytest.TempPathFactory) -> Vote:
    """The demo village's vote."""
    file: Path = tmp_path_factory.mktemp("votes") / NAME
    file.write_text(last_vote(), encoding="utf-8")
    return read_vote(file)


@pytest.fixture
def presenter(vote: Vote) -> VotePresenter:
    """Before the count; what is printed or saved is told in `done`."""
    return VotePresenter(vote, count_vote, lambda _: None, lambda _: "reports/aqzhar.pdf")


@pytest.fixture
def counted(presenter: VotePresenter) -> VotePresenter:
    """Counted by every rule there is to choose."""
    presenter.keys = tuple(each.key for each in PRESETS)
    presenter.take(count_vote(presenter.vote, presenter.rules()))
    return presenter
