"""Counting with worked days: the laws that hold in whatever calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.calendar.days import FIRST_YEAR, LAST_YEAR, Decree, Mark, TermTooLong, WorkingDays, YearUnknown
from akimat_desk.calendar.law import by_law

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
decrees = st.builds(
    Decree,
    day=days,
    state=st.sampled_from(("off", "worked", "law")),
    order=st.just("820"),
    ordered_on=st.just(date(2019, 11, 5)),
    authority=st.just("government"),
)
calendars = st.lists(decrees, max_size=12).map(lambda some: by_law().with_decrees(*some))


def order(day: str, state: str, **more: object) -> Decree:
    return Decree(date.fromisoformat(day), state, "820", date(2019, 11, 5), "government", **more)  # type: ignore[arg-type]


@given(calendars, days)
def test_the_next_and_the_previous_worked_day_are_worked_and_nothing_lies_between(one: WorkingDays, day: date) -> None:
    after, before = one.next_working(day), one.previous_working(day)
    assert before <= day <= after
    assert one.is_working(before)
    assert one.is_working(after)
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert not any(one.is_working(each) for each in between)


@given(calendars, days, st.integers(0, 60))
def test_a_term_ends_on_a_worked_day_and_counts_that_many(one: WorkingDays, day: date, number: int) -> None:
    last = one.after(day, number)
    assert one.is_working(last)
    if number:
        assert one.between(day, last) == number


@given(calendars, days, st.integers(1, 40), st.integers(1, 40))
def test_two_terms_one_after_the_other_are_one(one: WorkingDays, day: date, first: int, second: int) -> None:
    assert one.after(one.after(day, first), second) == one.after(day, first + second)


@given(calendars, days, days)
def test_counting_back_is_counting_forth_with_a_minus(one: WorkingDays, first: date, last: date) -> None:
    assert one.between(first, last) == -one.between(last, first)


@given(calendars, days)
def test_a_term_of_none_ends_on_the_next_worked_day(one: WorkingDays, day: date) -> None:
    assert one.after(day, 0) == one.next_working(day)


def test_an_order_goes_before_the_law_and_one_that_is_taken_back_counts_no_more() -> None:
    friday, sunday = date(2027, 12, 17), date(2027, 12, 19)
    assert [by_law().is_working(day) for day in (friday, sunday)] == [True, False]
    ordered = by_law().with_decrees(order("2027-12-17", "off", other=sunday), order("2027-12-19", "worked"))
    assert [ordered.is_working(day) for day in (friday, sunday)] == [False, True]
    assert ordered.look(friday).other == sunday
    assert ordered.look(friday).decree == order("2027-12-17", "off", other=sunday)
    assert ordered.with_decrees(order("2027-12-17", "law")).is_working(friday)


def test_an_order_that_says_what_is_so_keeps_the_holidays_name() -> None:
    confirmed = by_law().with_decrees(order("2027-05-16", "off"))
    day = confirmed.look(date(2027, 5, 16))
    assert (day.name, day.estimated) == ("Kurban Ait", False)


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1])
def test_days_outside_the_calendar_are_refused(year: int) -> None:
    with pytest.raises(YearUnknown):
        by_law().look(date(year, 6, 1))


@pytest.mark.parametrize("number", [-1, 10_001])
def test_a_term_nobody_counts_is_refused(number: int) -> None:
    with pytest.raises(TermTooLong):
        by_law().after(date(2026, 11, 20), number)


def test_a_year_without_worked_days_ends_at_the_calendars_end() -> None:
    def all_off(year: int) -> Mapping[date, Mark]:
        return {date(year, 1, 1) + timedelta(days=n): Mark("holiday") for n in range(366)}

    with pytest.raises(YearUnknown):
        WorkingDays(all_off).next_working(date(2098, 12, 1))
