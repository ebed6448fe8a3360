"""How a protocol begins: with what the visit and the last protocol know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from akimat_desk.base.clock import local, local_date
from meetings.cases import drafts, records
from meetings.visits.records import visit_of

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from meetings.cases.drafts import Draft


def empty_draft(desk: Desk) -> Draft:
    """An oral appeal made at the desk, today (no reception, so nobody received it but the staff)."""
    return drafts.new(desk.clock, local_date(desk.clock.now_ms()))


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
