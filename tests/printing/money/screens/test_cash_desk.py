"""Staff at the cash desk: money is taken, change is told, and everything else has a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from akimat_desk.ui.window import Window
from printing.money.screens.cash_desk import CashDeskScreen
from printing.money.screens.cash_desk_presenter import CashDeskPresenter

from .conftest import HELD, OVER, OWED, PAID, Till  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen


@pytest.fixture
def till() -> Till:
    return Till()


@pytest.fixture
def desk(till: Till, window: Window, person: Any) -> CashDeskPresenter:
    presenter: CashDeskPresenter = till.presenter()
    person.comes_to(CashDeskScreen(presenter))
    return presenter


def test_the_change_is_told_while_one_types_and_after_the_money_is_taken(
    till: Till, desk: CashDeskPresenter, person: Any
) -> None:
    person.types("given", "200")
    assert "60\u00a0₸" in person.sees()
    person.presses("take")
    assert till.did == [("pay", "4821", 200)]
    assert {"Paid: 140\u00a0₸", "60\u00a0₸", "Next"} <= set(person.sees())


def test_nothing_typed_is_the_exact_sum(till: Till, desk: CashDeskPresenter, person: Any) -> None:
    person.presses("take")
    assert till.did == [("pay", "4821", 140)]


def test_a_banknote_is_one_press(till: Till, desk: CashDeskPresenter, person: Any) -> None:
    person.presses("note-500")
    person.presses("take")
    assert till.did == [("pay", "4821", 500)]


def test_a_document_that_waits_is_paid_and_printed_in_one_step(
    till: Till, desk: CashDeskPresenter, person: Any
) -> None:
    desk.choose(HELD.charge)
    person.window.rebuild()
    assert "Pay and print" in person.sees()
    assert "Write off" not in person.sees()
    person.presses("take")
    assert till.did == [("pay", "5930", 40)]


def test_a_write_off_wants_a_reason(till: Till, desk: CashDeskPresenter, person: Any) -> None:
    person.presses("write_off")
    person.presses("do")
    assert till.did == []
    person.presses("reason-left")
    person.presses("do")
    assert till.did == [("write off", OWED, 140, "left")]


def test_part_of_what_was_paid_goes_back(till: Till, desk: CashDeskPresenter, person: Any) -> None:
    desk.choose(PAID.charge)
    person.window.rebuild()
    person.presses("refund")
    person.types("sum", "20")
    person.presses("reason-bad-print")
    person.presses("do")
    assert till.did == [("refund", PAID, 20, "bad-print")]


def test_money_the_room_holds_for_somebody_is_shown_as_that(desk: CashDeskPresenter, person: Any) -> None:
    desk.choose(OVER.charge)
    person.window.rebuild()
    assert {"Money to give back", "To give back", "60\u00a0₸"} <= set(person.sees())
    assert "take" not in person.controls


def test_everybodys_free_pages_are_given_to_a_resident_and_a_category_to_nobody_by_name(
    till: Till, desk: CashDeskPresenter, person: Any
) -> None:
    person.presses("free")
    person.presses("rule-monthly")
    person.presses("do")
    assert till.did == []
    person.types("whose", "тіл")
    person.presses(f"person-{'7' * 32}")
    person.presses("do")
    person.presses("free")
    person.presses("rule-veteran")
    person.presses("do")
    assert till.did == [("free", OWED, "monthly", "7" * 32), ("free", OWED, "veteran", "")]


def test_how_free_pages_are_split_is_told_before_and_what_was_given_after(
    till: Till, desk: CashDeskPresenter, person: Any
) -> None:
    mixed = replace(OWED, due=240, grey=(4, 20), colour=(2, 80))
    till.items = (mixed,)
    person.window.publish({"printing.money"})
    person.presses("free")
    assert (
        "The cheaper pages go free first, at the prices of this document: black and white 20\u00a0₸, colour"
        " 80\u00a0₸ a page." in person.sees()
    )
    person.presses("rule-veteran")
    person.presses("do")
    assert till.did == [("free", mixed, "veteran", "")]
    assert "Free pages: 2, 40\u00a0₸" in person.sees()
