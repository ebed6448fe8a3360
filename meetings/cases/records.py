"""Cases, assignments and their steps: tables made of the journal, and what is read of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, cast

import peewee

from akimat_desk.base.locale import fold
from akimat_desk.files import Ref
from meetings.cases.rules import ENDED, Due, Life, State, Step, StepName, life, standing, urgency

if TYPE_CHECKING:
    from akimat_desk.base.words import Language
    from akimat_desk.calendar.days import WorkingDays
    from akimat_desk.store import Database

TOPIC: Final = "meetings.cases"
MISTAKE: Final = "mistake"
"""Of `legal.CLOSINGS`."""


class CaseRow(peewee.Model):
    """An appeal with its protocol. Personal columns are empty where this PC may not hold them, and once erased."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    number = peewee.TextField()
    number_folded = peewee.TextField(index=True)
    received = peewee.TextField(index=True)
    kind = peewee.TextField()
    answer = peewee.TextField()
    secret = peewee.BlobField()
    visit = peewee.TextField(null=True, index=True)
    series = peewee.TextField(null=True)
    subject = peewee.TextField(default="")
    person_group = peewee.TextField(default="")
    language = peewee.TextField(default="kk")
    begun = peewee.IntegerField(null=True)
    ended = peewee.IntegerField(null=True)
    by = peewee.TextField(null=True)
    name = peewee.TextField(null=True)
    iin = peewee.TextField(null=True)
    phone = peewee.TextField(null=True)
    address = peewee.TextField(null=True)
    ticket = peewee.TextField(null=True)
    asked = peewee.TextField(null=True)
    explained = peewee.TextField(null=True)
    promised = peewee.TextField(null=True)
    official = peewee.TextField(null=True)
    accepted = peewee.TextField(null=True)
    code = peewee.TextField(null=True)
    found_by = peewee.TextField(null=True)

    class Meta:
        table_name = "meetings_case"
        indexes = ((("received", "at", "found_by"), False),)  # a search reads this, not the words of every case


class AssignmentRow(peewee.Model):
    """Something somebody must do. `state` is worked out of its steps by `settle`, whatever came first."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    case = peewee.TextField(index=True)
    place = peewee.IntegerField()
    given = peewee.TextField()
    days = peewee.IntegerField(null=True)
    on = peewee.TextField(null=True)
    to = peewee.TextField(null=True)
    by = peewee.TextField(null=True)
    state = peewee.TextField(default="open", index=True)
    what = peewee.TextField(null=True)
    who = peewee.TextField(null=True)

    class Meta:
        table_name = "meetings_assignment"


class StepRow(peewee.Model):
    """A step of an assignment's life."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    assignment = peewee.TextField(index=True)
    step = peewee.TextField()
    on = peewee.TextField()
    days = peewee.IntegerField(null=True)
    due = peewee.TextField(null=True)
    reason = peewee.TextField(default="")
    way = peewee.TextField(default="staff")
    by = peewee.TextField(null=True)
    text = peewee.TextField(null=True)
    author = peewee.TextField(null=True)

    class Meta:
        table_name = "meetings_assignment_step"


class CasePaperRow(peewee.Model):
    """A scan that belongs to a case."""

    id = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    case = peewee.TextField(index=True)
    hash = peewee.BlobField()
    size = peewee.IntegerField()
    media = peewee.TextField()

    class Meta:
        table_name = "meetings_case_paper"


PROJECTIONS: Final = (CaseRow, AssignmentRow, StepRow, CasePaperRow)


def settle(db: Database, assignment: str) -> None:
    """Write the state that an assignment's steps give, where the assignment is here already."""
    connection = db.connection()
    names = connection.execute(
        "SELECT step FROM meetings_assignment_step WHERE assignment = ? ORDER BY at, id", (assignment,)
    ).fetchall()
    state = standing(cast(StepName, name) for (name,) in names)
    connection.execute("UPDATE meetings_assignment SET state = ? WHERE id = ?", (state, assignment))


# ---- reads


@dataclass(frozen=True, slots=True)
class Case:
    """An appeal as staff see it; personal fields are "" where this PC does not hold them."""

    id: str
    at: int
    number: str
    received: date
    corrected: date | None
    """The day of the last correction; None where the first text counts."""
    kind: str
    answer: str
    secret: bytes
    visit: str | None
    series: str | None
    subject: str
    group: str
    language: Language
    begun: int | None
    ended: int | None
    by: str | None
    name: str
    iin: str
    phone: str
    address: str
    ticket: str
    asked: str
    explained: str
    promised: str
    official: str
    accepted: str
    code: str

    @property
    def at_ms(self) -> int:
        """When it was accepted."""
        return self.at >> 16


_CASE: Final = (
    "id, at, number, received,"
    ' (SELECT max(k."on") FROM meetings_case_correction k WHERE k."case" = meetings_case.id),'
    " kind, answer, secret, visit, series, subject, person_group, language, begun, ended, by,"
    " coalesce(name, ''), coalesce(iin, ''), coalesce(phone, ''), coalesce(address, ''), coalesce(ticket, ''),"
    " coalesce(asked, ''), coalesce(explained, ''), coalesce(promised, ''), coalesce(official, ''),"
    " coalesce(accepted, ''), coalesce(code, '')"
)


_ASSIGNMENT: Final = (
    'a.id, a."case", a.place, coalesce(a.what, \'\'), coalesce(a.who, \'\'), a."to", a.given, a.days, a."on"'
)


@dataclass(frozen=True, slots=True)
class Told:
    """A step with its words; `counts` false: it did not fit when it came, and changed nothing."""

    step: Step
    reason: str
    way: str
    text: str
    author: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment with its whole story, as of the calendar it was read with."""

    id: str
    case: Case
    place: int
    what: str
    who: str
    to: str | None
    asked: Due
    life: Life
    story: tuple[Told, ...]

    @property
    def answer(self) -> Told | None:
        """The last answer that counts."""
        return next((one for one in reversed(self.story) if one.counts and one.step.name == "answered"), None)

    @property
    def mistaken(self) -> bool:
        """Whether it was ended as written down by mistake: no paper tells of it any more."""
        return self.life.state == "closed" and any(one.counts and one.reason == MISTAKE for one in self.story)


def case_of(db: Database, id: str) -> Case | None:
    """The case with that id."""
    found = _cases(db, "id = ?", (id,))
    return found[0] if found else None


def cases_of_day(db: Database, first: date, last: date) -> tuple[Case, ...]:
    """The cases received between two days, in the order they were accepted."""
    return _cases(db, "received BETWEEN ? AND ? ORDER BY received, at, id", (first.isoformat(), last.isoformat()))


def cases_of_visit(db: Database, visit: str) -> tuple[Case, ...]:
    """The protocols of one visit."""
    return _cases(db, "visit = ? ORDER BY at, id", (visit,))


def find_cases(db: Database, typed: str, limit: int = 200) -> tuple[Case, ...]:
    """The newest cases whose number, name or IIN holds every typed word."""
    words = fold(typed).split()
    where = " AND ".join(["instr(found_by, ?)"] * len(words)) or "1"
    newest = "ORDER BY received DESC, at DESC"
    found = f"SELECT rowid FROM meetings_case WHERE {where} {newest} LIMIT {int(limit)}"  # noqa: S608 (marks only)
    return _cases(db, f"rowid IN ({found}) {newest}", tuple(words))


def cases_of_person(db: Database, iin: str, name: str) -> tuple[Case, ...]:
    """The appeals of somebody, the newest first: by IIN, where it is not known by the whole name."""
    if iin:
        return tuple(one for one in find_cases(db, iin) if one.iin == iin)
    return tuple(one for one in find_cases(db, name) if fold(one.name) == fold(name)) if name.strip() else ()


def with_number(db: Database, number: str) -> tuple[Case, ...]:
    """The cases of that number as somebody typed it: one, in a room whose journal is whole."""
    return _cases(db, "number_folded = ?", (fold("".join(number.split())),))


def last_official(db: Database) -> str:
    """Who received last, as it stood on the protocol; "" where nobody did yet."""
    row = db.execute_sql("SELECT official FROM meetings_case WHERE official <> '' ORDER BY at DESC LIMIT 1").fetchone()
    return row[0] if row else ""


def _cases(db: Database, where: str, values: Sequence[str]) -> tuple[Case, ...]:
    rows = db.execute_sql(f"SELECT {_CASE} FROM meetings_case WHERE {where}", tuple(values)).fetchall()  # noqa: S608
    return tuple(
        Case(id, at, number, date.fromisoformat(day), date.fromisoformat(corrected) if corrected else None, *rest)
        for id, at, number, day, corrected, *rest in rows
    )


def assignments_of(db: Database, case: str, days: WorkingDays) -> tuple[Assignment, ...]:
    """The assignments of a case, in their order."""
    return _assignments(db, 'a."case" = ? ORDER BY a.place, a.at, a.id', (case,), days)


def assignment_of(db: Database, id: str, days: WorkingDays) -> Assignment | None:
    """One assignment."""
    found = _assignments(db, "a.id = ?", (id,), days)
    return found[0] if found else None


def living(db: Database, days: WorkingDays, today: date) -> tuple[Assignment, ...]:
    """All that wait for somebody: the overdue first, as `rules.urgency` has it."""
    marks = ", ".join("?" * len(ENDED))
    found = _assignments(db, f"a.state NOT IN ({marks})", tuple(sorted(ENDED)), days)
    return tuple(
        sorted(found, key=lambda one: (*urgency(one.life, today), one.case.received, one.case.number, one.place))
    )


def ended(db: Database, days: WorkingDays, limit: int = 200) -> tuple[Assignment, ...]:
    """What residents have confirmed and what was closed, the newest first."""
    marks = ", ".join("?" * len(ENDED))
    where = f"a.state IN ({marks}) ORDER BY a.given DESC, a.at DESC LIMIT {int(limit)}"
    return _assignments(db, where, tuple(sorted(ENDED)), days)


def _assignments(db: Database, where: str, values: Sequence[str], days: WorkingDays) -> tuple[Assignment, ...]:
    rows = db.execute_sql(
        f"SELECT {_ASSIGNMENT} FROM meetings_assignment a WHERE {where}",  # noqa: S608 (our own words)
        tuple(values),
    ).fetchall()
    cases = {one.id: one for one in _some_cases(db, {row[1] for row in rows})}
    stories = _stories(db, [row[0] for row in rows])
    found = []
    for id, case, place, what, who, to, given, working_days, on in rows:
        if case not in cases:
            continue  # its protocol has not arrived yet
        due = Due(working_days, date.fromisoformat(on) if on else None)
        told = stories.get(id, [])
        now = life(date.fromisoformat(given), due, [one[0] for one in told], days)
        story = tuple(Told(*one, counts=one[0].id in now.counted) for one in told)
        found.append(Assignment(id, cases[case], place, what, who, to, due, now, story))
    return tuple(found)


def _some_cases(db: Database, ids: Iterable[str]) -> list[Case]:
    found: list[Case] = []
    for some in _portions(sorted(ids)):
        found += _cases(db, f"id IN ({', '.join('?' * len(some))})", some)
    return found


def _stories(db: Database, ids: Sequence[str]) -> dict[str, list[tuple[Step, str, str, str, str]]]:
    found: dict[str, list[tuple[Step, str, str, str, str]]] = {}
    for some in _portions(ids):
        rows = db.execute_sql(
            "SELECT id, at, assignment, step, \"on\", days, due, reason, way, coalesce(text, ''), coalesce(author, '')"  # noqa: S608
            f" FROM meetings_assignment_step WHERE assignment IN ({', '.join('?' * len(some))}) ORDER BY at, id",
            some,
        ).fetchall()
        for id, at, assignment, name, on, working_days, due, reason, way, text, author in rows:
            new = (
                Due(working_days, date.fromisoformat(due) if due else None) if working_days is not None or due else None
            )
            step = Step(name, at, id, date.fromisoformat(on), new)
            found.setdefault(assignment, []).append((step, reason, way, text, author))
    return found


def _portions(ids: Sequence[str], size: int = 500) -> Iterable[tuple[str, ...]]:
    """SQLite takes so many values at once."""
    return (tuple(ids[start : start + size]) for start in range(0, len(ids), size))


def states(db: Database) -> dict[State, int]:
    """How many assignments stand how."""
    return dict(db.execute_sql("SELECT state, count(*) FROM meetings_assignment GROUP BY state").fetchall())


def papers_of(db: Database, case: str) -> tuple[tuple[Ref, str], ...]:
    """The scans of a case, with their media types, in the order they came."""
    rows = db.execute_sql(
        'SELECT hash, size, media FROM meetings_case_paper WHERE "case" = ? ORDER BY at, id', (case,)
    ).fetchall()
    return tuple((Ref(bytes(hash), size, personal=True), media) for hash, size, media in rows)


def files(db: Database) -> Iterable[Ref]:
    """See `Service.files`."""
    rows = db.execute_sql("SELECT DISTINCT hash, size FROM meetings_case_paper").fetchall()
    return [Ref(bytes(hash), size, personal=True) for hash, size in rows]
