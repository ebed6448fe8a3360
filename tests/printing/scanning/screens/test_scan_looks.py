"""Every screen of copying in every language and size: nothing cut off, out of reach, small, pale, untranslated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from akimat_desk.ui.screen import Screen
from akimat_desk.ui.window import Window
from printing.money.prices import Rate
from printing.rules import Size
from printing.scanning.actions import Saved
from printing.scanning.laying import Leaf
from printing.scanning.screens.copied import CopiedScreen
from printing.scanning.screens.look import LookScreen
from printing.scanning.screens.saved import SavedScreen
from tests.looks import is_translated, looks_right
from tests.printing.scanning.scripted_scanner import paper  # type: ignore[import-not-found]
from tests.printing.screens.conftest import Next  # type: ignore[import-not-found]
from tests.printing.screens.test_looks import DATA  # type: ignore[import-not-found]
from tests.printing.screens.test_progress import Job  # type: ignore[import-not-found]

from .conftest import STICK  # type: ignore[import-not-found]
from .test_copying import Room  # type: ignore[import-not-found]
from .test_scanners_page import BOTH, FOUND, HALL, OLD, PROTOCOL, Page  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen


def start() -> Screen:
    room = Room()
    room.flow.what = "feeder"
    return room.start()


def look(*, card: bool = False) -> Screen:
    room = Room()
    if card:
        room.flow.what, room.scanner.glass = "card", paper(card=(20, 20))
    room.flow.look_at()
    assert room.flow.look is not None
    room.flow.look.turns = 1
    return LookScreen(room.flow, Next)


def turn_over() -> Screen:
    screen = look(card=True)
    assert isinstance(screen, LookScreen)
    screen.flow.take()
    screen.turn_over = True
    return screen


def working() -> Screen:
    screen = start()
    screen.working = "page"  # type: ignore[attr-defined]
    return screen


def large_page(*, size: Size | None = None) -> Screen:
    room = Room()
    room.flow.what = "feeder"
    room.flow.feed()
    (picture,) = room.flow.leaves[0].pictures
    room.flow.leaves[0] = Leaf((replace(picture, dpi=picture.dpi // 2),))
    assert room.flow.prices is not None
    more = [Rate("copy", "A3", "grey", False, 55)]
    room.flow.prices = room.flow.prices.with_rates(room.flow.prices.valid_from, more)
    room.flow.can_paper, room.flow.size = ("A4", "A3"), size
    return room.pages()


def pages(*, stick: bool = False, none: bool = False) -> Screen:
    room = Room()
    room.flow.what = "feeder"
    room.flow.feed()
    if stick:
        room.flow.goal = "stick"
    if none:
        room.sticks = ()
    return room.pages()


def saved() -> Screen:
    return SavedScreen(Saved(Path("Скан 23.11.2026 10-15.pdf"), 12, 120, "4821"), Next)


def scanners() -> Screen:
    page = Page(BOTH, (PROTOCOL,), with_sane=False).presenter()
    page.found = page.search()
    return type(Page().screen())(page)


def copied() -> Screen:
    return CopiedScreen(Job(state="done", printed=3).presenter())


SCREENS: dict[str, Callable[[], Screen]] = {
    "start": start,
    "working": working,
    "look": look,
    "look, a card": lambda: look(card=True),
    "turn over": turn_over,
    "pages": pages,
    "pages, larger than A4": large_page,
    "pages, larger than A4 made smaller": lambda: large_page(size="A4"),
    "pages, a stick": lambda: pages(stick=True),
    "pages, no stick": lambda: pages(stick=True, none=True),
    "saved": saved,
    "copied": copied,
    "scanners": scanners,
}
NAMES = DATA | {
    "page", STICK.name, "Скан 23.11.2026 10-15.pdf", HALL.name, HALL.uri, OLD.name, OLD.uri, FOUND.name, "Protocol",
    "192.168.1.50", "A3", "A5", "2 × A3", "3 × A3",
}  # fmt: skip


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_cut_off_small_pale_or_out_of_reach(window: Window, name: str) -> None:
    looks_right(window, SCREENS[name]())


@pytest.mark.parametrize("name", SCREENS)
def test_everything_is_translated_and_holds_words_of_a_longer_language(window: Window, name: str) -> None:
    is_translated(window, SCREENS[name](), NAMES)
