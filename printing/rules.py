"""What printing costs and which pages are printed. Pure: values in, values out.

A *page* is one printed side, a *sheet* is one piece of paper. Pages are what is paid for, because toner is the cost;
sheets are shown because people count paper. The desk's own count decides: a printer's counter may be absent or zero.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_

Sides = Literal["one", "long", "short"]
"""One-sided, or both sides turned at the long or the short edge."""

Colour = Literal["grey", "colour"]

MOST_COPIES: Final = 99
_PART: Final = re.compile(r"(?:(\d{1,6})\s*[-–—]\s*(\d{1,6})|(\d{1,6}))", re.ASCII)


class PagesUnclear(Refused):
    """The typed page choice cannot be read."""

    code = "pages-unclear"
    resident_text = N_("Write the pages like this: 1-3, 5.")
    staff_text = N_("The page choice cannot be read. Example: 1-3, 5.")
    next_text = N_("Write the page numbers with commas between them.")


class PagesOutside(Refused):
    """A page was chosen that the document does not have."""

    code = "pages-outside"
    resident_text = N_("The document has no such page. Pages in it: {pages}.")
    staff_text = N_("The document has no such page. Pages in it: {pages}.")
    next_text = N_("Choose pages that are in the document.")


class CopiesOutside(Refused):
    """Fewer than one copy, or more than a person means."""

    code = "copies-outside"
    resident_text = N_("Choose between 1 and {most} copies.")
    staff_text = N_("Choose between 1 and {most} copies.")
    next_text = N_("Change the number of copies.")


class PricesMissing(Refused):
    """No price table holds on that day."""

    code = "prices-missing"
    resident_text = N_("Prices are not set yet. Call a member of staff.")
    staff_text = N_("There is no price table for this day. Set the prices on the printing page.")
    next_text = N_("Set the prices.")


@dataclass(frozen=True, slots=True)
class Options:
    """What the resident chose. `pages` are from 1 and in printing order; empty means all."""

    copies: int = 1
    sides: Sides = "one"
    colour: Colour = "grey"
    pages: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.copies <= MOST_COPIES:
            raise CopiesOutside(most=MOST_COPIES)


@dataclass(frozen=True, slots=True)
class PriceTable:
    """Whole tenge for one page, from a day on. Two-sided pages may be cheaper: half the paper."""

    valid_from: date
    grey: int
    colour: int
    grey_two_sided: int
    colour_two_sided: int

    def page_price(self, colour: Colour, sides: Sides) -> int:
        """Tenge for one page."""
        if sides == "one":
            return self.colour if colour == "colour" else self.grey
        return self.colour_two_sided if colour == "colour" else self.grey_two_sided


@dataclass(frozen=True, slots=True)
class Quote:
    """What a job will take and cost, all copies together. `total` is tenge."""

    pages: int
    sheets: int
    grey_pages: int
    colour_pages: int
    grey_price: int
    colour_price: int
    total: int


def parse_pages(text: str, count: int) -> tuple[int, ...]:
    """Read «1-3, 5» as page numbers from 1, in the order written, each page once.

    An empty text means all pages. Raises `PagesUnclear` or `PagesOutside`.
    """
    chosen: dict[int, None] = {}
    text = text.strip()
    if not text:
        return tuple(range(1, count + 1))
    for part in re.split(r"[,;]", text):
        if not part.strip():
            continue
        found = _PART.fullmatch(part.strip())
        if found is None:
            raise PagesUnclear
        first, last, single = found.groups()
        low, high = (int(single), int(single)) if single else (int(first), int(last))
        if low > high:
            raise PagesUnclear
        if low < 1 or high > count:
            raise PagesOutside(pages=count)
        chosen.update(dict.fromkeys(range(low, high + 1)))
    if not chosen:
        raise PagesUnclear
    return tuple(chosen)


def table_on(day: date, tables: Sequence[PriceTable]) -> PriceTable:
    """The table with the latest `valid_from` that is not after `day`; the later in `tables` wins a tie."""
    holding = [table for table in tables if table.valid_from <= day]
    if not holding:
        raise PricesMissing
    return max(reversed(holding), key=lambda table: table.valid_from)


def quote(page_count: int, colour_pages: Sequence[int], options: Options, table: PriceTable) -> Quote:
    """The price of printing a document of `page_count` pages of which `colour_pages` (from 1) hold colour.

    A page without colour is charged as grey even in a colour job. Raises `PagesOutside`.
    """
    pages = options.pages or tuple(range(1, page_count + 1))
    if not pages or any(not 1 <= page <= page_count for page in pages):
        raise PagesOutside(pages=page_count)
    coloured = set(colour_pages) if options.colour == "colour" else set()
    colour_count = sum(page in coloured for page in pages) * options.copies
    grey_count = len(pages) * options.copies - colour_count
    grey_price = table.page_price("grey", options.sides)
    colour_price = table.page_price("colour", options.sides)
    return Quote(
        pages=len(pages) * options.copies,
        sheets=options.copies * sheets_of(len(pages), options.sides),
        grey_pages=grey_count,
        colour_pages=colour_count,
        grey_price=grey_price,
        colour_price=colour_price,
        total=grey_count * grey_price + colour_count * colour_price,
    )


def sheets_of(pages: int, sides: Sides) -> int:
    """Sheets of paper that one copy of `pages` pages takes."""
    return pages if sides == "one" else (pages + 1) // 2
