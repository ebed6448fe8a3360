"""Who may book which time of a reception: slots, limits per person, groups received out of turn, and what becomes of
two who asked for one time. Values in, values out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.calendar.basis import Basis


class SlotTaken(Refused):
    """Somebody else has this time."""

    code = "booking-taken"
    resident_text = N_("This time is taken by now. Choose another one.")
    staff_text = N_("This time is taken by now.")
    next_text = N_("Choose another time.")


class NoSuchSlot(Refused):
    """There is no such time at this reception."""

    code = "booking-no-slot"
    staff_text = N_("There is no such time at this reception.")
    next_text = N_("Choose another time.")


class SlotPast(Refused):
    """The time is over."""

    code = "booking-past"
    resident_text = N_("This time is over. Choose another one.")
    staff_text = N_("This time is over.")
    next_text = N_("Choose another time.")


class DayOver(Refused):
    """The last time of the reception has begun."""

    code = "booking-day-over"
    resident_text = N_("The reception of this day is over.")
    staff_text = N_("The reception of this day is over.")
    next_text = N_("Choose another day.")


class BookedThatDay(Refused):
    """One person has one time a day."""

    code = "booking-that-day"
    resident_text = N_("You have a time on this day already.")
    staff_text = N_("This person has a time on this day already.")
    next_text = N_("Move the time that is booked, or choose another day.")


class TooManyBooked(Refused):
    """More times ahead than one person may hold."""

    code = "booking-limit"
    resident_text = N_("You have as many times booked as one person may: {most}.")
    staff_text = N_("This person has as many times booked as one may: {most}.")
    next_text = N_("Cancel one of them first.")


class DayFull(Refused):
    """As many are booked as are received in one day."""

    code = "booking-day-full"
    resident_text = N_("Everything is taken on this day. Choose another day, or wait for a free time.")
    staff_text = N_("As many are booked on this day as are received: {most}.")
    next_text = N_("Choose another day, or put the person on the waiting list.")


@dataclass(frozen=True, slots=True)
class Group:
    """Who is received out of turn; `name` is a msgid."""

    key: str
    name: str
    basis: Basis


_EXAMPLE: Final = Basis(
    N_("Reception rules of another state body, as an example"), source="mala.kz", checked=date(2026, 11, 22)
)
_OWN: Final = Basis(N_("The akimat’s own reception rules"), local=True)

OUT_OF_TURN: Final = (
    Group("veteran", N_("Veteran"), _EXAMPLE),
    Group("disability", N_("Person with a disability"), _EXAMPLE),
    Group("expecting", N_("Woman expecting a child"), _OWN),
    Group("small-child", N_("Parent with a small child"), _OWN),
    Group("elder", N_("Person over seventy"), _OWN),
)
"""Groups received out of turn. An akimat's own rules decide; for those that are `local` no law was seen."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A time on a day, in minutes after midnight; `end` is not part of it."""

    day: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What a person may hold: times `ahead` at once, one of them a day; and how many are booked a day (0: no limit)."""

    ahead: int = 2
    daily: int = 0


@dataclass(frozen=True, slots=True)
class Booking:
    """A time that somebody asked for; `asked` orders those who asked (the entry's own time), `id` breaks ties."""

    id: str
    resident: str
    slot: Slot
    asked: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of one who asked: the time, or, where another had it, the nearest one that is free (None: none)."""

    booking: Booking
    got: bool
    offered: Slot | None = None


def slots_of(
    day: date, start: int, end: int, length: int, *, gap: int = 0, pauses: Sequence[tuple[int, int]] = ()
) -> tuple[Slot, ...]:
    """The times of a reception, `length` minutes each with `gap` minutes between; none lies in a pause or beyond `end`.

    After a pause the times begin anew at its end.
    """
    found, at = [], start
    while at + length <= end:
        hit = next((pause for pause in sorted(pauses) if at < pause[1] and pause[0] < at + length), None)
        if hit is not None:
            at = hit[1]
            continue
        found.append(Slot(day, at, at + length))
        at += length + gap
    return tuple(found)


def check(
    wanted: Slot,
    resident: str,
    slots: Collection[Slot],
    booked: Iterable[Booking],
    now: datetime,
    limits: Limits | None = None,
) -> None:
    """Raise where `resident` may not book `wanted`: `NoSuchSlot`, `SlotPast`, `SlotTaken`, `BookedThatDay`,
    `TooManyBooked`, `DayFull`.

    `booked` are the bookings that stand; `now` is Kazakhstan's time. What is over does not count against the limits.
    """
    limits, booked = limits or Limits(), list(booked)
    standing = [one for one in booked if not over(one.slot, now)]
    if wanted not in slots:
        raise NoSuchSlot
    if over(wanted, now):
        raise SlotPast
    if any(meet(one.slot, wanted) for one in standing):
        raise SlotTaken
    if limits.daily and sum(one.slot.day == wanted.day for one in booked) >= limits.daily:
        raise DayFull(most=limits.daily)
    check_person(wanted.day, resident, standing, limits)


def check_person(day: date, resident: str, standing: Iterable[Booking], limits: Limits) -> None:
    """Raise `BookedThatDay` or `TooManyBooked` where one person holds too much. Who is not known ("") is not counted.

    `standing` are times that are not over.
    """
    theirs = [one for one in standing if resident and one.resident == resident]
    if any(one.slot.day == day for one in theirs):
        raise BookedThatDay
    if len(theirs) >= limits.ahead:
        raise TooManyBooked(most=limits.ahead)


def settle(asked: Iterable[Booking], slots: Collection[Slot]) -> tuple[Ruling, ...]:
    """One ruling for all who asked, the same in whatever order their requests arrive.

    Whoever asked first has the time. Each of the others is offered the nearest time that is free, and no time is
    offered twice.
    """
    in_turn = sorted(asked, key=lambda one: (one.asked, one.id))
    taken: dict[Slot, str] = {}
    for one in in_turn:
        if one.slot in slots:
            taken.setdefault(one.slot, one.id)
    free = set(slots) - set(taken)
    rulings = []
    for one in in_turn:
        if taken.get(one.slot) == one.id:
            rulings.append(Ruling(one, got=True))
            continue
        offered = nearest(one.slot, free)
        if offered is not None:
            free.discard(offered)
        rulings.append(Ruling(one, got=False, offered=offered))
    return tuple(rulings)


def nearest(wanted: Slot, free: Collection[Slot]) -> Slot | None:
    """The free time nearest to `wanted`: the same day before others, then the least minutes away, then the earlier."""
    return min(
        free,
        key=lambda one: (abs((one.day - wanted.day).days), abs(one.start - wanted.start), one),
        default=None,
    )


def over(slot: Slot, now: datetime) -> bool:
    """Whether the time has begun by `now`."""
    return (slot.day, slot.start) < (now.date(), now.hour * 60 + now.minute)


def meet(one: Slot, other: Slot) -> bool:
    """Times overlap where the lengths were changed after somebody had booked."""
    return one.day == other.day and one.start < other.end and other.start < one.end
