"""What the staff's overview and the sidebar say of assignments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from akimat_desk.base.clock import local_date
from akimat_desk.base.locale import format_number
from akimat_desk.base.words import N_
from akimat_desk.calendar.records import calendar_of
from akimat_desk.service import Figure
from meetings.cases import records
from meetings.cases.rules import AT_WORK

if TYPE_CHECKING:
    from akimat_desk.service import Desk


def late_and_waiting(desk: Desk) -> tuple[int, int, int]:
    """How many are overdue, how many a resident disputes, how many answers wait for the resident (blocks)."""
    today = local_date(desk.clock.now_ms())
    with desk.store.read() as db:
        states = records.states(db)
        if not states:
            return 0, 0, 0  # nobody has to load the calendar
        found = records.living(db, calendar_of(db), today)
    overdue = sum(one.life.state in AT_WORK and today > one.life.due for one in found)
    return overdue, states.get("disputed", 0), states.get("answered", 0)


def badge(desk: Desk) -> int:
    """What waits for staff: what is overdue, and what a resident is not content with (blocks)."""
    overdue, disputed, _ = late_and_waiting(desk)
    return overdue + disputed


def figures(desk: Desk) -> Sequence[Figure]:
    """The overview's lines (blocks)."""
    overdue, disputed, answered = late_and_waiting(desk)
    language = desk.words.language
    return (
        Figure(N_("Overdue assignments"), format_number(overdue, language), "bad" if overdue else "plain"),
        Figure(N_("Residents not content"), format_number(disputed, language), "waiting" if disputed else "plain"),
        Figure(N_("Answers that wait for residents"), format_number(answered, language)),
    )
