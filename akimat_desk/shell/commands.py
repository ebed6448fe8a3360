"""What `akimat-desk open`, `demo` and `keeper` do."""

from __future__ import annotations

import argparse
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.words import Language, Translator
from akimat_desk.service import Call, find_services

if TYPE_CHECKING:
    from akimat_desk.base.paths import Home

DEMO_SIZE = (1366, 768)
FIRST_LANGUAGE: Language = "kk"
"""A window always begins in Kazakh, whatever the PC's own language is."""


def add_open(parser: argparse.ArgumentParser) -> None:
    """`--window` shows a window instead of filling the screen."""
    parser.add_argument("--window", action="store_true")


def run_open(call: Call) -> int:
    """Open the desk, or its first-run steps where there is none."""
    return show(call.home, _in_kazakh(call), full_screen=not call.arguments.window)


def show(home: Home, words: Translator, *, full_screen: bool, resident_first: bool | None = None) -> int:
    """Run the window to its end; one a desk."""
    from akimat_desk.shell.app import App
    from akimat_desk.store.lock import DeskLock

    home.ensure()
    with DeskLock(home, "window"):
        size = None if full_screen else DEMO_SIZE
        App(home, words, find_services(), SystemClock(), size=size, resident_first=resident_first).run()
    return 0


def add_demo(parser: argparse.ArgumentParser) -> None:
    """`--tour DIR` walks through the program and leaves pictures and papers in DIR."""
    parser.add_argument("--tour", default="", metavar="DIR")


def run_demo(call: Call) -> int:
    """Make the demo village where it is not there yet, then open or walk it."""
    from akimat_desk.shell.demo import make_village

    if call.arguments.tour:
        from akimat_desk.shell.tour import walk

        return walk(Path(call.arguments.tour), _in_kazakh(call))
    home = make_village(_in_kazakh(call))
    return show(home, _in_kazakh(call), full_screen=False, resident_first=True)


def add_keeper(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run_keeper(call: Call) -> int:
    """Keep until the process is told to end."""
    from akimat_desk.shell.keeper import Keeper
    from akimat_desk.shell.opening import open_desk

    ended = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: ended.set())
    services = find_services()
    with (
        open_desk(call.home, clock=SystemClock(), words=call.words, services=services) as desk,
        Keeper(desk, lambda _: None),
    ):
        ended.wait()
    return 0


def _in_kazakh(call: Call) -> Translator:
    return call.words.in_language(FIRST_LANGUAGE)
