"""The pages of a vote in every language and size: before, while and after it is counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from akimat_desk.base.words import N_, Sentence
from akimat_desk.ui.operations import Operation, Progress
from akimat_desk.ui.screen import Screen
from akimat_desk.ui.window import Window
from budget_voting.demo import PROJECTS
from budget_voting.room import Found, read_vote
from budget_voting.screens.choose import ChoosePresenter, ChooseVoteScreen
from budget_voting.screens.vote import View, VotePresenter, VoteScreen
from tests.looks import is_translated, looks_right
from tests.printing.screens.test_looks import DATA

pytestmark = pytest.mark.screen

FILES = (Found("KINGSTON", Path("qarasu-2025.pb.gz"), 0), Found("", Path("aqzhar-2025.pb"), 1_795_158_000_000))
SHOWN = DATA | {"KINGSTON", "Ақжар ауылдық округі, халық қатысуымен бюджет, 2025"} | {
    *(file.file.name for file in FILES), *(f"{id_}. {name}" for id_, _, name, _, _ in PROJECTS), *"ABCDEF+½–",
}  # fmt: skip
"""What is no text of the program."""


def choosing(found: tuple[Found, ...], reading: str = "") -> Screen:
    """The list of files."""
    choose = ChoosePresenter(lambda _: found, lambda _: found, read_vote, lambda _: Screen(), reading=reading)
    choose.found = found
    return ChooseVoteScreen(choose)


@pytest.fixture(autouse=True)
def _own_words(window: Window) -> Iterator[None]:
    """The window is every test's: it speaks our languages again afterwards."""
    words = window.words
    yield
    window.speak(words)


@pytest.mark.parametrize("found", [FILES, ()], ids=["files", "none"])
def test_the_files(window: Window, found: tuple[Found, ...]) -> None:
    looks_right(window, choosing(found))


@pytest.mark.parametrize("view", get_args(View))
def test_a_counted_vote(window: Window, counted: VotePresenter, view: View) -> None:
    counted.view = view
    looks_right(window, VoteScreen(counted))


def test_before_and_while_it_is_counted(window: Window, presenter: VotePresenter) -> None:
    looks_right(window, VoteScreen(presenter))
    presenter.counting = Operation()
    presenter.progress = Progress(1, 3, Sentence(N_("Counting by rule {n} of {all}"), {"n": 2, "all": 3}))
    looks_right(window, VoteScreen(presenter), languages=["ru"])


def test_everything_is_translated(window: Window, counted: VotePresenter) -> None:
    is_translated(window, choosing(FILES), SHOWN)
    counted.view = "rules"
    is_translated(window, VoteScreen(counted), SHOWN)
