"""What staff see of the visits to come: who, when, and what waits for staff. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from meetings.visits import actions, free, records
from meetings.visits.records import Visit
from meetings.visits.rules import Slot

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from meetings.content import SeriesContent


@dataclass(frozen=True, slots=True)
class Listed:
    """The visits from `today` on. `offers` is the free time that is proposed to a visit: to the first of a waiting list
    where a time was freed, and to whom another was given theirs.
    """

    today: date
    visits: tuple[Visit, ...]
    content: Mapping[str, SeriesContent]
    """By series."""
    offers: Mapping[str, Slot]
    doubled: frozenset[str] = frozenset()
    """The visits of people who have two on one day."""
    received_today: tuple[str, ...] = ()
    """The series whose reception is today: walk-ins get tickets for them."""

    @property
    def waits(self) -> int:
        """How much waits for staff."""
        return len(self.offers) + len(self.doubled) // 2


def listed(desk: Desk) -> Listed:
    """The list as it stands (blocks)."""
    now = actions.now_at(desk.journal)
    with desk.store.read() as db:
        days = free.days_ahead(db, now.date())
        visits = (*records.left_without(db, now.date()), *records.coming(db, now.date()))
        open_times = {(one.series.id, one.day): one.free(now) for one in days}
        offers: dict[str, Slot] = {}
        for one in records.coming(db, now.date()):
            key = (one.series, one.day)
            if one.waits_for_a_time and open_times.get(key):
                offers[one.id] = open_times[key][0]
                open_times[key] = ()  # only the first in the list is called
        for one in free.refused(db, now):
            nearest = free.nearest_free(db, one, now)
            if nearest is not None:
                offers[one.id] = nearest
        doubled = frozenset(each.id for group in free.doubles(db, now) for each in group)
    content = {one.series.id: one.content for one in days}
    today = tuple(one.series.id for one in days if one.day == now.date())
    return Listed(now.date(), visits, content, offers, doubled, today)


def waiting(desk: Desk) -> int:
    """How much of the visits waits for staff (blocks)."""
    return listed(desk).waits
