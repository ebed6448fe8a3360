"""The calls into Windows that printing needs, and what stands in for them in tests.

`Windows` is all the back end sees; `open_windows` gives the real one, which exists on Windows alone (and under wine).
Every failing call raises `WindowsError` with its number.
"""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from akimat_desk.base.words import N_
from printing.devices.errors import DeviceUnavailable
from printing.devices.windows.pixels import Span

NO_SUCH_PRINTER = 1801
"""ERROR_INVALID_PRINTER_NAME."""


class WindowsSays(DeviceUnavailable):
    """A call into Windows' printing did not work; `{detail}` is the call and its number."""

    code = "windows-printing"
    staff_text = N_("Windows did not print: {detail}.")
    next_text = N_("Look at the printer in the settings of Windows.")

    def __init__(self, call: str, number: int) -> None:
        self.number = number
        super().__init__(detail=f"{call}, {number}")


@dataclass(frozen=True, slots=True)
class PrinterTold:
    """What Windows knows of one of its printers; `status` and `attributes` are its bits."""

    name: str
    port: str = ""
    driver: str = ""
    location: str = ""
    status: int = 0
    attributes: int = 0


@dataclass(frozen=True, slots=True)
class DriverCan:
    """What the driver of a printer says it can do (DeviceCapabilities)."""

    papers: tuple[int, ...]
    both_sides: bool
    copies: int
    colour: bool
    dpi: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """How a driver is to print, or what it has accepted; see `structures` for the numbers."""

    paper: int
    copies: int
    colour: int
    duplex: int


@dataclass(frozen=True, slots=True)
class QueuedJob:
    """A job in a queue of the spooler. `document` is the name we gave it."""

    number: int
    document: str
    status: int
    pages_printed: int


@dataclass(frozen=True, slots=True)
class DeviceSize:
    """A sheet in device units: dots an inch, the whole sheet, and where its printable part begins."""

    dpi: tuple[int, int]
    sheet: tuple[int, int]
    offset: tuple[int, int]


class PageDevice(Protocol):
    """A printer with its settings, open for one document. Leaving it without `end` gives the document up."""

    size: DeviceSize

    def start(self, name: str) -> int:
        """Begin a document; the number of its job."""
        ...

    def start_page(self) -> None:
        """Begin a side."""
        ...

    def draw(self, across: Span, down: Span, width: int, rows: int, pixels: bytes, *, grey: bool) -> None:
        """Put a band of pixels onto the side."""
        ...

    def end_page(self) -> None:
        """The side is whole."""
        ...

    def end(self) -> None:
        """The document is whole: from now on the spooler has it."""
        ...


class Windows(Protocol):
    """See the module."""

    def names(self) -> tuple[str, ...]:
        """The printers of this PC and those it is connected to."""
        ...

    def told(self, printer: str) -> PrinterTold:
        """How a printer is."""
        ...

    def can(self, printer: str) -> DriverCan:
        """What its driver can do."""
        ...

    def settle(self, printer: str, wanted: Settings) -> tuple[Settings, bytes]:
        """What the driver makes of `wanted`, and the block of settings to open the printer with."""
        ...

    def jobs(self, printer: str) -> tuple[QueuedJob, ...]:
        """What is in its queue."""
        ...

    def job(self, printer: str, number: int) -> QueuedJob | None:
        """One job of its queue; None where it has left."""
        ...

    def delete_job(self, printer: str, number: int) -> None:
        """Take a job out of the queue; one that has left is no error."""
        ...

    def device(self, printer: str, settings: bytes) -> AbstractContextManager[PageDevice]:
        """Open a printer for pages."""
        ...

    def raw(self, printer: str, name: str) -> AbstractContextManager[RawDocument]:
        """Open a printer for bytes that nobody touches on their way."""
        ...


class RawDocument(Protocol):
    """A document of bytes. Leaving it by an error gives it up as far as that can be done."""

    def write(self, data: bytes) -> None:
        """Some of its bytes."""
        ...


def open_windows() -> Windows:
    """The Windows this runs on. Raises `WindowsSays` where it runs on something else."""
    if sys.platform == "win32":
        from printing.devices.windows.native import NativeWindows

        return NativeWindows()
    raise WindowsSays("Windows", 0)
