"""Two PCs that plan while they are apart: both agree afterwards, and what lost is told, not lost."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.office import journalled
from akimat_desk.people.entries import STAFF_ADDED, StaffAdded, StaffSecrets
from akimat_desk.people.staff import SignedIn
from akimat_desk.store import Store
from meetings import actions, entries, records
from meetings.cases import drafts
from meetings.plan import USUAL
from meetings.records import Series, all_series
from meetings.rules import Occurrence, Order, held
from tests.calendar.conftest import give

from .conftest import TODAY

DECEMBER = date(2026, 12, 18)
BY = SignedIn("0192f0c0a1b27abc8def001122334455", "Айгүл", "staff")


@pytest.fixture
def pcs(tmp_path: Path, clock: FixedClock) -> Iterator[tuple[Journal, Journal]]:
    """Two staff PCs that know of the same series and of who works there."""
    with contextlib.ExitStack() as stack:
        both = []
        for name in ("first", "second"):
            home = Home(tmp_path / name / "desk", tmp_path / name / "keys").ensure()
            store = Store.open(home, migrations=(*MIGRATIONS, *drafts.MIGRATIONS), create=True)
            stack.callback(store.close)
            registry = Registry((*journalled.KINDS, *entries.KINDS), (*journalled.PROJECTIONS, *records.PROJECTIONS))
            both.append(Journal.open(store, registry, clock, machine=name))
        first, second = both
        first.append(STAFF_ADDED, StaffAdded(staff=BY.staff, role=BY.role), StaffSecrets(name=BY.name, pin="x"))
        actions.begin(first, USUAL, by=BY)
        give(first, second)
        yield first, second


def series(pc: Journal) -> Series:
    (one,) = all_series(pc.store)
    return one


def exchange(first: Journal, second: Journal) -> None:
    give(first, second)
    give(second, first)


def order(pc: Journal, held_on: date | None) -> None:
    actions.order(pc, series(pc), Order(DECEMBER, held_on, "12", TODAY), by=BY, today=TODAY)


def test_two_orders_about_one_date_agree_and_are_told_until_a_third_settles_it(
    pcs: tuple[Journal, Journal], clock: FixedClock
) -> None:
    first, second = pcs
    order(first, date(2026, 12, 17))
    clock.pass_seconds(60)
    order(second, None)
    exchange(first, second)
    assert [series(pc).plan.orders[DECEMBER].held_on for pc in pcs] == [None, None]  # the later one counts
    assert [series(pc).unsettled for pc in pcs] == [{DECEMBER}, {DECEMBER}]
    order(first, date(2026, 12, 21))
    exchange(first, second)
    assert [series(pc).plan.orders[DECEMBER].held_on for pc in pcs] == [date(2026, 12, 21)] * 2
    assert [series(pc).unsettled for pc in pcs] == [frozenset(), frozenset()]


def test_both_announce_the_plan_and_people_are_told_one_thing(pcs: tuple[Journal, Journal]) -> None:
    first, second = pcs

    def announce(pc: Journal, day: date) -> None:
        from akimat_desk.calendar.records import calendar

        one: Occurrence = held(series(pc).plan.rule, day, calendar(pc.store))
        actions.publish(pc, series(pc), [one], by=BY)

    announce(first, DECEMBER)
    announce(second, DECEMBER)
    announce(second, date(2027, 1, 15))
    exchange(first, second)
    assert series(first) == series(second)
    assert series(first).promised == {DECEMBER: DECEMBER, date(2027, 1, 15): date(2027, 1, 15)}
    assert series(first).sequence == 3  # each announcement is a change of the calendar file
