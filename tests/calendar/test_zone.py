"""One time in the whole country, as tzdata has it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from akimat_desk.base.clock import KAZAKHSTAN
from akimat_desk.calendar.zone import NAME, ONE_TIME_SINCE, offset_on, version, zone

ZONES = ("Almaty", "Aqtau", "Aqtobe", "Atyrau", "Oral", "Qostanay", "Qyzylorda")


@pytest.mark.parametrize("place", ZONES)
@pytest.mark.parametrize("day", [ONE_TIME_SINCE, date(2026, 7, 1), date(2035, 12, 31)])
def test_every_zone_of_kazakhstan_is_the_desks_own(place: str, day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone(f"Asia/{place}"))
    assert noon.utcoffset() == KAZAKHSTAN.utcoffset(None) == timedelta(hours=5)


def test_almaty_had_another_time_before() -> None:
    assert NAME == "Asia/Almaty"
    assert [offset_on(day) for day in (date(2024, 2, 29), ONE_TIME_SINCE)] == [timedelta(hours=6), timedelta(hours=5)]


def test_the_edition_is_new_enough_to_know_it() -> None:
    assert version() >= "2024a"
