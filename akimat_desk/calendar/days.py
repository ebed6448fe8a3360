"""Which days are worked and why, and counting with them. Pure: the law's days and the decrees are handed in.

    week           Monday to Friday are worked
    law            public holidays, days off moved from a weekend, days swapped by decree (`law.marks_of`)
    decrees        what staff wrote down with an order's number; they go before everything else

A deadline of n working days ends on the n-th working day after the day it is counted from: the day after is the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_

Why = Literal["week", "weekend", "holiday", "moved", "swapped", "worked", "decree"]
"""`moved`: a day off in place of a holiday on a weekend. `swapped`: a day off for which another day is worked, and
`worked` is that other day. `decree`: an order that staff wrote down."""

State = Literal["off", "worked", "law"]
"""What an order makes of a day; `law` takes an earlier order back."""

Authority = Literal["government", "ministry", "oblast", "district"]
"""Whose order it is."""

FIRST_YEAR: Final = 1992
LAST_YEAR: Final = 2099
"""The law's days are known between these years; before, they were other ones, after, the moon's are not tabled."""
MOST_DAYS: Final = 10_000
"""The longest term that is counted, in working days: forty years."""

_DAY: Final = timedelta(days=1)


class YearUnknown(Refused):
    """A day for which there is no calendar."""

    code = "calendar-year"
    staff_text = N_("The calendar knows the years {first} to {last}.")
    next_text = N_("Choose a day in these years.")

    def __init__(self) -> None:
        super().__init__(first=FIRST_YEAR, last=LAST_YEAR)


class TermTooLong(Refused):
    """More working days than anybody counts."""

    code = "calendar-term"
    staff_text = N_("A term has {least} to {most} working days.")
    next_text = N_("Give another number of days.")

    def __init__(self) -> None:
        super().__init__(least=0, most=MOST_DAYS)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the law says of a day that is not as its weekday is.

    `name` is the holiday's msgid. `other` is the day this one stands for: the day worked instead of it, or the day off
    it is worked for. An `estimated` day follows the moon and may still move by a day.
    """

    why: Why
    working: bool = False
    name: str = ""
    other: date | None = None
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Decree:
    """An order about one day, as staff wrote it down; `seen` are the entries that a later order replaces."""

    day: date
    state: State
    order: str
    ordered_on: date
    authority: Authority
    other: date | None = None
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """A day with all that is known of it."""

    day: date
    working: bool
    why: Why
    name: str = ""
    other: date | None = None
    estimated: bool = False
    decree: Decree | None = None
    """The order that counts; also where it says what was so anyhow."""


@dataclass(frozen=True)
class WorkingDays:
    """A calendar: `law` gives a year's marks, `decrees` the orders by day. Two with the same decrees are equal."""

    law: Callable[[int], Mapping[date, Mark]] = field(compare=False)
    decrees: Mapping[date, Decree] = field(default_factory=dict)

    def look(self, day: date) -> Day:
        """All that is known of `day`. Raises `YearUnknown`."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise YearUnknown
        mark, decree = self.law(day.year).get(day), self.decrees.get(day)
        if decree is not None and decree.state != "law":
            name = mark.name if mark and not mark.working and decree.state == "off" else ""
            return Day(day, decree.state == "worked", "decree", name, decree.other, decree=decree)
        if mark is None:
            weekend = day.weekday() >= 5
            return Day(day, not weekend, "weekend" if weekend else "week")
        return Day(day, mark.working, mark.why, mark.name, mark.other, mark.estimated)

    def is_working(self, day: date) -> bool:
        """Whether `day` is worked."""
        return self.look(day).working

    def next_working(self, day: date) -> date:
        """`day` itself where it is worked, else the first worked day after it."""
        return next(one for one in _forth(day) if self.is_working(one))

    def previous_working(self, day: date) -> date:
        """`day` itself where it is worked, else the last worked day before it."""
        return next(one for one in _back(day) if self.is_working(one))

    def after(self, day: date, working_days: int) -> date:
        """The last day of a term of so many working days; the day after `day` is the first that counts.

        A term of none ends on `day`, or on the next worked day. Raises `TermTooLong`, `YearUnknown`.
        """
        if not 0 <= working_days <= MOST_DAYS:
            raise TermTooLong
        if working_days == 0:
            return self.next_working(day)
        counted = (one for one in _forth(day + _DAY) if self.is_working(one))
        for _ in range(working_days - 1):
            next(counted)
        return next(counted)

    def between(self, first: date, last: date) -> int:
        """How many days are worked from the day after `first` up to and with `last`; below zero where `last` lies
        before.
        """
        if last < first:
            return -self.between(last, first)
        return sum(self.is_working(first + _DAY * step) for step in range(1, (last - first).days + 1))

    def with_decrees(self, *decrees: Decree) -> WorkingDays:
        """The calendar as it would be with these orders, each in the place of an earlier one about its day."""
        return WorkingDays(self.law, {**self.decrees, **{decree.day: decree for decree in decrees}})


def _forth(day: date) -> Iterator[date]:
    while True:
        yield day
        day += _DAY


def _back(day: date) -> Iterator[date]:
    while True:
        yield day
        day -= _DAY
