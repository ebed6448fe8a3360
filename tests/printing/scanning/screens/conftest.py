"""The window of printing's screens, and a flow with a scanner of paper and no desk behind it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from akimat_desk.documents.developing import develop
from akimat_desk.documents.limits import Limits
from akimat_desk.documents.protocol import Develop, Developed
from printing.places import Place
from printing.rules import Options
from printing.scanning.actions import Saved
from printing.scanning.device import Abilities, Order, Scanned, SourceAbilities
from printing.scanning.errors import ScanError
from printing.scanning.flow import CopyDone, ScanFlow
from tests.printing.scanning.conftest import PRICES  # type: ignore[import-not-found]
from tests.printing.scanning.scripted_scanner import paper, scanned  # type: ignore[import-not-found]
from tests.printing.screens.conftest import (  # type: ignore[import-not-found]  # noqa: F401 - fixtures
    _the_window,
    job_of,
    person,
    window,
)

STICK = Place("stick", "ФЛЕШКА", Path("/media/stick"))
SOURCE = SourceAbilities(215.9, 297.0, (75, 100, 300))


class PaperScanner:
    """Scans the papers it is given; `fails` is raised once, after `before` pictures."""

    def __init__(self) -> None:
        self.glass = paper()
        self.feeder = [paper("one"), paper("two")]
        self.fails: ScanError | None = None
        self.before = 0
        self.orders: list[Order] = []

    def probe(self) -> Abilities:
        return Abilities("Paper", SOURCE, SOURCE, both_sides=True)

    def scan(self, order: Order) -> Iterator[Scanned]:
        self.orders.append(order)
        papers = [self.glass] if order.source == "glass" else self.feeder
        for number, sheet in enumerate(papers):
            if self.fails is not None and number == self.before:
                error, self.fails = self.fails, None
                raise error
            yield Scanned(scanned(sheet, told(order)), order.dpi, order.area)


def told(order: Order) -> dict[str, str]:
    """The order in the words of the scripted scanner; sharp scans are made coarse: they are not looked at."""
    area = order.area
    names = ("XOffset", area.left), ("YOffset", area.top), ("Width", area.width), ("Height", area.height)
    return {name: str(round(mm / 25.4 * 300)) for name, mm in names} | {
        "XResolution": str(min(order.dpi, 100)),
        "ColorMode": "RGB24" if order.colour else "Grayscale8",
    }


class Here:
    """The document worker, without its process."""

    def develop(self, data: bytes, order: Develop) -> tuple[Developed, bytes]:
        return develop(data, order, Limits())


class PaperScanFlow(ScanFlow):
    """What is copied and saved is kept in `copied` and `saved`; `refuses` is raised once instead."""

    copied: list[Options]
    saved: list[tuple[Path, str]]
    refuses: ScanError | None = None

    def open(self) -> None:
        self.fetch_abilities()
        self.fetch_prices()

    def fetch_prices(self) -> None:
        self.prices = PRICES

    def copy(self) -> CopyDone:
        options = self.options()
        self.__dict__.setdefault("copied", []).append(options)
        self.forget()
        return CopyDone(job_of(options))

    def save(self, folder: Path, stem: str) -> Saved:
        if self.refuses is not None:
            error, self.refuses = self.refuses, None
            raise error
        self.__dict__.setdefault("saved", []).append((folder, stem))
        pages = self.pages
        self.forget()
        return Saved(folder / f"{stem}.pdf", pages, 10 * pages, "4821")


def flow_on(scanner: PaperScanner, *, opened: bool = True) -> PaperScanFlow:
    """A flow with `scanner`."""
    reach: Callable[[threading.Event], Any] = lambda _: scanner  # noqa: E731
    flow = PaperScanFlow(None, None, Here(), reach)  # type: ignore[arg-type]  # neither journal nor spool is asked
    if opened:
        flow.open()
    return flow
