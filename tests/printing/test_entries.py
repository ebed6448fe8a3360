"""What printing tells the journal is bounded: no entry, forged or mistaken, empties the till or closes it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from msgspec.structs import replace

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.journal import Journal
from akimat_desk.journal.append import BadFacts
from akimat_desk.service import Desk
from printing import records
from printing.entries import JOB_ENDED, PRICES_SET, JobEnded, PriceRate, PricesSet
from printing.money.prices import MOST_TENGE
from printing.records import DayTotals
from printing.room import totals_today
from printing.rules import MOST_COPIES

LARGEST = JobEnded(
    job="1" * 32,
    ended_ms=0,
    outcome="printed",
    pages=2000 * MOST_COPIES,
    sheets=2000 * MOST_COPIES,
    grey_pages=0,
    colour_pages=2000 * MOST_COPIES,
    copies=MOST_COPIES,
    sides="one",
    colour="colour",
    tenge=2000 * MOST_COPIES * MOST_TENGE,
)
"""The longest document, as often as can be, at the highest price."""


def till(journal: Journal) -> DayTotals:
    with journal.store.read() as db:
        return records.totals(db, 0, 2**46)


def test_the_largest_job_there_can_be_fits(journal: Journal) -> None:
    journal.append(JOB_ENDED, LARGEST)
    assert till(journal) == DayTotals(jobs=1, pages=198_000, sheets=198_000, tenge=1_980_000_000)


@pytest.mark.parametrize("tenge", [-1, -5000, 2**63 - 1])
def test_no_job_takes_money_out_or_more_than_there_is(journal: Journal, tenge: int) -> None:
    with pytest.raises(BadFacts):
        journal.append(JOB_ENDED, replace(LARGEST, tenge=tenge))
    assert till(journal).jobs == 0


@pytest.mark.parametrize("name", ["pages", "sheets", "grey_pages", "colour_pages", "copies"])
def test_no_count_is_below_nothing(journal: Journal, name: str) -> None:
    with pytest.raises(BadFacts):
        journal.append(JOB_ENDED, replace(LARGEST, **{name: -1}))


def test_a_clock_that_was_wrong_once_spoils_one_job_and_no_other_day(desk: Desk, clock: FixedClock) -> None:
    """The journal's own time cannot go back; the sums of a day must."""
    days = [(2027, 11, 20), (2026, 11, 20), (2026, 11, 21), (2020, 1, 1)]
    sums = []
    for day in days:
        clock.turn_to(datetime(*day, 12, tzinfo=KAZAKHSTAN))
        desk.journal.append(JOB_ENDED, replace(LARGEST, ended_ms=clock.now_ms(), tenge=20))
        sums.append(totals_today(desk).tenge)
    assert sums == [20, 20, 20, 20]


def test_a_printer_may_count_as_it_likes(journal: Journal) -> None:
    journal.append(JOB_ENDED, replace(LARGEST, printer_count=-2))
    assert till(journal).jobs == 1


def test_no_price_is_below_nothing(journal: Journal) -> None:
    rate = PriceRate(work="print", size="A4", colour="colour", two_sided=False, tenge=-1)
    prices = PricesSet(valid_from=date(2026, 1, 1), rates=(rate,))
    with pytest.raises(BadFacts):
        journal.append(PRICES_SET, prices)
