"""The journal's time only grows, follows a sane clock, and does not follow a mad one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.journal.hlc import AHEAD_MS, EARLIEST, LATEST, believed, doubtful, following, merged, ms_of

NOW = int(datetime(2026, 11, 20, 5, tzinfo=UTC).timestamp() * 1000)
YEAR_1970, YEAR_2099 = 0, int(datetime(2099, 1, 1, tzinfo=UTC).timestamp() * 1000)
WALLS = st.one_of(st.integers(0, YEAR_2099 * 2), st.integers(NOW - 10**7, NOW + 10**7))


def test_time_is_the_wall_clock_where_that_goes_on() -> None:
    assert following(NOW << 16, NOW + 1) == (NOW + 1) << 16


def test_within_a_millisecond_and_after_a_jump_back_the_counter_goes_on() -> None:
    first = following(0, NOW)
    second = following(first, NOW)
    third = following(second, NOW - 3_600_000)
    assert (second - first, third - second) == (1, 1)
    assert ms_of(third) == NOW


def test_a_full_counter_carries_into_the_milliseconds() -> None:
    full = (NOW << 16) + 0xFFFF
    assert following(full, NOW) == (NOW + 1) << 16


@pytest.mark.parametrize("wall", [YEAR_1970, EARLIEST - 1, LATEST, YEAR_2099])
def test_a_clock_that_cannot_be_right_is_not_believed(wall: int) -> None:
    assert not believed(wall)
    assert following(NOW << 16, wall) == (NOW << 16) + 1
    assert ms_of(following(0, wall)) == EARLIEST


def test_ten_minutes_ahead_is_believed_of_others_and_no_more() -> None:
    ahead = (NOW + AHEAD_MS) << 16
    assert not doubtful(ahead, 0, NOW)
    assert merged(0, ahead, NOW) == ahead
    beyond = (NOW + AHEAD_MS + 1) << 16
    assert doubtful(beyond, 0, NOW)
    assert merged(NOW << 16, beyond, NOW) == NOW << 16


@given(st.lists(WALLS, max_size=30))
def test_own_time_only_grows_whatever_the_clock_says(walls: list[int]) -> None:
    times = [0]
    for wall in walls:
        times.append(following(times[-1], wall))
    assert times == sorted(set(times))


@given(WALLS, WALLS, WALLS)
def test_hearing_others_never_turns_time_back_and_never_beyond_ten_minutes(own: int, remote: int, wall: int) -> None:
    last = following(0, own)
    now = merged(last, remote << 16, wall)
    assert now >= last
    assert ms_of(now) <= max(ms_of(last), wall if believed(wall) else EARLIEST) + AHEAD_MS


@given(st.lists(st.integers(0, 10**7), max_size=30))
def test_no_row_of_small_steps_leads_beyond_ten_minutes(steps: list[int]) -> None:
    last = NOW << 16
    remote = NOW
    for step in steps:
        remote += step
        last = merged(last, remote << 16, NOW)
    assert ms_of(last) <= NOW + AHEAD_MS


def test_a_clock_that_is_not_believed_follows_the_village_from_its_last_entry_on() -> None:
    assert merged(NOW << 16, (NOW + AHEAD_MS) << 16, YEAR_1970) == (NOW + AHEAD_MS) << 16
    assert merged(NOW << 16, (NOW + AHEAD_MS + 1) << 16, YEAR_1970) == NOW << 16
