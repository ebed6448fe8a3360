"""How an IIN is hidden, what opening hours are, and which backups stay."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.clock import KAZAKHSTAN
from akimat_desk.office.rules import (
    DAILY,
    WEEKLY,
    HoursUnread,
    Made,
    backup_due,
    days_between,
    hours_text,
    masked_iin,
    night_of,
    read_hours,
    to_keep,
)


def ms(day: date, hour: int = 10) -> int:
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=KAZAKHSTAN).timestamp() * 1000)


FRIDAY = date(2026, 11, 20)


def made(*days: date) -> list[Made]:
    return [Made(number, ms(day)) for number, day in enumerate(days, 1)]


class TestIin:
    def test_only_the_last_four_digits_are_seen(self) -> None:
        assert masked_iin("900101300012") == "•••••• ••0012"

    def test_none_stays_none(self) -> None:
        assert masked_iin("") == ""


class TestHours:
    @pytest.mark.parametrize("typed", ["09:00–18:00", "9-18", " 9:00 - 18.00 ", "09.00—18.00", "9−18"])
    def test_they_are_read_as_people_write_them(self, typed: str) -> None:
        assert read_hours(typed) == (540, 1080)

    def test_an_empty_line_is_a_closed_day(self) -> None:
        assert read_hours("  ") is None
        assert hours_text(None) == ""

    @pytest.mark.parametrize("typed", ["9", "nine to five", "9:60-18", "9-25", "09:00–18:00–20:00", "٩-18"])
    def test_what_is_not_hours_is_refused(self, typed: str) -> None:
        with pytest.raises(HoursUnread):
            read_hours(typed)

    @given(st.tuples(st.integers(0, 1440), st.integers(0, 1440)))
    def test_what_is_shown_can_be_read_again(self, hours: tuple[int, int]) -> None:
        assert read_hours(hours_text(hours)) == hours


class TestWhenABackupIsDue:
    def test_where_there_is_none_yet(self) -> None:
        assert backup_due([], ms(FRIDAY))

    def test_once_a_night(self) -> None:
        assert not backup_due(made(FRIDAY), ms(FRIDAY, 23))
        assert not backup_due(made(FRIDAY), ms(FRIDAY + timedelta(1), 2))  # until three it is still the same night
        assert backup_due(made(FRIDAY), ms(FRIDAY + timedelta(1), 3))

    def test_a_pc_that_was_off_catches_up_with_one(self) -> None:
        assert backup_due(made(FRIDAY - timedelta(30)), ms(FRIDAY))

    def test_a_clock_that_went_back_is_another_night(self) -> None:
        assert backup_due(made(FRIDAY), ms(date(1990, 1, 1)))

    def test_what_is_newest_is_told_by_the_number(self) -> None:
        assert not backup_due([Made(1, ms(date(2039, 1, 1))), Made(2, ms(FRIDAY))], ms(FRIDAY))


class TestWhichBackupsStay:
    def test_seven_nights_and_four_weeks_before_them(self) -> None:
        days = [FRIDAY - timedelta(back) for back in range(80, -1, -1)]
        kept = sorted(days[number - 1] for number in to_keep(made(*days)))
        assert kept[-DAILY:] == [FRIDAY - timedelta(back) for back in range(6, -1, -1)]
        assert [day.isoweekday() for day in kept[:-DAILY]] == [7] * WEEKLY  # of each week the last: its Sunday
        assert kept[-DAILY - 1] == date(2026, 11, 8)

    def test_of_one_night_the_last_stays(self) -> None:
        assert to_keep(made(FRIDAY, FRIDAY)) == {2}

    def test_a_clock_in_1970_makes_nothing_old(self) -> None:
        good = [FRIDAY - timedelta(back) for back in range(3, -1, -1)]
        assert to_keep(made(*good, date(1970, 1, 1))) == {1, 2, 3, 4, 5}

    def test_a_clock_that_jumps_between_two_days_takes_the_place_of_two(self) -> None:
        good = [FRIDAY - timedelta(back) for back in range(4, -1, -1)]
        jumping = [date(1990, 1, 1), date(2039, 1, 1)] * 20
        kept = to_keep(made(*good, *jumping))
        assert {1, 2, 3, 4, 5} <= kept
        assert len(kept) == 7

    @given(st.lists(st.dates(date(1970, 1, 2), date(2200, 1, 1)), min_size=1, max_size=60))
    def test_the_newest_and_its_six_nights_always_stay(self, days: list[date]) -> None:
        kept = to_keep(made(*days))
        last_nights = list(dict.fromkeys(reversed(days)))[:DAILY]
        newest = {max(n for n, day in enumerate(days, 1) if day == night) for night in last_nights}
        assert newest <= kept
        assert len(kept) <= DAILY + WEEKLY

    @given(st.integers(1, 200))
    def test_night_by_night_or_all_at_once_the_same_stay(self, nights: int) -> None:
        whole = made(*(FRIDAY + timedelta(forward) for forward in range(nights)))
        standing: list[Made] = []
        for one in whole:
            standing.append(one)
            stay = to_keep(standing)
            standing = [other for other in standing if other.number in stay]
        assert {one.number for one in standing} == to_keep(whole)


def test_days_are_days_of_the_calendar() -> None:
    assert days_between(ms(FRIDAY, 23), ms(FRIDAY + timedelta(1), 1)) == 1
    assert days_between(ms(FRIDAY), ms(FRIDAY - timedelta(9))) == 0


def test_a_night_ends_at_three() -> None:
    assert night_of(ms(FRIDAY, 2)) == FRIDAY - timedelta(1)
    assert night_of(ms(FRIDAY, 3)) == FRIDAY
