"""Which times of which days are free: the plan people were told, with the visits on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.calendar.records import calendar_of
from meetings.records import Series, all_series_of
from meetings.rules import proposals
from meetings.visits.details import who
from meetings.visits.entries import VisitDetails
from meetings.visits.records import Visit, coming, visits_of_day
from meetings.visits.rules import Booking, Limits, NoSuchSlot, Slot, meet, nearest, over, slots_of

if TYPE_CHECKING:
    from akimat_desk.store import Database
    from meetings.content import SeriesContent

ALL_DAY = 24 * 60
"""Where a visit without a time stands among the day's times: it is not over before the day is."""


class NoReception(Refused):
    """Nobody was told that there is a reception on this day."""

    code = "booking-no-reception"
    resident_text = N_("There is no reception on this day.")
    staff_text = N_("There is no announced reception on this day.")
    next_text = N_("Choose an announced day.")


@dataclass(frozen=True, slots=True)
class Day:
    """One reception day that people were told of, with everybody who comes."""

    series: Series
    day: date
    slots: tuple[Slot, ...]
    visits: tuple[Visit, ...]
    may_change: bool = False
    """The calendar or an order makes another day of it by now, and staff have not settled that yet."""

    @property
    def content(self) -> SeriesContent:
        """The series as it is now."""
        return self.series.content

    @property
    def bookings(self) -> list[Booking]:
        """Who has, or asked for, which time; a time that was given to another is not theirs."""
        return [booking(one) for one in self.visits if one.start is not None and one.state in ("standing", "requested")]

    def over(self, now: datetime) -> bool:
        """Whether nobody can be given a time any more: the last one has begun."""
        last = self.slots[-1].start if self.slots else self.content.end
        return over(Slot(self.day, last, last), now)

    def slot(self, start: int) -> Slot:
        """The time that begins at `start`. Raises `NoSuchSlot`."""
        found = next((one for one in self.slots if one.start == start), None)
        if found is None:
            raise NoSuchSlot
        return found

    def free(self, now: datetime) -> tuple[Slot, ...]:
        """The times nobody has and that are still to come; none where the day is full."""
        taken = {one.slot for one in self.bookings}
        if self.content.daily and len(taken) >= self.content.daily:
            return ()
        return tuple(one for one in self.slots if not over(one, now) and not any(meet(one, other) for other in taken))


def booking(visit: Visit) -> Booking:
    """A visit as the rules see it."""
    start = ALL_DAY if visit.start is None else visit.start
    end = ALL_DAY if visit.end is None else visit.end
    known = who(VisitDetails(name=visit.name, iin=visit.iin, phone=visit.phone))
    return Booking(visit.id, known, Slot(visit.day, start, end), visit.asked)


def ahead(db: Database, now: datetime, besides: str = "") -> list[Booking]:
    """Everybody's visits that are still to come, of this PC's knowledge, `besides` one."""
    found = [booking(one) for one in coming(db, now.date()) if one.id != besides and one.state != "refused"]
    return [one for one in found if not over(one.slot, now)]


def day_of(db: Database, series: str, day: date) -> Day:
    """That day of that series. Raises `NoReception`."""
    found = next((one for one in all_series_of(db) if one.id == series), None)
    if found is None or day not in found.promised.values():
        raise NoReception
    return _day(db, found, day, _unsettled(db, found, day))


def days_ahead(db: Database, today: date, series: str | None = None, most: int = 12) -> tuple[Day, ...]:
    """The announced reception days from today on, the nearest first, `most` of each series."""
    days = []
    for one in all_series_of(db):
        if one.content.what == "reception" and series in (None, one.id):
            told = sorted({day for day in one.promised.values() if day is not None and day >= today})
            unsettled = _unsettled(db, one, today) if told else frozenset[date]()
            days += [_day(db, one, day, unsettled) for day in told[:most]]
    return tuple(sorted(days, key=lambda each: (each.day, each.content.start, each.series.id)))


def nearest_free(db: Database, visit: Visit, now: datetime) -> Slot | None:
    """The free time nearest to the one a visit asked for: what is offered where that was given to another."""
    if visit.start is None:
        return None
    free = [slot for each in days_ahead(db, now.date(), visit.series, most=3) for slot in each.free(now)]
    return nearest(Slot(visit.day, visit.start, visit.end or visit.start), free)


def doubles(db: Database, now: datetime) -> tuple[tuple[Visit, ...], ...]:
    """Visits that one person has on one day, booked on PCs that did not know of each other: for staff to settle."""
    found: dict[tuple[str, date], list[Visit]] = {}
    for one in coming(db, now.date()):
        person = booking(one).resident
        if person:
            found.setdefault((person, one.day), []).append(one)
    return tuple(tuple(group) for _, group in sorted(found.items()) if len(group) > 1)


def refused(db: Database, now: datetime) -> tuple[Visit, ...]:
    """Whose time was given to another while the PCs were apart, and who have no other yet: whom to call."""
    return tuple(one for one in coming(db, now.date()) if one.state == "refused")


def limits_of(content: SeriesContent) -> Limits:
    """How much one person, and one day, may hold."""
    return Limits(ahead=content.ahead, daily=content.daily)


def _unsettled(db: Database, series: Series, since: date) -> frozenset[date]:
    """The announced days from `since` on that would be other ones as things are now."""
    found = proposals(series.plan, series.promised, calendar_of(db), since)
    return frozenset(one.promised for one in found if one.promised is not None)


def _day(db: Database, series: Series, day: date, unsettled: frozenset[date]) -> Day:
    content = series.content
    slots = slots_of(day, content.start, content.end, content.slot, gap=content.gap, pauses=content.pauses)
    return Day(series, day, slots, visits_of_day(db, day, series.id), day in unsettled)
