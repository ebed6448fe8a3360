"""One window for all tests of the screens: Tk keeps its own state between roots, and a root a test would be slow."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from akimat_desk.base.words import Translator
from akimat_desk.ui.gallery import frames, open_window
from akimat_desk.ui.inspect import settle
from akimat_desk.ui.screen import Footer, FrameKind, Screen, Stage
from akimat_desk.ui.widgets.surface import Box
from akimat_desk.ui.window import Window

NO_FOOTER = Footer()


class Plain(Screen):
    """A screen from a function that puts widgets on the body."""

    def __init__(
        self, build: Callable[[Box, Stage], object], *, frame: FrameKind = "resident", footer: Footer = NO_FOOTER
    ) -> None:
        self._build, self.frame, self._footer = build, frame, footer
        self.calls: list[str] = []

    def title(self, t: Translator) -> str:
        return "Plain"

    def footer(self, stage: Stage) -> Footer:
        return self._footer

    def build(self, body: Box, stage: Stage) -> None:
        self.calls.append("build")
        self._build(body, stage)

    def on_show(self, stage: Stage) -> None:
        self.calls.append("show")

    def on_leave(self, stage: Stage) -> None:
        self.calls.append("leave")


PATIENCE = 30
"""Seconds a busy PC may take for what must come."""


def wait(window: Window, holds: Callable[[], bool]) -> None:
    """Let the window live until something is so."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        window.root.update()
        time.sleep(0.002)


def stand(window: Window) -> None:
    """Wait until the window fills the screen and has the keyboard: both are the window manager's to give."""
    root = window.root
    asked = 0.0

    def stands() -> bool:
        nonlocal asked
        filled = (root.winfo_width(), root.winfo_height()) == (window.page.look.width, window.page.look.height)
        good = bool(root.winfo_viewable()) and filled and window.page.look.width == 1366 and has_keyboard(window)
        if not good and time.monotonic() - asked > 0.5:
            asked = time.monotonic()
            root.attributes("-fullscreen", True)
            root.focus_force()
        return good

    wait(window, stands)
    settle(window)


def has_keyboard(window: Window) -> bool:
    """Whether keys come to the window."""
    return bool(window.root.tk.call("focus", "-displayof", window.root))


@pytest.fixture(scope="session")
def _the_window(display: str) -> Iterator[Window]:
    window = open_window(size=None)
    window.home()
    stand(window)
    yield window
    window.close()


@pytest.fixture
def window(_the_window: Window) -> Iterator[Window]:
    """The window as a person who has just come meets it: Kazakh, 100 %, light, home."""
    window = _the_window
    window.speak(Translator([]))
    window.frames = frames()
    window.start_over()
    stand(window)
    yield window
    window.idle = None


@pytest.fixture
def show(window: Window) -> Callable[..., Plain]:
    """Show a screen made by a function, and let it be drawn."""

    def show(
        build: Callable[[Box, Stage], object], *, frame: FrameKind = "resident", footer: Footer = NO_FOOTER
    ) -> Plain:
        screen = Plain(build, frame=frame, footer=footer)
        window.go(screen)
        settle(window)
        return screen

    return show


@pytest.fixture
def plain() -> Callable[..., Plain]:
    """Makes a screen from a function without showing it."""
    return Plain


@pytest.fixture
def wait_until(window: Window) -> Callable[[Callable[[], bool]], None]:
    """Let the window live until something is so; fails after half a minute."""

    return lambda holds: wait(window, holds)
