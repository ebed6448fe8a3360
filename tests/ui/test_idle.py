"""Who is away is asked, and who does not answer is forgotten."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.ui.idle import IdleWatch


class Timers:
    """Timers that ring when the clock is moved on."""

    def __init__(self, clock: FixedClock) -> None:
        self.clock = clock
        self.due: dict[str, tuple[float, Callable[[], object]]] = {}
        self.made = 0

    def after(self, ms: int, func: Callable[[], object]) -> str:
        self.made += 1
        self.due[str(self.made)] = (self.clock.monotonic() + ms / 1000, func)
        return str(self.made)

    def after_cancel(self, id: str) -> None:
        self.due.pop(id, None)

    def pass_seconds(self, seconds: int) -> None:
        for _ in range(seconds):
            self.clock.pass_seconds(1)
            for key, (at, func) in list(self.due.items()):
                if at <= self.clock.monotonic():
                    del self.due[key]
                    func()


@pytest.fixture
def timers(clock: FixedClock) -> Timers:
    return Timers(clock)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def watch(timers: Timers, clock: FixedClock, said: list[str]) -> IdleWatch:
    return IdleWatch(
        timers,
        clock,
        on_warn=lambda seconds: said.append(f"warn {seconds}"),
        on_tick=lambda seconds: said.append(str(seconds)),
        on_stay=lambda: said.append("stay"),
        on_expire=lambda: said.append("expire"),
    )


def test_after_three_quiet_minutes_the_person_is_asked_and_after_one_more_the_session_ends(
    watch: IdleWatch, timers: Timers, said: list[str]
) -> None:
    watch.start()
    timers.pass_seconds(179)
    assert said == []
    timers.pass_seconds(1)
    assert said == ["warn 60"]
    timers.pass_seconds(60)
    assert said == ["warn 60", *(str(left) for left in range(59, 0, -1)), "expire"]
    assert not watch.running


def test_a_key_a_click_or_a_movement_counts_from_new(watch: IdleWatch, timers: Timers, said: list[str]) -> None:
    watch.start()
    timers.pass_seconds(170)
    watch.activity()
    timers.pass_seconds(179)
    assert said == []
    timers.pass_seconds(1)
    assert said == ["warn 60"]


def test_who_says_to_be_here_has_three_minutes_again(watch: IdleWatch, timers: Timers, said: list[str]) -> None:
    watch.start()
    timers.pass_seconds(200)
    watch.stay()
    said.clear()
    timers.pass_seconds(179)
    assert said == []
    timers.pass_seconds(1)
    assert said == ["warn 60"]


def test_a_question_that_another_screen_has_covered_is_put_again_with_the_seconds_left(
    watch: IdleWatch, timers: Timers, said: list[str]
) -> None:
    watch.start()
    watch.ask_again()
    assert said == []
    timers.pass_seconds(180 + 20)
    said.clear()
    watch.ask_again()
    assert said == ["warn 40"]


def test_without_a_session_nobody_is_asked(watch: IdleWatch, timers: Timers, said: list[str]) -> None:
    watch.start()
    watch.stop()
    timers.pass_seconds(1000)
    assert said == []
    assert timers.due == {}


def test_counting_costs_no_timer_a_movement(watch: IdleWatch, timers: Timers) -> None:
    watch.start()
    for _ in range(1000):
        watch.activity()
    assert len(timers.due) == 1
