"""What printing tells the journal: prices and what each job came to. Never a title, a file or a person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from akimat_desk.journal import Code, Entry, Facts, Id, Kind, merge
from printing.holding import HOLDING_SET
from printing.money.entries import KINDS as MONEY_KINDS
from printing.money.entries import charge_line
from printing.money.prices import Work
from printing.records import PriceRow, PrintedJob
from printing.rules import Colour, Sides, Size

if TYPE_CHECKING:
    from akimat_desk.store import Database

Outcome = Literal["printed", "stopped", "not_printed"]

Moment = Annotated[int, Meta(ge=0, lt=2**62)]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Tenge = Annotated[int, Meta(ge=0, le=10_000_000_000)]
"""Above what any job comes to, and far below where SQLite's sums end: one forged entry must not close the till."""


class PriceRate(Facts, frozen=True):
    """Whole tenge for one page (`money.prices.Rate`)."""

    work: Work
    size: Size
    colour: Colour
    two_sided: bool
    tenge: Tenge


class PriceFree(Facts, frozen=True):
    """Pages a month that are free for a category of residents; None is every page (`money.prices.FreeRule`)."""

    category: Code
    pages: Count | None = None


class PricesSet(Facts, frozen=True):
    """A price table holds from a day on. `free_pages` are every resident's in a calendar month.

    The first version had four prices, of printing on A4.
    """

    valid_from: date
    rates: Annotated[tuple[PriceRate, ...], Meta(max_length=64)]
    free_pages: Count = 0
    rules: Annotated[tuple[PriceFree, ...], Meta(max_length=32)] = ()
    blank_free: bool = False


def _from_four_prices(facts: dict[str, Any]) -> dict[str, Any]:
    """Version 1 knew one-sided and two-sided printing on A4, in grey and in colour, by four names."""
    names = {
        "grey": ("grey", False),
        "colour": ("colour", False),
        "grey_two_sided": ("grey", True),
        "colour_two_sided": ("colour", True),
    }
    rates = [
        {"work": "print", "size": "A4", "colour": colour, "two_sided": both, "tenge": facts[name]}
        for name, (colour, both) in names.items()
    ]
    return {"valid_from": facts["valid_from"], "rates": rates}


class JobEnded(Facts, frozen=True):
    """A job left the printer or did not, and what it cost.

    `ended_ms` is what this PC's own clock said, for the day's sums: the entry's own time never goes back, so one job
    under a clock that is a month ahead would draw those of the whole month into one day.

    `pages`, `sheets` and the parts by colour are our own count of what was printed; `printer_count` is the printer's
    own counter, None where it gave none. `decided_by` is the staff member who said so when the desk could not know.
    `code` is what the resident tells at the desk; `honest` where the money goes into the box, unattended.
    `work` is "copy" where the document came from the scanner.
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
    code: Code | None = None
    size: Size = "A4"
    honest: bool = False
    work: Work = "print"
    grey_tenge: Tenge | None = None
    """What of `tenge` is for the grey pages; entries of older programs do not tell."""


def _without_till(facts: dict[str, Any]) -> dict[str, Any]:
    """Version 1 knew neither code nor paper nor the honest till: what is left out says so."""
    return facts


def _apply_prices(db: Database, entry: Entry) -> None:
    facts: PricesSet = entry.facts
    content = msgspec.json.encode(facts).decode()
    merge.union(db, entry, PriceRow, valid_from=facts.valid_from.isoformat(), content=content)


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
        size=facts.size,
    )
    if facts.pages or facts.tenge:
        charge_line(
            db,
            entry,
            charge=facts.job,
            ms=facts.ended_ms,
            work=facts.work,
            pages=facts.pages,
            sheets=facts.sheets,
            colour_pages=facts.colour_pages,
            tenge=facts.tenge,
            honest=facts.honest,
            code=facts.code,
            by=facts.decided_by,
            grey_pages=facts.grey_pages,
            grey_tenge=facts.grey_tenge,
        )


PRICES_SET: Final = Kind("printing.prices_set", PricesSet, _apply_prices, version=2, upcasters={1: _from_four_prices})
JOB_ENDED: Final = Kind("printing.job_ended", JobEnded, _apply_ended, version=2, upcasters={1: _without_till})
KINDS: Final = (PRICES_SET, JOB_ENDED, HOLDING_SET, *MONEY_KINDS)
