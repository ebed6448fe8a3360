"""Whether somebody is still there."""

from __future__ import annotations

from datetime import datetime

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.people.idle import IdleWatch, Presence, Watched


@pytest.fixture
def watch(clock: FixedClock) -> IdleWatch:
    return IdleWatch(clock)


def test_three_quiet_minutes_then_the_question_then_the_end(watch: IdleWatch, clock: FixedClock) -> None:
    seen = []
    for seconds in (0, 179.5, 0.5, 0.5, 0.5, 58.5, 0.5):
        clock.pass_seconds(seconds)
        seen.append(watch.now())
    assert seen == [
        Watched(Presence.THERE),
        Watched(Presence.THERE),
        Watched(Presence.ASKED, 60),
        Watched(Presence.ASKED, 60),
        Watched(Presence.ASKED, 59),
        Watched(Presence.ASKED, 1),
        Watched(Presence.GONE),
    ]


@pytest.mark.parametrize("quiet", [179, 180, 239])
def test_anything_a_person_does_begins_anew(watch: IdleWatch, clock: FixedClock, quiet: int) -> None:
    clock.pass_seconds(quiet)
    watch.touched()
    assert watch.now() == Watched(Presence.THERE)
    clock.pass_seconds(180)
    assert watch.now() == Watched(Presence.ASKED, 60)


def test_after_the_end_nobody_comes_back(watch: IdleWatch, clock: FixedClock) -> None:
    clock.pass_seconds(240)
    watch.touched()
    assert watch.now() == Watched(Presence.GONE)


@pytest.mark.parametrize("year", [2016, 2036])
def test_a_turned_clock_ends_nothing_and_lengthens_nothing(watch: IdleWatch, clock: FixedClock, year: int) -> None:
    clock.pass_seconds(100)
    clock.turn_to(datetime(year, 1, 1, tzinfo=KAZAKHSTAN))
    assert watch.now() == Watched(Presence.THERE)
    clock.pass_seconds(80)
    assert watch.now() == Watched(Presence.ASKED, 60)
