"""Times of a reception: none overlaps, limits hold, and of two who asked for one time both are told the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.clock import KAZAKHSTAN
from meetings.visits.rules import (
    OUT_OF_TURN,
    BookedThatDay,
    Booking,
    DayFull,
    Limits,
    NoSuchSlot,
    Slot,
    SlotPast,
    SlotTaken,
    TooManyBooked,
    check,
    nearest,
    settle,
    slots_of,
)

DAY = date(2026, 12, 18)
NOW = datetime(2026, 12, 18, 9, 0, tzinfo=KAZAKHSTAN)
SLOTS = slots_of(DAY, 600, 780, 20, gap=5, pauses=((680, 700),))
LATER = slots_of(date(2027, 1, 15), 600, 780, 30)

minutes = st.integers(0, 24 * 60)
pauses = st.lists(st.tuples(minutes, st.integers(5, 90)).map(lambda one: (one[0], one[0] + one[1])), max_size=3)


@given(minutes, minutes, st.integers(5, 60), st.integers(0, 30), pauses)
def test_slots_lie_in_the_reception_apart_from_each_other_and_from_the_pauses(
    start: int, end: int, length: int, gap: int, some: list[tuple[int, int]]
) -> None:
    found = slots_of(DAY, start, end, length, gap=gap, pauses=some)
    assert all(start <= one.start and one.end <= end and one.end - one.start == length for one in found)
    assert all(first.end + gap <= second.start for first, second in pairwise(found))
    assert not any(one.start < until and since < one.end for one in found for since, until in some)
    if not some and end > start:
        assert len(found) == (end - start + gap) // (length + gap)


def booking(id: str, resident: str, slot: Slot, asked: int = 0) -> Booking:
    return Booking(id, resident, slot, asked)


def test_a_free_time_is_booked_and_a_taken_past_or_strange_one_is_not() -> None:
    taken = [booking("1", "a", SLOTS[0])]
    check(SLOTS[1], "b", SLOTS, taken, NOW)
    with pytest.raises(SlotTaken):
        check(SLOTS[0], "b", SLOTS, taken, NOW)
    with pytest.raises(SlotPast):
        check(SLOTS[1], "b", SLOTS, taken, NOW + timedelta(hours=3))
    with pytest.raises(SlotPast):
        check(SLOTS[1], "b", SLOTS, taken, NOW + timedelta(days=1))
    with pytest.raises(NoSuchSlot):
        check(LATER[0], "b", SLOTS, taken, NOW)


def test_one_person_has_one_time_a_day_and_two_ahead() -> None:
    all_slots = (*SLOTS, *LATER, Slot(date(2027, 2, 19), 600, 630))
    first = [booking("1", "a", SLOTS[0])]
    with pytest.raises(BookedThatDay):
        check(SLOTS[1], "a", all_slots, first, NOW)
    check(LATER[0], "a", all_slots, first, NOW)
    both = [*first, booking("2", "a", LATER[0])]
    with pytest.raises(TooManyBooked):
        check(all_slots[-1], "a", all_slots, both, NOW)
    check(all_slots[-1], "a", all_slots, both, NOW + timedelta(days=1))  # the first one is over by then
    check(all_slots[-1], "a", all_slots, both, NOW, Limits(ahead=3))


requests = st.lists(
    st.builds(
        Booking,
        id=st.uuids().map(lambda one: one.hex),
        resident=st.sampled_from("abcdefgh"),
        slot=st.sampled_from((*SLOTS, *LATER, Slot(DAY, 1, 2))),
        asked=st.integers(0, 5),
    ),
    max_size=25,
    unique_by=lambda one: one.id,
)


@given(requests, st.randoms(use_true_random=False))
def test_one_ruling_whatever_the_order_and_nobody_shares_a_time(asked: list[Booking], chance: object) -> None:
    slots = (*SLOTS, *LATER)
    rulings = settle(asked, slots)
    shuffled = list(asked)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert settle(shuffled, slots) == rulings
    assert sorted(one.booking.id for one in rulings) == sorted(one.id for one in asked)  # nobody is lost
    given_out = [one.booking.slot if one.got else one.offered for one in rulings]
    times = [slot for slot in given_out if slot is not None]
    assert len(times) == len(set(times))
    for one in rulings:
        if one.got:
            rivals = [other for other in asked if other.slot == one.booking.slot]
            assert one.booking == min(rivals, key=lambda other: (other.asked, other.id))
        elif one.offered is None:
            assert len(times) == len(slots)  # nothing is left


def test_the_nearest_time_is_of_the_same_day_where_there_is_one() -> None:
    assert nearest(SLOTS[2], set(SLOTS) - {SLOTS[2]}) == SLOTS[1]
    assert nearest(SLOTS[0], LATER) == LATER[0]
    assert nearest(SLOTS[0], ()) is None


def test_every_group_out_of_turn_has_a_source_or_says_that_it_has_none() -> None:
    assert len({one.key for one in OUT_OF_TURN}) == len(OUT_OF_TURN)
    for one in OUT_OF_TURN:
        assert bool(one.basis.source) == bool(one.basis.checked) == (not one.basis.local)


def test_no_more_are_booked_on_a_day_than_are_received() -> None:
    limits = Limits(ahead=5, daily=2)
    taken = [booking("1", "a", SLOTS[0]), booking("2", "b", SLOTS[1])]
    check(SLOTS[2], "c", SLOTS, taken[:1], NOW, limits)
    with pytest.raises(DayFull):
        check(SLOTS[2], "c", SLOTS, taken, NOW, limits)
    later = NOW + timedelta(minutes=75)  # the first is over, and was received all the same
    with pytest.raises(DayFull):
        check(SLOTS[3], "c", SLOTS, taken, later, limits)
    check(LATER[0], "c", LATER, taken, NOW, limits)
