"""Months follow each other, over the end of a year too."""

from __future__ import annotations

from datetime import date

import pytest

from akimat_desk.base.months import next_month, previous_month


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
