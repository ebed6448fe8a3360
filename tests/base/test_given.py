"""Days and times as they are typed after a command."""

from __future__ import annotations

from datetime import date, time

import pytest

from akimat_desk.base.given import NotATime, read_day, read_time
from akimat_desk.base.locale import NotADate


@pytest.mark.parametrize("typed", ["2026-11-20", "20.11.2026"])
def test_a_day_is_written_in_either_way(typed: str) -> None:
    assert read_day(typed) == date(2026, 11, 20)


@pytest.mark.parametrize("typed", ["vchera", "", "30.02.2026", "2026-13-01"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(NotADate):
        read_day(typed)


def test_a_time_has_an_hour_and_minutes() -> None:
    assert [read_time("10:45"), read_time("9:05"), read_time("0:00")] == [time(10, 45), time(9, 5), time(0)]


@pytest.mark.parametrize("typed", ["25:00", "10:60", "10", "", ":", "-1:00", "ten:00", "10:45:30"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(NotATime):
        read_time(typed)
