"""Months, each named by its first day."""

from __future__ import annotations

from datetime import date, timedelta


def next_month(first: date) -> date:
    """The first day of the month after."""
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def previous_month(first: date) -> date:
    """The first day of the month before."""
    return (first - timedelta(days=1)).replace(day=1)
