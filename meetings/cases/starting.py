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

PERSON: Final = ("name", "iin", "phone", "address")
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


def minutes_of(desk: Desk, visit: str) -> Draft | Case:
    """What "Protocol" of a visit opens: the minutes that were begun, else those that are recorded (the last of them),
    else new ones that know the person (blocks).
    """
    with desk.store.read() as db:
        begun, recorded = drafts.of_visit(db, visit), records.cases_of_visit(db, visit)
    if begun is not None:
        return begun
    return recorded[-1] if recorded else draft_for(desk, visit)


def another_of(desk: Desk, visit: str) -> Draft:
    """The minutes of another appeal of a visit: those that were begun, else new ones (blocks)."""
    with desk.store.read() as db:
        begun = drafts.of_visit(db, visit)
    return begun or draft_for(desk, visit)


def draft_for(desk: Desk, visit: str) -> Draft:
    """New minutes that know the person: of a visit that has some already, those of another appeal, with the person as
    the last minutes know them (blocks).
    """
    with desk.store.read() as db:
        who, official = visit_of(db, visit), records.last_official(db)
        recorded = records.cases_of_visit(db, visit)
    person = {line: getattr(who, line) for line in PERSON}
    if recorded:
        person |= {line: getattr(recorded[-1], line) or known for line, known in person.items()}
    now = local(desk.clock.now_ms())
    return drafts.new(
        desk.clock,
        local_date(desk.clock.now_ms()),
        visit=who.id,
        series=who.series,
        ticket=who.number,
        **person,
        subject="" if recorded else who.subject,
        group=who.group,
        language=who.language,
        asked="" if recorded else who.about,
        official=official,
        begun=now.hour * 60 + now.minute,
        after=tuple(one.id for one in recorded),
    )
