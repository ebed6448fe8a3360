"""The rule that hangs on the door: sentence by sentence, and that nobody waits for ever under it."""

from __future__ import annotations

import random
from datetime import date
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.day.rules import (
    BOOKED_IN_A_ROW,
    GROUP_IN_A_ROW,
    Called,
    Span,
    Waiting,
    in_reach,
    line_of,
    line_up,
    minute_of,
    ms_of,
    next_one,
    usual_length,
    wait,
)
from meetings.day.steps import Line

DAY = date(2026, 11, 20)


def at(clock: str) -> int:
    """A time of the day, in milliseconds; "24:10" is ten past midnight."""
    hours, minutes = clock.split(":")
    return ms_of(DAY, int(hours) * 60 + int(minutes))


def booked(name: str, time: str, came: str, group: str = "") -> Waiting:
    hours, minutes = time.split(":")
    return Waiting(name, at(came), int(hours) * 60 + int(minutes), group)


def walk_in(name: str, came: str, group: str = "") -> Waiting:
    return Waiting(name, at(came), None, group)


def order(waiting: list[Waiting], now: str, *so_far: tuple[Line, str]) -> list[str]:
    """Everybody in the order of the rule, a quarter of an hour each."""
    called = [Called(line, at(time)) for line, time in so_far]
    return [one.id for one in line_up(waiting, called, DAY, at(now))]


def test_a_booked_person_goes_at_their_time_before_those_who_came_earlier() -> None:
    people = [walk_in("Рахима", "09:40"), booked("Ерболат", "11:15", "11:05")]
    assert order(people, "11:10") == ["Ерболат", "Рахима"]


def test_before_their_time_nobody_is_sent_away_for_them() -> None:
    people = [walk_in("Рахима", "09:40"), booked("Ерболат", "11:15", "09:30")]
    assert order(people, "11:09") == ["Рахима", "Ерболат"]


def test_who_came_long_before_goes_when_nobody_else_waits() -> None:
    found = next_one([booked("Ерболат", "11:15", "09:30")], [], DAY, at("09:31"))
    assert found is not None
    assert (found.id, found.line) == ("Ерболат", "early")


@pytest.mark.parametrize(("came", "line"), [("11:25", "booked"), ("11:26", "general")])
def test_ten_minutes_late_is_on_time_and_eleven_are_not(came: str, line: Line) -> None:
    assert line_of(booked("Ерболат", "11:15", came), DAY, at("11:30")) == line


def test_people_without_a_booking_go_in_the_order_they_came() -> None:
    people = [walk_in("c", "09:03"), walk_in("a", "09:01"), walk_in("b", "09:02")]
    assert order(people, "10:00") == ["a", "b", "c"]


def test_two_out_of_turn_then_one_who_was_waiting() -> None:
    people = [walk_in(f"out-{n}", f"09:1{n}", "veteran") for n in range(5)] + [walk_in("Рахима", "09:00")]
    assert order(people, "10:00") == ["out-0", "out-1", "Рахима", "out-2", "out-3", "out-4"]


def test_three_booked_then_one_who_was_waiting() -> None:
    people = [booked(f"booked-{n}", "10:00", "09:50") for n in range(5)] + [walk_in("Рахима", "09:00")]
    assert order(people, "10:00") == ["booked-0", "booked-1", "booked-2", "Рахима", "booked-3", "booked-4"]


def test_booked_people_called_before_somebody_came_are_not_counted_against_the_next() -> None:
    people = [booked("Ерболат", "11:00", "10:50"), walk_in("Рахима", "10:58")]
    before: list[tuple[Line, str]] = [("booked", "10:00"), ("booked", "10:15"), ("booked", "10:30")]
    assert order(people, "11:00", *before) == ["Ерболат", "Рахима"]


def test_who_was_picked_by_hand_shortens_nobodys_wait() -> None:
    people = [booked("Ерболат", "11:00", "10:50"), walk_in("Рахима", "09:00")]
    before: list[tuple[Line, str]] = [
        ("booked", "10:00"),
        ("booked", "10:15"),
        ("chosen", "10:20"),
        ("booked", "10:30"),
    ]
    assert order(people, "11:00", *before) == ["Рахима", "Ерболат"]


def test_midnight_does_not_begin_the_queue_anew() -> None:
    assert minute_of(DAY, at("24:10")) == 1450
    people = [walk_in("late", "24:05"), walk_in("Рахима", "23:50"), booked("Ерболат", "23:55", "23:54")]
    assert order(people, "24:10") == ["Ерболат", "Рахима", "late"]


# ---- laws

PEOPLE = st.lists(
    st.tuples(
        st.integers(480, 780),
        st.one_of(st.none(), st.integers(36, 52).map(lambda slot: slot * 15)),
        st.sampled_from(("", "", "veteran", "disability")),
    ),
    max_size=25,
).map(lambda rows: [Waiting(f"{n:02}", ms_of(DAY, came), start, group) for n, (came, start, group) in enumerate(rows)])
NOW = st.integers(540, 900).map(lambda minute: ms_of(DAY, minute))


@given(PEOPLE, NOW, st.randoms())
def test_everybody_is_called_once_and_every_pc_says_the_same(
    people: list[Waiting], now: int, lots: random.Random
) -> None:
    found = list(line_up(people, [], DAY, now))
    assert sorted(one.id for one in found) == sorted(one.id for one in people)
    mixed = lots.sample(people, len(people))
    assert list(line_up(mixed, [], DAY, now)) == found


@given(PEOPLE, NOW, st.integers(0, 9))
def test_the_next_few_are_found_among_the_first_of_each_line(people: list[Waiting], now: int, ahead: int) -> None:
    near = in_reach(people, ahead)
    assert list(islice(line_up(near, [], DAY, now), ahead)) == list(islice(line_up(people, [], DAY, now), ahead))


@given(PEOPLE, NOW)
def test_nobody_of_one_line_is_called_before_one_who_stood_there_first(people: list[Waiting], now: int) -> None:
    by_id = {one.id: one for one in people}
    found = [(one.line, by_id[one.id]) for one in line_up(people, [], DAY, now, each=0)]
    for line in ("group", "general"):
        came = [(one.queued_ms, one.id) for of, one in found if of == line]
        assert came == sorted(came)
    for line in ("booked", "early"):
        times = [(one.start, one.queued_ms) for of, one in found if of == line]
        assert times == sorted(times)


@given(PEOPLE, NOW)
def test_one_who_came_now_without_a_booking_goes_after_all_who_did(people: list[Waiting], now: int) -> None:
    here = [one for one in people if one.queued_ms <= now]
    unbooked = [one.id for one in here if line_of(one, DAY, now) == "general"]
    before = [one.id for one in line_up(here, [], DAY, now, each=0) if one.id in unbooked]
    after = [one.id for one in line_up([*here, Waiting("new", now + 1)], [], DAY, now, each=0)]
    assert [one for one in after if one in {*unbooked, "new"}] == [*before, "new"]


@given(st.integers(0, 6), st.lists(st.sampled_from(("booked", "group", "general")), min_size=150, max_size=150))
def test_nobody_starves_whoever_else_keeps_coming(ahead: int, coming: list[Line]) -> None:
    """However many booked people and people out of turn come, the n-th who waits without a booking is called after at
    most (BOOKED_IN_A_ROW + 1) x (GROUP_IN_A_ROW + 1) x n calls.
    """
    now = ms_of(DAY, 600)
    waiting = [Waiting(f"first-{n}", now - 1000 + n) for n in range(ahead + 1)]
    called: list[Called] = []
    most = (BOOKED_IN_A_ROW + 1) * (GROUP_IN_A_ROW + 1) * (ahead + 1)
    for number, line in enumerate(coming):
        now += 60_000
        start = int(minute_of(DAY, now)) if line == "booked" else None
        waiting.append(Waiting(f"then-{number:03}", now, start, "veteran" if line == "group" else ""))
        choice = next_one(waiting, called, DAY, now)
        assert choice is not None
        waiting = [one for one in waiting if one.id != choice.id]
        called.append(Called(choice.line, now))
        if choice.id == f"first-{ahead}":
            return
        assert len(called) < most


@given(PEOPLE, NOW)
def test_of_four_calls_in_a_row_three_keep_what_was_promised_to_the_booked(people: list[Waiting], now: int) -> None:
    """While somebody whose time has come is waiting, at most every fourth call goes to one without a booking."""
    by_id = {one.id: one for one in people}
    left, unbooked = dict(by_id), []
    for place, choice in enumerate(line_up(people, [], DAY, now, each=0)):
        due = [one for one in left.values() if line_of(one, DAY, now) == "booked"]
        if due and choice.line != "booked":
            unbooked.append(place)
        del left[choice.id]
    assert all(later - earlier > BOOKED_IN_A_ROW for earlier, later in pairwise(unbooked))


# ---- the wait


def test_of_two_talks_nothing_is_concluded() -> None:
    assert usual_length([10, 12]) is None
    assert wait(None, 3, None) is None


def test_a_wait_is_a_range_rounded_outwards() -> None:
    length = usual_length([8, 9, 11, 14, 120])  # one talk that somebody forgot to end counts for nothing
    assert length == Span(9, 14)
    assert wait(length, 2, None) == Span(15, 30)
    assert wait(length, 2, 4) == Span(20, 40)
    assert wait(length, 0, None) == Span(0, 0)


def test_a_talk_longer_than_all_others_promises_no_end() -> None:
    assert wait(Span(9, 14), 0, 60) == Span(0, 10)


@given(st.lists(st.floats(0, 600), min_size=3, max_size=60), st.integers(0, 200))
def test_the_wait_grows_with_the_people_ahead(minutes: list[float], ahead: int) -> None:
    length = usual_length(minutes)
    assert length is not None
    assert length.low <= length.high
    here, next_ = wait(length, ahead, None), wait(length, ahead + 1, None)
    assert here is not None
    assert next_ is not None
    assert (here.low, here.high) <= (next_.low, next_.high)
    assert here.low <= here.high <= next_.high
