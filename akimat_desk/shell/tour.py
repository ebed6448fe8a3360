"""The tour: one resident and one staff member go through what is there, on the real window; pictures and papers stay.

It drives the window as a person does, by its controls, and fails where something does not come. Each service walks its
own part (`Service.tour`).
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.base.threads import screen_thread
from akimat_desk.base.words import LANGUAGES
from akimat_desk.service import find_services, load
from akimat_desk.shell.app import App
from akimat_desk.shell.demo import make_village
from akimat_desk.shell.hands import Hands

if TYPE_CHECKING:
    from akimat_desk.base.words import Language, Translator


def walk(target: Path, words: Translator, language: Language = "kk") -> int:
    """Make a demo village in a throw-away folder, walk it in `language`, and leave pictures and papers in `target`.

    The home is pictured in every language, everything else in the one.
    """
    pictures, papers = target / "pictures", target / "papers"
    for folder in (pictures, papers):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="desk-tour-") as place:
        _first_set_up(Home(Path(place) / "new", Path(place) / "new-keys"), words, pictures / "first-set-up", language)
        home = make_village(words, Home(Path(place) / "data", Path(place) / "keys"))
        app = App(home, words, find_services(), SystemClock(), resident_first=True)
        tour = Hands(app, pictures)
        with screen_thread():
            app.start()
            tour.wait(lambda: app.desk is not None, "the desk")
            _resident(tour, language)
            _staff(tour, language)
        app.close()
        for number, file in enumerate(sorted((home.data / "papers").glob("*.pdf")), 1):
            shutil.copyfile(file, papers / f"{number:02}-printed.pdf")
    return 0


def _speak(tour: Hands, language: Language) -> None:
    """Choose the language, as a person does; the home begins in Kazakh."""
    if tour.app.window.language != language:
        tour.press(f"language-{language}")


def _first_set_up(home: Home, words: Translator, pictures: Path, language: Language) -> None:
    """The first set-up of a PC, as far as the paper with the recovery key."""
    app = App(home.ensure(), words, find_services(), SystemClock())
    tour = Hands(app, pictures)
    with screen_thread():
        app.start()
        tour.shows("shell.first_run.begin")
        _speak(tour, language)
        tour.picture("begin")
        tour.press("join")
        tour.shows("shell.first_run.join")
        tour.picture("join")
        tour.press("back")
        tour.press("new")
        tour.shows("shell.first_run.village")
        tour.type("name_kk", "Ақжар ауылдық округі")
        tour.type("name_ru", "Акжарский сельский округ")
        tour.picture("village")
        tour.press("continue")
        tour.shows("shell.first_run.this_pc")
        tour.picture("this-pc")
        tour.press("continue")
        tour.shows("shell.first_run.administrator")
        tour.type("person", "Сәдуақасова Айгүл")
        tour.type("pin", "274093")
        tour.type("pin_again", "274093")
        tour.picture("administrator")
        tour.press("continue")
        step = app.window.screen
        for service in app.services:
            if service.first_run is not None:
                tour.wait(lambda step=step: app.window.screen is not step, service.name)  # type: ignore[misc]
                step = app.window.screen
                tour.picture(service.name)
                tour.press("continue")
        tour.shows("shell.first_run.recovery_key")
        tour.picture("recovery-key")
    app.close()


def _resident(tour: Hands, language: Language) -> None:
    """The home in every dress, each service's part, a call for help, and the end."""
    _speak(tour, language)
    tour.picture("home")
    for other in LANGUAGES:
        if other != language:
            tour.press(f"language-{other}")
            tour.picture(f"home-{other}")
    for control in (f"language-{language}", "theme"):
        tour.press(control)
    tour.picture("home-dark")
    for control in ("theme", "larger", "larger", "larger"):
        tour.press(control)
    tour.picture("home-large")
    for _ in range(3):
        tour.press("smaller")
    for service in tour.app.services:
        if service.tour[0]:
            load(service.tour[0])(tour)
    tour.shows("shell.home")
    tour.press("help")
    tour.until("banner")
    tour.picture("help")
    tour.press("finish")
    tour.picture("finish")
    tour.press("danger")
    tour.shows("shell.farewell")
    tour.until("continue")
    tour.picture("farewell")
    tour.press("continue")
    tour.shows("shell.home")


def _staff(tour: Hands, language: Language) -> None:
    """An administrator signs in, sees today and who asked for help, and each service's part."""
    from akimat_desk.office.demo import PIN, STAFF

    _speak(tour, language)
    tour.press("staff")
    tour.press_words(STAFF[0][0])
    tour.type("pin", PIN)
    tour.picture("sign-in")
    tour.press("continue")
    tour.shows("shell.today")
    tour.wait(lambda: getattr(tour.app.window.screen, "complete", True), "the checks")
    tour.picture("staff-today")
    tour.press("went-1")
    for service in tour.app.services:
        if service.tour[1]:
            load(service.tour[1])(tour)
