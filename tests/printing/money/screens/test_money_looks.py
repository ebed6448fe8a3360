"""Every page of money in every language and size: nothing cut off, out of reach, small, pale, untranslated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from akimat_desk.ui.screen import Screen
from akimat_desk.ui.window import Window
from printing.money.actions import Counted, Paid
from printing.money.screens.cash_desk import CashDeskScreen
from printing.money.screens.closing import ClosingScreen
from printing.money.screens.honest_till import HonestTillScreen
from printing.money.screens.prices import PricesScreen
from printing.money.screens.report import ReportScreen
from printing.money.till import BoxCount
from tests.looks import is_translated, looks_right
from tests.printing.screens.test_looks import DATA  # type: ignore[import-not-found]

from .conftest import (  # type: ignore[import-not-found]
    AIGUL,
    BOXES,
    FIGURES,
    MARAT,
    PERSON,
    Day,
    Till,
    box_of,
    prices_of,
    report_of,
)

pytestmark = pytest.mark.screen


def cash_desk(doing: str = "pay", **more: object) -> Screen:
    presenter = Till().presenter()
    presenter.begin(doing)
    for name, value in more.items():
        setattr(presenter, name, value)
    return CashDeskScreen(presenter)


def closing(step: str = "first", second: int = 2_190, **more: object) -> Screen:
    presenter = Day().presenter()
    presenter.step = step
    presenter.first, presenter.second = Counted(AIGUL.id, 2_190), Counted(MARAT.id, second)
    for name, value in more.items():
        setattr(presenter, name, value)
    return ClosingScreen(presenter)


def prices(**more: object) -> Screen:
    presenter = prices_of()
    for name, value in more.items():
        setattr(presenter, name, value)
    return PricesScreen(presenter)


MANY = (BoxCount(BOXES[-1].ms + 86_400_000, (20, 40, 60) * 12, 1_400, 0),)


SCREENS: dict[str, Callable[[], Screen]] = {
    "cash desk": cash_desk,
    "cash desk, nobody owes": lambda: CashDeskScreen(Till(items=()).presenter()),
    "cash desk, paid": lambda: cash_desk(paid=(Paid("1" * 32, 140, 200, 60), "4821")),
    "cash desk, free pages": lambda: cash_desk("free", rule="monthly", typed="тіл", people=[PERSON], person=PERSON),
    "cash desk, refund": lambda: cash_desk("refund", chosen="3" * 32),
    "cash desk, write off": lambda: cash_desk("write_off"),
    "closing, first": closing,
    "closing, compare": lambda: closing("compare"),
    "closing, they differ": lambda: closing("compare", 2_100),
    "closing, closed": lambda: closing("closed"),
    "closing, correction": lambda: closing(correcting="e" * 32),
    "honest till": lambda: HonestTillScreen(box_of(*BOXES, *MANY)),
    "honest till, too few": lambda: HonestTillScreen(box_of(BOXES[0])),
    "report": lambda: ReportScreen(report_of()),
    "report, nothing": lambda: ReportScreen(
        report_of(replace(FIGURES, total=type(FIGURES.total)(), faults=type(FIGURES.faults)(0, 0, 0, 0)))
    ),
    "report, year": lambda: ReportScreen(report_of(replace(FIGURES, begin=date(2026, 1, 1), end=date(2027, 1, 1)))),
    "prices": prices,
    "prices, scanning": lambda: prices(work="scan"),
}
NAMES = DATA | {AIGUL.name, MARAT.name, PERSON.name, "тіл", "A4", "A3", "A5", "қараша"}
NAMES |= {"20 қараша, жұма", "2026 жылғы қараша"}


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_cut_off_small_pale_or_out_of_reach(window: Window, name: str) -> None:
    looks_right(window, SCREENS[name]())


@pytest.mark.parametrize("name", SCREENS)
def test_everything_is_translated_and_holds_words_of_a_longer_language(window: Window, name: str) -> None:
    is_translated(window, SCREENS[name](), NAMES)
