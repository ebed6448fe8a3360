"""A protocol while it is written: kept in an encrypted table of this PC at every pause, so that nothing is lost when
the PC dies in the middle of a talk. It is gone as soon as the protocol is final or thrown away.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from akimat_desk.base.clock import Clock
from akimat_desk.base.ids import uuid7
from akimat_desk.base.words import Language
from akimat_desk.store import Migration

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
    scans: tuple[int, ...] = ()
    """Numbers in the in-tray of the papers that belong to it."""
    assignments: list[AssignmentForm] = msgspec.field(default_factory=lambda: [AssignmentForm()])


def new(clock: Clock, received: date, **known: object) -> Draft:
    """An empty protocol, with what is known of the visit."""
    return msgspec.convert({"id": uuid7(clock.now_ms()), "received": received, **known}, Draft)


def keep(store: Store, clock: Clock, draft: Draft) -> None:
    """Write the draft down; when this returns it survives a power cut (blocks)."""
    with store.write() as db:
        db.execute_sql(
            "INSERT INTO meetings_draft (id, visit, content, changed_ms) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET content = excluded.content, changed_ms = excluded.changed_ms",
            (draft.id, draft.visit, msgspec.json.encode(draft), clock.now_ms()),
        )


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


def _make(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE meetings_draft (id TEXT PRIMARY KEY, visit TEXT NOT NULL, content BLOB NOT NULL,"
        " changed_ms INTEGER NOT NULL) WITHOUT ROWID"
    )


MIGRATIONS: Final = (Migration("meetings.drafts", _make),)
