"""What staff see of the visits to come: who, when, and what waits for staff. Reads only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from meetings.visits import actions, free, records
from meetings.visits.records import Told, Visit
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
    to_tell: frozenset[str] = frozenset()
    """The visits whose day was moved, or called off, and nobody has told the person yet."""
    told: Mapping[str, Told] = field(default_factory=dict)
    """Who was told of it, by visit."""

    @property
    def waits(self) -> int:
        """How much waits for staff."""
        return len(self.offers) + len(self.doubled) // 2 + len(self.to_tell - self.offers.keys())


def listed(desk: Desk) -> Listed:
    """The list as it stands (blocks)."""
    now = actions.now_at(desk.journal)
    with desk.store.read() as db:
        days = free.days_ahead(db, now.date())
        coming, told = records.coming(db, now.date()), records.told(db, now.date())
        visits = (*records.left_without(db, now.date()), *coming)
        open_times = {(one.series.id, one.day): one.free(now) for one in days}
        offers: dict[str, Slot] = {}
        for one in coming:
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
    to_tell = frozenset(one.id for one in visits if told_of(one) and one.id not in told)
    return Listed(now.date(), visits, content, offers, doubled, today, to_tell, told)


def told_of(one: Visit) -> bool:
    """Whether the akimat changed something about the visit that its person has to hear."""
    return one.state == "cancelled" or one.moved == "date"


def waiting(desk: Desk) -> int:
    """How much of the visits waits for staff (blocks)."""
    return listed(desk).waits
