"""A Windows of our own: the calls printing makes, answered by a script, what was drawn kept as pixels."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from printing.devices.windows.calls import (
    DeviceSize,
    DriverCan,
    PrinterTold,
    QueuedJob,
    Settings,
    WindowsSays,
)
from printing.devices.windows.pixels import Span

SIZE = DeviceSize(dpi=(100, 100), sheet=(827, 1169), offset=(10, 20))
"""A coarse printer: A4 at 100 dpi, printable from a tenth and a fifth of an inch."""


@dataclass
class Side:
    """What was drawn on one side: where each band went, how wide and high it was, its bytes."""

    bands: list[tuple[Span, Span, int, int, bytes, bool]] = field(default_factory=list)
    ended: bool = False


@dataclass
class PaperDevice:
    """See `calls.PageDevice`."""

    windows: PaperWindows
    size: DeviceSize = SIZE
    sides: list[Side] = field(default_factory=list)
    name: str = ""
    ended: bool = False

    def start(self, name: str) -> int:
        self.windows.trip("StartDocW")
        self.name = name
        self.windows.queue[7] = QueuedJob(7, name, 0x8, 0)
        return 7

    def start_page(self) -> None:
        self.windows.trip("StartPage")
        self.sides.append(Side())

    def draw(self, across: Span, down: Span, width: int, rows: int, pixels: bytes, *, grey: bool) -> None:
        self.windows.trip("StretchDIBits")
        self.sides[-1].bands.append((across, down, width, rows, pixels, grey))

    def end_page(self) -> None:
        self.windows.trip("EndPage")
        self.sides[-1].ended = True

    def end(self) -> None:
        self.windows.trip("EndDoc")
        self.ended = True


class PaperWindows:
    """See `calls.Windows`. `trips` names calls that fail, each once, at its n-th time (from 1)."""

    def __init__(self) -> None:
        self.printer = PrinterTold("Canon G3010", "USB001", "Canon G3010 series", "Кеңсе")
        self.driver = DriverCan((9, 1), both_sides=True, copies=99, colour=True, dpi=(300, 600))
        self.accepts: Settings | None = None
        self.asked: list[Settings] = []
        self.queue: dict[int, QueuedJob] = {}
        self.devices: list[PaperDevice] = []
        self.raws: list[bytes] = []
        self.deleted: list[int] = []
        self.trips: dict[str, deque[int]] = {}
        self._calls: dict[str, int] = {}

    def trip(self, call: str) -> None:
        """Fail here if so scripted."""
        self._calls[call] = self._calls.get(call, 0) + 1
        due = self.trips.get(call)
        if due and due[0] == self._calls[call]:
            due.popleft()
            raise WindowsSays(call, 5)

    def names(self) -> tuple[str, ...]:
        return (self.printer.name,)

    def told(self, printer: str) -> PrinterTold:
        self.trip("OpenPrinterW")
        return self.printer

    def can(self, printer: str) -> DriverCan:
        return self.driver

    def settle(self, printer: str, wanted: Settings) -> tuple[Settings, bytes]:
        self.trip("DocumentPropertiesW")
        self.asked.append(wanted)
        return self.accepts or wanted, b"devmode"

    def jobs(self, printer: str) -> tuple[QueuedJob, ...]:
        return tuple(self.queue.values())

    def job(self, printer: str, number: int) -> QueuedJob | None:
        return self.queue.get(number)

    def delete_job(self, printer: str, number: int) -> None:
        self.deleted.append(number)

    @contextmanager
    def device(self, printer: str, settings: bytes) -> Iterator[PaperDevice]:
        self.trip("CreateDCW")
        device = PaperDevice(self)
        self.devices.append(device)
        yield device

    @contextmanager
    def raw(self, printer: str, name: str) -> Iterator[PaperWindows]:
        self.trip("StartDocPrinterW")
        self.raws.append(b"")
        yield self

    def write(self, data: bytes) -> None:
        self.trip("WritePrinter")
        self.raws[-1] += data
