"""Staff: one printer; what is left in it, what it can do, what it has been through, and its settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from akimat_desk.base.words import Translator
from printing.devices.backend import Supply
from printing.devices.errors import Jam, OtherPrinter
from printing.naming import paper_name, supply_name
from printing.past import Compared, Past
from printing.printers import PrinterReport, PrinterState
from printing.screens.printer import PrinterPresenter, PrinterScreen

from .conftest import Next, Person  # type: ignore[import-not-found]
from .test_printers import ABLE, HP, TICKETS  # type: ignore[import-not-found]

ENGLISH = Translator([], "en")
NOON = 1_795_158_000_000
PAST = (
    Past(NOON, "job", "done", 12, 13),
    Past(NOON - 60_000, "fault", "printer-jam"),
    Past(NOON - 120_000, "job", "stopped", 2, None),
)
WELL = PrinterReport(PrinterState(HP, ABLE, None), PAST, Compared(3, 40, 41, 4310), ("зал",))


@dataclass
class One:
    """A printer of a test and what staff did with it."""

    report: PrinterReport = WELL
    did: list[tuple[object, ...]] = field(default_factory=list)

    def presenter(self) -> PrinterPresenter:
        return PrinterPresenter(
            self.report.state.printer,
            fetch=lambda: self.report,
            test_page=self._note("test"),
            remove=self._note("remove"),
            choose_format=self._note("format"),
            set_group=self._note("group"),
            set_letters=self._note("letters"),
            set_paper=self._note("paper"),
            trust=self._note("trust"),
            fault=lambda state: Next(),
        )

    def _note(self, what: str) -> Callable[..., object]:
        return lambda *given: self.did.append((what, *given))


@pytest.mark.parametrize(
    ("media", "name"),
    [
        ("iso_a4_210x297mm", "A4"),
        ("na_letter_8.5x11in", "Letter"),
        ("na_index-4x6_4x6in", "102 × 152 mm"),
        ("custom_min_75x125mm", "75 × 125 mm"),
        ("auto", "auto"),
    ],
)
def test_sheets_have_the_names_people_use(media: str, name: str) -> None:
    assert paper_name(media) == name


@pytest.mark.parametrize(
    ("supply", "name"),
    [
        (Supply("Black Cartridge HP CF259A", "toner", "black", 1), "Black"),
        (Supply("C", "ink", "#00FFFF", 1), "Cyan"),
        (Supply("Waste", "waste-toner", "none", 1), "Waste box"),
        (Supply("Барабан", "opc", "", 1), "Барабан"),
        (Supply("", "", "", 1), "Toner or ink"),
    ],
)
def test_supplies_are_told_by_their_colour(supply: Supply, name: str) -> None:
    assert supply_name(ENGLISH, supply) == name


@pytest.mark.screen
class TestOnTheScreen:
    def open(self, person: Person, one: One) -> Person:
        person.comes_to(PrinterScreen(one.presenter()))
        return person

    def test_what_is_left_what_it_can_and_what_it_has_been_through(self, person: Person) -> None:
        told = set(self.open(person, One()).sees())
        assert {
            "Black",
            "60%",
            "Magenta",
            "8%, little left",
            "Waste box",
            "95%, nearly full",
            "Барабан",
            "not known",
        } <= told
        assert {"A4", "99", "300, 600", "PDF, Pictures", "HP LaserJet Pro M404", "Адалдық алаңы"} <= told
        assert {"4,310", "40", "41", "Printed · Pages: 12 · Counted by the printer: 13", "Paper jam"} <= told
        assert "Stopped · Pages: 2" in told
        assert any("The counts differ by 1." in words for words in told)

    def test_a_trouble_leads_to_what_to_do(self, person: Person) -> None:
        self.open(person, One(replace(WELL, state=PrinterState(HP, ABLE, Jam())))).presses("fault")
        assert person.screen == "next"

    def test_a_changed_certificate_is_trusted_only_after_a_question(self, person: Person) -> None:
        one = One(replace(WELL, state=PrinterState(HP, None, OtherPrinter(address="192.168.1.50"))))
        self.open(person, one).presses("trust")
        person.presses("safe")
        assert one.did == []
        person.presses("trust")
        person.presses("danger")
        assert one.did == [("trust",)]

    def test_the_format_is_chosen_over_what_the_printer_says(self, person: Person) -> None:
        one = One()
        self.open(person, one).presses("format-image/pwg-raster")
        assert one.did == [("format", "image/pwg-raster")]

    def test_alike_printers_are_put_into_a_group(self, person: Person) -> None:
        one = One()
        self.open(person, one).types("group", "зал", enter=True)
        assert one.did == [("group", "зал")]
        assert any("зал" in words for words in person.sees())

    def test_staff_say_what_the_test_receipt_has_shown(self, person: Person) -> None:
        one = One(PrinterReport(PrinterState(TICKETS, None, None)))
        self.open(person, one)
        assert any("printed as pictures" in words for words in person.sees())
        person.presses("test")
        person.presses("letters-text")
        person.presses("letters-picture")
        assert one.did == [("test",), ("letters", "text"), ("letters", "picture")]

    def test_removing_is_asked_about_first(self, person: Person) -> None:
        one = One()
        self.open(person, one).presses("remove")
        person.presses("safe")
        assert one.did == []
        person.presses("remove")
        person.presses("danger")
        assert one.did == [("remove",)]


def test_staff_say_which_sheets_lie_in_it(person: Person) -> None:
    told = replace(WELL, state=replace(WELL.state, printer=replace(HP, sizes="A4 A3")))
    one = One(told)
    person.comes_to(PrinterScreen(one.presenter()))
    assert "It says: A4, A3." in person.sees()
    person.presses("paper-A4 A5")
    person.presses("paper-")
    assert one.did == [("paper", ("A4", "A5")), ("paper", ())]


def test_a_printer_without_a_sheet_of_ours_says_so(person: Person) -> None:
    person.comes_to(
        PrinterScreen(One(replace(WELL, state=replace(WELL.state, printer=replace(HP, sizes="")))).presenter())
    )
    assert "It tells of no A4, A3 or A5. Say what lies in it: until then nothing is sent to it." in person.sees()
