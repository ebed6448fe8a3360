"""A protocol while it is written, and a correction of one: kept in encrypted tables of this PC at every pause, so that
nothing is lost when the PC dies in the middle of a talk. They are gone as soon as they are final or thrown away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from akimat_desk.base.clock import Clock
from akimat_desk.base.ids import uuid7
from akimat_desk.base.words import Language
from akimat_desk.store import Migration
from meetings.cases.records import TOPIC

if TYPE_CHECKING:
    from akimat_desk.store import Database, Store


class AssignmentForm(msgspec.Struct):
    """An assignment as it is typed: `days` working days, or a date where `by_date`."""

    what: str = ""
    who: str = ""
    to: str = ""
    days: str = ""
    on: str = ""
    by_date: bool = False


class Draft(msgspec.Struct):
    """A protocol as it is typed. `visit` is "" for an oral appeal at the desk; times are minutes, -1 for none."""

    id: str
    received: date
    visit: str = ""
    series: str = ""
    ticket: str = ""
    name: str = ""
    iin: str = ""
    phone: str = ""
    address: str = ""
    kind: str = "application"
    answer: str = "written"
    subject: str = ""
    group: str = ""
    language: Language = "kk"
    asked: str = ""
    explained: str = ""
    promised: str = ""
    official: str = ""
    begun: int = -1
    ended: int = -1
    after: tuple[str, ...] = ()
    """Cases of the same visit that were recorded when this one was begun: it is said to be another appeal."""
    scans: tuple[int, ...] = ()
    """Numbers in the in-tray of the papers that belong to it."""
    assignments: list[AssignmentForm] = msgspec.field(default_factory=lambda: [AssignmentForm()])


def new(clock: Clock, received: date, **known: object) -> Draft:
    """An empty protocol, with what is known of the visit."""
    return msgspec.convert({"id": uuid7(clock.now_ms()), "received": received, **known}, Draft)


@dataclass(frozen=True, slots=True)
class Kept:
    """Something was written down: lists of what is not final tell of it."""

    topics: tuple[str, ...] = (TOPIC,)


def keep(store: Store, clock: Clock, draft: Draft) -> Kept:
    """Write the draft down; when this returns it survives a power cut (blocks)."""
    with store.write() as db:
        db.execute_sql(
            "INSERT INTO meetings_draft (id, visit, content, changed_ms) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET content = excluded.content, changed_ms = excluded.changed_ms",
            (draft.id, draft.visit, msgspec.json.encode(draft), clock.now_ms()),
        )
    return Kept()


def kept(db: Database) -> tuple[Draft, ...]:
    """What was begun and is not final yet, the latest first."""
    rows = db.execute_sql("SELECT content FROM meetings_draft ORDER BY changed_ms DESC, id").fetchall()
    return tuple(msgspec.json.decode(bytes(content), type=Draft) for (content,) in rows)


def of_visit(db: Database, visit: str) -> Draft | None:
    """The draft begun for a visit."""
    return next((one for one in kept(db) if one.visit == visit), None)


def drop(db: Database, id: str) -> None:
    """It is final, or thrown away."""
    db.execute_sql("DELETE FROM meetings_draft WHERE id = ?", (id,))


class CorrectionDraft(msgspec.Struct, frozen=True):
    """A correction as it is typed: the lines that are to read otherwise, by name, and why. `seen` are the corrections
    its author had read (`Texts.seen`).
    """

    case: str
    number: str
    lines: dict[str, str] = {}
    why: str = ""
    seen: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is typed."""
        return not self.lines and not self.why.strip()


def keep_correction(store: Store, clock: Clock, draft: CorrectionDraft) -> Kept:
    """Write the correction down, as `keep`; where nothing is typed any more, it is gone (blocks)."""
    with store.write() as db:
        if draft.empty:
            drop_correction(db, draft.case)
        else:
            db.execute_sql(
                "INSERT INTO meetings_correction_draft (case_id, content, changed_ms) VALUES (?, ?, ?)"
                " ON CONFLICT (case_id) DO UPDATE SET content = excluded.content, changed_ms = excluded.changed_ms",
                (draft.case, msgspec.json.encode(draft), clock.now_ms()),
            )
    return Kept()


def correction_of(db: Database, case: str) -> CorrectionDraft | None:
    """The correction that was begun for a case."""
    return next((one for one in kept_corrections(db) if one.case == case), None)


def kept_corrections(db: Database) -> tuple[CorrectionDraft, ...]:
    """Corrections that were begun and are not written yet, the latest first."""
    rows = db.execute_sql("SELECT content FROM meetings_correction_draft ORDER BY changed_ms DESC, case_id").fetchall()
    return tuple(msgspec.json.decode(bytes(content), type=CorrectionDraft) for (content,) in rows)


def drop_correction(db: Database, case: str) -> None:
    """It is written, or thrown away."""
    db.execute_sql("DELETE FROM meetings_correction_draft WHERE case_id = ?", (case,))


def _make(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE meetings_draft (id TEXT PRIMARY KEY, visit TEXT NOT NULL, content BLOB NOT NULL,"
        " changed_ms INTEGER NOT NULL) WITHOUT ROWID"
    )


def _make_corrections(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE meetings_correction_draft (case_id TEXT PRIMARY KEY, content BLOB NOT NULL,"
        " changed_ms INTEGER NOT NULL) WITHOUT ROWID"
    )


MIGRATIONS: Final = (
    Migration("meetings.drafts", _make),
    Migration("meetings.correction_drafts", _make_corrections),
)
