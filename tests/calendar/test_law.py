"""The law's days of Kazakhstan, held against what was published and against a second reckoning."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from akimat_desk.calendar.days import FIRST_YEAR, LAST_YEAR, Mark
from akimat_desk.calendar.law import NAMES, by_law, marks_of

from .statute import SWAPPED, working_days

DAYS = by_law()


def _days(year: int) -> list[date]:
    return [day for n in range(366) if (day := date(year, 1, 1) + timedelta(days=n)).year == year]


@pytest.mark.parametrize("year", range(2020, 2036))
def test_every_day_is_as_a_second_reckoning_says(year: int) -> None:
    kurban_ait = {day for day, mark in marks_of(year).items() if mark.name == "Kurban Ait"}
    worked = {day for day in _days(year) if DAYS.is_working(day)}
    assert worked == working_days(year) - kurban_ait
    assert len(kurban_ait) == (0 if year == 2032 else 1)  # in 2032 it falls on Nauryz, which is told


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2020-12-01", "2020-12-24"),
        ("2022-10-10", "2022-11-01"),
        ("2024-04-29", "2024-05-23"),
        ("2025-03-03", "2025-03-28"),
        ("2026-03-05", "2026-04-01"),
        ("2026-12-01", "2026-12-23"),
        ("2027-03-01", "2027-03-29"),
    ],
)
def test_fifteen_working_days_of_the_law_on_appeals(day: str, last: str) -> None:
    assert DAYS.after(date.fromisoformat(day), 15) == date.fromisoformat(last)


def test_kurban_ait_is_a_day_off_that_does_not_move_and_is_estimated_from_2026() -> None:
    found = {year: next(d for d, m in marks_of(year).items() if m.name == "Kurban Ait") for year in range(2020, 2028)}
    assert [day.isoformat() for day in found.values()] == [
        *("2020-07-31", "2021-07-20", "2022-07-09", "2023-06-28", "2024-06-16", "2025-06-06", "2026-05-27"),
        "2027-05-16",
    ]
    assert [year for year, day in found.items() if marks_of(year)[day].estimated] == [2026, 2027]
    assert DAYS.is_working(date(2022, 7, 11))  # the Monday after a Saturday


def test_2026_has_only_the_days_off_that_move_by_themselves() -> None:
    moved = {day.isoformat() for day, mark in marks_of(2026).items() if mark.why != "holiday"}
    assert moved == {"2026-03-09", "2026-03-24", "2026-03-25", "2026-05-11", "2026-10-26"}


def test_constitution_day_is_a_working_day_in_2026_and_moves_to_march() -> None:
    assert [DAYS.look(date(year, 8, 31)).working for year in (2020, 2026)] == [False, True]
    assert DAYS.look(date(2025, 9, 1)).why == "moved"
    assert (DAYS.look(date(2027, 3, 15)).name, DAYS.look(date(2026, 3, 16)).working) == ("Constitution Day", True)


def test_swapped_days_name_each_other() -> None:
    for off, worked in SWAPPED.items():
        if off != "2020-05-08":
            assert DAYS.look(date.fromisoformat(off)).other == date.fromisoformat(worked)
            assert DAYS.look(date.fromisoformat(worked)).other == date.fromisoformat(off)
    assert marks_of(2013)[date(2013, 12, 28)] == Mark("worked", working=True, other=date(2014, 1, 3))


def test_every_holiday_has_a_text_of_ours() -> None:
    names = {mark.name for year in range(FIRST_YEAR, LAST_YEAR + 1) for mark in marks_of(year).values()}
    assert names <= {"", *NAMES.values()}
