"""What the staff's overview and the sidebar say of assignments: above all, what ends today or should have ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.locale import format_number
from akimat_desk.base.words import N_, Sentence
from akimat_desk.calendar.records import calendar_of
from akimat_desk.service import Alert, Figure
from meetings.cases import records

if TYPE_CHECKING:
    from akimat_desk.service import Desk

PAGE: Final = "meetings.cases.screens.enter:the_assignments"


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many assignments wait for somebody, and how."""

    overdue: int = 0
    today: int = 0
    """Their date is today."""
    to_tell: int = 0
    """The resident must be told of a new date today, or should have been told already."""
    disputed: int = 0
    answered: int = 0
    """For the resident's word."""


def waiting(desk: Desk) -> Waiting:
    """All of it, as of today (blocks)."""
    today = local_date(desk.clock.now_ms())
    with desk.store.read() as db:
        states = records.states(db)
        if not states:
            return Waiting()  # nobody has to load the calendar
        lives = [one.life for one in records.living(db, calendar_of(db), today)]
    return Waiting(
        overdue=sum(one.is_overdue(today) for one in lives),
        today=sum(one.is_due(today) for one in lives),
        to_tell=sum(one.tell_by is not None and one.tell_by <= today for one in lives),
        disputed=states.get("disputed", 0),
        answered=states.get("answered", 0),
    )


def badge(desk: Desk) -> int:
    """What waits for staff: what is overdue or ends today, and what a resident is not content with (blocks)."""
    now = waiting(desk)
    return now.overdue + now.today + now.disputed


def alerts(desk: Desk) -> Sequence[Alert]:
    """The dates that cannot be forgotten (blocks)."""
    now = waiting(desk)
    found = (
        (N_("Overdue assignments: {n}"), now.overdue, "bad"),
        (N_("Assignments that end today: {n}"), now.today, "waiting"),
        (N_("Residents to be told of a new date today: {n}"), now.to_tell, "waiting"),
    )
    return tuple(Alert(Sentence(text, {"n": n}), PAGE, state) for text, n, state in found if n)  # type: ignore[arg-type]


def figures(desk: Desk) -> Sequence[Figure]:
    """The overview's lines (blocks)."""
    now, language = waiting(desk), desk.words.language

    def line(label: str, n: int, state: str = "plain") -> Figure:
        return Figure(label, format_number(n, language), state if n else "plain")  # type: ignore[arg-type]

    return (
        line(N_("Overdue assignments"), now.overdue, "bad"),
        line(N_("Assignments that end today"), now.today, "waiting"),
        line(N_("Residents not content"), now.disputed, "waiting"),
        line(N_("Answers that wait for residents"), now.answered),
    )
