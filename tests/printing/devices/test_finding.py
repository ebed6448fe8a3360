"""Printers found without typing, beside those of the network: CUPS's queues and Windows' own."""

from __future__ import annotations

import pytest

from printing.devices import finding
from printing.devices.discovery import FoundPrinter
from printing.devices.errors import NotReached
from printing.devices.finding import cups_printers, find_printers, local_printers, merged, windows_printers
from printing.devices.ipp.codec import Group, Tag, attribute
from printing.devices.ipp.words import Operation, Status
from printing.devices.windows.calls import PrinterTold
from tests.printing.paper_windows import PaperWindows
from tests.printing.scripted_printer import ScriptedPrinter, Visit, reply


def queue(name: str, info: str, *, uuid: str = "", colour: bool = False) -> Group:
    return Group(
        Tag.PRINTER,
        (
            attribute("printer-name", Tag.NAME, name),
            attribute("printer-info", Tag.TEXT, info),
            attribute("printer-uuid", Tag.URI, f"urn:uuid:{uuid}"),
            attribute("color-supported", Tag.BOOLEAN, colour),
            attribute("sides-supported", Tag.KEYWORD, "one-sided", "two-sided-long-edge"),
        ),
    )


def test_the_queues_of_cups_are_printers() -> None:
    queues = (queue("hp", "Кеңсе", uuid="AB", colour=True), queue("old one", ""))

    def answer(visit: Visit) -> None:
        visit.answer(reply(visit.request(), Status.OK, *queues))

    with ScriptedPrinter() as server:
        server.next(Operation.CUPS_GET_PRINTERS, answer)
        base = f"ipp://127.0.0.1:{server.port}"
        found = cups_printers(f"{base}/")
    assert found == [
        FoundPrinter("Кеңсе", f"{base}/printers/hp", uuid="ab", colour=True, duplex=True),
        FoundPrinter("old one", f"{base}/printers/old%20one", colour=False, duplex=True),
    ]


def test_where_no_cups_runs_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedPrinter() as gone:
        nobody = f"ipp://127.0.0.1:{gone.port}/"
    with pytest.raises(NotReached):
        cups_printers(nobody)
    monkeypatch.setattr(finding, "cups_printers", lambda: cups_printers(nobody))
    assert local_printers() == []


def test_windows_names_its_printers_but_not_its_makers_of_files() -> None:
    windows = PaperWindows()
    assert windows_printers(windows) == [
        FoundPrinter("Canon G3010", "windows:///Canon%20G3010", model="Canon G3010 series", location="Кеңсе")
    ]
    windows.printer = PrinterTold("Microsoft Print to PDF", "PORTPROMPT:")
    assert windows_printers(windows) == []


def test_a_printer_that_speaks_for_itself_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    network = FoundPrinter("Б", "ipps://192.168.1.50/ipp/print", uuid="ab")
    through = FoundPrinter("Б", "ipp://localhost:631/printers/b", uuid="ab")
    usb = FoundPrinter("А", "ipp://localhost:631/printers/a")
    assert merged([network], [through, usb]) == [usb, network]
    monkeypatch.setattr(finding, "discover", lambda seconds, stop: [network])
    monkeypatch.setattr(finding, "local_printers", lambda: [usb])
    assert find_printers(0.1) == [usb, network]
