"""What two months of receptions come to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.clock import FixedClock
from akimat_desk.calendar.days import WorkingDays
from akimat_desk.calendar.records import calendar, calendar_of
from akimat_desk.service import Desk
from meetings.cases.rules import Due, Step
from meetings.figures.counting import MINUTE_MS, Day, Figures, Official, Spread, SubjectLine, Work, figures, outcome
from meetings.plan import plan_now

from .conftest import DECEMBER, JANUARY, TODAY
from .past import Past, at

FIRST, LAST = date(2026, 12, 1), date(2027, 1, 1)


def counted(desk: Desk, begin: date = FIRST, end: date = date(2027, 2, 1)) -> Figures:
    """The figures of these days."""
    days = calendar(desk.store)
    with desk.store.read() as db:
        return figures(db, begin, end, days, TODAY)


def test_a_day_tells_who_came_waited_and_was_missed(lived: Desk) -> None:
    found = counted(lived)
    assert [month.first for month in found.months] == [FIRST, LAST]
    assert found.months[0].day == Day(
        expected=4, booked=3, came=3, served=3, missed=1, waiting=Spread(3, 12, 40), talks=Spread(3, 10, 20)
    )
    assert found.months[1].day == Day(expected=1, came=1, served=1), "a call without a coming measures no wait"
    assert found.day == Day(
        expected=5, booked=3, came=4, served=4, missed=1, waiting=Spread(3, 12, 40), talks=Spread(3, 10, 20)
    )
    assert [day for day, _ in found.days] == [DECEMBER, date(2027, 1, 15)]
    assert found.officials == (Official(plan_now(lived).series[0].series.id, 4),)


def test_only_what_is_over_or_today_is_expected_and_missed(lived: Desk, clock: FixedClock) -> None:
    past, before = Past(lived.journal, clock), counted(lived, end=date(2028, 1, 1)).day
    with lived.journal.commit() as commit:
        early, _later, came_and_left = (past.visit(commit, TODAY, "roads", start) for start in (540, 900, 555))
        past.visit(commit, TODAY + timedelta(days=1), "roads", 540)  # still to come
        past.step(commit, came_and_left, "arrived", at(TODAY, 550))
        past.step(commit, early, "missed", at(TODAY, 560))
    day = counted(lived, end=date(2028, 1, 1)).day
    assert (day.expected, day.came, day.missed) == (before.expected + 3, before.came + 1, before.missed + 1)
    with lived.store.read() as db:
        tomorrow = figures(db, TODAY, date(2028, 1, 1), calendar_of(db), TODAY + timedelta(days=1)).day
    assert (tomorrow.expected, tomorrow.came, tomorrow.missed) == (4, 1, 2), "whoever came and left did come"


def test_the_waiting_list_expects_nobody(lived: Desk, clock: FixedClock) -> None:
    before = counted(lived)
    past = Past(lived.journal, clock)
    with lived.journal.commit() as commit:
        past.visit(commit, JANUARY, "roads", way="waiting")
    assert counted(lived) == before


def test_an_answer_is_in_time_by_the_date_it_had_and_confirmed_by_the_resident_alone(lived: Desk) -> None:
    found = counted(lived)
    december, january = found.months[0].work, found.months[1].work
    assert december == Work(cases=1, given=4, in_time=1, late=1, overdue=1, running=1, confirmed=1, disputed=1, moved=1)
    assert january == Work(cases=1, given=1, running=1)
    assert (december.share_in_time, december.share_confirmed) == (1 / 3, 1 / 2)
    assert (january.share_in_time, january.share_confirmed) == (None, None)


def test_subjects_are_of_protocols_and_of_talks_without_one(lived: Desk) -> None:
    assert counted(lived).subjects == (
        SubjectLine("roads", 3, (FIRST, LAST)),
        SubjectLine("land", 1, (LAST,)),
        SubjectLine("water", 1, (FIRST,)),
    )
    assert [one.repeats for one in counted(lived).subjects] == [True, False, False]


def test_months_add_up_to_the_year_and_other_years_are_empty(lived: Desk) -> None:
    both = counted(lived, date(2026, 1, 1), date(2028, 1, 1))
    assert len(both.months) == 24
    assert (both.day, both.work, both.subjects) == (lambda one: (one.day, one.work, one.subjects))(counted(lived))
    assert not counted(lived, date(2025, 1, 1), date(2026, 1, 1)).any


def test_without_any_personal_part_the_figures_are_the_same(lived: Desk) -> None:
    before = counted(lived)
    with lived.store.write() as db:
        db.execute_sql("DELETE FROM journal_personal")
    lived.journal.replay()
    with lived.store.read() as db:
        (names,) = db.execute_sql("SELECT count(*) FROM meetings_visit WHERE name IS NOT NULL").fetchone()
    assert names == 0
    assert counted(lived) == before


@given(st.lists(st.integers(0, 10**8)))
def test_half_and_nine_of_ten_took_no_longer(lengths: list[int]) -> None:
    spread = Spread.of(lengths)
    assert spread.measured == len(lengths)
    if lengths:
        within = [sum(length <= limit * MINUTE_MS for length in lengths) for limit in (spread.middle, spread.most)]
        assert within[0] * 2 >= len(lengths)
        assert within[1] * 10 >= len(lengths) * 9


@pytest.mark.parametrize("seed", range(4))
def test_each_assignment_is_counted_once(seed: int, lived: Desk) -> None:
    names = ("answered", "extended", "disputed", "reopened", "confirmed", "closed", "begun", "told")
    days: WorkingDays = calendar(lived.store)
    for number in range(64):
        picked = [names[(number * 7 + seed + k * (1 + number % 5)) % 8] for k in range(number % 6)]
        steps = [
            Step(name, place, str(place), DECEMBER + timedelta(days=place * 9), Due(days=20))  # type: ignore[arg-type]
            for place, name in enumerate(picked)
        ]
        found = outcome(DECEMBER, Due(days=5), steps, days, TODAY)
        states = [found.get(name, 0) for name in ("in_time", "late", "overdue", "running")]
        assert sum(states) == 1 or (sum(states) == 0 and found["closed"])
        assert found["confirmed"] + found["waits_for_word"] + found["closed"] <= 1
