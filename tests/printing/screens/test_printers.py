"""Staff: printers that answer or do not, found, typed, tried out, and what a page costs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from akimat_desk.base.errors import AkimatDeskError
from printing.devices.backend import Capabilities, Supply
from printing.devices.discovery import FoundPrinter
from printing.devices.errors import PaperOut, PrinterOffline
from printing.printers import PrinterState
from printing.records import Printer
from printing.screens.printers import PrintersPresenter, PrintersScreen

from .conftest import Next, Person  # type: ignore[import-not-found]

HP = Printer(1, "Кеңсе", "ipp://192.168.1.50/ipp/print", "paper", 576)
OLD = Printer(2, "Ескі", "ipp://192.168.1.51/ipp/print", "paper", 576)
TICKETS = Printer(3, "", "socket://192.168.1.60", "receipt", 384)
ABLE = Capabilities(
    name="HP",
    model="HP LaserJet Pro M404",
    location="Адалдық алаңы",
    colour=True,
    sides=("one-sided", "two-sided-long-edge"),
    copies_max=99,
    media_ready=("iso_a4_210x297mm",),
    resolutions=(300, 600),
    formats=("application/pdf", "image/pwg-raster"),
    supplies=(
        Supply("Black Cartridge HP CF259A", "toner", "black", 60),
        Supply("Жинағыш", "waste-toner", "none", 95),
        Supply("Қызғылт", "toner", "magenta", 8),
        Supply("Барабан", "opc", "", None),
    ),
    impressions=4310,
)
FOUND = FoundPrinter("Жаңа", "ipps://192.168.1.70/ipp/print", plain_uri="ipp://192.168.1.70/ipp/print")
USB = FoundPrinter("lp0", "file:///dev/usb/lp0")


@dataclass
class Room:
    """The printers of a test and what staff did."""

    states: tuple[PrinterState, ...] = (PrinterState(HP, ABLE, None),)
    found: Sequence[FoundPrinter] = (FOUND,)
    lines: Sequence[FoundPrinter] = (USB,)
    refusal: AkimatDeskError | None = None
    did: list[tuple[object, ...]] = field(default_factory=list)

    def presenter(self) -> PrintersPresenter:
        return PrintersPresenter(
            lambda: self.states,
            search=lambda: self.found,
            add=self._note("add"),
            add_receipt=self._note("add receipt"),
            search_receipts=lambda: self.lines,
            use_first=self._note("use"),
            open=lambda printer: Next(),
            fault=lambda state: Next(),
            test_page=self._note("test"),
        )

    def _note(self, what: str) -> Callable[..., object]:
        def note(*given: object) -> None:
            if self.refusal is not None:
                raise self.refusal
            self.did.append((what, *given))

        return note


def test_a_printer_that_is_known_by_either_address_is_not_offered_again() -> None:
    presenter = Room().presenter()
    presenter.found = [FOUND]
    presenter.states = (PrinterState(HP, None, None),)
    assert presenter.unknown() == [FOUND]
    for uri in (FOUND.uri, FOUND.plain_uri):
        presenter.states = (PrinterState(Printer(1, "", uri, "paper", 576), None, None),)
        assert presenter.unknown() == []


@pytest.mark.screen
class TestOnTheScreen:
    def open(self, person: Person, room: Room) -> Person:
        person.comes_to(PrintersScreen(room.presenter()))
        return person

    def test_how_a_printer_is_and_what_it_can(self, person: Person) -> None:
        told = self.open(person, Room()).sees()
        assert {"Кеңсе", "Ready", "Black", "60%", "A4"} <= set(told)

    def test_a_trouble_is_told_with_what_to_do(self, person: Person) -> None:
        room = Room(
            (PrinterState(HP, ABLE, PaperOut()), PrinterState(OLD, None, PrinterOffline(address="192.168.1.51")))
        )
        assert {
            "The printer is out of paper.",
            "The printer at 192.168.1.51 is not answering.",
        } <= set(self.open(person, room).sees())

    def test_a_receipt_printer_says_its_width(self, person: Person) -> None:
        told = self.open(person, Room((PrinterState(TICKETS, None, None),))).sees()
        assert {"Receipt printer", "Receipts and slips", "58 mm"} <= set(told)

    def test_a_test_page_goes_to_the_printer_of_that_card(self, person: Person) -> None:
        room = Room((PrinterState(HP, ABLE, None), PrinterState(OLD, ABLE, None), PrinterState(TICKETS, None, None)))
        self.open(person, room)
        for name in ("test-2", "test-3"):
            person.presses(name)
        assert room.did == [("test", OLD), ("test", TICKETS)]
        assert "The test receipt is sent." in person.sees()

    def test_another_printer_is_put_first(self, person: Person) -> None:
        room = Room((PrinterState(HP, ABLE, None), PrinterState(OLD, ABLE, None)))
        self.open(person, room)
        assert [name for name in person.controls if name.startswith("first-")] == ["first-2"]
        assert "This one is used." in person.sees()
        person.presses("first-2")
        assert room.did == [("use", OLD)]

    def test_a_printer_in_trouble_leads_to_what_to_do(self, person: Person) -> None:
        room = Room((PrinterState(HP, ABLE, PaperOut()), PrinterState(OLD, ABLE, None)))
        self.open(person, room)
        assert [name for name in person.controls if name.startswith("fault-")] == ["fault-1"]
        person.presses("fault-1")
        assert person.screen == "next"

    def test_each_printer_has_a_page_of_its_own(self, person: Person) -> None:
        self.open(person, Room()).presses("open-1")
        assert person.screen == "next"

    def test_what_hangs_on_this_computer_is_offered_for_receipts(self, person: Person) -> None:
        room = Room()
        self.open(person, room).presses("search-lines")
        person.presses("lp0")
        assert room.did == [("add receipt", "", USB.uri, 576)]
        room.lines = ()
        person.presses("search-lines")
        assert "Nothing hangs on this computer. Type an address." in person.sees()

    def test_a_found_printer_is_added_by_one_press(self, person: Person) -> None:
        room = Room()
        self.open(person, room).presses("search-printers")
        person.presses("Жаңа")
        assert room.did == [("add", "Жаңа", FOUND.uri)]

    def test_a_search_that_finds_nothing_new_says_so(self, person: Person) -> None:
        room = Room(found=())
        self.open(person, room).presses("search-printers")
        assert "No printer was found. Type its address." in person.sees()

    def test_a_typed_address_is_asked_and_kept_when_it_fails(self, person: Person) -> None:
        room = Room(refusal=PrinterOffline(address="192.168.1.99"))
        self.open(person, room).types("address", "192.168.1.99", enter=True)
        assert any("The printer at 192.168.1.99 is not answering." in words for words in person.sees())
        assert person.entry("address").get() == "192.168.1.99"
        room.refusal = None
        person.presses("add-printer")
        assert (room.did, person.entry("address").get()) == ([("add", "", "192.168.1.99")], "")

    def test_a_receipt_printer_is_added_with_its_width(self, person: Person) -> None:
        room = Room()
        self.open(person, room).presses("width-384")
        person.types("receipt-address", "192.168.1.60", enter=True)
        assert room.did == [("add receipt", "", "192.168.1.60", 384)]
