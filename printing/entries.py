"""What printing tells the journal: prices and what each job came to. Never a title, a file or a person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal

from msgspec import Meta

from akimat_desk.journal import Entry, Facts, Id, Kind, merge
from printing.records import PriceRow, PrintedJob
from printing.rules import Colour, Sides

if TYPE_CHECKING:
    from akimat_desk.store import Database

Outcome = Literal["printed", "stopped", "not_printed"]

Moment = Annotated[int, Meta(ge=0, lt=2**62)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Tenge = Annotated[int, Meta(ge=0, le=10_000_000_000)]
"""Above what any job comes to, and far below where SQLite's sums end: one forged entry must not close the till."""


class PricesSet(Facts, frozen=True):
    """A price table holds from a day on; whole tenge for a page."""

    valid_from: date
    grey: Tenge
    colour: Tenge
    grey_two_sided: Tenge
    colour_two_sided: Tenge


class JobEnded(Facts, frozen=True):
    """A job left the printer or did not, and what it cost.

    `ended_ms` is what this PC's own clock said, for the day's sums: the entry's own time never goes back, so one job
    under a clock that is a month ahead would draw those of the whole month into one day.

    `pages`, `sheets` and the parts by colour are our own count of what was printed; `printer_count` is the printer's
    own counter, None where it gave none. `decided_by` is the staff member who said so when the desk could not know.
    """

    job: Id
    ended_ms: Moment
    outcome: Outcome
    pages: Count
    sheets: Count
    grey_pages: Count
    colour_pages: Count
    copies: Count
    sides: Sides
    colour: Colour
    tenge: Tenge
    printer_count: int | None = None
    decided_by: Id | None = None


def _apply_prices(db: Database, entry: Entry) -> None:
    facts: PricesSet = entry.facts
    merge.union(
        db,
        entry,
        PriceRow,
        valid_from=facts.valid_from.isoformat(),
        grey=facts.grey,
        colour=facts.colour,
        grey_two_sided=facts.grey_two_sided,
        colour_two_sided=facts.colour_two_sided,
    )


def _apply_ended(db: Database, entry: Entry) -> None:
    facts: JobEnded = entry.facts
    merge.union(
        db,
        entry,
        PrintedJob,
        job=facts.job,
        ended_ms=facts.ended_ms,
        outcome=facts.outcome,
        pages=facts.pages,
        sheets=facts.sheets,
        grey_pages=facts.grey_pages,
        colour_pages=facts.colour_pages,
        copies=facts.copies,
        sides=facts.sides,
        colour=facts.colour,
        tenge=facts.tenge,
        printer_count=facts.printer_count,
        decided_by=facts.decided_by,
    )


PRICES_SET: Final = Kind("printing.prices_set", PricesSet, _apply_prices)
JOB_ENDED: Final = Kind("printing.job_ended", JobEnded, _apply_ended)
KINDS: Final = (PRICES_SET, JOB_ENDED)
