"""An office at work: a village with an administrator who has signed in, and a window to look at its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from akimat_desk.base.words import Language, Translator
from akimat_desk.office.demo import PIN, ZONE
from akimat_desk.people.staff import SignedIn, add_first_administrator
from akimat_desk.people.zone import open_zone
from akimat_desk.service import Desk, find_services
from akimat_desk.shell.opening import catalogues
from akimat_desk.ui import inspect
from akimat_desk.ui.gallery import open_window
from akimat_desk.ui.inspect import settle, walk_through
from akimat_desk.ui.screen import Screen, Stage
from akimat_desk.ui.widgets.field import Field
from akimat_desk.ui.widgets.pressable import Pressable
from akimat_desk.ui.widgets.surface import Box, Layer
from akimat_desk.ui.widgets.table import Table
from akimat_desk.ui.window import Window

ADMINISTRATOR = "Сәдуақасова Айгүл"


@pytest.fixture
def administrator(desk: Desk) -> SignedIn:
    """Whoever set the room up."""
    person = add_first_administrator(desk.journal, name=ADMINISTRATOR, pin=PIN)
    open_zone(desk.journal, ZONE, by=person)
    return person


@pytest.fixture
def office(desk: Desk, administrator: SignedIn) -> Desk:
    """The desk with the administrator at it."""
    return replace(desk, signed_in=lambda: administrator)


class Seen:
    """A window and what is done in it, by the names of the controls."""

    def __init__(self, window: Window) -> None:
        self.window = window

    @property
    def page(self) -> Layer:
        return self.window.topmost

    @property
    def texts(self) -> list[str]:
        """All words that are shown."""
        settle(self.window)
        return inspect.texts(self.page)

    def show(self, screen: Screen, language: Language = "kk") -> Seen:
        self.window.words.switch(language)
        self.window.go(screen)
        settle(self.window)
        return self

    def press(self, name: str) -> None:
        control = self.page.controls[name]
        assert isinstance(control, Pressable)
        control.press()
        settle(self.window)

    def type(self, name: str, text: str) -> None:
        field = self.field(name)
        field.take_focus()
        field.entry.delete(0, "end")
        field.entry.insert(0, text)
        settle(self.window)

    def enter(self, name: str) -> None:
        """Press Enter in a field."""
        self.field(name).entry.event_generate("<Key-Return>")
        settle(self.window)

    def field(self, name: str) -> Field:
        found = self.page.controls[name]
        assert isinstance(found, Field)
        return found

    def table(self, name: str) -> Table:
        found = self.page.controls[name]
        assert isinstance(found, Table)
        return found

    def rows(self, name: str) -> list[str]:
        """The first cells of the rows that are seen."""
        settle(self.window)
        return [str(row.cells[0]) for row in self.table(name).visible_rows if row is not None]

    def choose(self, name: str, index: int) -> None:
        self.table(name).choose(index)
        settle(self.window)

    def wrong(self) -> dict[str, list[str]]:
        """What the looks' checks find in three languages, plain and large, and what is pale in the dark.

        The way of the keyboard is the same in every language: it is walked in Kazakh.
        """
        found = {}
        for name in walk_through(self.window, growths=(100, 200), themes=[False]):
            page = self.page
            dropped = [f"not shown: {one}" for one in inspect.unmapped(page)]
            found[name] = inspect.clipped(page) + dropped + inspect.small_text(page) + inspect.small_targets(page)
            if name.startswith("kk"):
                found[name] += inspect.unreachable_by_keyboard(self.window)
            found[name] += inspect.pale(page)
        for name in walk_through(self.window, languages=["kk"], growths=[100], themes=[True]):
            found[name] = inspect.pale(self.page)
        return {name: wrong for name, wrong in found.items() if wrong}


class Nothing(Screen):
    """What the window shows between two tests."""

    frame = "bare"

    def build(self, body: Box, stage: Stage) -> None:
        Box(body).pack()


@pytest.fixture(scope="session")
def _the_window(display: str) -> Iterator[Window]:
    window = open_window(Nothing, size=None)
    window.words = Translator(catalogues(find_services()))
    window.home()
    settle(window)
    yield window
    window.close()


@pytest.fixture
def window(_the_window: Window) -> Window:
    """A window in Kazakh at 100 %, in which everything that is run is done at once."""
    _the_window.start_over()
    _the_window.root.focus_force()
    return _the_window


@pytest.fixture
def seen(window: Window) -> Seen:
    """The window, and what is done in it."""
    return Seen(window)
