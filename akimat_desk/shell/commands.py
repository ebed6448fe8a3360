"""What `akimat-desk open`, `demo`, `keeper` and `host` do."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.words import LANGUAGES, N_, Language, Translator
from akimat_desk.service import Call, find_services
from akimat_desk.shell.log import logging_to
from akimat_desk.store.lock import DeskLock

if TYPE_CHECKING:
    from akimat_desk.base.paths import Home

DEMO_SIZE: Final = (1366, 768)
FIRST_LANGUAGE: Final[Language] = "kk"
"""A window always begins in Kazakh, whatever the PC's own language is."""

SAY_SECONDS: Final = 0.2
WINDOW: Final = "window"
"""The lock of which there is one a desk."""


def add_open(parser: argparse.ArgumentParser) -> None:
    """`--window` shows a window instead of filling the screen."""
    parser.add_argument("--window", action="store_true", help=N_("In a window; otherwise it fills the screen."))


def run_open(call: Call) -> int:
    """Open the desk, or its first set-up where there is none. Raises `AlreadyRunning`."""
    with DeskLock(call.home.ensure(), WINDOW):
        return show(call.home, _in_kazakh(call), full_screen=not call.arguments.window)


def show(home: Home, words: Translator, *, full_screen: bool, resident_first: bool = False) -> int:
    """Run the window to its end; whoever calls holds the desk's `WINDOW`."""
    from akimat_desk.shell.app import App

    size = None if full_screen else DEMO_SIZE
    with logging_to(home, WINDOW):
        app = App(home, words, find_services(), SystemClock(), size=size, resident_first=resident_first)
        with _told_to_end(app.quit):
            app.run()
    return 0


def add_demo(parser: argparse.ArgumentParser) -> None:
    """`--tour DIR` walks through the program and leaves pictures and papers in DIR; `--language` says in which one."""
    parser.add_argument(
        "--tour", default="", metavar="DIR", help=N_("Walk through the program; leave pictures and papers in DIR.")
    )
    parser.add_argument(
        "--language", choices=LANGUAGES, default=FIRST_LANGUAGE, help=N_("In this language; otherwise in Kazakh.")
    )


def run_demo(call: Call) -> int:
    """Make the demo village where it is not there yet, then open or walk it."""
    from akimat_desk.office.demo import PIN
    from akimat_desk.shell.demo import demo_home, make_village

    language: Language = call.arguments.language
    if call.arguments.tour:
        from akimat_desk.shell.tour import walk

        return walk(Path(call.arguments.tour), _in_kazakh(call), language)
    words = call.words.in_language(language)
    with DeskLock(demo_home().ensure(), WINDOW):
        home = make_village(words)
        call.out({"home": str(home.data), "pin": PIN}, [call.words("Everybody's PIN in the demo: {pin}", pin=PIN)])
        sys.stdout.flush()  # said while the window is open, also to a pipe
        return show(home, words, full_screen=False, resident_first=True)


def add_keeper(parser: argparse.ArgumentParser) -> None:
    """Without an option it keeps; the options say whether it does so by itself."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--start-with-pc", action="store_true", help=N_("Start it now and with every start of this PC."))
    which.add_argument("--start-no-more", action="store_true", help=N_("End it, and start it no more by itself."))


def run_keeper(call: Call) -> int:
    """Keep until the process is told to end, or say when it is to be started."""
    if call.arguments.start_with_pc:
        from akimat_desk.shell.autostart import start_with_pc

        file = start_with_pc(call.home)
        call.out({"file": str(file)}, [call.words("The keeper starts with this PC from now on.")])
        return 0
    if call.arguments.start_no_more:
        from akimat_desk.shell.autostart import start_no_more

        start_no_more()
        call.out({}, [call.words("The keeper starts by itself no more.")])
        return 0
    return _keep(call)


def _keep(call: Call) -> int:
    from akimat_desk.shell.keeper import Keeper
    from akimat_desk.shell.opening import open_desk

    ended = threading.Event()
    services = find_services()
    with (
        _told_to_end(ended.set),
        open_desk(call.home, clock=SystemClock(), words=call.words, services=services) as desk,
        logging_to(call.home, "keeper"),
        Keeper(desk, lambda _: None),
    ):
        ended.wait()
    return 0


def add_host(parser: argparse.ArgumentParser) -> None:
    """Where it answers."""
    parser.add_argument(
        "--listen",
        default="",
        metavar="ADDRESS:PORT",
        help=N_("Answer there only, and announce nothing; otherwise on every network of this PC."),
    )


def run_host(call: Call) -> int:
    """Keep, as the room's main PC, and say where it answers as soon as it does."""
    from akimat_desk.office.room import LISTEN_VARIABLE, NotTheHost, room_view
    from akimat_desk.shell.keeper import Keeper

    assert call.desk is not None
    desk = call.desk
    view = room_view(desk)
    if not any(pc.this and pc.host for pc in view.pcs):
        raise NotTheHost
    if call.arguments.listen:
        os.environ[LISTEN_VARIABLE] = call.arguments.listen
    ended = threading.Event()
    told: tuple[str, ...] = ()
    with _told_to_end(ended.set), logging_to(call.home, "keeper"), Keeper(desk, lambda _: None):
        while not ended.wait(SAY_SECONDS):
            where = room_view(desk).served_at
            if where != told:
                told = where
                lines = [call.words("This PC answers at {address}.", address=each) for each in where]
                call.out({"addresses": list(where)}, lines)
                sys.stdout.flush()
    return 0


@contextmanager
def _told_to_end(end: Callable[[], object]) -> Iterator[None]:
    """While the block runs, the signals that end a process call `end` instead: what is in hand is finished first."""
    before = {each: signal.signal(each, lambda *_: end()) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _in_kazakh(call: Call) -> Translator:
    return call.words.in_language(FIRST_LANGUAGE)
