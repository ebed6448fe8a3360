"""Months follow each other, over the end of a year too."""

from __future__ import annotations

from datetime import date

import pytest

from akimat_desk.base.months import month_beside, next_month, previous_month


@pytest.mark.parametrize(
    ("first", "after"),
    [
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 11, 1), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_one_after_the_other_and_back(first: date, after: date) -> None:
    assert (next_month(first), previous_month(after)) == (after, first)


TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("first", "by", "whole_year", "then"),
    [
        (date(2026, 11, 1), -1, False, date(2026, 10, 1)),
        (date(2026, 10, 1), 1, False, date(2026, 11, 1)),
        (date(2026, 11, 1), 1, False, date(2026, 11, 1)),
        (date(2026, 1, 1), -1, False, date(2025, 12, 1)),
        (date(2026, 11, 1), -1, True, date(2025, 11, 1)),
        (date(2025, 12, 1), 1, True, date(2026, 11, 1)),
        (date(2024, 12, 1), 1, True, date(2025, 12, 1)),
        (date(2026, 3, 1), 1, True, date(2026, 3, 1)),
    ],
)
def test_a_report_goes_to_the_period_beside_but_never_to_one_that_has_not_begun(
    first: date, by: int, whole_year: bool, then: date
) -> None:
    assert month_beside(first, by, TODAY, whole_year=whole_year) == then
