"""What people do with a protocol and with an assignment: record, give, answer, extend, confirm, dispute, reopen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

import msgspec

from akimat_desk.base.clock import local_date
from akimat_desk.base.errors import AkimatDeskError, Refused
from akimat_desk.base.ids import uuid7
from akimat_desk.base.locale import NotADate, parse_date
from akimat_desk.base.words import N_, Sentence
from akimat_desk.calendar.records import calendar_of
from akimat_desk.files import FileStore
from akimat_desk.journal import numbers
from akimat_desk.people.staff import working_here
from meetings.cases import drafts, records
from meetings.cases.entries import (
    ASSIGNMENT_GIVEN,
    ASSIGNMENT_STEPPED,
    CASE_PAPER_ADDED,
    CASE_RECORDED,
    LONGEST,
    AssignmentGiven,
    AssignmentStepped,
    AssignmentWords,
    CasePaperAdded,
    CaseRecorded,
    CaseWords,
    StepWords,
)
from meetings.cases.records import TOPIC, Assignment, Case
from meetings.cases.rules import Due, StepName, StepOutOfPlace, check_extension
from meetings.visits import secret
from meetings.visits.details import in_order
from meetings.visits.entries import VisitDetails

if TYPE_CHECKING:
    from collections.abc import Callable

    from akimat_desk.files import Ref
    from akimat_desk.journal import Commit, Journal
    from akimat_desk.papers.tray import InTray
    from akimat_desk.people.staff import SignedIn
    from akimat_desk.store import Database
    from meetings.cases.drafts import AssignmentForm, Draft

    Papers = Callable[[Database, Case, tuple[Assignment, ...]], object]

SERIES: Final = "meetings.case"
MOST_DAYS: Final = 400


class ProtocolForm(Refused):
    """Something the law asks for is not written yet, or is out of form; `fields` says what, by the draft's names."""

    code = "case-form"
    staff_text = N_("The protocol is not whole yet.")
    next_text = N_("Fill in the marked lines.")

    def __init__(self, fields: Mapping[str, Sentence]) -> None:
        self.fields = fields
        super().__init__()


class RecordedAlready(Refused):
    """Minutes of this visit were recorded that the author does not know of; `cases` are theirs."""

    code = "case-recorded"
    staff_text = N_("The minutes of this visit are recorded already: № {numbers}.")
    next_text = N_("Open them and correct them. Only another appeal gets minutes of its own.")

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = tuple(one.id for one in cases)
        super().__init__(numbers=", ".join(one.number for one in cases))


class TextTooLong(Refused):
    """More than a protocol holds."""

    code = "case-text"
    staff_text = N_("This is longer than {longest} letters.")
    next_text = N_("Write the main thing, and add a paper.")


class CaseUnknown(Refused):
    """There is no such case, or the code is another one: which of the two is not said."""

    code = "case-unknown"
    resident_text = N_("There is no paper with this number and code. Check both on the paper.")
    staff_text = N_("There are no minutes with this number.")
    next_text = N_("Look at the paper and type it again.")


class AnswerEmpty(Refused):
    """An answer, or a reason, without words."""

    code = "case-answer"
    staff_text = N_("Nothing is written yet.")
    next_text = N_("Write what the resident is told.")


@dataclass(frozen=True, slots=True)
class Recorded:
    """The case as it was accepted: its number, and the code for the resident."""

    case: Case
    topics: tuple[str, ...] = (TOPIC, "papers.trays")


@dataclass(frozen=True, slots=True)
class Stepped:
    """The assignment that changed, as it stands now."""

    assignment: Assignment
    topics: tuple[str, ...] = (TOPIC,)


def check(draft: Draft) -> dict[str, Sentence]:
    """What is missing or out of form, by the names of the draft's lines; nothing where it may be recorded.

    An assignment's lines are named "what-0", "who-0", "due-0".
    """
    wrong = dict[str, Sentence]()
    typed = VisitDetails(name=draft.name, iin=draft.iin, phone=draft.phone, address=draft.address)
    try:
        in_order(typed, iin_needed=False)
    except AkimatDeskError as why:
        line = {"visit-name": "name", "visit-iin": "iin"}.get(why.code, "phone" if "phone" in why.code else "address")
        wrong[line] = why.for_staff
    needed = {"address": N_("Write the address: the answer goes there."), "asked": N_("Write what is asked.")}
    for line, missing in needed.items():
        if not getattr(draft, line).strip():
            wrong.setdefault(line, Sentence(missing))
    for line in ("asked", "explained", "promised"):
        if len(getattr(draft, line)) > LONGEST:
            wrong[line] = TextTooLong(longest=LONGEST).for_staff
    for number, one in enumerate(draft.assignments):
        if not _is_empty(one):
            wrong |= {f"{line}-{number}": said for line, said in check_assignment(one, draft.received).items()}
    return wrong


def check_assignment(one: AssignmentForm, given: date) -> dict[str, Sentence]:
    """What is missing in an assignment: "what", "who", "due"."""
    wrong = dict[str, Sentence]()
    if not one.what.strip():
        wrong["what"] = Sentence(N_("Write what is to be done."))
    if not one.who.strip():
        wrong["who"] = Sentence(N_("Write who does it."))
    due = due_of(one)
    if due is None:
        wrong["due"] = Sentence(N_("Write the number of working days, or a date as 24.11.2026."))
    elif due.on is not None and due.on < given:
        wrong["due"] = Sentence(N_("This date is over."))
    return wrong


def due_of(one: AssignmentForm) -> Due | None:
    """By when, as it was typed; None where that is neither a number of days nor a date."""
    if one.by_date:
        try:
            return Due(on=parse_date(one.on))
        except NotADate:
            return None
    typed = one.days.strip()
    if not (typed.isascii() and typed.isdigit()) or int(typed) > MOST_DAYS:
        return None
    return Due(days=int(typed))


def _is_empty(one: AssignmentForm) -> bool:
    """A line nobody has filled in is none."""
    return not any(text.strip() for text in (one.what, one.who, one.days, one.on))


def record(
    journal: Journal, draft: Draft, *, by: SignedIn, papers: Papers | None = None, files: FileStore | None = None
) -> Recorded:
    """The protocol is final: it gets its number, its code, and its assignments; the draft is gone.

    `papers` lays them into the out-tray in the same commit: the number stands even where no printer does. With `files`
    the draft's scans belong to it from the first moment. Raises `NotAtWork`, `ProtocolForm`, `RecordedAlready`,
    `PaperGone`, `FilesFull`; then nothing is recorded.
    """
    wrong = check(draft)
    if wrong:
        raise ProtocolForm(wrong)
    written = in_its_form(draft)
    code = secret.new_secret()
    verifier = secret.make_verifier(code)
    case = uuid7(journal.clock.now_ms())
    scans = [_kept(journal, files, each) for each in draft.scans] if files is not None else []
    with journal.commit() as commit:
        working_here(commit.db, by)
        recorded = records.cases_of_visit(commit.db, draft.visit) if draft.visit else ()
        if {one.id for one in recorded} - set(draft.after):
            raise RecordedAlready(recorded)
        number = numbers.give(commit, SERIES, date(draft.received.year, 1, 1))
        facts = CaseRecorded(
            case=case,
            number=number,
            received=draft.received,
            kind=draft.kind,
            answer=draft.answer,
            secret=verifier,
            visit=draft.visit or None,
            series=draft.series or None,
            subject=draft.subject or None,
            group=draft.group or None,
            language=draft.language,
            begun=draft.begun if draft.begun >= 0 else None,
            ended=draft.ended if draft.ended >= 0 else None,
            by=by.staff,
        )
        words = CaseWords(
            name=written.name,
            iin=written.iin,
            phone=written.phone,
            address=written.address,
            ticket=draft.ticket,
            asked=written.asked,
            explained=written.explained,
            promised=written.promised,
            official=written.official,
            accepted=by.name,
            code=code,
        )
        commit.append(CASE_RECORDED, facts, words)
        given = [one for one in draft.assignments if not _is_empty(one)]
        for place, one in enumerate(given, start=1):
            _give(journal, commit, case, place, one, draft.received, by)
        for scan in scans:
            _add(commit, case, scan, by)
        drafts.drop(commit.db, draft.id)
        found = records.case_of(commit.db, case)
        assert found is not None
        if papers is not None:
            papers(commit.db, found, records.assignments_of(commit.db, case, calendar_of(commit.db)))
    return Recorded(found)


def in_its_form(draft: Draft) -> Draft:
    """The draft with spaces and numbers put in order. Raises what `details.in_order` raises; `check` tells it apart."""
    typed = VisitDetails(name=draft.name, iin=draft.iin, phone=draft.phone, address=draft.address)
    person = in_order(typed, iin_needed=False)
    return msgspec.structs.replace(
        draft,
        name=person.name,
        iin=person.iin,
        phone=person.phone,
        address=person.address,
        asked=draft.asked.strip(),
        explained=draft.explained.strip(),
        promised=draft.promised.strip(),
        official=" ".join(draft.official.split()),
    )


def give(journal: Journal, case: Case, one: AssignmentForm, *, by: SignedIn) -> Stepped:
    """One more assignment of a case. Raises `NotAtWork`, `ProtocolForm`."""
    today = local_date(journal.clock.now_ms())
    wrong = check_assignment(one, today)
    if wrong:
        raise ProtocolForm(wrong)
    with journal.commit() as commit:
        working_here(commit.db, by)
        standing = records.assignments_of(commit.db, case.id, calendar_of(commit.db))
        place = 1 + max((each.place for each in standing), default=0)
        id = _give(journal, commit, case.id, place, one, today, by)
        return Stepped(_read(commit.db, id))


def _give(
    journal: Journal, commit: Commit, case: str, place: int, one: AssignmentForm, given: date, by: SignedIn
) -> str:
    due = due_of(one)
    assert due is not None
    id = uuid7(journal.clock.now_ms())
    facts = AssignmentGiven(
        assignment=id, case=case, place=place, given=given, days=due.days, on=due.on, to=one.to or None, by=by.staff
    )
    commit.append(ASSIGNMENT_GIVEN, facts, AssignmentWords(what=one.what.strip(), who=" ".join(one.who.split())))
    return id


def begin(journal: Journal, assignment: Assignment, *, by: SignedIn) -> Stepped:
    """Somebody has begun with it. Raises `NotAtWork`, `StepOutOfPlace`."""
    return step(journal, assignment, "begun", by)


def answer(journal: Journal, assignment: Assignment, *, outcome: str, text: str, by: SignedIn) -> Stepped:
    """What was done, in the words the resident is told. Raises `NotAtWork`, `StepOutOfPlace`, `AnswerEmpty`."""
    return step(journal, assignment, "answered", by, reason=outcome, text=_words(text))


def extend(journal: Journal, assignment: Assignment, *, until: date, reason: str, text: str, by: SignedIn) -> Stepped:
    """Another date, with a reason; the resident must be told. Raises `NotAtWork`, `ExtensionForm`, `AnswerEmpty`."""
    return step(journal, assignment, "extended", by, reason=reason, text=_words(text), due=Due(on=until))


def told(journal: Journal, assignment: Assignment, *, by: SignedIn) -> Stepped:
    """The resident was told of the new date. Raises `NotAtWork`, `StepOutOfPlace`."""
    return step(journal, assignment, "told", by)


def confirm(journal: Journal, assignment: Assignment, *, by: SignedIn) -> Stepped:
    """The resident is here and says that it is done. Raises `NotAtWork`, `StepOutOfPlace`."""
    return step(journal, assignment, "confirmed", by, way="present")


def dispute(journal: Journal, assignment: Assignment, *, reason: str, text: str = "", by: SignedIn) -> Stepped:
    """The resident is here and is not content. Raises `NotAtWork`, `StepOutOfPlace`."""
    return step(journal, assignment, "disputed", by, reason=reason, text=text.strip(), way="present")


def reopen(journal: Journal, assignment: Assignment, *, due: Due, text: str = "", by: SignedIn) -> Stepped:
    """It is worked on again, by another date. Raises `NotAtWork`, `StepOutOfPlace`."""
    return step(journal, assignment, "reopened", by, text=text.strip(), due=due)


def close(journal: Journal, assignment: Assignment, *, reason: str, text: str, by: SignedIn) -> Stepped:
    """It ends without the resident's word. Raises `NotAtWork`, `StepOutOfPlace`, `AnswerEmpty`."""
    return step(journal, assignment, "closed", by, reason=reason, text=_words(text))


def step(
    journal: Journal,
    assignment: Assignment,
    name: StepName,
    by: SignedIn | None,
    *,
    reason: str = "",
    text: str = "",
    due: Due | None = None,
    way: Literal["staff", "present", "kiosk"] = "staff",
) -> Stepped:
    """One step of any kind; `by` None: the resident's own, at a kiosk. Raises as the actions above do."""
    today = local_date(journal.clock.now_ms())
    with journal.commit() as commit:
        if by is not None:
            working_here(commit.db, by)
        now = _read(commit.db, assignment.id)
        if not now.life.fits(name):
            raise StepOutOfPlace
        if name == "extended" and due is not None and due.on is not None:
            check_extension(now.life, due.on, calendar_of(commit.db))
        facts = AssignmentStepped(
            assignment=assignment.id,
            step=name,
            on=today,
            days=due.days if due else None,
            due=due.on if due else None,
            reason=reason or None,
            way=way,
            by=by.staff if by else None,
        )
        words = StepWords(text=text, author=by.name) if by else None
        commit.append(ASSIGNMENT_STEPPED, facts, words)
        return Stepped(_read(commit.db, assignment.id))


def _words(text: str) -> str:
    if not text.strip():
        raise AnswerEmpty
    if len(text) > LONGEST:
        raise TextTooLong(longest=LONGEST)
    return text.strip()


def _read(db: Database, id: str) -> Assignment:
    found = records.assignment_of(db, id, calendar_of(db))
    if found is None:
        raise StepOutOfPlace
    return found


# ---- papers that were scanned


class _Scan(NamedTuple):
    """A scan whose file is kept: its number in the in-tray, its media type, and where it lies."""

    tray: InTray
    number: int
    media: str
    ref: Ref


def add_scan(journal: Journal, files: FileStore, case: Case, number: int, *, by: SignedIn) -> Recorded:
    """A scan of the in-tray belongs to the case from now on. Raises `NotAtWork`, `PaperGone`, `FilesFull`."""
    scan = _kept(journal, files, number)
    with journal.commit() as commit:
        working_here(commit.db, by)
        _add(commit, case.id, scan, by)
    return Recorded(case)


def _kept(journal: Journal, files: FileStore, number: int) -> _Scan:
    from akimat_desk.papers.tray import InTray

    tray = InTray(journal.store, journal.clock)
    paper = tray.look(number)
    return _Scan(tray, number, paper.media_type, files.put(BytesIO(paper.data), personal=True))


def _add(commit: Commit, case: str, scan: _Scan, by: SignedIn) -> None:
    facts = CasePaperAdded(case=case, hash=scan.ref.hash, size=scan.ref.size, media=scan.media, by=by.staff)  # type: ignore[arg-type]
    commit.append(CASE_PAPER_ADDED, facts)
    scan.tray.done(commit.db, scan.number)
