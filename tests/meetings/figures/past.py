"""Receptions that were held: written into the journal as the actions would, at the times they happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.ids import uuid7
from akimat_desk.journal import Commit, Journal
from akimat_desk.journal.numbers import Number
from meetings.cases.entries import (
    ASSIGNMENT_GIVEN,
    ASSIGNMENT_STEPPED,
    CASE_RECORDED,
    AssignmentGiven,
    AssignmentStepped,
    AssignmentWords,
    CaseRecorded,
    CaseWords,
    StepWords,
)
from meetings.cases.rules import StepName
from meetings.day.entries import VISIT_STEPPED, VisitStepped
from meetings.day.steps import Did
from meetings.visits.entries import VISIT_ASKED, VisitAsked, VisitDetails, Way
from meetings.visits.secret import LENGTH

AKIM = "0192f0c0a1b27abc8def00000000aaaa"
BY = "0192f0c0a1b27abc8def001122334455"


def at(day: date, minute: float) -> datetime:
    """A minute of a day in Kazakhstan."""
    return datetime(day.year, day.month, day.day, tzinfo=KAZAKHSTAN) + timedelta(minutes=minute)


@dataclass
class Past:
    """One PC's journal, whose clock is turned to what is told; time only ever goes on."""

    journal: Journal
    clock: FixedClock
    series: str = AKIM
    numbers: int = 0

    def visit(self, commit: Commit, day: date, subject: str, start: int | None = None, way: Way | None = None) -> str:
        """Somebody asks to come, with a name and a free text that no figure may look at."""
        self.numbers += 1
        visit = uuid7(self.clock.now_ms())
        facts = VisitAsked(
            visit=visit,
            series=self.series,
            day=day,
            number=Number((), self.numbers % 9_000 + 1),
            way=way or ("walk-in" if start is None else "kiosk"),
            subject=subject,
            start=start,
            end=None if start is None else start + 15,
            turn=self.numbers % 9_000,
            by=BY,
        )
        commit.append(VISIT_ASKED, facts, VisitDetails(name="Сейітова Зәуре", about="Көпір туралы"))
        return visit

    def step(
        self, commit: Commit, visit: str, did: Did, when: datetime, seen: str | None = None, series: str = ""
    ) -> str:
        """Something happens to a visit at `when`; the entry, which the next step names."""
        self.clock.turn_to(when)
        facts = VisitStepped(visit=visit, day=when.date(), series=series or self.series, did=did, seen=seen, by=BY)
        return commit.append(VISIT_STEPPED, facts).id

    def received(self, commit: Commit, visit: str, came: datetime, waits: float, talks: float) -> None:
        """They come, wait, talk and go."""
        seen: str | None = None
        for did, minutes in (("arrived", 0.0), ("called", waits), ("started", waits), ("ended", waits + talks)):
            seen = self.step(commit, visit, did, came + timedelta(minutes=minutes), seen)  # type: ignore[arg-type]

    def case(self, commit: Commit, day: date, subject: str, visit: str | None = None) -> str:
        """A protocol is recorded."""
        self.numbers += 1
        case = uuid7(self.clock.now_ms())
        facts = CaseRecorded(
            case=case, number=Number((), self.numbers % 9_000 + 1), received=day, kind="application", answer="written",
            secret=b"\0" * LENGTH, visit=visit, series=self.series, subject=subject, by=BY,
        )  # fmt: skip
        commit.append(
            CASE_RECORDED, facts, CaseWords(name="Сейітова Зәуре", asked="Көпірді жөндеу", iin="900101300017")
        )
        return case

    def assignment(
        self, commit: Commit, case: str, given: date, days: int, *steps: tuple[StepName, date, int | None]
    ) -> str:
        """Somebody must do it in so many working days; then steps: name, day, and for a new date its working days."""
        id = uuid7(self.clock.now_ms())
        facts = AssignmentGiven(assignment=id, case=case, place=1, given=given, days=days, by=BY)
        commit.append(ASSIGNMENT_GIVEN, facts, AssignmentWords(what="Көпірді тексеру", who="Д. Әлібеков"))
        for name, on, more in steps:
            step = AssignmentStepped(assignment=id, step=name, on=on, days=more, by=BY)
            commit.append(ASSIGNMENT_STEPPED, step, StepWords(text="Тексерілді"))
        return id
