"""The end of a job: what it came to, what it costs, and the destruction of its document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from printing.entries import JOB_ENDED, JobEnded, Outcome
from printing.records import JobState
from printing.spool import Spool, SpooledJob

if TYPE_CHECKING:
    from akimat_desk.journal import Journal


def end(
    journal: Journal,
    spool: Spool,
    job: SpooledJob,
    outcome: Outcome,
    state: JobState,
    *,
    printed: int | None = None,
    count: int | None = None,
    reason: str = "",
    staff: str | None = None,
) -> None:
    """Write what it came to and what it costs, in one commit with the row; then destroy the document.

    A stopped job is charged for the `printed` pages the printer says came out, never more than were asked for. `count`
    is the printer's own count. Papers of the room itself (the tray's) cost nobody anything and leave no entry.
    """
    facts = what_it_came_to(job, outcome, printed=printed, printer_count=count, staff=staff)
    with journal.commit() as commit:
        if job.paper is None:
            commit.append(JOB_ENDED, facts)
        spool.mark(commit.db, job.job, state, reason=reason, printed=facts.pages)
    spool.forget_document(job.job)


def settle(journal: Journal, spool: Spool, job: SpooledJob, *, printed: bool, staff: str | None) -> None:
    """Staff looked at the tray of an uncertain job: it came out (and is charged), or it did not."""
    if printed:
        end(journal, spool, job, "printed", "done", staff=staff)
    else:
        end(journal, spool, job, "not_printed", "failed", staff=staff)


def what_it_came_to(
    job: SpooledJob, outcome: Outcome, *, printed: int | None, printer_count: int | None, staff: str | None
) -> JobEnded:
    """The facts of a job that is over. `printed` pages of a stopped one, cheapest pages first; else all or none."""
    quote = job.quote
    if outcome == "printed":
        grey, colour, sheets = quote.grey_pages, quote.colour_pages, quote.sheets
    else:
        pages = min(printed or 0, quote.pages) if outcome == "stopped" else 0
        grey = min(pages, quote.grey_pages)
        colour = pages - grey
        sheets = pages if job.options.sides == "one" else (pages + 1) // 2
    return JobEnded(
        job=job.job,
        outcome=outcome,
        pages=grey + colour,
        sheets=sheets,
        grey_pages=grey,
        colour_pages=colour,
        copies=job.options.copies,
        sides=job.options.sides,
        colour=job.options.colour,
        tenge=grey * quote.grey_price + colour * quote.colour_price,
        printer_count=printer_count,
        decided_by=staff,
    )
