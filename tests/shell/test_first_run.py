"""The first set-up of a PC: from no desk to a usable one, by keyboard, also when it is broken off on the way."""

from __future__ import annotations

import msgspec
import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.people.staff import staff
from akimat_desk.people.zone import ThisPc, open_zone, this_pc, zone
from akimat_desk.service import find_services
from akimat_desk.shell.opening import open_desk
from akimat_desk.shell.screens.first_run import AdministratorScreen, VillageScreen
from akimat_desk.shell.screens.recovery_key import RecoveryKeyScreen
from akimat_desk.store.recovery import RecoveryKey, kept_seal

from .conftest import ADMINISTRATOR, PIN, ZONE, OpenApp, Opened, beside, words_of

pytestmark = pytest.mark.screen


def _keys(opened: Opened, *keys: str) -> None:
    """Press keys on whatever has the keyboard."""
    root = opened.app.window.root
    for key in keys:
        focus = root.focus_get()
        assert focus is not None
        focus.event_generate("<<NextWindow>>" if key == "Tab" else f"<{key}>")
        opened.hands.look(0.02)


def _go_to(opened: Opened, control: str) -> None:
    """Tab until a control has the keyboard."""
    for _ in range(60):
        if opened.app.window.page.focused() == control:
            return
        _keys(opened, "Tab")
    raise AssertionError(f"Tab does not reach {control}")


def _write(opened: Opened, text: str) -> None:
    """Type where the keyboard is (the server's own layout may lack Kazakh letters)."""
    focus = opened.app.window.root.focus_get()
    focus.insert("end", text)  # type: ignore[union-attr]
    opened.hands.look(0.02)


def _value(opened: Opened, control: str) -> str:
    value: str = opened.app.window.page.controls[control].value  # type: ignore[attr-defined]
    return value


def _begin(opened: Opened) -> None:
    opened.hands.shows("shell.first_run.begin")
    opened.hands.press("new")
    opened.hands.shows("shell.first_run.village")


def _village(opened: Opened) -> None:
    opened.hands.type("name_kk", ZONE.name_kk)
    opened.hands.type("name_ru", ZONE.name_ru)
    opened.hands.press("continue")
    opened.hands.shows("shell.first_run.this_pc")


def _administrator(opened: Opened, again: str = PIN) -> None:
    opened.hands.press("continue")
    opened.hands.shows("shell.first_run.administrator")
    opened.hands.type("person", ADMINISTRATOR)
    opened.hands.type("pin", PIN)
    opened.hands.type("pin_again", again)
    opened.hands.press("continue")


def test_by_keyboard_from_no_desk_to_a_usable_one(home: Home, open_app: OpenApp) -> None:
    """Only Tab, Return, space and letters; the services' own steps are passed by their Continue."""
    opened = open_app(home)
    opened.hands.shows("shell.first_run.begin")
    _go_to(opened, "new")
    _keys(opened, "Return")
    opened.hands.shows("shell.first_run.village")
    opened.app.window.focus("name_kk")
    _write(opened, ZONE.name_kk)
    _go_to(opened, "name_ru")
    _write(opened, ZONE.name_ru)
    _keys(opened, "Return")
    opened.hands.shows("shell.first_run.this_pc")
    _go_to(opened, "role-kiosk")
    _keys(opened, "space")
    _go_to(opened, "continue")
    _keys(opened, "Return")
    opened.hands.shows("shell.first_run.administrator")
    assert opened.app.window.page.focused() == "person"
    _write(opened, ADMINISTRATOR)
    _go_to(opened, "pin")
    _write(opened, PIN)
    _go_to(opened, "pin_again")
    _write(opened, PIN)
    _keys(opened, "Return")
    step = opened.app.window.screen
    for service in opened.app.services:
        if service.first_run is not None:
            opened.hands.wait(lambda step=step: opened.app.window.screen is not step, service.name)  # type: ignore[misc]
            step = opened.app.window.screen
            opened.hands.until("continue")
            _go_to(opened, "continue")
            _keys(opened, "Return")
    opened.hands.shows("shell.first_run.recovery_key")
    key = opened.app.window.screen
    assert isinstance(key, RecoveryKeyScreen)
    _go_to(opened, "show-key")
    _keys(opened, "space")
    groups = [text for text in opened.texts if text in key.run.key.split("-")]
    assert groups == key.run.key.split("-")
    _go_to(opened, "typed")
    _write(opened, groups[-1].lower())
    whole = RecoveryKey.read(key.run.key)
    _keys(opened, "Return")
    opened.ready()
    opened.hands.shows("shell.home")
    assert kept_seal(home) == whole.seal
    opened.hands.press("tile-0")
    opened.hands.wait(lambda: opened.app.resident.session is not None, "a session")
    opened.app.resident.finish()
    opened.hands.until("continue")
    opened.hands.press("continue")
    opened.sign_in()
    opened.hands.shows("shell.today")


def test_back_keeps_what_was_typed(home: Home, open_app: OpenApp) -> None:
    opened = open_app(home)
    _begin(opened)
    opened.hands.type("district_kk", "Тасөткел ауданы")
    _village(opened)
    opened.hands.press("role-kiosk")
    opened.hands.press("continue")
    opened.hands.shows("shell.first_run.administrator")
    opened.hands.type("person", ADMINISTRATOR)
    opened.hands.press("back")
    opened.hands.press("back")
    assert _value(opened, "name_kk") == ZONE.name_kk
    assert _value(opened, "district_kk") == "Тасөткел ауданы"
    opened.hands.press("continue")
    opened.hands.press("continue")
    assert _value(opened, "person") == ADMINISTRATOR
    screen = opened.app.window.screen
    assert screen.run.role == "kiosk"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name_kk", "name_ru", "wrong"),
    [
        ("", "", "name_kk"),
        ("Ақжар", "", "name_ru"),
        ("x" * 200, "Акжар", "name_kk"),
        ("900101300012", "Акжар", "name_kk"),
    ],
    ids=["empty", "no-russian", "too-long", "a-number"],
)
def test_a_name_that_is_none_is_refused_where_it_stands(
    home: Home, open_app: OpenApp, name_kk: str, name_ru: str, wrong: str
) -> None:
    opened = open_app(home)
    _begin(opened)
    opened.hands.type("name_kk", name_kk)
    opened.hands.type("name_ru", name_ru)
    opened.hands.press("continue")
    assert opened.app.window.screen.name == "shell.first_run.village"
    assert opened.app.window.page.focused() == wrong
    assert opened.app.window.page.controls[wrong].error != ""  # type: ignore[attr-defined]
    assert (_value(opened, "name_kk"), _value(opened, "name_ru")) == (name_kk, name_ru)
    assert not home.database.exists()


def test_two_different_pins_are_refused_and_nothing_is_made(home: Home, open_app: OpenApp) -> None:
    opened = open_app(home)
    _begin(opened)
    _village(opened)
    _administrator(opened, again="274094")
    assert opened.app.window.page.focused() == "pin_again"
    assert (_value(opened, "pin"), _value(opened, "pin_again")) == (PIN, "")
    assert not home.database.exists()


@pytest.mark.parametrize("pin", ["111111", "123456", "27"])
def test_a_pin_that_is_easy_or_short_is_refused_and_nothing_is_made(home: Home, open_app: OpenApp, pin: str) -> None:
    opened = open_app(home)
    _begin(opened)
    _village(opened)
    opened.hands.press("continue")
    opened.hands.type("person", ADMINISTRATOR)
    opened.hands.type("pin", pin)
    opened.hands.type("pin_again", pin)
    opened.hands.press("continue")
    opened.hands.wait(lambda: opened.app.window.page.focused() == "pin", "the PIN's error")
    assert opened.app.window.page.controls["pin"].error != ""  # type: ignore[attr-defined]
    assert not home.database.exists()


def test_an_error_is_said_in_the_language_one_changes_to(home: Home, open_app: OpenApp) -> None:
    opened = open_app(home)
    _begin(opened)
    opened.hands.press("continue")
    said = []
    for language in ("kk", "ru", "en"):
        opened.app.window.switch_language(language)  # type: ignore[arg-type]
        said.append(opened.app.window.page.controls["name_kk"].error)  # type: ignore[attr-defined]
    assert len(set(said)) == 3
    assert said[2] == "Write the name in full."


def test_broken_off_before_the_administrator_it_begins_again(home: Home, open_app: OpenApp) -> None:
    opened = open_app(home)
    _begin(opened)
    _village(opened)
    again = open_app(home)
    _begin(again)
    assert _value(again, "name_kk") == ""


def test_broken_off_after_the_administrator_the_desk_opens(home: Home, open_app: OpenApp) -> None:
    opened = open_app(home)
    _begin(opened)
    _village(opened)
    _administrator(opened)
    opened.hands.wait(lambda: opened.app.window.screen.name != "shell.first_run.administrator", "the next step")
    again = open_app(home).ready()
    again.sign_in()
    again.hands.shows("shell.today")


@pytest.mark.parametrize("with_zone", [False, True], ids=["empty", "with-the-room"])
def test_a_desk_without_staff_is_completed(home: Home, open_app: OpenApp, clock: FixedClock, with_zone: bool) -> None:
    """Killed, or out of disk, between making the database and the administrator's entry."""
    services = find_services()
    with open_desk(home, clock=clock, words=words_of(services), services=services, create=True) as desk:
        if with_zone:
            open_zone(desk.journal, msgspec.structs.replace(ZONE, name_kk="Басқа ауыл"))
    opened = open_app(home)
    _begin(opened)
    _village(opened)
    opened.hands.press("role-kiosk")
    _administrator(opened)
    administrator = opened.app.window.screen
    assert isinstance(administrator, AdministratorScreen)
    opened.hands.wait(lambda: opened.app.window.screen is not administrator, "the next step")
    desk = administrator.run.desk
    assert desk is not None
    found = beside(lambda: zone(desk.store))
    assert found.content.name_kk == ZONE.name_kk
    assert beside(lambda: this_pc(desk.store)) == ThisPc(found.id, "kiosk", 1)
    assert [one.name for one in beside(lambda: staff(desk.store))] == [ADMINISTRATOR]


def test_a_wrong_last_group_is_not_taken(home: Home, open_app: OpenApp) -> None:
    opened = open_app(home)
    _begin(opened)
    village = opened.app.window.screen
    assert isinstance(village, VillageScreen)
    opened.app.window.go(RecoveryKeyScreen(village.run))
    opened.hands.type("typed", "AAAAA")
    opened.hands.press("continue")
    assert opened.app.window.page.focused() == "typed"
    assert opened.app.window.page.controls["typed"].error != ""  # type: ignore[attr-defined]
    assert kept_seal(home) is None


def test_the_key_is_not_on_the_screen_until_it_is_asked_for(home: Home, open_app: OpenApp) -> None:
    opened = open_app(home)
    _begin(opened)
    village = opened.app.window.screen
    assert isinstance(village, VillageScreen)
    opened.app.window.go(RecoveryKeyScreen(village.run))
    groups = village.run.key.split("-")
    assert [text for text in opened.texts if text in groups] == []
    opened.hands.press("show-key")
    assert [text for text in opened.texts if text in groups] == groups
    opened.hands.press("show-key")
    assert [text for text in opened.texts if text in groups] == []
