"""A member of staff counts last year's vote: file, rules, count, why, paper."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from akimat_desk.base.locale import NBSP
from akimat_desk.papers.tray import OutTray
from akimat_desk.service import Desk
from budget_voting import room
from budget_voting.count.errors import NotPabulib
from budget_voting.demo import NAME, last_vote
from budget_voting.room import NoVoteThere, Vote
from budget_voting.screens.enter import count_a_vote
from budget_voting.screens.vote import VotePresenter, VoteScreen

from .conftest import Seen

pytestmark = pytest.mark.screen


@pytest.fixture
def here(office: Desk) -> Path:
    """The folder for votes on this PC, with one in it."""
    folder = office.home.data / room.FOLDER
    folder.mkdir()
    (folder / NAME).write_text(last_vote(), encoding="utf-8")
    return folder


def test_from_the_file_to_the_paper(office: Desk, here: Path, seen: Seen) -> None:
    seen.show(count_a_vote(office), "en")
    seen.press("file-0")
    assert "Ballots that are not valid: 1 (a project named twice)" in seen.texts
    assert "Line 184: a project named twice" in "\n".join(seen.texts)
    seen.press("rule-phragmen")
    seen.press("count")
    assert seen.rows("projects")[0] == "1. Мектеп ауласындағы спорт алаңы"
    said = [text.replace(NBSP, " ") for text in seen.texts]
    assert "Funded at step 1. Votes: 206." in said
    seen.choose("projects", 3)
    assert any("Its supporters had" in text for text in seen.texts)
    seen.press("view-money")
    assert any("9,300,000" in text for text in seen.texts)
    seen.press("view-voters")
    assert any(text.startswith("B: voters who get more") for text in seen.texts)
    seen.press("print")
    (paper,) = OutTray(office.store, office.clock).papers()
    assert paper.service == "budget_voting"
    seen.press("save")
    assert (office.home.data / room.REPORTS / "aqzhar-2025-rules.pdf").read_bytes().startswith(b"%PDF")


def test_a_file_that_is_not_valid_is_refused_with_its_line(office: Desk, here: Path, seen: Seen) -> None:
    (here / NAME).write_text(last_vote().replace("budget;9500000", "budget;much"), encoding="utf-8")
    seen.show(count_a_vote(office), "ru")
    seen.press("file-0")
    assert any("Строка 9, столбец 2: Это не сумма: «much»." in text for text in seen.texts)
    assert "file-0" in seen.page.controls


def test_a_place_that_is_written(office: Desk, here: Path, tmp_path: Path, seen: Seen) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    seen.show(count_a_vote(office), "en")
    seen.press("look-there")
    assert "Put in a USB stick, or write the folder." in seen.texts
    seen.type("typed", str(elsewhere))
    seen.press("look-there")
    assert any("There is no file of a vote in this folder." in text for text in seen.texts)
    shutil.copy(here / NAME, elsewhere / "other.pb")
    seen.press("look-there")
    assert "file-1" in seen.page.controls
    seen.type("typed", str(elsewhere / "other.pb"))
    seen.press("look-there")
    assert "count" in seen.page.controls


def test_without_a_rule_nothing_is_counted(presenter: VotePresenter, seen: Seen) -> None:
    presenter.keys = ()
    seen.show(VoteScreen(presenter), "en")
    seen.press("count")
    assert "Choose at least one rule." in seen.texts
    assert presenter.found is None


def test_rules_are_chosen_anew_and_words_follow_the_language(presenter: VotePresenter, seen: Seen) -> None:
    seen.show(VoteScreen(presenter), "en")
    seen.press("then-votes")
    seen.type("min-votes", "100")
    seen.press("count")
    seen.press("view-rules")
    seen.press("rule-shares")
    seen.press("count")
    assert presenter.found is not None
    assert [result.rules.min_votes for result in presenter.found.results] == [100, 100]
    assert [result.rules.then_votes for result in presenter.found.results] == [False, True]
    seen.choose("projects", 11)
    seen.window.switch_language("ru")
    assert any("никто не голосовал" in text for text in seen.texts)


# ---- without a screen


def test_votes_are_found_the_newest_first_and_nothing_else(office: Desk, here: Path) -> None:
    (here / "notes.txt").write_text("")
    (here / ".hidden.pb").write_text("")
    found = room.votes_here(office)
    assert [(one.place, one.file.name) for one in found] == [("", NAME)]
    with pytest.raises(NoVoteThere):
        room.named_files(office, str(here / "nowhere"))
    assert room.named_files(office, f" {here / NAME} ") == here / NAME


def test_a_count_tells_how_far_it_is_and_can_be_stopped(presenter: VotePresenter) -> None:
    told: list[tuple[int, int]] = []

    def report(done: int, total: int, _: object) -> None:
        told.append((done, total))
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        room.count_vote(presenter.vote, presenter.rules(), report)
    assert told == [(0, 3), (1, 3)]


def test_what_is_no_vote_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pb").write_text("hello")
    with pytest.raises(NotPabulib):
        room.read_vote(tmp_path / "a.pb")
    with pytest.raises(NotPabulib):
        room.read_vote(tmp_path / "nowhere.pb")


def test_the_demo_vote_is_the_same_each_time_and_rules_differ_on_it(vote: Vote) -> None:
    assert last_vote() == last_vote()
    presenter = VotePresenter(vote, room.count_vote, lambda _: None, lambda _: "")
    found = room.count_vote(vote, presenter.rules())
    assert len({frozenset(result.winners) for result in found.results}) == 3
    assert len(vote.election.ballots.faults) == 3
