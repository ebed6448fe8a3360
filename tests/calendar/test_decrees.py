"""Orders that staff write down: what counts, what is replaced, and what two PCs make of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from akimat_desk.calendar.actions import OrderForm, SwapForm, write_down
from akimat_desk.calendar.days import Decree, YearUnknown
from akimat_desk.calendar.records import DecreeRow, calendar, decrees, unsettled_of
from akimat_desk.journal import Journal, merge

from .conftest import OpenPc, give

BY = "0192f0c0a1b27abc8def001122334455"
OFF = Decree(date(2027, 12, 17), "off", "№ 796", date(2027, 10, 1), "government", date(2027, 12, 19))
WORKED = Decree(date(2027, 12, 19), "worked", "№ 796", date(2027, 10, 1), "government", date(2027, 12, 17))


def order(journal: Journal, *some: Decree) -> tuple[Decree, ...]:
    with journal.commit() as commit:
        return write_down(commit, some, by=BY).decrees


def counting(journal: Journal) -> list[Decree]:
    return [replace(one, seen=()) for one in decrees(journal.store)]


def test_an_order_counts_at_once_and_is_kept_with_its_source(journal: Journal) -> None:
    order(journal, OFF, WORKED)
    assert counting(journal) == [OFF, WORKED]
    now = calendar(journal.store)
    assert [now.is_working(day) for day in (OFF.day, WORKED.day, date(2027, 12, 20))] == [False, True, True]


def test_the_next_order_about_a_day_replaces_the_one_before(journal: Journal) -> None:
    order(journal, OFF)
    order(journal, replace(OFF, state="worked", order="801"))
    assert counting(journal) == [replace(OFF, state="worked", order="801")]
    order(journal, replace(OFF, state="law"))
    assert counting(journal) == []
    assert calendar(journal.store).is_working(OFF.day)
    with journal.store.read() as db:
        assert merge.conflicts(db, DecreeRow) == []
        (entries,) = db.execute_sql("SELECT count(*) FROM journal_edit").fetchone()
    assert entries == 3  # every version stays


def test_two_orders_written_down_apart_agree_and_the_loser_is_shown(open_pc: OpenPc) -> None:
    first, second = open_pc("first"), open_pc("second")
    order(first, OFF)
    order(second, replace(OFF, order="801"))
    give(first, second)
    give(second, first)
    assert counting(first) == counting(second)
    assert len(counting(first)) == 1
    for pc in (first, second):
        with pc.store.read() as db:
            assert unsettled_of(db) == {OFF.day}
    order(first, replace(OFF, order="802"))
    with first.store.read() as db:
        assert unsettled_of(db) == frozenset()


@pytest.mark.parametrize("number", ["", "  ", "900101300012", "№ 1; the akim's cousin", "1" * 25, "№\n1\n"])
def test_a_number_that_is_none_is_refused_and_nothing_is_written(journal: Journal, number: str) -> None:
    if number == "№\n1\n":  # spaces of any kind are one space
        assert order(journal, replace(OFF, order=number))[0].order == "№ 1"
        return
    with pytest.raises(OrderForm):
        order(journal, WORKED, replace(OFF, order=number))
    assert counting(journal) == []


def test_a_day_is_not_swapped_with_itself_nor_ordered_outside_the_calendar(journal: Journal) -> None:
    with pytest.raises(SwapForm):
        order(journal, replace(OFF, other=OFF.day))
    with pytest.raises(YearUnknown):
        order(journal, replace(OFF, day=date(1980, 1, 1)))
