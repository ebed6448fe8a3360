"""When a reception is held: the rule, the working days, the orders about single dates. Values in, values out.

rule       "every third Friday", "every Wednesday"         → the dates it names
shift      what becomes of a date that is no working day   → the day it is held on
order      somebody decided otherwise for one date          → goes before both
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Literal

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.calendar.days import FIRST_YEAR, LAST_YEAR, Day, WorkingDays, YearUnknown

Every = Literal["month", "week"]
Shift = Literal["next", "previous", "none", "hand"]
"""Held on the next or the previous working day; on the very day, off or not; or on none until somebody sets one."""

Nth = Literal[1, 2, 3, 4, -1]
"""Which of its weekdays in the month; -1 is the last one."""

FRIDAY: Final = 4

Because = Literal["rule", "shifted", "kept", "open", "ordered", "cancelled", "extra"]
"""Why a date is held when it is held: the rule's own day; moved off a day off; kept on it; waiting for somebody to set
it; set, cancelled or added by an order.
"""


class SpanForm(Refused):
    """The last day lies before the first one."""

    code = "meetings-span"
    staff_text = N_("The last month lies before the first one.")
    next_text = N_("Correct one of the two.")


@dataclass(frozen=True, slots=True)
class Rule:
    """A repeated day. `weekday` 0 is Monday. With `weekends` it may be moved to a worked Saturday or Sunday."""

    every: Every = "month"
    weekday: int = FRIDAY
    nth: Nth = 3
    shift: Shift = "next"
    weekends: bool = True


THIRD_FRIDAY: Final = Rule()
"""The akim's personal reception."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody decided about the date that the rule names: another day, or none (cancelled).

    An order about a day the rule does not name adds one (`extra`).
    """

    of: date
    held_on: date | None
    order: str
    ordered_on: date


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a rule: `of` is the rule's own, `day` what the calendar says of it, `held_on` None where there is
    none.
    """

    of: date
    held_on: date | None
    because: Because
    day: Day
    order: Order | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A date that people were told and that would be another one now. It moves when somebody says so, never before."""

    of: date
    promised: date | None
    now: Occurrence


def dates_of(rule: Rule, first: date, last: date) -> Iterator[date]:
    """The dates the rule names from `first` to `last`, both counted."""
    if rule.every == "week":
        day = first + timedelta(days=(rule.weekday - first.weekday()) % 7)
        while day <= last:
            yield day
            day += timedelta(days=7)
        return
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        day = nth_weekday(year, month, rule.weekday, rule.nth)
        if first <= day <= last:
            yield day
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: Nth) -> date:
    """The third Friday of a month, and the like."""
    if nth == -1:
        last = (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)) - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def held(rule: Rule, day: date, days: WorkingDays) -> Occurrence:
    """What the rule and the calendar make of one of the rule's dates."""
    seen = days.look(day)
    if seen.working and (rule.weekends or day.weekday() < 5):
        return Occurrence(day, day, "rule", seen)
    if rule.shift == "none":
        return Occurrence(day, day, "kept", seen)
    if rule.shift == "hand":
        return Occurrence(day, None, "open", seen)
    step = timedelta(days=1 if rule.shift == "next" else -1)
    other = day + step
    while not days.is_working(other) or (other.weekday() >= 5 and not rule.weekends):
        other += step
    return Occurrence(day, other, "shifted", seen)


@dataclass(frozen=True)
class Plan:
    """A rule with the orders about its single dates, by date."""

    rule: Rule
    orders: Mapping[date, Order] = field(default_factory=dict)

    def occurrences(self, first: date, last: date, days: WorkingDays) -> tuple[Occurrence, ...]:
        """Every date from `first` to `last`, in the order of the rule's dates; days added by an order among them."""
        found: dict[date, Occurrence] = {}
        for day in dates_of(self.rule, first, last):
            order = self.orders.get(day)
            if order is None:
                found[day] = held(self.rule, day, days)
            else:
                because: Because = "ordered" if order.held_on else "cancelled"
                found[day] = Occurrence(day, order.held_on, because, days.look(day), order)
        for day, order in self.orders.items():
            if day not in found and first <= day <= last:
                added: Because = "extra" if order.held_on else "cancelled"
                found[day] = Occurrence(day, order.held_on, added, days.look(day), order)
        return tuple(found[day] for day in sorted(found))


def proposals(plan: Plan, promised: Mapping[date, date | None], days: WorkingDays, today: date) -> tuple[Proposal, ...]:
    """The promised dates from today on that would be held on another day as things are now.

    A date that was held already never changes, whatever is ordered later.
    """
    coming = {day: held_on for day, held_on in promised.items() if (held_on or day) >= today}
    if not coming:
        return ()
    now = {each.of: each for each in plan.occurrences(min(coming), max(coming), days)}
    return tuple(
        Proposal(day, coming[day], now[day]) for day in sorted(coming) if day in now and now[day].held_on != coming[day]
    )


def months_between(first: str, last: str) -> tuple[date, date]:
    """The first day of the month "2026-01" and the last one of "2026-12".

    Raises `MonthForm`, `SpanForm`, `YearUnknown` for a year that the calendar does not know.
    """
    begin, end = _month(first), _month(last)
    if not FIRST_YEAR <= min(begin.year, end.year) <= max(begin.year, end.year) <= LAST_YEAR:
        raise YearUnknown
    if end < begin:
        raise SpanForm
    year, month = (end.year + 1, 1) if end.month == 12 else (end.year, end.month + 1)
    return begin, date(year, month, 1) - timedelta(days=1)


def twelve_months(today: date) -> tuple[date, date]:
    """From today to the end of the month a year later: what is shown and published."""
    year, month = today.year + 1, today.month + 1
    return today, (date(year + 1, 1, 1) if month == 13 else date(year, month, 1)) - timedelta(days=1)


class MonthForm(Refused):
    """What was typed is no month."""

    code = "meetings-month"
    staff_text = N_("This is not a month. Write it like this: {example}.")
    next_text = N_("Correct the month.")

    def __init__(self) -> None:
        super().__init__(example="2026-11")


def _month(typed: str) -> date:
    year, dash, month = typed.strip().partition("-")
    if not (dash and year.isascii() and year.isdigit() and len(year) == 4 and month.isascii() and month.isdigit()):
        raise MonthForm
    try:
        return date(int(year), int(month), 1)
    except ValueError:
        raise MonthForm from None


def moved(occurrences: Iterable[Occurrence]) -> Sequence[Occurrence]:
    """Those that are not held on the day the rule names."""
    return [each for each in occurrences if each.held_on != each.of]
