"""The end of a job: what it came to, what it costs, and the destruction of its document."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError
from printing.begun import SheetsOutside, part
from printing.entries import JOB_ENDED, JobEnded, Outcome
from printing.held import Held
from printing.layout import on_paper
from printing.records import OPEN, JobState
from printing.rules import Options, Quote, sheets_of
from printing.spool import Spool, SpooledJob

if TYPE_CHECKING:
    from akimat_desk.journal import Journal

DECIDABLE: Final[tuple[JobState, ...]] = ("uncertain", "asking")


def decidable(job: SpooledJob) -> bool:
    """Whether staff may say now what became of `job`: the printer does not know it, or does not answer."""
    return job.state == "uncertain" or (job.state == "asking" and bool(job.reason) and job.may_have_printed)


def end(
    journal: Journal,
    spool: Spool,
    job: SpooledJob,
    outcome: Outcome,
    state: JobState,
    *,
    printed: int | None = None,
    count: int | None = None,
    why: AkimatDeskError | None = None,
    reason: str = "",
    staff: str | None = None,
    before: Collection[JobState] = OPEN,
    some: Some | None = None,
) -> None:
    """Write what it came to and what it costs, in one commit with the row; then destroy the document.

    A stopped job is charged for the `printed` pages the printer says came out, never more than were asked for. `count`
    is the printer's own count. Papers of the room itself cost nobody anything and leave no entry. A job ends once:
    raises `JobOver` when it is in none of the states `before`, and nothing is written. A held document of which nothing
    came out waits again, and so does what is still to come of `some`.
    """
    held = Held(journal.store, journal.clock, spool)
    now = journal.clock.now_ms()
    facts = what_it_came_to(job, outcome, printed=printed, printer_count=count, staff=staff, ended_ms=now, some=some)
    with journal.commit() as commit:
        spool.mark(commit.db, job.job, state, before=before, why=why, reason=reason, printed=facts.pages)
        if job.paper is None:
            commit.append(JOB_ENDED, facts)
        held.ended(commit.db, job, came_out=facts.pages > 0, rest=(some.options, some.rest) if some else None)
    spool.forget_document(job.job)
    if job.held:
        held.destroy_if_due(job.held)


def settle(journal: Journal, spool: Spool, job: SpooledJob, *, printed: bool, staff: str | None) -> None:
    """Staff looked at the tray of a job nobody knows about: it came out (and is charged), or it did not.

    Raises `JobOver`.
    """
    if printed:
        end(journal, spool, job, "printed", "done", staff=staff, before=DECIDABLE)
    else:
        end(journal, spool, job, "not_printed", "failed", staff=staff, before=DECIDABLE)


@dataclass(frozen=True, slots=True)
class Some:
    """A held document of which some sheets came out: what those come to, and what waits again, printed how."""

    came: Quote
    rest: Quote
    options: Options


def settle_some(journal: Journal, spool: Spool, job: SpooledJob, *, sheets: int, staff: str | None) -> None:
    """Staff counted the sheets in the tray: only these are charged, and the rest of a held document waits again.

    Of a job printed at once the document is destroyed, and the cheapest pages are charged, as of a stopped one. What is
    printed again after a jam costs nothing. Raises `JobOver`, `SheetsOutside`.
    """
    if not 0 <= sheets <= job.quote.sheets:
        raise SheetsOutside(most=job.quote.sheets)
    if sheets in (0, job.quote.sheets):
        settle(journal, spool, job, printed=sheets > 0, staff=staff)
        return
    some = _some(Held(journal.store, journal.clock, spool), job, sheets) if job.held and not job.again else None
    pages = some.came.pages if some else _pages(job, sheets)
    end(journal, spool, job, "stopped", "stopped", printed=pages, staff=staff, before=DECIDABLE, some=some)


def _some(held: Held, job: SpooledJob, sheets: int) -> Some:
    document = held.get(job.held)
    options = document.options
    copy, out = on_paper(document.pages, replace(options, out=0)), options.out + sheets
    return Some(
        part(copy, options, job.quote, options.out, out),
        part(copy, options, job.quote, out),
        replace(options, out=out),
    )


def _pages(job: SpooledJob, sheets: int) -> int:
    """Printed sides on the first `sheets` sheets of a job."""
    copy = max(1, job.quote.pages // job.options.copies)
    whole, rest = divmod(sheets, sheets_of(copy, job.options.sides))
    return whole * copy + min(copy, rest * (1 if job.options.sides == "one" else 2))


def what_it_came_to(
    job: SpooledJob,
    outcome: Outcome,
    *,
    printed: int | None,
    printer_count: int | None,
    staff: str | None,
    ended_ms: int,
    some: Some | None = None,
) -> JobEnded:
    """The facts of a job that is over: all of it, or none; of a stopped one `some`, where it is known which pages came
    out, else `printed` pages, the cheapest first.
    """
    quote = job.quote
    pages = {"printed": quote.pages, "stopped": min(printed or 0, quote.pages), "not_printed": 0}[outcome]
    paid = max(0, pages - quote.free_pages)
    grey = min(paid, quote.grey_pages)
    colour = paid - grey
    if some is not None:
        grey, colour = some.came.grey_pages, some.came.colour_pages
    return JobEnded(
        job=job.charge,
        ended_ms=max(0, ended_ms),
        outcome=outcome,
        pages=pages,
        sheets=some.came.sheets if some else _sheets(job, pages),
        grey_pages=grey,
        colour_pages=colour,
        copies=job.options.copies,
        sides=job.options.sides,
        colour=job.options.colour,
        tenge=grey * quote.grey_price + colour * quote.colour_price,
        printer_count=printer_count,
        decided_by=staff or (job.by if job.again else None),
        code=job.code,
        honest=job.honest,
        work=job.work,
        size=job.options.size,
        grey_tenge=grey * quote.grey_price,
    )


def _sheets(job: SpooledJob, pages: int) -> int:
    """Sheets that the first `pages` pages take: each copy begins on a sheet of its own."""
    copy = max(1, job.quote.pages // job.options.copies)
    whole, rest = divmod(pages, copy)
    return whole * sheets_of(copy, job.options.sides) + sheets_of(rest, job.options.sides)


@dataclass(frozen=True, slots=True)
class Due:
    """What there is to pay for; `tenge` is the price of all of it."""

    pages: int
    sheets: int
    tenge: int


def due(job: SpooledJob) -> Due:
    """What `job` comes to as it stands: the whole of it until it has ended, then what came out."""
    if job.state == "failed":
        return Due(0, 0, 0)
    if job.state == "stopped":
        facts = what_it_came_to(
            job, "stopped", printed=job.printed, printer_count=None, staff=None, ended_ms=job.changed_ms
        )
        return Due(facts.pages, facts.sheets, facts.tenge)
    return Due(job.quote.pages, job.quote.sheets, job.quote.total)
