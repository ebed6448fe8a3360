"""The first set-up's step for printing: found, typed or left for later."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from akimat_desk.service import FirstRunStep
from printing.devices.discovery import FoundPrinter
from printing.devices.errors import PrinterOffline
from printing.screens.first_printer import USUAL_PRICES, FirstPrinterPresenter, FirstPrinterScreen

from .conftest import Person  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen

ONE = FoundPrinter("Кеңсе", "ipp://192.168.1.50/ipp/print")
TWO = FoundPrinter("Түрлі түсті", "ipp://192.168.1.51/ipp/print")


class SetUp:
    """What was kept, and whether the step is done."""

    def __init__(self, found: Sequence[FoundPrinter]) -> None:
        self.kept: list[tuple[str, str, dict[str, str]]] = []
        self.done = 0
        self.offline = False
        step = FirstRunStep(2, ("Room", "Printer", "Key"), self._done)
        self.presenter = FirstPrinterPresenter(step, lambda: found, self._finish)

    def _finish(self, name: str, address: str, prices: dict[str, str]) -> None:
        if self.offline:
            raise PrinterOffline(address=address)
        self.kept.append((name, address, prices))

    def _done(self) -> None:
        self.done += 1


def test_the_only_printer_found_is_chosen_at_once(person: Person) -> None:
    set_up = SetUp([ONE])
    person.comes_to(FirstPrinterScreen(set_up.presenter))
    person.presses("continue")
    assert (set_up.kept, set_up.done) == ([("Кеңсе", ONE.uri, USUAL_PRICES)], 1)


def test_of_several_one_is_chosen(person: Person) -> None:
    set_up = SetUp([ONE, TWO])
    person.comes_to(FirstPrinterScreen(set_up.presenter))
    assert "Add a printer later" in person.sees()
    person.presses("Түрлі түсті")
    assert "Add a printer later" not in person.sees()
    person.presses("continue")
    assert [kept[:2] for kept in set_up.kept] == [("Түрлі түсті", TWO.uri)]


def test_a_printer_may_come_later(person: Person) -> None:
    set_up = SetUp([])
    person.comes_to(FirstPrinterScreen(set_up.presenter))
    assert "No printer was found. Type its address." in person.sees()
    person.presses("continue")
    assert [kept[:2] for kept in set_up.kept] == [("", "")]


def test_an_address_is_typed_and_stays_when_nobody_answers(person: Person) -> None:
    set_up = SetUp([])
    set_up.offline = True
    person.comes_to(FirstPrinterScreen(set_up.presenter))
    person.types("address", "192.168.1.99", enter=True)
    assert (person.entry("address").get(), set_up.done) == ("192.168.1.99", 0)
    set_up.offline = False
    person.presses("continue")
    assert [kept[:2] for kept in set_up.kept] == [("", "192.168.1.99")]


def test_both_sides_cost_as_much_a_page_as_one_until_staff_say_otherwise(person: Person) -> None:
    set_up = SetUp([ONE])
    person.comes_to(FirstPrinterScreen(set_up.presenter))
    person.types("price-colour", "0")
    person.presses("continue")
    assert set_up.kept[0][2] == {**USUAL_PRICES, "colour": "800", "colour_two_sided": "800"}
