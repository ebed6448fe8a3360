"""Backup: a copy on a stick or in a folder, a new recovery key on paper, the check, the export."""

from __future__ import annotations

from pathlib import Path

import pytest

from akimat_desk.base.sticks import Stick
from akimat_desk.office.backups import back_up_if_due, last_copy
from akimat_desk.office.long_work import STOPPED, Outcome
from akimat_desk.office.screens.backup import BackupScreen
from akimat_desk.office.screens.enter import the_backups
from akimat_desk.office.screens.new_key import NewKeyScreen
from akimat_desk.papers.tray import OutTray
from akimat_desk.service import Desk
from akimat_desk.store.backup import read_header
from akimat_desk.store.copies import Progress
from akimat_desk.store.recovery import RecoveryKey, keep_seal, kept_seal

from .conftest import Seen

pytestmark = pytest.mark.screen

KEY = RecoveryKey("0123456789ABCDEFGHJKMNPQRSTV")


@pytest.fixture
def sealed(office: Desk) -> Desk:
    keep_seal(office.home, KEY.seal)
    return office


def page(desk: Desk, *sticks: Path) -> BackupScreen:
    """The page of a PC with these sticks in it."""
    screen = the_backups(desk)
    assert isinstance(screen, BackupScreen)
    screen.backup.sticks = lambda: tuple(Stick(path.name, path) for path in sticks)
    return screen


class TestCopies:
    def test_without_a_key_the_key_comes_first(self, office: Desk, seen: Seen) -> None:
        seen.show(page(office))
        assert "save-copy" not in seen.page.controls
        assert "new-key" in seen.page.controls
        assert seen.wrong() == {}

    def test_one_press_saves_a_copy_on_the_stick_that_is_in(self, sealed: Desk, seen: Seen, tmp_path: Path) -> None:
        seen.show(page(sealed, tmp_path), "en")
        assert "No copy was saved yet. It helps when this PC breaks." in seen.texts
        seen.press("save-copy")
        file = tmp_path / "akimat-desk-2026-11-20-1000.backup"
        assert read_header(file).sheet == KEY.seal.sheet
        assert any(file.name in text for text in seen.texts)
        assert f"The last copy was saved on Friday 20 November. Sheet {KEY.seal.sheet} opens it." in seen.texts

    def test_of_several_sticks_the_chosen_one_is_used(self, sealed: Desk, seen: Seen, tmp_path: Path) -> None:
        first, second = tmp_path / "first", tmp_path / "second"
        for stick in (first, second):
            stick.mkdir()
        seen.show(page(sealed, first, second))
        seen.press("stick-1")
        seen.press("save-copy")
        assert (len(list(first.iterdir())), len(list(second.iterdir()))) == (0, 1)

    def test_a_folder_can_be_typed(self, sealed: Desk, seen: Seen, tmp_path: Path) -> None:
        seen.show(page(sealed, tmp_path / "stick"))
        seen.press("folder")
        assert seen.page.focused() == "typed"
        seen.type("typed", str(tmp_path))
        seen.enter("typed")
        assert len(list(tmp_path.glob("*.backup"))) == 1

    def test_pressing_without_a_place_explains(self, sealed: Desk, seen: Seen) -> None:
        seen.show(page(sealed))
        seen.press("save-copy")
        assert seen.field("typed").error
        assert seen.page.focused() == "typed"

    def test_a_stick_that_was_pulled_out_is_told_and_nothing_is_noted(
        self, sealed: Desk, seen: Seen, tmp_path: Path
    ) -> None:
        seen.show(page(sealed, tmp_path / "gone"), "en")
        seen.press("save-copy")
        assert any(text.startswith("There is no file or folder") for text in seen.texts)
        assert seen.page.focused() == "banner"
        assert last_copy(sealed.store) is None

    def test_a_stick_that_is_put_in_appears_by_itself(self, sealed: Desk, seen: Seen, tmp_path: Path) -> None:
        screen = page(sealed)
        seen.show(screen)
        assert "stick-0" not in seen.page.controls
        screen.backup.sticks = lambda: (Stick("AIGUL", tmp_path),)
        screen.backup.choice.look(seen.window.stage)
        assert "AIGUL" in seen.texts or "stick-0" in seen.page.controls

    def test_the_nightly_ones_are_counted(self, sealed: Desk, seen: Seen) -> None:
        back_up_if_due(sealed)
        seen.show(page(sealed), "en")
        assert {"Friday 20 November", "1"} <= set(seen.texts)


class TestLongWork:
    def test_how_far_it_is_and_a_stop_stand_on_top(self, sealed: Desk, seen: Seen, tmp_path: Path) -> None:
        screen, looked = page(sealed, tmp_path / "AIGUL 16GB", tmp_path / "Құжаттар"), []

        def action(progress: Progress) -> Outcome:
            progress(1, 4)
            seen.show(screen, "en")
            looked.extend(seen.texts)
            seen.press("stop")
            looked.extend(seen.wrong().items())
            progress(2, 4)
            return Outcome("done", ())

        screen.backup.work.run("The copy is being written and checked.", action)
        assert "The copy is being written and checked." in looked
        assert not [one for one in looked if isinstance(one, tuple)]
        assert screen.backup.work.outcome == Outcome("info", (STOPPED,))

    def test_what_ended_while_another_page_was_looked_at_is_told_on_coming_back(
        self, sealed: Desk, seen: Seen, tmp_path: Path
    ) -> None:
        page(sealed).backup.copy(tmp_path)  # begun on a page that was left
        seen.show(page(sealed))
        assert any(".backup" in text for text in seen.texts)
        seen.show(page(sealed))
        assert not any(".backup" in text for text in seen.texts)  # told once

    def test_the_check_says_what_was_counted(self, sealed: Desk, seen: Seen) -> None:
        seen.show(page(sealed), "en")
        seen.press("check")
        assert any("The journal is whole: devices 1, entries 5." in text for text in seen.texts)

    def test_the_export_is_asked_for_first(self, sealed: Desk, seen: Seen, tmp_path: Path) -> None:
        seen.show(page(sealed, tmp_path))
        seen.press("export")
        assert seen.page.focused() == "safe"
        seen.press("safe")
        assert list(tmp_path.glob("*-export")) == []
        seen.press("export")
        seen.press("danger")
        assert len(list(tmp_path.glob("*-export/*.csv"))) > 5


class TestANewKey:
    @pytest.fixture
    def form(self, sealed: Desk, seen: Seen) -> NewKeyScreen:
        seen.show(page(sealed))
        seen.press("new-key")
        seen.press("danger")
        screen = seen.window.screen
        assert isinstance(screen, NewKeyScreen)
        return screen

    def test_it_holds_once_its_last_group_was_typed_from_the_paper(
        self, sealed: Desk, seen: Seen, form: NewKeyScreen
    ) -> None:
        sheet, last = form.key.sheet, form.key.groups[-1]
        seen.press("print-key")
        assert len(OutTray(sealed.store, sealed.clock).papers()) == 1
        seen.type("typed", last.lower())
        seen.enter("typed")
        seal = kept_seal(sealed.home)
        assert seal is not None
        assert seal.sheet == sheet != KEY.seal.sheet
        assert seen.window.screen.name == "office.backup"
        assert sheet in seen.texts

    def test_another_group_is_refused_and_the_old_key_stays(self, sealed: Desk, seen: Seen, form: NewKeyScreen) -> None:
        seen.type("typed", "AAAAA")
        seen.press("use")
        assert seen.field("typed").error
        assert kept_seal(sealed.home) == KEY.seal

    def test_it_is_seen_only_when_asked_for_and_forgotten_with_the_page(
        self, sealed: Desk, seen: Seen, form: NewKeyScreen
    ) -> None:
        groups = form.key.groups
        assert not set(groups) & set(seen.texts)
        seen.press("show-key")
        assert set(groups) <= set(seen.texts)
        assert seen.wrong() == {}
        seen.press("cancel")
        assert form.key.groups != groups
        assert kept_seal(sealed.home) == KEY.seal

    def test_whether_a_new_one_is_wanted_is_asked_first(self, sealed: Desk, seen: Seen) -> None:
        seen.show(page(sealed))
        seen.press("new-key")
        seen.press("safe")
        assert seen.window.screen.name == "office.backup"
