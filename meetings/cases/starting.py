"""How a protocol begins: with what the visit and the last protocol know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from akimat_desk.base.clock import local, local_date
from akimat_desk.calendar.records import calendar_of
from meetings.cases import drafts, records
from meetings.cases.rules import ENDED
from meetings.visits.records import visit_of

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from meetings.cases.drafts import Draft
    from meetings.cases.records import Assignment, Case

MOST: Final = 3
"""As many earlier appeals are shown beside the minutes."""


def empty_draft(desk: Desk) -> Draft:
    """An oral appeal made at the desk, today (no reception, so nobody received it but the staff)."""
    return drafts.new(desk.clock, local_date(desk.clock.now_ms()))


class Earlier(NamedTuple):
    """An appeal somebody made before, with those of its assignments that still wait for somebody."""

    case: Case
    waiting: tuple[Assignment, ...]


def earlier(desk: Desk, draft: Draft) -> tuple[Earlier, ...]:
    """What whoever has come asked before, and what they must be told of it: first what is not ended (blocks)."""
    with desk.store.read() as db:
        days = calendar_of(db)
        found = [
            Earlier(
                case, tuple(one for one in records.assignments_of(db, case.id, days) if one.life.state not in ENDED)
            )
            for case in records.cases_of_person(db, "".join(draft.iin.split()), draft.name)
        ]
    return tuple(sorted(found, key=lambda one: not one.waiting)[:MOST])


def draft_for(desk: Desk, visit: str) -> Draft:
    """The protocol of a visit: what was begun, else a new one that knows the person (blocks)."""
    with desk.store.read() as db:
        begun = drafts.of_visit(db, visit)
        if begun is not None:
            return begun
        who, official = visit_of(db, visit), records.last_official(db)
    now = local(desk.clock.now_ms())
    return drafts.new(
        desk.clock,
        local_date(desk.clock.now_ms()),
        visit=who.id,
        series=who.series,
        ticket=who.number,
        name=who.name,
        iin=who.iin,
        phone=who.phone,
        address=who.address,
        subject=who.subject,
        group=who.group,
        language=who.language,
        asked=who.about,
        official=official,
        begun=now.hour * 60 + now.minute,
    )
