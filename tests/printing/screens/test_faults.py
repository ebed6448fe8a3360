"""Staff: what to do about a printer's trouble, in words and a drawing, until it is gone."""

from __future__ import annotations

from typing import get_args

import pytest

from akimat_desk.base.errors import AkimatDeskError
from printing.devices.errors import (
    CoverOpen,
    DeviceError,
    Drawing,
    Jam,
    OtherPrinter,
    OutputFull,
    PaperOut,
    PrinterOffline,
    TonerOut,
)
from printing.naming import SHORT
from printing.printers import PriceUnclear, PrinterState
from printing.screens.drawings import DRAWINGS
from printing.screens.faults import STEPS, FaultPresenter, FaultScreen

from .conftest import Person  # type: ignore[import-not-found]
from .test_printers import ABLE, HP  # type: ignore[import-not-found]


def test_every_trouble_has_a_drawing_steps_and_a_short_word() -> None:
    kinds = set(get_args(Drawing))
    assert set(SHORT) == kinds
    assert set(STEPS) == set(DRAWINGS) == kinds - {"wait"}


def test_an_error_that_is_no_printers_is_for_staff_to_look_into() -> None:
    assert FaultPresenter(PrinterState(HP, None, PriceUnclear()), lambda: PrinterState(HP, None, None)).kind == "staff"


@pytest.mark.screen
class TestOnTheScreen:
    def open(self, person: Person, trouble: AkimatDeskError | None, then: AkimatDeskError | None = None) -> Person:
        states = PrinterState(HP, ABLE, trouble), PrinterState(HP, ABLE, then)
        person.comes_to(FaultScreen(FaultPresenter(states[0], lambda: states[1])))
        return person

    @pytest.mark.parametrize("kind", [PaperOut, Jam, CoverOpen, TonerOut, OutputFull, PrinterOffline])
    def test_every_step_is_told(self, person: Person, kind: type[DeviceError]) -> None:
        told = set(self.open(person, kind(address="192.168.1.50"), kind()).sees())
        assert set(STEPS[kind.drawing]) <= told

    def test_what_cannot_be_mended_at_the_printer_is_told_in_one_sentence(self, person: Person) -> None:
        told = self.open(person, OtherPrinter(address="192.168.1.50"), OtherPrinter()).sees()
        assert "If the printer was replaced or reset, trust it anew on its page." in told
        assert STEPS["staff"][1] not in told

    def test_it_sees_that_the_printer_is_well_again(self, person: Person) -> None:
        self.open(person, PaperOut()).presses("again")
        told = person.sees()
        assert "Ready" in told
        assert "The printer is out of paper." not in told

    def test_another_trouble_takes_its_place(self, person: Person) -> None:
        self.open(person, PaperOut(), Jam()).presses("again")
        assert "Paper is stuck in the printer." in person.sees()
