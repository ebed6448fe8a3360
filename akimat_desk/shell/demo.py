"""The demo village: an invented rural district with invented people, written by the product's own actions."""

from __future__ import annotations

import json
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs

from akimat_desk.base.clock import Clock, SystemClock
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.paths import Home
from akimat_desk.service import DemoVillage, Service, find_services, load
from akimat_desk.shell.opening import open_desk

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator

DONE: Final = "village.done"
"""Says what made the village; written once it is whole, so that one that was broken off is made anew."""
FILES: Final = "sticks"
"""The folder of residents' files; not `files`, which is the desk's own (`files.FileStore`) and is swept."""


def demo_home() -> Home:
    """Where the demo lies: beside, never in, the place of a real desk."""
    return Home.find(Path(platformdirs.user_data_dir("akimat-desk-demo", appauthor=False)))


def make_village(words: Translator, home: Home | None = None, clock: Clock | None = None) -> Home:
    """The demo's home; made on the first call (a few seconds), and anew when this program would make another one.

    One that cannot be opened any more is made anew, too: nothing in it is anybody's.
    """
    home, clock, services = home or demo_home(), clock or SystemClock(), find_services()
    done, maker = home.data / DONE, _maker(services)
    if done.exists() and done.read_text(encoding="utf-8") == maker and _opens(home, words, clock, services):
        return home
    _clear(home)
    home.ensure()
    village = DemoVillage(home.data / FILES, home.data / "papers")
    village.files.mkdir()
    village.papers.mkdir()
    with open_desk(home, clock=clock, words=words, services=services, create=True) as desk:
        for service in sorted(services, key=lambda each: -each.order):
            if service.demo:
                load(service.demo)(desk, village)
    done.write_text(maker, encoding="utf-8")
    return home


def _maker(services: tuple[Service, ...]) -> str:
    """The version of the program, where files lie, and the services that have a part in the village."""
    return json.dumps([version("akimat-desk"), FILES, sorted(service.name for service in services if service.demo)])


def _opens(home: Home, words: Translator, clock: Clock, services: tuple[Service, ...]) -> bool:
    try:
        with open_desk(home, clock=clock, words=words, services=services):
            return True
    except AkimatDeskError:
        return False


def _clear(home: Home) -> None:
    """Empty the folders, but leave the locks: whoever makes the village holds one of them."""
    for folder in (home.data, home.keys):
        for path in folder.iterdir() if folder.exists() else ():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.suffix != ".lock":
                path.unlink()
