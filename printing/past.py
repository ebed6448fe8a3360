"""What a printer of this PC has been through: its last jobs and faults, its counter beside our count. For staff.

Kept on this PC alone, without titles or persons, for the page of the printer; what a job cost stands in the journal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import peewee

from printing.devices.reasons import trouble
from printing.records import PastRow, PrintedJob

if TYPE_CHECKING:
    from akimat_desk.store import Database

What = Literal["job", "fault", "counter"]

_AWAY: Final = {"printer-not-reached": "printer-offline", "printer-reply-lost": "printer-offline"}
"""How exactly a printer did not answer matters to its job, not to its past."""
KEPT: Final = 1_000
"""Lines a printer keeps; the oldest go."""
DAY_MS: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class Past:
    """A line of a printer's past; see `PastRow`. Of a resident's job `count` is what the journal says of it."""

    at_ms: int
    what: What
    code: str = ""
    pages: int | None = None
    count: int | None = None

    @property
    def difference(self) -> int | None:
        """How many sides more than we did the printer counted; None where it counted none (many never do)."""
        return self.count - self.pages if self.count and self.pages is not None else None


@dataclass(frozen=True, slots=True)
class Compared:
    """Our count and the printer's, over the jobs it counted at all, and its own counter as last heard."""

    jobs: int = 0
    ours: int = 0
    theirs: int = 0
    counter: int | None = None

    @property
    def difference(self) -> int:
        """Sides the printer counted more than we did."""
        return self.theirs - self.ours


def note_job(db: Database, printer: int, at_ms: int, *, job: str, code: str, pages: int | None) -> None:
    """A job has ended there; `job` is what its entry in the journal calls it (`SpooledJob.charge`)."""
    PastRow.insert(printer=printer, at_ms=at_ms, what="job", code=code, job=job, pages=pages).execute(db)
    _forget_oldest(db, printer)


def note_fault(db: Database, printer: int, at_ms: int, code: str) -> bool:
    """Something is the matter with it; the same again, with nothing printed in between, is no news. `code` is a reason
    of the printer ("media-empty") or the code of an error; both are kept as the latter.
    """
    found = trouble([code])
    code = found.code if found is not None else _AWAY.get(code, code)
    last = next(iter(_rows(db, printer, ("job", "fault"), 1)), None)
    if last is not None and (last.what, last.code) == ("fault", code):
        return False
    PastRow.insert(printer=printer, at_ms=at_ms, what="fault", code=code).execute(db)
    _forget_oldest(db, printer)
    return True


def note_counter(db: Database, printer: int, at_ms: int, count: int) -> bool:
    """Its own counter stands at `count`; one line a day, and none while it stands still."""
    last = next(iter(_rows(db, printer, ("counter",), 1)), None)
    if last is not None and last.count == count:
        return False
    if last is not None and 0 <= at_ms - last.at_ms < DAY_MS:
        PastRow.update(count=count).where(PastRow.id == last.id).execute(db)
    else:
        PastRow.insert(printer=printer, at_ms=at_ms, what="counter", count=count).execute(db)
    return True


def past_of(db: Database, printer: int, most: int = 20) -> tuple[Past, ...]:
    """Its last jobs and faults, the newest first."""
    rows = _rows(db, printer, ("job", "fault"), most)
    told = {
        row.job: row
        for row in PrintedJob.select().where(PrintedJob.job.in_([row.job for row in rows if row.job])).execute(db)
    }
    found = []
    for row in rows:
        facts = told.get(row.job)
        pages = row.pages if row.pages is not None or facts is None else facts.pages
        count = facts.printer_count if facts is not None else row.count
        found.append(Past(row.at_ms, cast(What, row.what), row.code, pages, count))
    return tuple(found)


def compared(db: Database, printer: int) -> Compared:
    """Our count beside the printer's over all jobs of its past that it counted."""
    mine = PastRow.select(PastRow.job).where((PastRow.printer == printer) & (PastRow.job != ""))
    jobs, ours, theirs = next(
        iter(
            PrintedJob.select(
                peewee.fn.COUNT(PrintedJob.entry),
                peewee.fn.COALESCE(peewee.fn.SUM(PrintedJob.pages), 0),
                peewee.fn.COALESCE(peewee.fn.SUM(PrintedJob.printer_count), 0),
            )
            .where(PrintedJob.job.in_(mine) & (PrintedJob.printer_count > 0))
            .tuples()
            .execute(db)
        )
    )
    last = next(iter(_rows(db, printer, ("counter",), 1)), None)
    return Compared(jobs, ours, theirs, last.count if last is not None else None)


def forget(db: Database, printer: int) -> None:
    """It was taken out of the list."""
    PastRow.delete().where(PastRow.printer == printer).execute(db)


def _rows(db: Database, printer: int, kinds: tuple[What, ...], most: int) -> list[Any]:
    query = PastRow.select().where((PastRow.printer == printer) & PastRow.what.in_(kinds))
    return list(query.order_by(PastRow.id.desc()).limit(most).execute(db))


def _forget_oldest(db: Database, printer: int) -> None:
    oldest = PastRow.select(PastRow.id).where(PastRow.printer == printer).order_by(PastRow.id.desc()).offset(KEPT)
    PastRow.delete().where(PastRow.id.in_(oldest.limit(-1))).execute(db)
