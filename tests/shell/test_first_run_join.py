"""A new PC joins the room of its village in its first set-up: with the main PC found or typed, and the code."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.journal.devices import Use
from akimat_desk.office import room
from akimat_desk.people.sign_in import sign_in
from akimat_desk.people.staff import staff
from akimat_desk.people.zone import ThisPc, this_pc
from akimat_desk.service import Desk, find_services
from akimat_desk.shell.first_run_join import Join
from akimat_desk.shell.opening import open_desk
from akimat_desk.sync.discovery import FoundHost
from akimat_desk.sync.errors import CodeRefused, Unreachable
from tests.office.rooms import LOOPBACK, switched_on, wait

from .conftest import ADMINISTRATOR, PIN, OpenApp, Opened, beside, words_of

pytestmark = pytest.mark.screen


@dataclass
class Main:
    """The main PC of the village, with an administrator at it; it answers at `address`."""

    desk: Desk
    address: str

    def code(self, use: Use, seat: int) -> str:
        return beside(lambda: room.give_code(self.desk, use, seat)).code


@pytest.fixture
def main(staff_village: Home, clock: FixedClock) -> Iterator[Main]:
    """The main PC is on, and its room has no other PC yet."""
    services = find_services()
    with ExitStack() as stack:
        desk = stack.enter_context(open_desk(staff_village, clock=clock, words=words_of(services), services=services))
        (person,) = [one for one in staff(desk.store) if one.name == ADMINISTRATOR]
        administrator = sign_in(desk.store, clock, staff=person.id, pin=PIN)
        desk = replace(desk, signed_in=lambda: administrator)
        room.give_code(desk, "kiosk", 0)  # so that it answers
        part = stack.enter_context(switched_on(desk, "desk"))
        wait(lambda: part.port != 0)
        yield Main(desk, f"{LOOPBACK}:{part.port}")


@pytest.fixture
def new(tmp_path: Path) -> Home:
    """The home of a PC on which nothing was set up."""
    return Home(tmp_path / "new" / "desk", tmp_path / "new" / "keys").ensure()


def found(*hosts: FoundHost) -> Callable[[Join, Callable[[], object]], tuple[FoundHost, ...]]:
    """A network in which these are found."""

    def look(join: Join, told: Callable[[], object]) -> tuple[FoundHost, ...]:
        join.found = hosts
        told()
        return hosts

    return look


@pytest.fixture(autouse=True)
def _quiet_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Join, "look", found())


def _begin(opened: Opened) -> None:
    opened.hands.shows("shell.first_run.begin")
    opened.hands.press("join")
    opened.hands.shows("shell.first_run.join")


def _by_hand(opened: Opened, address: str) -> None:
    opened.hands.press("by-hand")
    opened.hands.type("typed", address)


def test_a_residents_pc_joins_and_opens_with_their_home(main: Main, new: Home, open_app: OpenApp) -> None:
    """The code is typed as people type: small letters, spaces."""
    opened = open_app(new)
    _begin(opened)
    _by_hand(opened, main.address)
    opened.hands.type("code", main.code("kiosk", 4).lower().replace("-", " "))
    opened.hands.press("continue")
    opened.ready()
    opened.hands.shows("shell.home")
    desk = opened.app.desk
    assert desk is not None
    pc = beside(lambda: this_pc(desk.store))
    assert (pc.role, pc.seat) == ("kiosk", 4)
    assert pc.zone == beside(lambda: this_pc(main.desk.store)).zone
    assert opened.app.room.name("kk") == "Ақжар ауылдық округі"
    assert [one.name for one in beside(lambda: staff(desk.store)) if one.name] == []  # names stay on staff PCs
    opened.hands.press("tile-0")
    opened.hands.wait(lambda: opened.app.resident.session is not None, "a session")
    opened.app.resident.finish()


def test_a_staff_pc_joins_and_the_staff_sign_in_with_their_pins(main: Main, new: Home, open_app: OpenApp) -> None:
    opened = open_app(new)
    _begin(opened)
    _by_hand(opened, main.address)
    opened.hands.type("code", main.code("desk", 2))
    opened.hands.press("continue")
    opened.ready()
    opened.hands.shows("shell.sign_in")
    opened.sign_in()
    opened.hands.shows("shell.today")
    desk = opened.app.desk
    assert desk is not None
    assert beside(lambda: this_pc(desk.store)) == ThisPc(beside(lambda: this_pc(main.desk.store)).zone, "desk", 2)


def test_the_main_pc_that_is_found_needs_no_address(
    main: Main, new: Home, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also beside one of another room: the code tells for which it is."""
    nobody = FoundHost("a" * 32, "b" * 32, 9, f"{LOOPBACK}:1", LOOPBACK)
    host = FoundHost(main.desk.journal.device, "c" * 32, 1, main.address, LOOPBACK)
    monkeypatch.setattr(Join, "look", found(nobody, host))
    opened = open_app(new)
    _begin(opened)
    opened.hands.until("host-1")
    opened.hands.type("code", main.code("kiosk", 1))
    opened.hands.press("continue")
    opened.ready()
    opened.hands.shows("shell.home")


def test_pressing_without_code_and_address_explains(new: Home, open_app: OpenApp) -> None:
    opened = open_app(new)
    _begin(opened)
    opened.app.window.switch_language("en")
    opened.hands.press("continue")
    controls = opened.app.window.page.controls
    assert controls["code"].error == "Type the code from the main PC."  # type: ignore[attr-defined]
    assert controls["typed"].error == "No main PC was found. Type its address."  # type: ignore[attr-defined]
    assert opened.app.window.page.focused() == "code"
    assert not new.database.exists()


def test_a_wrong_code_is_told_at_its_line_and_everything_typed_stays(main: Main, new: Home, open_app: OpenApp) -> None:
    opened = open_app(new)
    _begin(opened)
    opened.app.window.switch_language("en")
    _by_hand(opened, main.address)
    code = main.code("kiosk", 1)
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    opened.hands.type("code", wrong)
    opened.hands.press("continue")
    opened.hands.wait(lambda: opened.app.window.page.focused() == "code", "the code's error")
    controls = opened.app.window.page.controls
    assert controls["code"].error.startswith(CodeRefused.staff_text)  # type: ignore[attr-defined]
    assert (controls["code"].value, controls["typed"].value) == (wrong, main.address)  # type: ignore[attr-defined]
    opened.hands.type("code", code)
    opened.hands.press("continue")
    opened.ready()
    opened.hands.shows("shell.home")


def test_an_address_at_which_nobody_answers_is_told_at_its_line(new: Home, open_app: OpenApp) -> None:
    opened = open_app(new)
    _begin(opened)
    opened.app.window.switch_language("en")
    _by_hand(opened, f"{LOOPBACK}:1")
    opened.hands.type("code", "A000-0000-0000")
    opened.hands.press("continue")
    opened.hands.wait(lambda: opened.app.window.page.focused() == "typed", "the address's error")
    controls = opened.app.window.page.controls
    assert controls["typed"].error.startswith(Unreachable.staff_text)  # type: ignore[attr-defined]
    assert controls["code"].value == "A000-0000-0000"  # type: ignore[attr-defined]


def test_broken_off_it_begins_again_with_the_same_choice(main: Main, new: Home, open_app: OpenApp) -> None:
    """A refused attempt has made an empty desk: the next start asks again what the PC begins with."""
    opened = open_app(new)
    _begin(opened)
    _by_hand(opened, main.address)
    opened.hands.type("code", "A000-0000-0000")
    opened.hands.press("continue")
    opened.hands.until("continue")
    again = open_app(new)
    _begin(again)
    _by_hand(again, main.address)
    again.hands.type("code", main.code("kiosk", 3))
    again.hands.press("continue")
    again.ready()
    again.hands.shows("shell.home")


def test_every_look_of_it_is_whole(new: Home, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    from akimat_desk.ui import inspect
    from akimat_desk.ui.inspect import walk_through

    host = FoundHost("a" * 32, "b" * 32, 1, "192.168.1.10:8749", "192.168.1.10")
    for hosts in ((), (host,)):
        monkeypatch.setattr(Join, "look", found(*hosts))
        opened = open_app(new)
        _begin(opened)
        if not hosts:
            opened.hands.press("by-hand")
        opened.hands.look(0.3)
        window, wrong = opened.app.window, {}
        for name in walk_through(window, growths=(100, 200)):
            page = window.topmost
            wrong[name] = inspect.clipped(page) + inspect.small_text(page) + inspect.small_targets(page)
            wrong[name] += inspect.pale(page)
        assert {name: what for name, what in wrong.items() if what} == {}
