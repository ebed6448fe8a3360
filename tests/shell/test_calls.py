"""Calls for help."""

from __future__ import annotations

from akimat_desk.base.clock import FixedClock
from akimat_desk.shell.calls import SAME_CALL_S, HelpCall, HelpCalls


def test_a_call_waits_until_somebody_goes_there(clock: FixedClock) -> None:
    calls = HelpCalls(clock)
    call = calls.ask()
    assert calls.waiting == (HelpCall(1, clock.now_ms()),)
    calls.went(call.number)
    assert calls.waiting == ()
    calls.went(call.number)  # pressed twice
    assert calls.waiting == ()


def test_pressing_again_soon_is_the_same_call(clock: FixedClock) -> None:
    calls = HelpCalls(clock)
    first = calls.ask()
    clock.pass_seconds(SAME_CALL_S - 1)
    assert calls.ask() == first
    clock.pass_seconds(1)
    second = calls.ask()
    assert calls.waiting == (first, second)


def test_after_somebody_went_the_next_press_is_a_new_call(clock: FixedClock) -> None:
    calls = HelpCalls(clock)
    calls.went(calls.ask().number)
    assert calls.ask().number == 2


def test_a_turned_clock_makes_no_second_call(clock: FixedClock) -> None:
    from datetime import UTC, datetime

    calls = HelpCalls(clock)
    first = calls.ask()
    clock.turn_to(datetime(2099, 1, 1, tzinfo=UTC))
    assert calls.ask() == first
