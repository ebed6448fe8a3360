"""A document that waits under a code, as screens, commands and the room's other PCs see it, and the list of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from printing.layout import Pages
from printing.records import SpoolRow
from printing.rules import Options, Quote
from printing.spool import SpooledJob, job_of

if TYPE_CHECKING:
    from akimat_desk.store import Database

State = Literal["coming", "held", "handing", "handed", "released", "done", "cancelled", "expired"]
MOST_LISTED: Final = 200


_RELEASED: Final = "state = 'released'"
_HANDING: Final = "state = 'handing'"
_IS_HELD: Final = "state = 'held'"
_OVER: Final = "state IN ('done', 'cancelled', 'expired') AND changed_ms >= ?"
_COUNT: Final = "SELECT count(*) FROM printing_held"
_SELECT: Final = (
    'SELECT held, code, device, seat, state, pages, options, quote, size, "key" IS NOT NULL, created_ms, changed_ms,'
    " due_ms, job FROM printing_held"
)
_pages = msgspec.msgpack.Decoder(Pages).decode
_options = msgspec.msgpack.Decoder(Options).decode
_quote = msgspec.msgpack.Decoder(Quote).decode


@dataclass(frozen=True, slots=True)
class HeldJob:
    """A held document as screens, commands and the room's other PCs see it. Times are milliseconds since 1970.

    `device` and `seat` are the PC it came from. `job` is its last release. `there`: its document is not yet destroyed.
    """

    held: str
    code: str
    device: str
    seat: int
    state: State
    pages: Pages
    options: Options
    quote: Quote
    size: int
    there: bool
    created_ms: int
    changed_ms: int
    due_ms: int
    job: SpooledJob | None = None

    @property
    def waits(self) -> bool:
        """Whether it can be released now."""
        return self.state == "held" and self.there

    @property
    def can_again(self) -> bool:
        """Whether it can be printed once more without paying: it came out, and its document is still there."""
        return self.state == "done" and self.there


@dataclass(frozen=True, slots=True)
class Found:
    """The first of what was looked for, and how many there are; of all, how many wait."""

    jobs: tuple[HeldJob, ...]
    total: int
    waiting: int


def find(db: Database, typed: str = "", limit: int = MOST_LISTED, *, since_ms: int = 0) -> Found:
    """Documents whose code begins with `typed`: those that wait, that print, and those over since `since_ms`.

    What needs a person comes first, the newest before the older.
    """
    begins, codes = (" AND code BETWEEN ? AND ?", (typed, typed + "\U0010ffff")) if typed else ("", ())
    jobs: list[HeldJob] = []
    total = 0
    # Each state by itself: then SQLite walks an index backwards, instead of sorting all that wait.
    for states, since in ((_RELEASED, ()), (_HANDING, ()), (_IS_HELD, ()), (_OVER, (since_ms,))):
        which, values = states + begins, (*since, *codes)
        number = _count(db, which, *values)
        if number and limit > len(jobs):
            jobs += read(db, which, *values, most=limit - len(jobs))
        total += number
    return Found(tuple(jobs), total, _count(db, _IS_HELD))


def read(db: Database, which: str, *values: object, most: int = 1) -> list[HeldJob]:
    """The last `most` documents for which the condition `which` holds, the newest first.

    Written by hand: a library that builds the question, and an object of each row, take as long as the screen does.
    """
    rows = db.execute_sql(f"{_SELECT} WHERE {which} ORDER BY rowid DESC LIMIT ?", (*values, most)).fetchall()
    released = [row[-1] for row in rows if row[-1]]
    jobs = {}
    if released:
        jobs = {row.job: job_of(row) for row in SpoolRow.select().where(SpoolRow.job.in_(released)).execute(db)}
    return [
        HeldJob(
            held, code, device, seat, state, _pages(pages), _options(options), _quote(quote), size, bool(there),
            created_ms, changed_ms, due_ms, jobs.get(job),
        )
        for held, code, device, seat, state, pages, options, quote, size, there, created_ms, changed_ms, due_ms, job
        in rows
    ]  # fmt: skip


def _count(db: Database, which: str, *values: object) -> int:
    """For how many documents the condition `which` holds."""
    (number,) = db.execute_sql(f"{_COUNT} WHERE {which}", values).fetchone()
    return int(number)
