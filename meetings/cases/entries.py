"""What protocols and assignments tell the journal. Facts hold ids, dates and codes; every word a person said or wrote,
and every name, is in personal parts, which only staff PCs hold.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from msgspec import Meta

from akimat_desk.base.locale import fold
from akimat_desk.base.words import Language
from akimat_desk.journal import Entry, Facts, Id, Kind, merge
from akimat_desk.journal.kinds import Code, Digest
from akimat_desk.journal.numbers import Number
from akimat_desk.people.entries import Minute
from meetings.cases.corrections import CODE_LINES, WORD_LINES, CorrectionRow, Line, index_words
from meetings.cases.records import AssignmentRow, CasePaperRow, CaseRow, StepRow, settle
from meetings.cases.rules import StepName
from meetings.visits.secret import LENGTH

if TYPE_CHECKING:
    from akimat_desk.store import Database

Days = Annotated[int, Meta(ge=0, le=400)]
LONGEST: Final = 6000
Words = Annotated[str, Meta(max_length=LONGEST)]
"""What was said, as it was written down."""


class CaseRecorded(Facts, frozen=True):
    """An oral appeal was accepted and its protocol is final. `received` is the day of the talk; what comes on a day off
    is registered on the next working day (`terms.registered_on`).
    """

    case: Id
    number: Number
    received: date
    kind: Code
    answer: Code
    secret: Annotated[bytes, Meta(min_length=LENGTH, max_length=LENGTH)]
    """Verifies the coupon's code (`visits.secret`)."""
    visit: Id | None = None
    series: Id | None = None
    subject: Code | None = None
    group: Code | None = None
    language: Language = "kk"
    begun: Minute | None = None
    ended: Minute | None = None
    by: Id | None = None


class CaseWords(Facts, frozen=True):
    """Who came, what was said, who received, who accepted, and the coupon's code, for staff to print it again."""

    name: Words = ""
    iin: Words = ""
    phone: Words = ""
    address: Words = ""
    ticket: Words = ""
    asked: Words = ""
    explained: Words = ""
    promised: Words = ""
    official: Words = ""
    accepted: Words = ""
    code: Words = ""


class CaseCorrected(Facts, frozen=True):
    """The minutes were wrong in some `lines`, and say something else from now on. `replaces` names the corrections its
    author had read; the recorded text itself is named by `case`. What figures depend on is told here, all words are in
    the personal part.
    """

    case: Id
    on: date
    lines: Annotated[tuple[Line, ...], Meta(min_length=1)]
    replaces: tuple[Id, ...] = ()
    kind: Code | None = None
    answer: Code | None = None
    subject: Code | None = None
    language: Language | None = None
    by: Id | None = None


class CorrectedLine(Facts, frozen=True):
    """One line as it was read, and as it is to be read."""

    line: Line
    was: Words = ""
    now: Words = ""


class CorrectionWords(Facts, frozen=True):
    """Why, who corrected, and every line of it."""

    why: Words = ""
    author: Words = ""
    changes: tuple[CorrectedLine, ...] = ()


class AssignmentGiven(Facts, frozen=True):
    """Somebody must do something: in so many working days, or by a date."""

    assignment: Id
    case: Id
    place: Annotated[int, Meta(ge=1, le=200)]
    given: date
    days: Days | None = None
    on: date | None = None
    to: Id | None = None
    """A member of staff; None for anybody else, whose name is in the personal part."""
    by: Id | None = None


class AssignmentWords(Facts, frozen=True):
    """What is to be done, and by whom."""

    what: Words = ""
    who: Words = ""


class AssignmentStepped(Facts, frozen=True):
    """A step of its life (`rules`). `reason` is a code of `legal`; `way` tells who spoke: staff, or a kiosk by number
    and code.
    """

    assignment: Id
    step: StepName
    on: date
    days: Days | None = None
    due: date | None = None
    reason: Code | None = None
    way: Literal["staff", "present", "kiosk"] = "staff"
    by: Id | None = None


class StepWords(Facts, frozen=True):
    """What was answered, or why, and who wrote it down."""

    text: Words = ""
    author: Words = ""


class CasePaperAdded(Facts, frozen=True):
    """A paper belongs to the case: a scan, by its hash (`files`)."""

    case: Id
    hash: Digest
    size: Annotated[int, Meta(ge=0, lt=2**40)]
    media: Literal["application/pdf", "image/png", "image/jpeg"]
    by: Id | None = None


def _apply_recorded(db: Database, entry: Entry) -> None:
    facts: CaseRecorded = entry.facts
    words: CaseWords | None = entry.personal
    number = f"{facts.received.year}-{facts.number}"
    merge.union(
        db,
        entry,
        CaseRow,
        id=facts.case,
        number=number,
        number_folded=fold(number),
        received=facts.received.isoformat(),
        kind=facts.kind,
        answer=facts.answer,
        secret=facts.secret,
        visit=facts.visit,
        series=facts.series,
        subject=facts.subject or "",
        person_group=facts.group or "",
        language=facts.language,
        begun=facts.begun,
        ended=facts.ended,
        by=facts.by,
        name=words.name if words else None,
        iin=words.iin if words else None,
        phone=words.phone if words else None,
        address=words.address if words else None,
        ticket=words.ticket if words else None,
        asked=words.asked if words else None,
        explained=words.explained if words else None,
        promised=words.promised if words else None,
        official=words.official if words else None,
        accepted=words.accepted if words else None,
        code=words.code if words else None,
        found_by=fold(f"{number} {words.name} {words.iin}") if words else None,
    )
    if entry.again:
        index_words(db, facts.case)  # a correction of the name may count already


def _apply_corrected(db: Database, entry: Entry) -> None:
    facts: CaseCorrected = entry.facts
    words: CorrectionWords | None = entry.personal
    written = {one.line: one.now for one in words.changes} if words else {}
    now: dict[str, str | None] = {line: written.get(line) for line in facts.lines if line in WORD_LINES}
    now |= {line: getattr(facts, line) or "" for line in facts.lines if line in CODE_LINES}
    merge.edit(db, entry, CaseRow, facts.case, facts.replaces, **now)
    merge.union(
        db,
        entry,
        CorrectionRow,
        id=entry.id,
        case=facts.case,
        on=facts.on.isoformat(),
        by=facts.by,
        why=words.why if words else None,
        author=words.author if words else None,
        changes=msgspec.json.encode(words.changes).decode() if words else None,
    )
    index_words(db, facts.case)


def _apply_given(db: Database, entry: Entry) -> None:
    facts: AssignmentGiven = entry.facts
    words: AssignmentWords | None = entry.personal
    merge.union(
        db,
        entry,
        AssignmentRow,
        id=facts.assignment,
        case=facts.case,
        place=facts.place,
        given=facts.given.isoformat(),
        days=facts.days,
        on=facts.on.isoformat() if facts.on else None,
        to=facts.to,
        by=facts.by,
        what=words.what if words else None,
        who=words.who if words else None,
    )
    settle(db, facts.assignment)


def _apply_stepped(db: Database, entry: Entry) -> None:
    facts: AssignmentStepped = entry.facts
    words: StepWords | None = entry.personal
    merge.union(
        db,
        entry,
        StepRow,
        id=entry.id,
        assignment=facts.assignment,
        step=facts.step,
        on=facts.on.isoformat(),
        days=facts.days,
        due=facts.due.isoformat() if facts.due else None,
        reason=facts.reason or "",
        way=facts.way,
        by=facts.by,
        text=words.text if words else None,
        author=words.author if words else None,
    )
    settle(db, facts.assignment)


def _apply_paper(db: Database, entry: Entry) -> None:
    facts: CasePaperAdded = entry.facts
    merge.union(
        db, entry, CasePaperRow, id=entry.id, case=facts.case, hash=facts.hash, size=facts.size, media=facts.media
    )


CASE_RECORDED: Final = Kind("meetings.case_recorded", CaseRecorded, _apply_recorded, personal=CaseWords)
CASE_CORRECTED: Final = Kind("meetings.case_corrected", CaseCorrected, _apply_corrected, personal=CorrectionWords)
ASSIGNMENT_GIVEN: Final = Kind("meetings.assignment_given", AssignmentGiven, _apply_given, personal=AssignmentWords)
ASSIGNMENT_STEPPED: Final = Kind("meetings.assignment_stepped", AssignmentStepped, _apply_stepped, personal=StepWords)
CASE_PAPER_ADDED: Final = Kind("meetings.case_paper_added", CasePaperAdded, _apply_paper)
KINDS: Final = (CASE_RECORDED, CASE_CORRECTED, ASSIGNMENT_GIVEN, ASSIGNMENT_STEPPED, CASE_PAPER_ADDED)
