"""Two people close the day: neither is told the other's sum, nor what should lie there, before both have typed."""

from __future__ import annotations

from typing import Any

import pytest

from akimat_desk.ui.window import Window
from printing.money.screens.closing import ClosingScreen

from .conftest import AIGUL, DAY, MARAT, Day  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen
EXPECTED = "2,190\u00a0₸"


@pytest.fixture
def day(window: Window, person: Any) -> Day:
    made = Day()
    person.comes_to(ClosingScreen(made.presenter()))
    return made


def count(person: Any, tenge: str, pin: str = "274093") -> None:
    person.types("counted", tenge)
    person.types("pin", pin)
    person.presses("sign")


def sums(person: Any) -> list[str]:
    """What is said above the days that were closed before."""
    said = person.sees()
    return said[: said.index("Days closed before")]


def test_nobody_sees_the_others_sum_or_the_books_before_both_have_typed(day: Day, person: Any) -> None:
    count(person, "2190")
    assert "Second count" in person.sees()
    assert not any("2,190" in words for words in sums(person))
    person.presses(f"counter-{MARAT.id}")
    count(person, "2190")
    assert {EXPECTED, "Should lie in it", "The drawer holds what it should."} <= set(sums(person))


def test_the_first_does_not_count_twice(day: Day, person: Any) -> None:
    count(person, "2190")
    assert f"counter-{AIGUL.id}" not in person.controls


def test_a_wrong_pin_signs_nothing(day: Day, person: Any) -> None:
    count(person, "2190", pin="111111")
    assert "First count" in person.sees()


def test_counts_that_differ_are_made_again_without_the_books(day: Day, person: Any) -> None:
    count(person, "2190")
    person.presses(f"counter-{MARAT.id}")
    count(person, "2100")
    assert "The two counts differ. Count again, both of you." in person.sees()
    assert "Should lie in it" not in person.sees()
    person.presses("again")
    assert "First count" in person.sees()


def test_the_day_is_closed_with_what_stays_in_the_drawer_and_its_report_is_printed(day: Day, person: Any) -> None:
    count(person, "2190")
    person.presses(f"counter-{MARAT.id}")
    count(person, "2190")
    person.types("left", "2000")
    person.presses("close")
    person.presses("print-report")
    assert day.did == [("close", 2_190, 2_190, 2_000), ("paper", "f" * 32)]


def test_a_closed_day_is_corrected_by_a_line_with_a_reason(day: Day, person: Any) -> None:
    person.presses("correct-0")
    person.types("sum", "20")
    person.presses("less")
    assert day.did == []
    person.presses("reason-coin-found")
    person.presses("less")
    assert day.did == [("correct", DAY.entry, -20, "coin-found")]


def test_change_money_goes_in_and_money_goes_out(day: Day, person: Any) -> None:
    for button in ("more", "less"):
        person.presses("move")
        person.types("sum", "500")
        person.presses(button)
    assert day.did == [("move", 500), ("move", -500)]
