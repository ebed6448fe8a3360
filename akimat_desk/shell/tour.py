"""The tour: one resident and one staff member go through what is there, on the real window; pictures and papers stay.

It drives the window as a person does, by its controls, and fails where something does not come. Each service walks its
own part (`Service.tour`).
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.errors import Misuse
from akimat_desk.base.paths import Home
from akimat_desk.base.threads import screen_thread
from akimat_desk.service import find_services, load
from akimat_desk.shell.app import App
from akimat_desk.shell.demo import make_village

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator

PATIENCE_S: Final = 60.0
SETTLE_S: Final = 0.7
"""Nothing on the screen changes for so long before a picture is taken."""


class TourStuck(Misuse):
    """The tour waited for something that did not come."""

    code = "tour-stuck"
    staff_text = "The tour waited for {what}."


class Walk:
    """A `Tour` on an open window."""

    def __init__(self, app: App, pictures: Path) -> None:
        self.app = app
        self._pictures = pictures
        self._number = 0

    def press(self, control: str) -> None:
        """See `service.Tour`."""
        self.until(control)
        found = self.app.window.topmost.controls[control]
        found.take_focus()
        self._pump(0.05)
        found.press()  # type: ignore[attr-defined]  # every control a tour names can be pressed

    def type(self, control: str, text: str) -> None:
        """See `service.Tour`."""
        self.until(control)
        field = self.app.window.topmost.controls[control]
        field.take_focus()
        field.entry.delete(0, "end")  # type: ignore[attr-defined]
        field.entry.insert(0, text)  # type: ignore[attr-defined]
        self._pump(0.05)

    def shows(self, screen: str) -> None:
        """See `service.Tour`."""
        self.wait(lambda: self.app.window.screen.name == screen, screen)

    def until(self, control: str) -> None:
        """See `service.Tour`."""
        self.wait(lambda: control in self.app.window.topmost.controls, control)

    def picture(self, name: str) -> None:
        """See `service.Tour`."""
        from PIL import ImageGrab

        self.app.window.root.event_generate("<Motion>", warp=True, x=0, y=0)  # no control is under the mouse
        self._pump(SETTLE_S)
        self._number += 1
        grabbed = ImageGrab.grab(xdisplay="" if sys.platform == "linux" else None)
        grabbed.save(self._pictures / f"{self._number:02}-{name}.png")

    def wait(self, so: Callable[[], bool], what: str) -> None:
        """Let the window work until `so`; `TourStuck` when it never is."""
        until = time.monotonic() + PATIENCE_S
        while not so():
            if time.monotonic() > until:
                raise TourStuck(what=what)
            self._pump(0.02)

    def _pump(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while True:
            self.app.window.root.update()
            if time.monotonic() >= until:
                return
            time.sleep(0.01)


def walk(target: Path, words: Translator) -> int:
    """Make a demo village in a throw-away folder, walk it, and leave pictures and papers in `target`."""
    pictures, papers = target / "pictures", target / "papers"
    for folder in (pictures, papers):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="desk-tour-") as place:
        home = Home(Path(place) / "data", Path(place) / "keys")
        _first_run(Home(Path(place) / "new", Path(place) / "new-keys"), words, pictures)
        make_village(words, home)
        _village(home, words, pictures)
        for number, file in enumerate(sorted((home.data / "papers").glob("*.pdf")), 1):
            shutil.copyfile(file, papers / f"{number:02}-printed.pdf")
    return 0


def _first_run(home: Home, words: Translator, pictures: Path) -> None:
    """The first set-up of a PC, as far as the paper with the recovery key."""
    app = App(home.ensure(), words, find_services(), SystemClock())
    tour = Walk(app, pictures / "first-set-up")
    (pictures / "first-set-up").mkdir()
    with screen_thread():
        app.start()
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
        tour.shows("printing.first_printer")
        tour.picture("printer")
        tour.press("continue")
        tour.shows("shell.first_run.recovery_key")
        tour.picture("recovery-key")
        app.close()


def _village(home: Home, words: Translator, pictures: Path) -> None:
    from akimat_desk.office.demo import PIN

    app = App(home, words, find_services(), SystemClock(), resident_first=True)
    tour = Walk(app, pictures)
    with screen_thread():
        app.start()
        tour.wait(lambda: app.desk is not None and bool(app.room.name), "the desk")
        tour.picture("home")
        for control in ("language-ru", "language-en", "theme"):
            tour.press(control)
            tour.picture(f"home-{control.removeprefix('language-')}")
        for control in ("theme", "language-kk", "larger", "larger", "larger"):
            tour.press(control)
        tour.picture("home-large")
        for _ in range(3):
            tour.press("smaller")
        for service in app.services:
            if service.tour[0]:
                load(service.tour[0])(tour)
        tour.shows("shell.home")
        tour.press("finish")
        tour.picture("finish")
        tour.press("danger")
        tour.shows("shell.farewell")
        tour.picture("farewell")
        tour.press("continue")
        tour.shows("shell.home")
        tour.press("staff")
        tour.until("staff-2")
        tour.press("staff-2")
        tour.type("pin", PIN)
        tour.picture("sign-in")
        tour.press("continue")
        tour.shows("shell.today")
        tour.wait(lambda: getattr(app.window.screen, "complete", True), "the checks")
        tour.picture("staff-today")
        for service in app.services:
            if service.tour[1]:
                load(service.tour[1])(tour)
        app.close()
