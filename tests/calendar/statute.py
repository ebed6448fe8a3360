"""The law's days worked out a second time, from the statute's dates alone, to hold the calendar against.

Kurban Ait is left out: it follows the moon.
"""

from __future__ import annotations

from datetime import date, timedelta

SWAPPED = {
    "2020-01-03": "2020-01-05",
    "2020-05-08": "2020-05-11",
    "2020-12-18": "2020-12-20",
    "2021-07-05": "2021-07-03",
    "2022-03-07": "2022-03-05",
    "2022-08-29": "2022-08-27",
    "2022-10-24": "2022-10-22",
    "2023-07-07": "2023-07-01",
    "2024-05-08": "2024-05-04",
    "2025-01-03": "2025-01-05",
}
"""Days off by government orders of 2020 to 2025 (No. 820/2019, 930/2020, 796/2022, 326/2023, 109 and 436/2024), and the
day worked for each. 11 May 2020 was a Monday, worked in place of the moved Victory Day."""


def holidays(year: int) -> tuple[list[date], list[date]]:
    """The holidays that move off a weekend, and those that do not (but Kurban Ait)."""
    days = [(1, 1), (1, 2), (3, 8), (3, 21), (3, 22), (3, 23), (5, 1), (5, 7), (5, 9), (7, 6), (12, 16)]
    if year <= 2021:
        days += [(12, 1), (12, 17)]
    if year >= 2022:
        days += [(10, 25)]
    if year <= 2025:
        days += [(8, 30)]
    if year >= 2027:
        days += [(3, 15)]
    return [date(year, *day) for day in sorted(days)], [date(year, 1, 7)]


def working_days(year: int) -> set[date]:
    """The worked days of a year from 2020 on, Kurban Ait left aside."""
    moving, fixed = holidays(year)
    off = {*moving, *fixed}
    swapped = {date.fromisoformat(one): date.fromisoformat(other) for one, other in SWAPPED.items()}
    for day in moving:
        if day.weekday() >= 5:
            while day in off or day.weekday() >= 5 or day in swapped:
                day += timedelta(days=1)
            off.add(day)
    year_days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    worked = {day for day in year_days if day.year == year and day.weekday() < 5 and day not in off}
    return (worked - set(swapped)) | {day for day in swapped.values() if day.year == year}
