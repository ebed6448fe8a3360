"""The two trays of a PC: papers that wait to be printed, and papers that came in and wait for their service.

Anyone lays a paper into the out-tray, inside the same transaction that gives out its number: the number stands even
while its paper waits for a printer. `printing` takes papers out. Scans come into the in-tray for the service they are
meant for. Both lie in a table of this PC, encrypted like everything in the database, and a paper's content is dropped
as soon as it is printed, taken in or cancelled. Ballots and receipts of a vote never pass through here: they touch no
disk.

    waiting ─► taken ─► printed            the paper came out
       ▲         ├────► waiting            it certainly did not; tried again after a pause that grows
       │         └────► asking             nobody can know; staff look and say which of the two
       └── cancelled ◄── waiting, asking
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import msgspec

from akimat_desk.base.clock import Clock
from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_, Sentence
from akimat_desk.papers.receipt import Receipt
from akimat_desk.store import Migration

if TYPE_CHECKING:
    from akimat_desk.store import Database, Store

TOPIC: Final = "papers.trays"
LARGEST: Final = 48 * 1024 * 1024
"""Bytes of one paper: some hundred scanned pages."""
PAUSES: Final = (10, 30, 60, 300)
"""Seconds after the first time a paper could not be printed, the second, and so on; the last one stays."""

State = Literal["waiting", "taken", "asking", "printed", "cancelled"]
_LISTED: Final = "number, service, title, kind, state, copies, tries, why, put_ms, changed_ms"
_OPEN: Final = "('waiting', 'taken', 'asking')"


class PaperTooLarge(Refused):
    """More than a tray holds."""

    code = "paper-too-large"
    resident_text = N_("This document is too large. Call a member of staff.")
    staff_text = N_("This document is too large for the tray.")
    next_text = N_("Make it in several parts.")


class PaperGone(Refused):
    """The paper was printed, taken or cancelled meanwhile."""

    code = "paper-gone"
    staff_text = N_("This paper is no longer in the tray.")
    next_text = N_("Look at the list again.")


@dataclass(frozen=True, slots=True)
class Paper:
    """What is laid into the out-tray. `title` is what staff read in the list; it names no person.

    Either `pdf`, for a sheet printer, or `receipt`, which a receipt printer draws at its own width and any other
    printer on a sheet (`receipt_drawing.draw_pdf`).
    """

    title: Sentence
    pdf: bytes | None = None
    receipt: Receipt | None = None
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper in a tray as staff see it; times are milliseconds since 1970. `why` is the code of what held it up."""

    number: int
    service: str
    title: Sentence
    kind: Literal["sheet", "receipt", "scan"]
    state: State
    copies: int
    tries: int
    why: str
    put_ms: int
    changed_ms: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A paper in the hands of whoever prints it; say then how it ended."""

    number: int
    paper: Paper
    tries: int


@dataclass(frozen=True, slots=True)
class Scan:
    """A paper that came in: `data` of a media type ("application/pdf", "image/png")."""

    number: int
    title: Sentence
    media_type: str
    data: bytes = field(repr=False)


def put(db: Database, clock: Clock, service: str, paper: Paper) -> int:
    """Lay `paper` into the out-tray; its number in the tray. Inside `Store.write` or a commit of the journal."""
    assert (paper.pdf is None) != (paper.receipt is None)
    assert paper.copies >= 1
    kind = "sheet" if paper.receipt is None else "receipt"
    content = msgspec.json.encode(paper.receipt) if paper.pdf is None else paper.pdf
    return _insert(db, clock, "out", service, kind, paper.title, content, paper.copies)


class OutTray:
    """What waits to be printed on this PC. Safe from any thread but the screen's."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def put(self, service: str, paper: Paper) -> int:
        """Lay a paper in; when this returns it survives a power cut."""
        with self._store.write() as db:
            return put(db, self._clock, service, paper)

    def take(self, *kinds: Literal["sheet", "receipt"]) -> Taken | None:
        """The oldest paper of these kinds whose time has come, now "taken"; None when there is none."""
        now = self._clock.now_ms()
        longest = PAUSES[-1] * 1000
        with self._store.write() as db:
            # A clock that was turned back must not keep a paper waiting for years.
            row = db.execute_sql(
                "SELECT number, kind, title, content, copies, tries FROM papers_tray WHERE tray = 'out'"
                " AND state = 'waiting' AND instr(?, kind) AND (not_before_ms <= ? OR not_before_ms > ?)"
                " ORDER BY number LIMIT 1",
                (" ".join(kinds), now, now + longest),
            ).fetchone()
            if row is None:
                return None
            number, kind, title, content, copies, tries = row
            self._set(db, number, "taken", tries=tries + 1)
        data = bytes(content)
        pdf, receipt = (data, None) if kind == "sheet" else (None, msgspec.json.decode(data, type=Receipt))
        return Taken(number, Paper(_title(title), pdf, receipt, copies), tries + 1)

    def printed(self, number: int) -> None:
        """It came out. Its content is dropped. Raises `PaperGone`."""
        self._end(number, "printed", ("taken", "asking"))

    def not_printed(self, number: int, why: str) -> None:
        """It certainly did not come out; it is tried again after a pause. `why` is the code of the error."""
        with self._store.write() as db:
            tries = self._state(db, number, ("taken", "asking"))
            pause = PAUSES[min(max(tries, 1), len(PAUSES)) - 1]
            self._set(db, number, "waiting", why=why, not_before_ms=self._clock.now_ms() + pause * 1000)

    def unknown(self, number: int, why: str) -> None:
        """Nobody can know whether it came out; staff are asked (`printed` or `not_printed`). Raises `PaperGone`."""
        with self._store.write() as db:
            self._state(db, number, ("taken",))
            self._set(db, number, "asking", why=why)

    def left_taken(self) -> int:
        """At the keeper's start: whatever was in hand when the desk went down is asked about; how many."""
        with self._store.write() as db:
            rows = db.execute_sql("SELECT number FROM papers_tray WHERE tray = 'out' AND state = 'taken'").fetchall()
            for (number,) in rows:
                self._set(db, number, "asking", why="desk-went-down")
        return len(rows)

    def at_once(self, number: int) -> None:
        """Staff have put paper in: do not wait out the pause. Raises `PaperGone`."""
        with self._store.write() as db:
            self._state(db, number, ("waiting", "asking"))
            self._set(db, number, "waiting", not_before_ms=0)

    def cancel(self, number: int) -> None:
        """It is not needed any more. Its content is dropped. Raises `PaperGone`."""
        self._end(number, "cancelled", ("waiting", "asking"))

    def papers(self) -> tuple[Waiting, ...]:
        """What is not yet done with, oldest first."""
        return _listed(self._store, f"tray = 'out' AND state IN {_OPEN}", ())

    def tidy(self, days: int = 7) -> int:
        """Forget what was printed or cancelled so long ago; how many. The keeper calls it."""
        with self._store.write() as db:
            return int(
                db.execute_sql(
                    f"DELETE FROM papers_tray WHERE state NOT IN {_OPEN} AND changed_ms < ?",  # noqa: S608
                    (self._clock.now_ms() - days * 86_400_000,),
                ).rowcount
            )

    def _end(self, number: int, state: State, before: tuple[State, ...]) -> None:
        with self._store.write() as db:
            self._state(db, number, before)
            self._set(db, number, state, content=None, why="")

    def _state(self, db: Database, number: int, expected: tuple[State, ...]) -> int:
        row = db.execute_sql("SELECT state, tries FROM papers_tray WHERE number = ?", (number,)).fetchone()
        if row is None or row[0] not in expected:
            raise PaperGone
        return int(row[1])

    def _set(self, db: Database, number: int, state: State, **columns: Any) -> None:
        values = {"state": state, "changed_ms": self._clock.now_ms(), **columns}
        names = ", ".join(f"{name} = ?" for name in values)
        db.execute_sql(f"UPDATE papers_tray SET {names} WHERE number = ?", (*values.values(), number))  # noqa: S608


class InTray:
    """Scans that wait for the service they are meant for."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def put(self, service: str, title: Sentence, media_type: str, data: bytes) -> int:
        """Lay a scan in for `service`; its number in the tray. Raises `PaperTooLarge`."""
        with self._store.write() as db:
            return _insert(db, self._clock, "in", service, f"scan {media_type}", title, data, 1)

    def papers(self, service: str) -> tuple[Waiting, ...]:
        """What waits for `service`, oldest first."""
        return _listed(self._store, f"tray = 'in' AND service = ? AND state IN {_OPEN}", (service,))

    def look(self, number: int) -> Scan:
        """The scan itself; it stays in the tray until `done`. Raises `PaperGone`."""
        with self._store.read() as db:
            row = db.execute_sql(
                "SELECT title, kind, content FROM papers_tray WHERE number = ? AND tray = 'in'", (number,)
            ).fetchone()
        if row is None:
            raise PaperGone
        title, kind, content = row
        return Scan(number, _title(title), kind.partition(" ")[2], bytes(content))

    def done(self, db: Database, number: int) -> None:
        """The service has it, or it is thrown away: it leaves the tray, in the transaction that keeps it elsewhere."""
        if db.execute_sql("DELETE FROM papers_tray WHERE number = ? AND tray = 'in'", (number,)).rowcount != 1:
            raise PaperGone


def _make(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE papers_tray (number INTEGER PRIMARY KEY AUTOINCREMENT, tray TEXT NOT NULL, service TEXT NOT NULL,"
        " kind TEXT NOT NULL, title BLOB NOT NULL, copies INTEGER NOT NULL, state TEXT NOT NULL,"
        " tries INTEGER NOT NULL, why TEXT NOT NULL, put_ms INTEGER NOT NULL, changed_ms INTEGER NOT NULL,"
        " not_before_ms INTEGER NOT NULL, content BLOB)"  # last: what stands before it is read without it
    )
    db.execute_sql("CREATE INDEX papers_tray_state ON papers_tray (tray, state, number)")


MIGRATIONS: Final = (Migration("papers.tray", _make),)


def _insert(
    db: Database, clock: Clock, tray: str, service: str, kind: str, title: Sentence, content: bytes, copies: int
) -> int:
    if len(content) > LARGEST:
        raise PaperTooLarge
    now = clock.now_ms()
    words = msgspec.json.encode([title.msgid, dict(title.values)])
    row = db.execute_sql(
        "INSERT INTO papers_tray (tray, service, kind, title, content, copies, state, tries, why, put_ms, changed_ms,"
        " not_before_ms) VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, '', ?, ?, 0) RETURNING number",
        (tray, service, kind, words, content, copies, now, now),
    ).fetchone()
    return int(row[0])


def _listed(store: Store, where: str, values: tuple[str, ...]) -> tuple[Waiting, ...]:
    with store.read() as db:
        rows = db.execute_sql(
            f"SELECT {_LISTED} FROM papers_tray WHERE {where} ORDER BY number",  # noqa: S608 (our own words)
            values,
        ).fetchall()
    return tuple(
        Waiting(number, service, _title(title), cast(Any, kind.partition(" ")[0]), state, *rest)
        for number, service, title, kind, state, *rest in rows
    )


def _title(data: bytes) -> Sentence:
    msgid, values = msgspec.json.decode(bytes(data), type=tuple[str, dict[str, Any]])
    return Sentence(msgid, values)
