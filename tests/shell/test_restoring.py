"""A backup is brought back from the window, by presses: on a fresh PC, and where the desk cannot be opened any more."""

from __future__ import annotations

import errno
import io
import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.base.sticks import Stick
from akimat_desk.journal.tables import heads
from akimat_desk.journal.verify import verify
from akimat_desk.office.restoring import bring_back
from akimat_desk.people.staff import SignedIn, staff
from akimat_desk.people.zone import change_zone, zone
from akimat_desk.service import find_services
from akimat_desk.shell.opening import open_desk
from akimat_desk.shell.screens.restore import RecoveryKeyTypedScreen
from akimat_desk.store import Migration, Store
from akimat_desk.store.backup import backup
from akimat_desk.store.errors import DeskInUse
from akimat_desk.store.recovery import RecoveryKey, keep_seal, kept_seal
from akimat_desk.store.restore import Restored

from .conftest import ADMINISTRATOR, TRAINER, ZONE, OpenApp, Opened, beside, words_of

pytestmark = pytest.mark.screen

KEY = RecoveryKey("0123456789ABCDEFGHJKMNPQRSTV")
GROUPS = KEY.printed.split("-")


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stick:
    """A stick that is in the PC."""
    put_in = Stick("AQJAR", tmp_path / "stick")
    put_in.path.mkdir()
    monkeypatch.setattr("akimat_desk.office.restoring.sticks", lambda: (put_in,))
    return put_in


@pytest.fixture
def copy(stick: Stick, staff_village: Home, clock: FixedClock) -> Path:
    """A copy of a village on the stick, opened by `KEY`."""
    store = Store.open(staff_village)
    keep_seal(staff_village, KEY.seal)
    file = stick.path / "akimat-desk-2026-11-20-1000.backup"
    backup(store, file, clock=clock)
    store.close()
    return file


@pytest.fixture
def fresh(tmp_path: Path) -> Home:
    """Another PC."""
    return Home(tmp_path / "other", tmp_path / "other-keys").ensure()


def tree(*folders: Path) -> dict[str, bytes]:
    """Every file with its content, but for the locks."""
    return {
        str(file): file.read_bytes()
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix not in (".lock", ".log") and not file.name.startswith("desk.")
    }


def _to_the_copies(opened: Opened) -> None:
    opened.hands.shows("shell.first_run.begin")
    opened.hands.press("restore")
    opened.hands.shows("shell.restore.copy")


def _to_the_key(opened: Opened) -> None:
    _to_the_copies(opened)
    opened.hands.press("copy-0")
    opened.hands.shows("shell.restore.key")


def _type_key(opened: Opened, groups: list[str]) -> None:
    for number, group in enumerate(groups):
        opened.hands.type(f"group-{number}", group)


def _bring(opened: Opened, groups: list[str] = GROUPS) -> None:
    _type_key(opened, groups)
    opened.hands.press("continue")


def _refused(opened: Opened, *words: str) -> None:
    """The key's page is there again, says why, and all that was typed is still there."""
    opened.hands.until("banner")
    said = " ".join(opened.texts)
    assert [part for part in words if part not in said] == []


@pytest.fixture
def english(open_app: OpenApp) -> OpenApp:
    """The window speaks English, so that tests can be read."""

    def open_one(home: Home, **options: object) -> Opened:
        return open_app(home, words=words_of(find_services(), "en"), **options)

    return open_one


def test_a_fresh_pc_is_the_village_again_and_goes_on_in_a_new_epoch(
    copy: Path, fresh: Home, english: OpenApp, staff_village: Home, clock: FixedClock
) -> None:
    opened = english(fresh)
    _to_the_copies(opened)
    opened.hands.until("copy-0")
    assert {"AQJAR", "20 November 2026, 10:00"} <= set(opened.texts)
    opened.hands.press("copy-0")
    opened.hands.shows("shell.restore.key")
    assert KEY.seal.sheet in opened.texts
    _bring(opened, [*map(str.lower, GROUPS[:6]), f" {GROUPS[6][:2]} {GROUPS[6][2:]} "])
    opened.hands.shows("shell.restore.done")
    assert "The desk is as it was in the backup of 20 November 2026, 10:00." in opened.texts
    opened.hands.press("continue")
    opened.ready()
    opened.sign_in()
    opened.hands.shows("shell.today")
    desk = opened.app.desk
    assert desk is not None
    assert {one.name for one in beside(lambda: staff(desk.store))} == {ADMINISTRATOR, TRAINER}
    assert beside(lambda: zone(desk.store)).content == ZONE
    assert kept_seal(fresh) == KEY.seal

    def epochs(store: Store) -> list[int]:
        with store.read() as db:
            assert verify(db, None) == []
            return sorted(head.epoch for head in heads(db.connection()))

    before, *after = beside(lambda: epochs(desk.store))
    assert before == 1
    assert after == [epoch for epoch in after if epoch > 1]
    assert after != []


def test_by_keyboard_the_groups_lead_from_one_to_the_next(copy: Path, fresh: Home, english: OpenApp) -> None:
    opened = english(fresh)
    _to_the_key(opened)
    page = opened.app.window.page
    assert page.focused() == "group-0"
    for number, group in enumerate(GROUPS):
        opened.hands.wait(lambda number=number: page.focused() == f"group-{number}", f"group {number}")  # type: ignore[misc]
        for sign in group:
            opened.app.window.root.focus_get().insert("end", sign)  # type: ignore[union-attr]
    screen = opened.app.window.screen
    assert isinstance(screen, RecoveryKeyTypedScreen)
    assert screen.restore.groups == GROUPS
    page.controls["group-6"].entry.event_generate("<Return>")  # type: ignore[attr-defined]
    opened.hands.shows("shell.restore.done")


def test_the_whole_key_may_be_pasted_into_the_first_group(copy: Path, fresh: Home, english: OpenApp) -> None:
    opened = english(fresh)
    _to_the_key(opened)
    opened.hands.type("group-0", KEY.printed)
    opened.hands.press("continue")
    opened.hands.shows("shell.restore.done")


@pytest.mark.parametrize(
    ("groups", "said", "focus"),
    [
        ([*GROUPS[:2], "AAAAA", *GROUPS[3:]], "There is a typing mistake in the recovery key, group 3.", "group-2"),
        ([*GROUPS[:2], "", *GROUPS[3:]], "Type all seven groups.", "group-2"),
        ([*GROUPS[:2], "AAA", *GROUPS[3:]], "There is a typing mistake in the recovery key, group 3.", "group-2"),
        (RecoveryKey("Z" * 28).printed.split("-"), f"it needs sheet {KEY.seal.sheet}. Find the sheet", "banner"),
    ],
    ids=["typo", "empty", "short", "of-another-sheet"],
)
def test_a_key_that_does_not_fit_changes_nothing(
    copy: Path, fresh: Home, english: OpenApp, groups: list[str], said: str, focus: str
) -> None:
    opened = english(fresh)
    _to_the_key(opened)
    before = tree(fresh.data, fresh.keys)
    _bring(opened, groups)
    _refused(opened, said)
    assert opened.app.window.page.focused() == focus
    assert [opened.app.window.page.controls[f"group-{n}"].value for n in range(7)] == groups  # type: ignore[attr-defined]
    assert tree(fresh.data, fresh.keys) == before
    if focus == "banner":
        return
    opened.hands.type("group-2", GROUPS[2])
    opened.hands.press("continue")
    opened.hands.shows("shell.restore.done")


def _cut(copy: Path, _: pytest.MonkeyPatch) -> None:
    with copy.open("r+b") as file:
        file.truncate(copy.stat().st_size - 4096)


def _flip(copy: Path, _: pytest.MonkeyPatch) -> None:
    raw = bytearray(copy.read_bytes())
    raw[-100] ^= 1
    copy.write_bytes(raw)


def _newer(_: Path, patch: pytest.MonkeyPatch) -> None:
    known = (Migration("people.another", lambda _: None),)
    patch.setattr("akimat_desk.office.restoring.migrations_of", lambda _: known)


def _full(_: Path, patch: pytest.MonkeyPatch) -> None:
    def fsync(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    patch.setattr("akimat_desk.store.backup.os.fsync", fsync)


def _pulled_out(_: Path, patch: pytest.MonkeyPatch) -> None:
    class Gone(io.FileIO):
        def readinto(self, buffer: object) -> int:
            raise OSError(errno.EIO, "Input/output error")

    patch.setattr("akimat_desk.store.backup.io.FileIO", Gone)


def _unmounted(copy: Path, _: pytest.MonkeyPatch) -> None:
    copy.unlink()


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_cut, "is damaged. Nothing was changed. Use another copy"),
        (_flip, "is damaged. Nothing was changed. Use another copy"),
        (_newer, "were written by a newer version of Akimat Desk. Nothing was changed. Update Akimat Desk"),
        (_full, "The disk is full. Nothing was saved; what was saved before is safe. Free some space"),
        (_pulled_out, "can no longer be read. Nothing was changed. Put the stick in again."),
        (_unmounted, "There is no file or folder"),
    ],
    ids=["cut-off", "changed", "newer", "full-disk", "pulled-out", "unmounted"],
)
def test_what_goes_wrong_is_said_and_nothing_has_changed(
    copy: Path, fresh: Home, english: OpenApp, monkeypatch: pytest.MonkeyPatch, harm: object, said: str
) -> None:
    opened = english(fresh)
    _to_the_key(opened)
    before = tree(fresh.data, fresh.keys)
    harm(copy, monkeypatch)  # type: ignore[operator]
    _bring(opened)
    _refused(opened, said)
    assert opened.app.window.screen.name == "shell.restore.key"
    assert tree(fresh.data, fresh.keys) == before
    assert not fresh.database.exists()


def test_it_can_be_stopped_and_begun_again(
    copy: Path, fresh: Home, english: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = english(fresh)
    _to_the_key(opened)
    pressed = threading.Event()

    def bring_back_later(*arguments: Any, **named: Any) -> Restored:
        pressed.wait(20)
        return bring_back(*arguments, **named)

    monkeypatch.setattr("akimat_desk.shell.restoring.bring_back", bring_back_later)
    _type_key(opened, GROUPS)
    screen = opened.app.window.screen
    assert isinstance(screen, RecoveryKeyTypedScreen)
    opened.app.window.page.controls["continue"].press()  # type: ignore[attr-defined]
    opened.app.window.page.controls["stop"].press()  # type: ignore[attr-defined]
    pressed.set()
    opened.hands.until("group-0")
    assert "Stopped." in opened.texts
    assert not fresh.database.exists()
    opened.hands.press("continue")
    opened.hands.shows("shell.restore.done")


def test_a_file_that_is_no_backup_is_told_where_it_is_chosen(stick: Stick, fresh: Home, english: OpenApp) -> None:
    (stick.path / "letter.backup").write_bytes(b"%PDF-1.7 a letter")
    opened = english(fresh)
    _to_the_copies(opened)
    opened.hands.until("copy-0")

    assert {"letter.backup", "cannot be read"} <= set(opened.texts)
    opened.hands.press("copy-0")
    _refused(opened, "is not a backup of Akimat Desk. Choose another file.")
    assert opened.app.window.screen.name == "shell.restore.copy"


class TestWithoutAStick:
    """The copy lies in a folder somebody writes."""

    @pytest.fixture(autouse=True)
    def _no_stick(self, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("akimat_desk.office.restoring.sticks", tuple)

    def test_a_folder_is_looked_through(self, copy: Path, fresh: Home, english: OpenApp) -> None:
        opened = english(fresh)
        _to_the_copies(opened)
        opened.hands.wait(lambda: any("No copy is here yet." in text for text in opened.texts), "the empty list")
        opened.hands.type("typed", str(copy.parent))
        opened.hands.press("look-there")
        opened.hands.until("copy-0")
        opened.hands.press("copy-0")
        opened.hands.shows("shell.restore.key")

    def test_a_file_is_taken(self, copy: Path, fresh: Home, english: OpenApp) -> None:
        opened = english(fresh)
        _to_the_copies(opened)
        opened.hands.type("typed", f" {copy} ")
        opened.hands.press("look-there")
        opened.hands.shows("shell.restore.key")
        opened.hands.press("back")
        opened.hands.shows("shell.restore.copy")
        opened.hands.press("back")
        opened.hands.shows("shell.first_run.begin")

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("", "Put in a USB stick, or write the folder."),
            ("there/is/nothing", "There is no file or folder there/is/nothing."),
            (".", "There is no backup in this folder."),
        ],
    )
    def test_nothing_there(
        self, fresh: Home, english: OpenApp, monkeypatch: pytest.MonkeyPatch, typed: str, said: str
    ) -> None:
        monkeypatch.chdir(fresh.keys)
        opened = english(fresh)
        _to_the_copies(opened)
        opened.hands.type("typed", typed)
        opened.hands.press("look-there")
        opened.hands.wait(lambda: any(text.startswith(said) for text in opened.texts), said)
        assert opened.app.window.page.controls["typed"].value == typed  # type: ignore[attr-defined]


def test_a_stick_put_in_later_appears_by_itself(
    copy: Path, fresh: Home, english: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in: list[Stick] = []
    monkeypatch.setattr("akimat_desk.office.restoring.sticks", lambda: tuple(put_in))
    opened = english(fresh)
    _to_the_copies(opened)
    opened.hands.wait(lambda: any("No copy is here yet." in text for text in opened.texts), "the empty list")
    put_in.append(Stick("AQJAR", copy.parent))
    opened.hands.until("copy-0")


def test_a_desk_that_cannot_be_opened_leads_to_its_own_nightly_copies(
    copy: Path, staff_village: Home, english: OpenApp, clock: FixedClock
) -> None:
    nightly = staff_village.data / "backups" / "000001-2026-11-20.backup"
    nightly.parent.mkdir()
    copy.rename(nightly)
    raw = bytearray(staff_village.database.read_bytes())
    for place in range(0, len(raw), 4096):
        raw[place + 200 : place + 220] = bytes(20)
    staff_village.database.write_bytes(bytes(raw))
    opened = english(staff_village)
    opened.hands.shows("shell.trouble")
    opened.hands.press("restore")
    opened.hands.until("copy-0")
    assert "On this PC" in opened.texts
    opened.hands.press("copy-0")
    _bring(opened)
    opened.hands.shows("shell.restore.done")
    (aside,) = (staff_village.data / "aside").iterdir()
    assert f"What was on this PC before is kept in the folder aside/{aside.name}." in opened.texts
    assert (aside / "desk.db").read_bytes() == bytes(raw)
    opened.hands.press("continue")
    opened.ready()
    opened.sign_in()


class TestOnAPcWithAVillage:
    """Somebody has set up a new village first, and finds the copy afterwards."""

    def _leave(self, opened: Opened) -> None:
        opened.sign_in()
        opened.hands.shows("shell.today")
        opened.hands.open_page("akimat_desk.office.screens.enter:the_backups")
        opened.hands.press("restore")
        opened.hands.press("danger")
        opened.hands.shows("shell.restore.copy")
        assert opened.app.desk is None
        assert opened.app.staff.person is None

    def _other_name(self, home: Home, clock: FixedClock) -> None:
        services = find_services()
        with open_desk(home, clock=clock, words=words_of(services), services=services) as desk:
            administrator = next(one for one in staff(desk.store) if one.role == "administrator")
            by = SignedIn(administrator.id, administrator.name, "administrator")
            change_zone(desk.journal, zone(desk.store), msgspec.structs.replace(ZONE, name_kk="Басқа ауыл"), by=by)

    def test_the_copy_takes_its_place(
        self, copy: Path, staff_village: Home, english: OpenApp, clock: FixedClock
    ) -> None:
        self._other_name(staff_village, clock)
        opened = english(staff_village).ready()
        assert opened.app.room.name("kk") == "Басқа ауыл"
        self._leave(opened)
        opened.hands.press("copy-0")
        _bring(opened)
        opened.hands.shows("shell.restore.done")
        assert len(list((staff_village.data / "aside").iterdir())) == 1
        opened.hands.press("continue")
        opened.ready()
        assert opened.app.room.name("kk") == ZONE.name_kk
        opened.sign_in()
        opened.hands.shows("shell.today")

    def test_going_back_opens_the_village_again(
        self, copy: Path, staff_village: Home, english: OpenApp, clock: FixedClock
    ) -> None:
        opened = english(staff_village).ready()
        before = staff_village.database.read_bytes()
        self._leave(opened)
        opened.hands.press("back")
        opened.ready()
        opened.sign_in()
        opened.hands.shows("shell.today")
        assert not (staff_village.data / "aside").exists()
        assert len(staff_village.database.read_bytes()) >= len(before)

    def test_while_another_process_works_on_it_nothing_changes(
        self, copy: Path, staff_village: Home, english: OpenApp
    ) -> None:
        opened = english(staff_village).ready()
        self._leave(opened)
        other = beside(lambda: Store.open(staff_village))
        opened.hands.press("copy-0")
        _bring(opened)
        _refused(opened, beside(lambda: words_of(find_services(), "en").say(DeskInUse().for_staff)))
        beside(other.close)
        opened.hands.press("continue")
        opened.hands.shows("shell.restore.done")


def test_a_desk_of_a_newer_version_offers_no_backup(staff_village: Home, english: OpenApp, clock: FixedClock) -> None:
    services = find_services()
    with (
        open_desk(staff_village, clock=clock, words=words_of(services), services=services) as desk,
        desk.store.write() as db,
    ):
        db.execute_sql("INSERT INTO store_migration (name, applied_ms) VALUES ('people.later', 0)")
    opened = english(staff_village)
    opened.hands.shows("shell.trouble")
    assert "restore" not in opened.app.window.page.controls


def test_the_sheet_names_what_is_there() -> None:
    """In each language the words in quotes on the sheet are those of the tile, and of the page about backups."""
    for language in ("kk", "ru", "en"):
        t = words_of(find_services(), language)
        label = t("Restore a backup")
        quoted = f"“{label}”" if language == "en" else f"«{label}»"
        for msgid in (
            "Open Akimat Desk there, choose “Restore a backup”, then the copy, and type the seven groups.",
            "On a new PC, open Akimat Desk and choose “Restore a backup”. Here a backup takes the place of this"
            " village; what is here now is kept aside.",
        ):
            assert quoted in t(msgid), language
