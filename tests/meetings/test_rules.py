"""When receptions are held: the third Friday, what a day off does to it, and what an order does."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.calendar.days import Decree
from akimat_desk.calendar.law import by_law
from meetings.rules import (
    THIRD_FRIDAY,
    MonthForm,
    Order,
    Plan,
    Rule,
    SpanForm,
    dates_of,
    held,
    months_between,
    nth_weekday,
    proposals,
    twelve_months,
)

DAYS = by_law()
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
rules = st.builds(
    Rule,
    every=st.sampled_from(("month", "week")),
    weekday=st.integers(0, 6),
    nth=st.sampled_from((1, 2, 3, 4, -1)),
    shift=st.sampled_from(("next", "previous", "none", "hand")),
    weekends=st.booleans(),
)

OFF = {
    # third Friday: held on the next and on the previous working day
    "2020-12-18": ("2020-12-20", "2020-12-15"),
    "2021-12-17": ("2021-12-20", "2021-12-15"),
    "2022-12-16": ("2022-12-19", "2022-12-15"),
    "2025-03-21": ("2025-03-26", "2025-03-20"),
    "2030-03-15": ("2030-03-18", "2030-03-14"),
    "2031-03-21": ("2031-03-26", "2031-03-20"),
    "2033-12-16": ("2033-12-19", "2033-12-15"),
}
"""All third Fridays of 2020 to 2035 that are days off."""


def order(day: str, held_on: str | None) -> Order:
    return Order(date.fromisoformat(day), date.fromisoformat(held_on) if held_on else None, "12", date(2026, 1, 5))


@pytest.mark.parametrize(("shift", "which"), [("next", 0), ("previous", 1)])
def test_the_third_fridays_of_sixteen_years(shift: str, which: int) -> None:
    found = Plan(Rule(shift=shift)).occurrences(date(2020, 1, 1), date(2035, 12, 31), DAYS)  # type: ignore[arg-type]
    assert len(found) == 192
    moved = {one.of.isoformat(): one.held_on.isoformat() for one in found if one.held_on and one.held_on != one.of}
    assert moved == {day: held_on[which] for day, held_on in OFF.items()}
    assert {one.of.isoformat() for one in found if not one.day.working} == OFF.keys()


def test_no_shift_holds_it_on_the_day_off_and_by_hand_waits() -> None:
    off = date(2030, 3, 15)
    kept, open_ = (held(Rule(shift=shift), off, DAYS) for shift in ("none", "hand"))  # type: ignore[arg-type]
    assert (kept.held_on, kept.because) == (off, "kept")
    assert (open_.held_on, open_.because) == (None, "open")


def test_a_worked_sunday_counts_only_where_that_is_allowed() -> None:
    off = date(2020, 12, 18)
    assert held(Rule(weekends=True), off, DAYS).held_on == date(2020, 12, 20)
    assert held(Rule(weekends=False), off, DAYS).held_on == date(2020, 12, 21)


@given(rules, days, st.integers(0, 400))
def test_a_rules_dates_are_its_weekday_in_order_and_none_is_left_out(rule: Rule, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = list(dates_of(rule, first, last))
    assert found == sorted(set(found))
    every = [first + timedelta(days=n) for n in range(length + 1)]
    place = {1: range(1, 8), 2: range(8, 15), 3: range(15, 22), 4: range(22, 29)}
    assert found == [
        day
        for day in every
        if day.weekday() == rule.weekday
        and (
            rule.every == "week"
            or (day.day in place[rule.nth] if rule.nth > 0 else (day + timedelta(days=7)).month != day.month)
        )
    ]


@given(rules, days)
def test_what_is_held_is_held_on_a_working_day_unless_the_rule_keeps_it(rule: Rule, day: date) -> None:
    one = held(rule, day, DAYS)
    if one.held_on is None:
        assert rule.shift == "hand"
    elif one.because != "kept":
        assert DAYS.is_working(one.held_on)
        assert rule.weekends or one.held_on.weekday() < 5
        assert one.held_on == day or (one.held_on > day) == (rule.shift == "next")


@given(st.integers(2020, 2035), st.integers(1, 12))
def test_a_third_friday_that_moves_stays_in_its_month(year: int, month: int) -> None:
    for shift in ("next", "previous"):
        held_on = held(Rule(shift=shift), nth_weekday(year, month, 4, 3), DAYS).held_on  # type: ignore[arg-type]
        assert held_on is not None
        assert held_on.month == month


def test_an_order_goes_before_the_rule_and_may_add_a_day() -> None:
    plan = Plan(
        THIRD_FRIDAY,
        {
            one.of: one
            for one in (order("2026-12-18", "2026-12-17"), order("2027-01-15", None), order("2026-12-29", "2026-12-29"))
        },
    )
    found = plan.occurrences(date(2026, 12, 1), date(2027, 2, 28), DAYS)
    assert [(f"{one.of}", f"{one.held_on}", one.because) for one in found] == [
        ("2026-12-18", "2026-12-17", "ordered"),
        ("2026-12-29", "2026-12-29", "extra"),
        ("2027-01-15", "None", "cancelled"),
        ("2027-02-19", "2027-02-19", "rule"),
    ]


def test_a_day_off_decreed_after_people_were_told_is_proposed_and_moves_nothing() -> None:
    plan, today = Plan(THIRD_FRIDAY), date(2026, 11, 20)
    told = {one.of: one.held_on for one in plan.occurrences(date(2026, 1, 1), date(2027, 12, 31), DAYS)}
    assert proposals(plan, told, DAYS, today) == ()
    decreed = DAYS.with_decrees(
        Decree(date(2026, 10, 16), "off", "796", date(2026, 12, 1), "government"),  # over already
        Decree(date(2026, 12, 18), "off", "796", date(2026, 12, 1), "government", date(2026, 12, 20)),
        Decree(date(2026, 12, 20), "worked", "796", date(2026, 12, 1), "government", date(2026, 12, 18)),
    )
    (one,) = proposals(plan, told, decreed, today)
    assert (one.of, one.promised, one.now.held_on) == (date(2026, 12, 18), date(2026, 12, 18), date(2026, 12, 20))
    assert told[date(2026, 12, 18)] == date(2026, 12, 18)


@pytest.mark.parametrize(("first", "last"), [("2026-1", "2026-13"), ("26-01", "2026-02"), ("", "2026-01"), ("x", "y")])
def test_what_is_no_month_is_refused(first: str, last: str) -> None:
    with pytest.raises(MonthForm):
        months_between(first, last)


def test_a_span_of_months_is_whole_and_ends_after_it_begins() -> None:
    assert months_between("2026-01", "2026-12") == (date(2026, 1, 1), date(2026, 12, 31))
    assert months_between("2028-02", "2028-02") == (date(2028, 2, 1), date(2028, 2, 29))
    assert twelve_months(date(2026, 11, 20)) == (date(2026, 11, 20), date(2027, 11, 30))
    assert twelve_months(date(2026, 12, 31)) == (date(2026, 12, 31), date(2027, 12, 31))
    with pytest.raises(SpanForm):
        months_between("2026-02", "2026-01")
