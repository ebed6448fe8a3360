"""Every screen of the shell, in the languages, text sizes and themes: nothing cut off, pale, small or out of reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.paths import Home
from akimat_desk.base.words import N_, Language, Sentence, Translator
from akimat_desk.office.restoring import Found
from akimat_desk.people.sign_in import WrongPin
from akimat_desk.people.staff import SignedIn, StaffMember
from akimat_desk.service import Alert, Figure, Finding, TodayLine, find_services
from akimat_desk.shell.app import App
from akimat_desk.shell.calls import HelpCall
from akimat_desk.shell.doctor import Checked, found_by
from akimat_desk.shell.first_run import FirstRun
from akimat_desk.shell.overview import Overview
from akimat_desk.shell.restoring import WRITING, Restore
from akimat_desk.shell.room import Room
from akimat_desk.shell.screens.farewell import Farewell, FarewellScreen
from akimat_desk.shell.screens.first_run import AdministratorScreen, BeginScreen, ThisPcScreen, VillageScreen
from akimat_desk.shell.screens.home import HomePresenter, HomeScreen
from akimat_desk.shell.screens.recovery_key import RecoveryKeyScreen
from akimat_desk.shell.screens.restore import BroughtBackScreen, ChooseCopyScreen, RecoveryKeyTypedScreen
from akimat_desk.shell.screens.sign_in import SignInPresenter, SignInScreen
from akimat_desk.shell.screens.today import TodayPresenter, TodayScreen
from akimat_desk.shell.screens.trouble import TroubleScreen
from akimat_desk.store.backup import BackupHeader
from akimat_desk.store.errors import DatabaseDamaged, DiskFull, WrongKey
from akimat_desk.store.recovery import RecoveryKeyTypo
from akimat_desk.store.restore import Restored
from akimat_desk.ui.cover import signed_out_in
from akimat_desk.ui.inspect import PseudoWords, findings, settle, untranslated
from akimat_desk.ui.operations import Operation, Progress
from akimat_desk.ui.screen import Screen, Stage
from installer.virtual_screen import virtual_screen

from .conftest import ADMINISTRATOR, TRAINER, ZONE, words_of

if TYPE_CHECKING:
    from akimat_desk.people.session import Session
    from akimat_desk.service import Desk

pytestmark = pytest.mark.screen

Look = tuple[Language, int, bool]

SMALL: list[Look] = [
    ("kk", 100, False),
    ("ru", 125, True),
    ("en", 150, False),
    ("kk", 200, True),
    ("ru", 200, False),
]
"""Each language, size and theme on the smallest screen; the longest language at both ends."""

LARGE: list[Look] = [("ru", 150, True), ("en", 200, False)]

ROOM = Room({"kk": ZONE.name_kk, "ru": ZONE.name_ru, "en": ZONE.name_kk}, "09:00–18:00", ZONE.wifi)
PEOPLE = (StaffMember("1", ADMINISTRATOR, "administrator", True), StaffMember("2", TRAINER, "trainer", True))
FIGURES = (
    Figure(N_("Documents today"), "1 240"),
    Figure(N_("Pages"), "12", "good"),
    Figure(N_("To the till"), "1 240 ₸", "waiting"),
    Figure(N_("Waiting for your decision"), "2", "bad"),
)
ALERTS = (
    (Alert(Sentence(N_("Overdue assignments: {n}"), {"n": 12}), "", "bad"), "printing-0"),
    (Alert(Sentence(N_("Residents to be told of a new date today: {n}"), {"n": 3}), ""), "printing-0"),
    (Alert(Sentence(N_("Assignments that end today: {n}"), {"n": 3}), ""), ""),
)
CHECKED = (
    Checked("a", N_("Documents"), Finding("works", N_("Files are opened in a process of their own."))),
    Checked("a", N_("Printer"), Finding("off", N_("Printers are looked at once the desk is set up."))),
    Checked("a", N_("Database"), found_by(DatabaseDamaged())),
    Checked("a", N_("Disk"), Finding("attention", DiskFull.staff_text, DiskFull.next_text)),
)


def _nothing(*_: object) -> None:
    pass


def _home(app: App) -> Screen:
    lines = (TodayLine("printer", "sky", N_("One page, black and white"), "20 ₸"),)
    presenter = HomePresenter(
        app.services, _nothing, _nothing, lambda: (ROOM, lines), lambda: date(2026, 11, 20), ROOM, lines
    )
    return HomeScreen(presenter)


def _farewell(state: str) -> Callable[[App], Screen]:
    def make(_: App) -> Screen:
        return FarewellScreen(Farewell(cast("Session", None), state), _nothing, _nothing)  # type: ignore[arg-type]

    return make


def _trouble(error: AkimatDeskError) -> Callable[[App], Screen]:
    return lambda _: TroubleScreen(error, _nothing, _nothing, _nothing)


def _begin(app: App) -> Screen:
    return BeginScreen(FirstRun(app))


HEADER = BackupHeader(1_795_150_800_000, "QES1S8", "c0", 4096, {}, {})
COPIES = (
    Found("stick", "AQJAR", Path("akimat-desk.backup"), HEADER),
    Found("stick", "AQJAR", Path("cut-off.backup"), None),
    Found("here", "", Path("000001.backup"), replace(HEADER, made_ms=HEADER.made_ms - 86_400_000)),
)


class StillCopyScreen(ChooseCopyScreen):
    """Looks nowhere: what is found is given."""

    def on_show(self, stage: Stage) -> None:
        pass


def _copies(*found: Found) -> Callable[[App], Screen]:
    return lambda app: StillCopyScreen(Restore(app, found=found, typed="/mnt"))


def _typed_key(*, typo: bool = False, busy: bool = False) -> Callable[[App], Screen]:
    def make(app: App) -> Screen:
        error = RecoveryKeyTypo(groups="2, 6") if typo else None
        groups = ["BJPKC", "QEEV7", "5WX1N", "027Q3", "7V5DB", "QYTVR", "M52PC"]
        screen = RecoveryKeyTypedScreen(Restore(app, header=HEADER, groups=groups, error=error))
        if busy:
            screen.operation, screen.progress = Operation(), Progress(62, 100, WRITING)
        return screen

    return make


def _brought_back(app: App) -> Screen:
    aside = Path("aside", "20261120-101500-ab12")
    return BroughtBackScreen(Restore(app, restored=Restored(app.home, HEADER, "c1", aside)))


def _sign_in(chosen: str, wrong: bool = False) -> Callable[[App], Screen]:
    def make(app: App) -> Screen:
        presenter = SignInPresenter(
            fetch=lambda: PEOPLE,
            waiting=lambda _: None,
            sign_in=lambda who, pin: SignedIn(who, pin, "staff"),
            done=_nothing,
            leave=_nothing,
            staff=PEOPLE,
            chosen=chosen,
            error=WrongPin(left=4) if wrong else None,
        )
        return SignInScreen(presenter)

    return make


class EarlyScreen(TodayScreen):
    """While nothing has been fetched yet."""

    def on_show(self, stage: Stage) -> None:
        pass


def _today(full: bool, details: bool = False) -> Callable[[App], Screen]:
    def make(_: App) -> Screen:
        kind = TodayScreen if full else EarlyScreen
        overviews = (Overview(N_("Printing"), "printer", FIGURES, "printing-0", ALERTS),) if full else ()
        return kind(
            TodayPresenter(
                today=lambda: date(2026, 11, 20),
                waiting=lambda: (HelpCall(1, 1_795_150_800_000),) if full else (),
                went=_nothing,
                fetch=lambda: overviews,
                examine=lambda: CHECKED,
                show=_nothing,
                overviews=overviews,
                checked=CHECKED if full else None,
                details=details,
            )
        )

    return make


def _step(screen: type[Screen], wrong: str = "") -> Callable[[App], Screen]:
    def make(app: App) -> Screen:
        run = FirstRun(app, name_kk=ZONE.name_kk, name_ru=ZONE.name_ru, person=ADMINISTRATOR, pin="274093")
        made = screen(run)  # type: ignore[call-arg]
        if wrong:
            made.errors = {wrong: (Sentence(N_("The two PINs differ. Type the same one twice.")),)}  # type: ignore[attr-defined]
        if isinstance(made, RecoveryKeyScreen):
            made.shown = True
        return made

    return make


SCREENS: dict[str, Callable[[App], Screen]] = {
    "home": _home,
    "erasing": _farewell("erasing"),
    "erased": _farewell("erased"),
    "left over": _farewell("left"),
    "trouble": _trouble(WrongKey(file="desk.db")),
    "who": _sign_in(""),
    "wrong pin": _sign_in("1", wrong=True),
    "today": _today(full=True),
    "today, all": _today(full=True, details=True),
    "today, early": _today(full=False),
}
STEPS: dict[str, Callable[[App], Screen]] = {
    "begin": _begin,
    "copies": _copies(*COPIES),
    "no copy": _copies(),
    "key": _typed_key(),
    "wrong key": _typed_key(typo=True),
    "bringing back": _typed_key(busy=True),
    "brought back": _brought_back,
    "village": _step(VillageScreen),
    "this pc": _step(ThisPcScreen),
    "administrator": _step(AdministratorScreen, "pin_again"),
    "recovery key": _step(RecoveryKeyScreen, "typed"),
}


def _app(place: Path, words: Translator) -> App:
    """A window with a resident and an administrator at it, and no desk behind."""
    app = App(Home(place / "desk", place / "keys"), words, find_services(), SystemClock())
    app.staff.sign_in(SignedIn("1", ADMINISTRATOR, "administrator"))
    app.window.home()
    settle(app.window)
    app.desk, app.room = cast("Desk", object()), ROOM
    app.window.root.focus_force()
    return app


def _close(app: App) -> None:
    app.desk = None
    app.close()


@pytest.fixture(scope="module")
def app(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """On 1366 x 768."""
    app = _app(tmp_path_factory.mktemp("looks"), words_of(find_services()))
    yield app
    _close(app)


@pytest.fixture(scope="module")
def pseudo(display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """On 1366 x 768, in a language nobody speaks."""
    app = _app(tmp_path_factory.mktemp("pseudo"), PseudoWords())
    yield app
    _close(app)


@pytest.fixture(scope="session")
def large_display() -> Iterator[str]:
    """Stays to the end: Tk keeps its line to a display, and ends the process when the display goes."""
    with virtual_screen(1920, 1080) as name:
        yield name


@pytest.fixture(scope="module")
def wide(large_display: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """On 1920 x 1080."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DISPLAY", large_display)
        app = _app(tmp_path_factory.mktemp("wide"), words_of(find_services()))
    yield app
    _close(app)


def _show(app: App, name: str) -> None:
    """The first set-up has no desk yet, so no help to call and no session to end."""
    app.desk = None if name in STEPS else cast("Desk", object())
    app.window.root.lift()  # of several windows on one screen only one has the keyboard
    app.window.root.focus_force()
    app.window.go((STEPS | SCREENS)[name](app))
    settle(app.window)


def _wrong(app: App, name: str, looks: list[Look]) -> dict[str, list[str]]:
    _show(app, name)
    found = {}
    for language, growth, dark in looks:
        app.window.show_as(language, growth, dark)
        found[f"{language} {growth} {'dark' if dark else 'light'}"] = findings(app.window)
    return {look: wrong for look, wrong in found.items() if wrong}


@pytest.mark.parametrize("name", [*SCREENS, *STEPS])
def test_on_a_small_screen(app: App, name: str) -> None:
    assert _wrong(app, name, SMALL) == {}


@pytest.mark.parametrize("name", [*SCREENS, *STEPS])
def test_on_a_large_screen(wide: App, name: str) -> None:
    assert _wrong(wide, name, LARGE) == {}


COPY_WORDS = {"AQJAR", "cut-off.backup", "QES1S8", "2026 жылғы 20 қараша, 10:00", "2026 жылғы 19 қараша, 10:00"}
NAMES = {ADMINISTRATOR, TRAINER, ZONE.name_kk, ZONE.wifi, "Aqjar_Alany", "PIN", "1 240", "1 240 ₸", "20 ₸", "10:00"}


@pytest.mark.parametrize("name", [*SCREENS, *STEPS])
def test_every_word_is_translated_and_may_be_longer(pseudo: App, name: str) -> None:
    _show(pseudo, name)
    screen = pseudo.window.screen
    key = set(screen.run.key.split("-")) if isinstance(screen, RecoveryKeyScreen) else set(COPY_WORDS)
    found: dict[int, list[str]] = {}
    for growth in (100, 125):
        pseudo.window.show_as("kk", growth, False)
        found[growth] = findings(pseudo.window)
        said = untranslated(pseudo.window.topmost, NAMES | key | {"20 қараша, жұма"})
        found[growth] += [words for words in said if not _cut(words)]
    assert {growth: wrong for growth, wrong in found.items() if wrong} == {}


def test_the_question_at_the_end_and_the_idle_check_fit(app: App) -> None:
    _show(app, "home")
    found = {}
    cover = app.window._cover
    for ask in (
        lambda: cover.ask_idle(60, _nothing),
        lambda: cover.ask_idle(60, _nothing, signed_out_in),
        _finish(app),
    ):
        for language, growth, dark in SMALL:
            app.window.show_as(language, growth, dark)
            ask()
            found[f"{language} {growth}"] = findings(app.window)
            app.window._cover.lift()
    assert {look: wrong for look, wrong in found.items() if wrong} == {}


def _cut(words: str) -> bool:
    """Whether this is a name that was ended with … where the place is too narrow."""
    return any(name.startswith(words.removesuffix("…")) for name in (ADMINISTRATOR, ZONE.name_kk))


def _finish(app: App) -> Callable[[], None]:
    def ask() -> None:
        app.resident.session = cast("Session", object())
        app.resident.ask_finish()
        app.resident.session = None

    return ask
