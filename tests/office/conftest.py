"""An office at work: a village with an administrator who has signed in, and a window to look at its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from akimat_desk.base.words import Translator
from akimat_desk.office.demo import PIN, ZONE
from akimat_desk.people.staff import SignedIn, add_first_administrator
from akimat_desk.people.zone import open_zone
from akimat_desk.service import Desk, find_services
from akimat_desk.shell.opening import catalogues
from akimat_desk.ui.gallery import frames, open_window
from akimat_desk.ui.inspect import settle
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


@pytest.fixture(scope="session")
def _the_window(display: str) -> Iterator[Window]:
    window = open_window(size=None)
    window.home()
    settle(window)
    window.root.focus_force()
    yield window
    window.close()


@pytest.fixture
def window(_the_window: Window) -> Window:
    """A window in Kazakh at 100 %, in which everything that is run is done at once."""
    window = _the_window
    window.speak(Translator(catalogues(find_services())))
    window.frames = frames()
    window.start_over()
    window.root.focus_force()
    settle(window)
    return window
