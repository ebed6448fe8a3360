"""Every printer that can be found without typing: those of the network, of this PC's own CUPS, and of Windows."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from akimat_desk.base.threads import must_not_block
from printing.devices.discovery import FoundPrinter, discover
from printing.devices.errors import DeviceError

if TYPE_CHECKING:
    from printing.devices.windows.calls import Windows

CUPS: Final = "ipp://localhost:631/"
_QUICK_S: Final = 2.0


def find_printers(seconds: float = 4.0, *, stop: threading.Event | None = None) -> list[FoundPrinter]:
    """By name; one that is found in two ways is told once, as the network tells it. Blocks for `seconds`."""
    must_not_block("printer discovery")
    local: list[FoundPrinter] = []
    looking = threading.Thread(target=lambda: local.extend(local_printers()), name="local-printers", daemon=True)
    looking.start()
    found = discover(seconds, stop=stop)
    looking.join(seconds)
    return merged(found, local)


def merged(network: Iterable[FoundPrinter], local: Iterable[FoundPrinter]) -> list[FoundPrinter]:
    """The printers of both, each once: a queue of CUPS for a printer that speaks for itself is left out."""
    told = list(network)
    known = {printer.uuid for printer in told if printer.uuid}
    told += [printer for printer in local if not printer.uuid or printer.uuid not in known]
    return sorted(told, key=lambda printer: printer.name)


def local_printers() -> list[FoundPrinter]:
    """Those this PC knows; empty where nothing of the kind runs."""
    ways: tuple[Callable[[], list[FoundPrinter]], ...] = (
        (windows_printers,) if sys.platform == "win32" else (cups_printers,)
    )
    found: list[FoundPrinter] = []
    for way in ways:
        try:
            found += way()
        except DeviceError:  # no CUPS here, or it lets nobody in: what it has can be typed
            continue
    return found


def cups_printers(server: str = CUPS) -> list[FoundPrinter]:
    """The queues of a CUPS server, which speak IPP like printers do. Raises a `DeviceError` where none runs."""
    from printing.devices.ipp.client import IppClient
    from printing.devices.ipp.transport import Address, Patience

    address = Address.of(server)
    client = IppClient(address, Patience(connect=_QUICK_S, silence=_QUICK_S, total=2 * _QUICK_S))
    return [
        FoundPrinter(
            name=told.text("printer-info") or told.text("printer-name"),
            uri=f"ipp://{address.authority}/printers/{quote(told.text('printer-name'))}",
            model=told.text("printer-make-and-model"),
            location=told.text("printer-location"),
            uuid=told.text("printer-uuid").removeprefix("urn:uuid:").lower(),
            colour=told.flag("color-supported", default=False),
            duplex=len(told.texts("sides-supported")) > 1,
        )
        for told in client.cups_printers()
        if told.text("printer-name")
    ]


def windows_printers(windows: Windows | None = None) -> list[FoundPrinter]:
    """What Windows has a driver for, without makers of files and faxes. Raises `WindowsSays`."""
    from printing.devices.windows.backend import address_of
    from printing.devices.windows.calls import open_windows
    from printing.devices.windows.states import puts_on_paper

    windows = windows or open_windows()
    found = []
    for name in windows.names():
        told = windows.told(name)
        if puts_on_paper(told.port):
            found.append(FoundPrinter(name, address_of(name), model=told.driver, location=told.location))
    return found


def receipt_lines() -> list[FoundPrinter]:
    """What a receipt printer may hang on: device files of USB printers, serial ports, and printers of Windows."""
    from serial.tools.list_ports import comports  # type: ignore[import-untyped]

    must_not_block("printer discovery")
    found = [FoundPrinter(file.name, file.as_uri()) for file in sorted(Path("/dev/usb").glob("lp*"))]
    found += [
        FoundPrinter(
            port.device,
            f"serial:///{port.device.lstrip('/')}",
            model="" if port.description == "n/a" else port.description,
        )
        for port in sorted(comports(), key=lambda port: str(port.device))
    ]
    if sys.platform == "win32":
        with suppress(DeviceError):
            found += windows_printers()
    return found
