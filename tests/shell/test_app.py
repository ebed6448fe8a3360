"""The window of a desk: how it opens, what it says when it cannot, and who closes it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.people.details import Details
from akimat_desk.people.residents import register
from akimat_desk.service import Service, Tile, TodayLine, find_services
from akimat_desk.shell.app import App
from akimat_desk.shell.opening import open_desk
from akimat_desk.ui.widgets.table import Table

from .conftest import ZONE, OpenApp, Opened, beside, found_village, words_of

pytestmark = pytest.mark.screen


def test_the_first_picture_is_there_before_the_desk_is_open(village: Home, open_app: OpenApp) -> None:
    opened = open_app(village)
    assert opened.app.window.screen.name == "shell.home"
    assert "tile-0" in opened.app.window.page.controls


def test_the_first_picture_loads_nothing_of_the_database() -> None:
    """It is there in the time of a window; what opens the desk comes in beside it."""
    script = "import sys, akimat_desk.shell.app; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    heavy = {"peewee", "sqlcipher3", "cryptography", "msgspec", "schedule", "babel", "pypdfium2", "escpos", "PIL"}
    assert set(done.stdout.split()) & heavy == set()


def test_a_tile_pressed_before_the_desk_is_open_opens_when_it_is(
    village: Home, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = App._open_desk
    go_on = threading.Event()

    def slow(app: App) -> object:
        assert go_on.wait(20)
        return opening(app)

    monkeypatch.setattr(App, "_open_desk", slow)
    opened = open_app(village)
    opened.hands.press("tile-0")
    assert opened.app.window.screen.name == "shell.home"
    go_on.set()
    opened.hands.wait(lambda: opened.app.window.screen.name.startswith("printing."), "the first step")
    assert opened.app.resident.session is not None


def test_a_residents_pc_begins_at_the_home(village: Home, open_app: OpenApp) -> None:
    open_app(village).ready().hands.shows("shell.home")


def test_a_staff_pc_begins_at_the_pin(staff_village: Home, open_app: OpenApp) -> None:
    open_app(staff_village).ready().hands.shows("shell.sign_in")


def test_what_another_process_writes_is_shown_without_anybody_asking(
    staff_village: Home, open_app: OpenApp, clock: FixedClock
) -> None:
    """The keeper without a window, the command line, and, through the keeper, every other PC of the room."""
    opened = open_app(staff_village).ready()
    opened.sign_in()
    opened.hands.shows("shell.today")
    opened.hands.open_page("akimat_desk.office.screens.enter:the_residents")
    opened.hands.shows("office.residents")

    def elsewhere() -> None:
        services = find_services()
        with open_desk(staff_village, clock=clock, words=words_of(services), services=services) as desk:
            register(desk.journal, Details(surname="Тілеубаева", given="Ұлжан"))

    beside(elsewhere)

    def listed() -> list[str]:
        table = opened.app.window.topmost.controls.get("residents")
        return [str(row.cells[0]) for row in table.visible_rows if row] if isinstance(table, Table) else []

    opened.hands.wait(lambda: listed() == ["Тілеубаева Ұлжан"], "the resident in the list")


def test_another_name_of_the_room_stands_over_every_screen_at_once(staff_village: Home, open_app: OpenApp) -> None:
    opened = open_app(staff_village).ready()
    opened.sign_in()
    opened.hands.shows("shell.today")
    opened.hands.open_page("akimat_desk.office.screens.enter:the_settings")
    opened.hands.type("name_kk", "Көктөбе ауылдық округі")
    assert opened.app.staff.facts(opened.app._zone()).zone == ZONE.name_kk
    opened.hands.press("save")
    opened.hands.wait(lambda: opened.texts.count("Көктөбе ауылдық округі") == 1, "the header")
    opened.app.staff.sign_out()
    opened.hands.shows("shell.sign_in")
    assert opened.texts.count("Көктөбе ауылдық округі") == 1


def test_the_room_is_called_by_its_name_in_each_language(village: Home, open_app: OpenApp) -> None:
    opened = open_app(village).ready()
    names = {}
    for language in ("ru", "en", "kk"):
        opened.hands.press(f"language-{language}")
        names[language] = opened.app.resident.facts(opened.app._zone()).zone
    assert names == {"ru": ZONE.name_ru, "en": ZONE.name_kk, "kk": ZONE.name_kk}


def test_a_pc_that_was_made_another_follows_as_soon_as_nobody_is_at_it(staff_village: Home, open_app: OpenApp) -> None:
    from akimat_desk.office import uses

    opened = open_app(staff_village).ready()
    opened.sign_in()
    opened.hands.shows("shell.today")
    desk = opened.app.desk
    assert desk is not None
    opened.app.window.operations.run(
        lambda: uses.change(desk, desk.journal.device, "kiosk", 1), lambda _: None, opened.app.window.show_error
    )
    opened.hands.wait(lambda: opened.app.pc_role == "kiosk", "the new use")
    assert opened.app.window.screen.name == "shell.today"
    opened.app.staff.sign_out()
    opened.hands.shows("shell.home")
    opened.sign_in()
    opened.hands.shows("shell.today")
    opened.app.staff.sign_out()


class TestClosing:
    def test_a_residents_pc_is_closed_by_staff_only(self, village: Home, open_app: OpenApp) -> None:
        opened = open_app(village).ready()
        closed: list[str] = []
        opened.app.window.close = lambda: closed.append("closed")  # type: ignore[method-assign]
        opened.app._asked_to_close()
        assert closed == []
        opened.sign_in()
        opened.hands.shows("shell.today")
        opened.app._asked_to_close()
        assert closed == ["closed"]
        del opened.app.window.close

    def test_a_staff_pc_is_closed_by_anyone_at_it(self, staff_village: Home, open_app: OpenApp) -> None:
        opened = open_app(staff_village).ready()
        closed: list[str] = []
        opened.app.window.close = lambda: closed.append("closed")  # type: ignore[method-assign]
        opened.app._asked_to_close()
        assert closed == ["closed"]
        del opened.app.window.close


def _corrupt(home: Home) -> None:
    data = bytearray(home.database.read_bytes())
    for place in range(0, len(data), 4096):
        data[place + 100 : place + 140] = os.urandom(40)
    home.database.write_bytes(bytes(data))


def _foreign(home: Home) -> None:
    home.database.write_bytes(b"SQLite format 3\0" + bytes(8000))


def _no_key(home: Home) -> None:
    for path in home.keys.rglob("*"):
        if path.is_file():
            path.unlink()


def _newer(home: Home) -> None:
    from akimat_desk.store import Store

    store = Store.open(home)
    with store.write() as db:
        db.execute_sql(f"PRAGMA user_version = {2**31 - 1}")
    store.close()


TROUBLES: list[tuple[Callable[[Home], None], str]] = [
    (_corrupt, "database-damaged"),
    (_foreign, "not-a-desk"),
    (_no_key, "no-key"),
    (_newer, "newer-file"),
]


@pytest.mark.parametrize(("hurt", "code"), TROUBLES, ids=[code for _, code in TROUBLES])
def test_a_desk_that_cannot_be_opened_says_so_in_a_sentence(
    village: Home, open_app: OpenApp, hurt: Callable[[Home], None], code: str
) -> None:
    hurt(village)
    before = {path.name: path.read_bytes() for path in village.data.glob("desk.db")}
    opened = open_app(village)
    opened.hands.shows("shell.trouble")
    assert opened.app.trouble is not None
    assert opened.app.trouble.code == code
    shown = " ".join(opened.texts)
    assert code in shown
    assert "Traceback" not in shown
    assert {path.name: path.read_bytes() for path in village.data.glob("desk.db")} == before


def test_after_trouble_the_desk_opens_once_the_trouble_is_over(village: Home, open_app: OpenApp) -> None:
    kept = {path: path.read_bytes() for path in village.keys.rglob("*") if path.is_file()}
    _no_key(village)
    opened = open_app(village)
    opened.hands.shows("shell.trouble")
    for path, data in kept.items():
        path.write_bytes(data)
    opened.hands.press("continue")
    opened.hands.shows("shell.home")
    assert opened.ready().app.trouble is None


@pytest.mark.parametrize("year", [1970, 2099])
def test_with_a_wrong_clock_the_desk_opens_and_shows_the_clocks_own_day(
    village: Home, open_app: OpenApp, clock: FixedClock, year: int
) -> None:
    clock.turn_to(datetime(year, 1, 2, 10, tzinfo=UTC))
    opened = open_app(village).ready()
    opened.hands.press("tile-0")
    opened.hands.wait(lambda: opened.app.resident.session is not None, "a session")
    opened.app.resident.finish()
    opened.hands.shows("shell.farewell")
    opened.hands.until("continue")
    opened.hands.press("continue")
    assert any("2 қаңтар" in text for text in opened.texts)


def _invented(today: str) -> Service:
    tile = Tile("Bread", "Bread", "Fresh", "house", "sky", f"{__name__}:never")
    return Service("invented", "Invented", 5, tiles=(tile,), today=today, topics=frozenset({"bread"}))


def lines(_: object) -> tuple[TodayLine, ...]:
    return (TodayLine("house", "sky", "Bread today", str(BAKED[0])),)


def _silent(_: object) -> tuple[TodayLine, ...]:
    return ()


def never(_: object) -> tuple[TodayLine, ...]:
    from akimat_desk.base.errors import Unavailable

    raise Unavailable


BAKED = [0]


def test_a_service_that_cannot_tell_of_today_takes_nothing_from_the_others(
    village: Home, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("akimat_desk.shell.app.load", lambda name: {"a:b": never, "a:c": lines}.get(name, _silent))
    services = tuple(service for service in find_services() if service.name != "printing")
    opened = open_app(village, services=(*services, _invented("a:b"), _invented("a:c"))).ready()
    opened.hands.wait(lambda: "Bread today" in opened.texts, "the line of today")


def test_what_the_keeper_changes_is_shown_at_once(
    village: Home, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("akimat_desk.shell.app.load", lambda _: lines)
    services = tuple(service for service in find_services() if service.name != "printing")
    monkeypatch.setitem(globals(), "BAKED", [11])
    opened = open_app(village, services=(*services, _invented("a:c"))).ready()
    opened.hands.wait(lambda: "11" in opened.texts, "the first figure")
    BAKED[0] = 12
    opened.app._changed_elsewhere(frozenset({"salt"}))
    opened.app._changed_elsewhere(frozenset({"bread"}))
    opened.hands.wait(lambda: "12" in opened.texts, "the new figure")


def test_closing_ends_every_thread(village: Home, open_app: OpenApp) -> None:
    before = set(threading.enumerate())
    opened: Opened = open_app(village).ready()
    app = opened.app
    app.window.operations.run(lambda: None, lambda _: None, lambda _: None)
    app._opened.close()
    app.window.operations.close()
    left = {thread for thread in threading.enumerate() if thread not in before and thread.is_alive()}
    assert {thread.name for thread in left} == set()


def test_a_board_shows_the_queue_and_escape_leads_to_the_pin(home: Home, clock: FixedClock, open_app: OpenApp) -> None:
    opened = open_app(found_village(home, clock, "board")).ready()
    opened.hands.shows("meetings.board")
    opened.app.window.root.event_generate("<Escape>")
    opened.hands.shows("shell.sign_in")
