"""Kazakhstan's time zone for those who need it by name, such as calendar files.

The zone's history comes from the package `tzdata`: Windows has none of its own, and an old system still says UTC+6.
The desk's own clock needs no name: it is UTC+5 in the whole country since 1 March 2024 (`base.clock`), which a test
holds against every Kazakhstan zone of tzdata.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from importlib import import_module, resources
from typing import Final
from zoneinfo import ZoneInfo

NAME: Final = "Asia/Almaty"
ONE_TIME_SINCE: Final = date(2024, 3, 1)
"""Since then all of Kazakhstan has one time (Government resolution of 19 January 2024, No. 20)."""


@cache
def zone(name: str = NAME) -> ZoneInfo:
    """A zone as tzdata knows it, whatever the system knows."""
    region, _, place = name.partition("/")
    with resources.files("tzdata").joinpath("zoneinfo", region, place).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def version() -> str:
    """The edition of tzdata, such as "2026c"."""
    edition: str = import_module("tzdata").IANA_VERSION
    return edition


def offset_on(day: date) -> timedelta:
    """What the country's clocks are ahead of UTC at noon of `day`, in Almaty."""
    ahead = datetime(day.year, day.month, day.day, 12, tzinfo=zone()).utcoffset()
    assert ahead is not None
    return ahead
