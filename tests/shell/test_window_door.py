"""A service from outside the tree on the window: its tile, its page and its row, with no file of the shell touched."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.service import find_services

from .conftest import OpenApp

pytestmark = pytest.mark.screen


def test_the_guest_books_tile_and_page_work(village: Home, open_app: OpenApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    from guestbook.service import SERVICE  # type: ignore[import-not-found]

    try:
        services = (*find_services(), SERVICE)
        opened = open_app(village, services=services, words=Translator((), "en")).ready()
        tiles = [tile.title for tile in opened.app._home.tiles]
        assert tiles[-1] == "Guest book"
        opened.hands.press(f"tile-{len(tiles) - 1}")
        opened.hands.shows("guestbook.home")
        opened.hands.press("leave")
        opened.hands.wait(lambda: "Lines: 1" in opened.texts, "the line")
        opened.app.resident.finish()
        opened.hands.until("continue")
        opened.hands.press("continue")
        opened.sign_in()
        opened.hands.press("page-guestbook-0")
        opened.hands.shows("guestbook.pages")
        opened.hands.wait(lambda: "Lines: 1" in opened.texts, "the line")
    finally:
        for name in [name for name in sys.modules if name.split(".")[0] == "guestbook"]:
            del sys.modules[name]
