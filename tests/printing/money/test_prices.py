"""What the price table says of a page, and which table holds."""

from __future__ import annotations

from datetime import date

import pytest

from akimat_desk.journal import Journal
from printing import actions
from printing.entries import PRICES_SET
from printing.money.prices import (
    MOST_FREE,
    FreePagesOutside,
    FreeRule,
    PriceMissing,
    PricesMissing,
    PriceTable,
    Rate,
    price_of,
    table_on,
)
from printing.rules import Options, quote

TABLE = PriceTable.of_a4(date(2026, 1, 1), grey=20, colour=80, grey_two_sided=15, colour_two_sided=70)
WIDE = TABLE.with_rates(
    TABLE.valid_from, [Rate("print", "A3", "grey", False, 50), Rate("copy", "A4", "grey", False, 10)]
)


def test_the_price_table_of_the_day_holds() -> None:
    later = PriceTable.of_a4(date(2026, 7, 1), 25, 90, 20, 80)
    assert table_on(date(2026, 6, 30), [TABLE, later]) == TABLE
    assert table_on(date(2026, 7, 1), [TABLE, later]) == later


def test_a_corrected_table_of_the_same_day_wins() -> None:
    corrected = PriceTable.of_a4(TABLE.valid_from, 22, 80, 15, 70)
    assert table_on(date(2026, 6, 30), [TABLE, corrected]) == corrected


def test_without_a_table_nothing_is_priced() -> None:
    with pytest.raises(PricesMissing):
        table_on(date(2025, 12, 31), [TABLE])


@pytest.mark.parametrize(
    ("work", "size", "colour", "sides", "tenge"),
    [
        ("print", "A4", "grey", "one", 20),
        ("print", "A4", "grey", "short", 15),
        ("print", "A3", "grey", "one", 50),
        ("print", "A3", "grey", "long", 50),  # no rate for two sides: as one-sided
        ("copy", "A4", "grey", "one", 10),
    ],
)
def test_a_page_costs_what_its_work_paper_and_colour_say(
    work: str, size: str, colour: str, sides: str, tenge: int
) -> None:
    assert price_of(WIDE, work, size, colour, sides) == tenge  # type: ignore[arg-type]


@pytest.mark.parametrize(("work", "size", "colour"), [("print", "A3", "colour"), ("scan", "A4", "grey")])
def test_what_has_no_price_is_refused_by_name(work: str, size: str, colour: str) -> None:
    with pytest.raises(PriceMissing) as told:
        price_of(WIDE, work, size, colour)  # type: ignore[arg-type]
    assert told.value.for_resident.values["size"] == size


def test_a_document_is_priced_for_its_own_paper() -> None:
    assert quote(3, [], Options(size="A3"), WIDE).total == 150
    with pytest.raises(PriceMissing):
        quote(3, [2], Options(colour="colour", size="A3"), WIDE)


def test_a_price_that_no_page_needs_may_be_missing() -> None:
    assert quote(3, [2], Options(size="A3"), WIDE).colour_price == 0


def test_new_rates_take_the_place_of_those_for_the_same_pages_only() -> None:
    cheaper = WIDE.with_rates(date(2026, 7, 1), [Rate("print", "A3", "grey", False, 40)])
    assert (cheaper.valid_from, len(cheaper.rates)) == (date(2026, 7, 1), 6)
    assert (price_of(cheaper, "print", "A3", "grey"), price_of(cheaper, "print", "A4", "grey")) == (40, 20)


@pytest.mark.parametrize("pages", [-1, MOST_FREE + 1])
def test_free_pages_stay_within_what_people_mean(journal: Journal, pages: int) -> None:
    with pytest.raises(FreePagesOutside):
        actions.set_prices(journal, PriceTable(TABLE.valid_from, TABLE.rates, free_pages=pages))


def test_a_whole_table_comes_back_as_it_was_set(journal: Journal) -> None:
    table = PriceTable(
        date(2026, 2, 1), WIDE.rates, free_pages=5, rules=(FreeRule("veteran"), FreeRule("pupil", 20)), blank_free=True
    )
    actions.set_prices(journal, table)
    journal.replay()
    assert actions.prices_today(journal) == table


def test_the_four_prices_of_the_first_version_are_read_as_rates() -> None:
    first = {"valid_from": "2026-01-01", "grey": 20, "colour": 80, "grey_two_sided": 15, "colour_two_sided": 70}
    rates = PRICES_SET.upcasters[1](first)["rates"]
    assert tuple(Rate(**rate) for rate in rates) == TABLE.rates
