"""An administrator sets the price table: what is typed for one work stays while another is looked at."""

from __future__ import annotations

from typing import Any

import pytest

from printing.money.prices import PriceUnclear
from printing.money.screens.prices import PricesPresenter, PricesScreen

from .conftest import prices_of  # type: ignore[import-not-found]

pytestmark = pytest.mark.screen


@pytest.fixture
def page(person: Any) -> tuple[PricesPresenter, list[tuple[Any, ...]]]:
    presenter, saved = prices_of(), list[tuple[Any, ...]]()
    presenter.save = lambda *given: saved.append(given)
    person.comes_to(PricesScreen(presenter))
    return presenter, saved


Page = tuple[PricesPresenter, list[tuple[Any, ...]]]


def test_prices_begin_as_they_are_and_keep_what_is_typed_for_each_work(page: Page, person: Any) -> None:
    _, saved = page
    assert person.entry("price-grey").get() == "20"
    person.presses("size-A3")
    person.types("price-grey", "40")
    person.presses("work-copy")
    assert person.entry("price-grey").get() == ""
    person.presses("set-prices")
    typed, free, rules, blank_free = saved[0]
    assert typed["print A3 grey"] == "40"
    assert (typed["print A4 grey"], typed["print A4 colour-two"]) == ("20", "70")
    assert (free, rules, blank_free) == ("", {}, False)
    assert "The new prices hold from today." in person.sees()


def test_a_category_is_chosen_with_the_source_of_its_name_and_its_pages(page: Page, person: Any) -> None:
    _, saved = page
    person.presses("rule-veteran")
    assert "Law “On Veterans” of 6 May 2020. No source found. Let a lawyer check it." in person.sees()
    person.types("pages-veteran", "30")
    person.types("free-pages", "5")
    person.presses("blank-free")
    person.presses("set-prices")
    assert saved[0][1:] == ("5", {"veteran": "30"}, True)


def test_prices_that_cannot_be_stay_in_their_fields(page: Page, person: Any) -> None:
    presenter, _ = page

    def refuse(*_: object) -> None:
        raise PriceUnclear

    presenter.save = refuse
    person.types("price-grey", "0")
    person.presses("set-prices")
    assert any("Write every price as a whole number of tenge." in words for words in person.sees())
    assert person.entry("price-grey").get() == "200"
