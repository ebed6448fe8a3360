"""Months, each named by its first day."""

from __future__ import annotations

from datetime import date, timedelta


def next_month(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def previous_month(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)


def month_beside(first: date, by: int, today: date, *, whole_year: bool = False) -> date:
    """The month `by` (1 or -1) after `first`, or the year; one that has not begun is not gone to.

    A year forward leads no further than this month: from December to this year's November, where that is today's.

    >>> month_beside(date(2025, 12, 1), 1, date(2026, 11, 20), whole_year=True)
    datetime.date(2026, 11, 1)
    """
    last = today.replace(day=1)
    if not whole_year:
        beside = next_month(first) if by > 0 else previous_month(first)
    else:
        beside = first.replace(year=first.year + by)
        if beside.year == last.year:
            beside = min(beside, last)
    return beside if beside <= last else first
