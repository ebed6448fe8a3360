"""The life of an assignment: what fits when, what is counted, and that no order of arrival changes anything."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.calendar.days import Decree
from akimat_desk.calendar.law import by_law
from meetings.cases import legal
from meetings.cases.rules import (
    AT_WORK,
    ENDED,
    Due,
    ExtensionForm,
    Life,
    Step,
    StepName,
    StepOutOfPlace,
    check_extension,
    life,
    longest_extension,
    standing,
    urgency,
)

DAYS = by_law()
GIVEN = date(2026, 11, 20)
FIFTEEN = Due(days=15)
NAMES: tuple[StepName, ...] = (
    "begun", "answered", "extended", "told", "confirmed", "disputed", "reopened", "closed",
)  # fmt: skip


def steps(*names: StepName, due: date = date(2027, 1, 15)) -> list[Step]:
    """Steps a day after each other."""
    new = Due(on=due)
    return [
        Step(
            name,
            number,
            f"{number:032x}",
            GIVEN + timedelta(days=number),
            new if name in ("extended", "reopened") else None,
        )
        for number, name in enumerate(names, start=1)
    ]


def lived(*names: StepName) -> Life:
    return life(GIVEN, FIFTEEN, steps(*names), DAYS)


@pytest.mark.parametrize(
    ("names", "state"),
    [
        ((), "open"),
        (("begun",), "begun"),
        (("answered",), "answered"),
        (("begun", "answered", "confirmed"), "confirmed"),
        (("answered", "disputed"), "disputed"),
        (("answered", "disputed", "reopened"), "reopened"),
        (("answered", "disputed", "reopened", "answered", "confirmed"), "confirmed"),
        (("confirmed",), "open"),  # nobody confirms what was not answered
        (("answered", "confirmed", "disputed"), "confirmed"),
        (("answered", "begun"), "answered"),
        (("closed", "answered"), "closed"),
    ],
)
def test_where_steps_lead(names: tuple[StepName, ...], state: str) -> None:
    assert lived(*names).state == state


def test_fifteen_working_days_from_the_third_friday_pass_independence_day() -> None:
    assert lived().due == date(2026, 12, 11)
    assert life(date(2026, 12, 1), FIFTEEN, (), DAYS).due == date(2026, 12, 23)


def test_what_comes_on_a_day_off_counts_from_the_next_working_day() -> None:
    sunday = date(2026, 11, 22)
    assert life(sunday, FIFTEEN, (), DAYS).due == life(date(2026, 11, 23), FIFTEEN, (), DAYS).due == date(2026, 12, 14)


def test_a_decree_moves_every_deadline_in_working_days_and_no_deadline_by_date() -> None:
    off = DAYS.with_decrees(Decree(date(2026, 12, 10), "off", "796", GIVEN, "government"))
    assert life(GIVEN, FIFTEEN, (), off).due == date(2026, 12, 14)
    assert life(GIVEN, Due(on=date(2026, 12, 11)), (), off).due == date(2026, 12, 11)


def test_an_extension_moves_the_date_is_counted_and_must_be_told_in_three_working_days() -> None:
    one = lived("extended")
    assert (one.due, one.first_due, one.moved) == (date(2027, 1, 15), date(2026, 12, 11), 1)
    assert one.tell_by == DAYS.after(GIVEN + timedelta(days=1), 3)
    assert lived("extended", "extended").moved == 2
    assert lived("extended", "told").tell_by is None


def test_an_extension_is_later_than_the_date_and_at_most_two_months_after_the_first() -> None:
    one = lived()
    assert longest_extension(one, DAYS) == date(2027, 2, 11)
    check_extension(one, date(2027, 2, 11), DAYS)
    for wrong in (one.due, date(2027, 2, 12), date(2026, 12, 1)):
        with pytest.raises(ExtensionForm):
            check_extension(one, wrong, DAYS)
    with pytest.raises(StepOutOfPlace):
        check_extension(lived("answered"), date(2027, 1, 11), DAYS)


def test_late_is_counted_in_working_days_and_ends_with_the_answer() -> None:
    one = lived()
    assert [one.late(day, DAYS) for day in (one.due, date(2026, 12, 14), date(2026, 12, 21))] == [0, 1, 5]
    assert lived("answered").late(date(2027, 6, 1), DAYS) == 0
    assert one.weeks(GIVEN + timedelta(days=20)) == 2


def test_overdue_comes_first_then_disputed_then_by_date() -> None:
    overdue = life(date(2026, 10, 1), FIFTEEN, (), DAYS)
    soon = life(GIVEN, Due(days=3), (), DAYS)
    all_of_them = [
        lived("answered", "confirmed"),
        lived("answered"),
        lived(),
        soon,
        lived("answered", "disputed"),
        overdue,
    ]
    found = sorted(all_of_them, key=lambda one: urgency(one, date(2026, 11, 23)))
    assert [one.state for one in found] == ["open", "disputed", "open", "open", "answered", "confirmed"]
    assert found[:3] == [overdue, lived("answered", "disputed"), soon]


some_steps = st.lists(st.sampled_from(NAMES), max_size=12)


@given(some_steps, st.randoms(use_true_random=False))
def test_the_order_in_which_steps_arrive_changes_nothing(names: list[StepName], random: object) -> None:
    in_order = steps(*names)
    mixed = list(in_order)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert life(GIVEN, FIFTEEN, mixed, DAYS) == life(GIVEN, FIFTEEN, in_order, DAYS)


@given(some_steps)
def test_only_the_resident_confirms_an_answer_and_every_moved_date_is_counted(names: list[StepName]) -> None:
    found = lived(*names)
    counting = [one for one in steps(*names) if one.id in found.counted]
    told = [one.name for one in counting]
    assert found.moved == told.count("extended")
    assert found.reopened == told.count("reopened") <= told.count("disputed")
    assert found.state == standing(names)
    if found.state == "confirmed":
        assert told[-1] == "confirmed"
        assert told[-2] in ("answered", "told")
    assert (found.state in ENDED) == (found.ended_on is not None)
    assert found.state in AT_WORK or found.late(date(2030, 1, 1), DAYS) == 0
    # What did not fit changed nothing.
    assert life(GIVEN, FIFTEEN, counting, DAYS) == found


@given(st.integers(0, 60), st.integers(0, 60), st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_more_days_end_later_and_every_date_is_a_working_day(few: int, more: int, day: date) -> None:
    first, second = (Due(days=n).day(day, DAYS) for n in sorted((few, few + more)))
    assert day <= first <= second
    assert DAYS.is_working(first)
    assert DAYS.is_working(second)


def test_every_line_of_law_says_where_it_was_read_or_that_it_was_not() -> None:
    for _, table in legal.EVERYTHING:
        assert len({one.key for one in table}) == len(table)
        for one in table:
            assert (one.basis.mark == "read") == (one.basis.checked is not None)
    assert [one.key for one in legal.ORAL_FORM if one.always] == ["name", "address", "asked"]
    assert [one.term.length if one.term else 0 for one in legal.ANSWERS] == [15, 0, 3]
