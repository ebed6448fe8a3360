"""The demo village: an invented rural district with invented people, written by the product's own actions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import platformdirs

from akimat_desk.base.clock import Clock, SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.service import DemoVillage, find_services, load
from akimat_desk.shell.opening import open_desk

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator

DONE: Final = "village.done"
"""Stands in the data folder once the village is whole; one that was broken off is made anew."""


def demo_home() -> Home:
    """Where the demo lies: beside, never in, the place of a real desk."""
    return Home.find(Path(platformdirs.user_data_dir("akimat-desk-demo", appauthor=False)))


def make_village(words: Translator, home: Home | None = None, clock: Clock | None = None) -> Home:
    """The demo's home, made on the first call (a few seconds)."""
    home = home or demo_home()
    if (home.data / DONE).exists():
        return home
    _clear(home)
    home.ensure()
    village = DemoVillage(home.data / "files", home.data / "papers")
    village.files.mkdir()
    village.papers.mkdir()
    services = find_services()
    with open_desk(home, clock=clock or SystemClock(), words=words, services=services, create=True) as desk:
        for service in sorted(services, key=lambda each: -each.order):
            if service.demo:
                load(service.demo)(desk, village)
    (home.data / DONE).touch()
    return home


def _clear(home: Home) -> None:
    import shutil

    for folder in (home.data, home.keys):
        shutil.rmtree(folder, ignore_errors=True)
