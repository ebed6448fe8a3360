"""A small village, and hands on the real window of its desk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, Clock, FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.base.threads import screen_thread
from akimat_desk.base.words import Language, Translator
from akimat_desk.people.entries import ZoneContent
from akimat_desk.people.staff import add_first_administrator, add_staff
from akimat_desk.people.zone import PcRole, ThisPc, open_zone, set_this_pc
from akimat_desk.service import Service, find_services
from akimat_desk.shell import hands as hands_module
from akimat_desk.shell.app import App
from akimat_desk.shell.hands import Hands
from akimat_desk.shell.opening import catalogues, open_desk

PIN = "274093"
ADMINISTRATOR = "Сәдуақасова Айгүл"
TRAINER = "Өтегенова Шолпан"
T = TypeVar("T")
ZONE = ZoneContent(name_kk="Ақжар ауылдық округі", name_ru="Акжарский сельский округ", wifi="Aqjar_Alany")


def beside(call: Callable[[], T]) -> T:
    """What `call` gives, called on another thread: reading a desk blocks, and the test's thread draws the screen."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()


def words_of(services: tuple[Service, ...], language: Language = "kk") -> Translator:
    """The shipped catalogues."""
    return Translator(catalogues(services), language)


def found_village(home: Home, clock: Clock, role: PcRole = "kiosk") -> Home:
    """A desk after its first set-up: an administrator, a trainer, no printer."""
    services = find_services()
    with open_desk(home, clock=clock, words=words_of(services), services=services, create=True) as desk:
        administrator = add_first_administrator(desk.journal, name=ADMINISTRATOR, pin=PIN)
        add_staff(desk.journal, by=administrator, name=TRAINER, role="trainer", pin=PIN)
        with desk.store.write() as db:
            set_this_pc(db, ThisPc("", role, 1 if role == "kiosk" else 0))
        open_zone(desk.journal, ZONE, by=administrator)
    return home


@pytest.fixture(scope="session")
def _whole_villages(tmp_path_factory: pytest.TempPathFactory) -> dict[PcRole, Home]:
    """A village of each kind of PC, made once: a PIN's slow hash is not every test's matter."""
    homes: dict[PcRole, Home] = {}
    for role in ("kiosk", "desk"):
        folder = tmp_path_factory.mktemp(role)
        clock = FixedClock(datetime(2026, 11, 20, 9, 0, tzinfo=KAZAKHSTAN))
        homes[role] = found_village(Home(folder / "desk", folder / "keys"), clock, role)
    return homes


def _copy(whole: Home, home: Home) -> Home:
    for there, here in ((whole.data, home.data), (whole.keys, home.keys)):
        shutil.copytree(there, here, dirs_exist_ok=True)
    return home


@pytest.fixture
def village(home: Home, _whole_villages: dict[PcRole, Home]) -> Home:
    """The home of a residents' PC."""
    return _copy(_whole_villages["kiosk"], home)


@pytest.fixture
def staff_village(home: Home, _whole_villages: dict[PcRole, Home]) -> Home:
    """The home of a staff PC."""
    return _copy(_whole_villages["desk"], home)


@dataclass
class Opened:
    """A window and the hands on it."""

    app: App
    hands: Hands

    @property
    def texts(self) -> list[str]:
        """All words that are shown now."""
        from akimat_desk.ui.inspect import settle, texts

        settle(self.app.window)
        return texts(self.app.window.topmost)

    def ready(self) -> Opened:
        """Wait until the desk is open."""
        self.hands.wait(lambda: self.app.desk is not None, "the desk")
        return self

    def sign_in(self, name: str = ADMINISTRATOR, pin: str = PIN) -> None:
        """From the residents' home, or the PIN page, to the overview of today."""
        if self.app.window.screen.name == "shell.home":
            self.hands.press("staff")
        self.hands.press_words(name)
        self.hands.type("pin", pin)
        self.hands.press("continue")

    def answered(self) -> None:
        """Everything that was asked for in the window has been answered."""
        self.hands.wait(lambda: not self.app.window.operations._running, "an answer")


OpenApp = Callable[..., Opened]


@pytest.fixture
def open_app(display: str, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenApp]:
    """Opens the window of a desk as the program does, under the guard of the screen's thread; closed at the end."""
    monkeypatch.setattr(hands_module, "PATIENCE_S", 20.0)
    monkeypatch.setattr("printing.screens.enter.find_printers", tuple)  # looking round the network takes seconds
    with ExitStack() as stack:

        def open_one(
            home: Home,
            *,
            services: tuple[Service, ...] | None = None,
            words: Translator | None = None,
            clock: Clock = clock,
            resident_first: bool = False,
        ) -> Opened:
            services = services or find_services()
            app = App(home, words or words_of(services), services, clock, resident_first=resident_first)
            stack.callback(app.close)
            stack.enter_context(screen_thread())
            hands = Hands(app, tmp_path / "pictures")
            app.start()
            hands.wait(lambda: bool(app.window.screen.name), "the first screen")
            app.window.root.focus_force()
            hands.look(0.05)
            return Opened(app, hands)

        yield open_one
