"""Time as the program asks for it."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock, SystemClock, local, local_date

NOON = datetime(2026, 11, 20, 12, tzinfo=KAZAKHSTAN)


def test_the_whole_country_is_five_hours_ahead_of_utc() -> None:
    assert KAZAKHSTAN.utcoffset(None) == timedelta(hours=5)
    assert local(1_795_158_000_000) == datetime(2026, 11, 20, 12, 0, tzinfo=UTC) + timedelta(hours=-5)


def test_the_day_changes_at_midnight_in_kazakhstan() -> None:
    last = datetime(2026, 11, 20, 18, 59, 59, 999_000, tzinfo=UTC)
    assert local_date(int(last.timestamp() * 1000)) == date(2026, 11, 20)
    assert local_date(int(last.timestamp() * 1000) + 1) == date(2026, 11, 21)


@given(st.integers(0, 4_102_444_800_000))
def test_a_moment_survives_being_read_as_local_time(ms: int) -> None:
    assert round(local(ms).timestamp() * 1000) == ms


def test_the_fixed_clock_stands_still() -> None:
    clock = FixedClock(NOON)
    assert (clock.now_ms(), clock.monotonic()) == (int(NOON.timestamp() * 1000), 0.0)
    assert (clock.now_ms(), clock.monotonic()) == (int(NOON.timestamp() * 1000), 0.0)


def test_passing_time_moves_both_clocks() -> None:
    clock = FixedClock(NOON)
    clock.pass_seconds(1.5)
    assert clock.now_ms() == int(NOON.timestamp() * 1000) + 1500
    assert clock.monotonic() == 1.5


def test_turning_the_wall_clock_back_leaves_durations_alone() -> None:
    clock = FixedClock(NOON)
    clock.pass_seconds(60)
    clock.turn_to(NOON - timedelta(days=365))
    assert local(clock.now_ms()) == NOON - timedelta(days=365)
    assert clock.monotonic() == 60


def test_the_system_clock_is_the_pcs_own() -> None:
    before = time.time_ns() // 1_000_000
    clock = SystemClock()
    assert before <= clock.now_ms() <= time.time_ns() // 1_000_000
    assert clock.monotonic() <= clock.monotonic()
