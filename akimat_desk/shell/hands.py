"""Presses and types on the real window as a person does, by its controls' names. The tour and tests have hands."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import Misuse
from akimat_desk.shell.pages import page_key

if TYPE_CHECKING:
    from akimat_desk.shell.app import App

PATIENCE_S: Final = 60.0
SETTLE_S: Final = 0.7
"""Nothing on the screen changes for so long before a picture is taken."""


class TourStuck(Misuse):
    """The tour waited for something that did not come."""

    code = "tour-stuck"
    staff_text = "The tour waited for {what}; what was shown was {screen}."


class Hands:
    """A `service.Tour` on the window of `app`; pictures go to the folder `pictures`."""

    def __init__(self, app: App, pictures: Path) -> None:
        self.app = app
        self._pictures = pictures
        self._number = 0

    def press(self, control: str) -> None:
        """See `service.Tour`."""
        self.until(control)
        found = self.app.window.topmost.controls[control]
        found.take_focus()
        self.look(0.05)
        found.press()  # type: ignore[attr-defined]  # every control a tour names can be pressed

    def press_words(self, words: str) -> None:
        """Press the control that says `words`."""
        self.wait(lambda: bool(self._saying(words)), words)
        self.press(self._saying(words))

    def open_page(self, screen: str) -> None:
        """See `service.Tour`."""
        key, shelf = next(
            (page_key(service, number), page.shelf)
            for service in self.app.services
            for number, page in enumerate(service.staff_pages)
            if page.screen == screen
        )
        self.wait(lambda: {f"page-{key}", f"page-{shelf}"} & set(self.app.window.topmost.controls) != set(), screen)
        if f"page-{key}" not in self.app.window.topmost.controls:
            self.press(f"page-{shelf}")
        self.press(f"page-{key}")

    def type(self, control: str, text: str) -> None:
        """See `service.Tour`."""
        self.until(control)
        field = self.app.window.topmost.controls[control]
        field.take_focus()
        field.entry.delete(0, "end")  # type: ignore[attr-defined]
        field.entry.insert(0, text)  # type: ignore[attr-defined]
        self.look(0.05)

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
        self.look(SETTLE_S)
        while self.app.window.operations.reading:  # a page of a document is drawn by another process
            self.wait(lambda: not self.app.window.operations.reading, name)
            self.look(SETTLE_S)
        self._number += 1
        self._pictures.mkdir(exist_ok=True)
        grabbed = ImageGrab.grab(xdisplay="" if sys.platform == "linux" else None)
        grabbed.save(self._pictures / f"{self._number:02}-{name}.png")

    def wait(self, so: Callable[[], bool], what: str) -> None:
        """Let the window work until `so`; `TourStuck` when it never is."""
        until = time.monotonic() + PATIENCE_S
        while not so():
            if time.monotonic() > until:
                raise TourStuck(what=what, screen=self.app.window.screen.name)
            self.look(0.02)

    def look(self, seconds: float) -> None:
        """Let the window work for a while."""
        until = time.monotonic() + seconds
        while True:
            self.app.window.root.update()
            if time.monotonic() >= until:
                return
            time.sleep(0.01)

    def _saying(self, words: str) -> str:
        controls = self.app.window.topmost.controls
        return next((name for name, control in controls.items() if getattr(control, "text", "") == words), "")
