"""A reception's day moves: whoever is booked on it moves with it, one entry each, and staff are told whom to call.

It happens only when the moved date is announced, in that very commit: no booking moves in silence, none is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from meetings.visits import records
from meetings.visits.actions import number_for
from meetings.visits.entries import VISIT_CANCELLED, VISIT_MOVED, VisitCancelled, VisitMoved
from meetings.visits.free import day_of
from meetings.visits.records import Visit
from meetings.visits.rules import Slot, meet, nearest

if TYPE_CHECKING:
    from akimat_desk.journal import Commit
    from meetings.visits.free import Day

NO_RECEPTION = "no-reception"


def carry(commit: Commit, series: str, moves: Mapping[date, date | None], by: str | None) -> tuple[str, ...]:
    """Move the visits of each old day to its new one (None: there is none). The ids of the visits, in order of time.

    Called when the new days are announced already. Everybody keeps their time where it is free on the new day, else
    has the nearest one; who finds none stands on that day's waiting list.
    """
    carried: list[str] = []
    leaving = [(new, records.visits_of_day(commit.db, old, series)) for old, new in moves.items()]
    for new, visits in leaving:
        for visit in filter(lambda one: one.coming, visits):
            if new is None:
                replaces = records.seen(commit.db, visit.id, records.CANCEL_FIELDS)
                facts = VisitCancelled(visit=visit.id, reason=NO_RECEPTION, replaces=replaces, by=by)
                commit.append(VISIT_CANCELLED, facts)
            else:
                _move(commit, visit, day_of(commit.db, series, new), by)
            carried.append(visit.id)
    return tuple(carried)


def _move(commit: Commit, visit: Visit, plan: Day, by: str | None) -> None:
    slot = _place(visit, plan)
    commit.append(
        VISIT_MOVED,
        VisitMoved(
            visit=visit.id,
            series=visit.series,
            day=plan.day,
            number=number_for(commit, visit, plan.day),
            start=slot.start if slot else None,
            end=slot.end if slot else None,
            turn=records.turn_of(commit.db, visit.series, plan.day, slot.start) if slot else 0,
            why="date",
            replaces=records.seen(commit.db, visit.id, records.MOVE_FIELDS),
            by=by,
        ),
    )


def _place(visit: Visit, plan: Day) -> Slot | None:
    if visit.start is None:
        return None
    taken = {one.slot for one in plan.bookings if one.id != visit.id}
    free = [one for one in plan.slots if not any(meet(one, other) for other in taken)]
    return nearest(Slot(plan.day, visit.start, visit.end or visit.start), free)
