"""What printing costs and which pages are printed. Pure: values in, values out.

A *page* is one printed side, a *sheet* is one piece of paper. Pages are what is paid for, because toner is the cost;
sheets are shown because people count paper. The desk's own count decides: a printer's counter may be absent or zero.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_

if TYPE_CHECKING:
    from printing.money.prices import PriceTable

Sides = Literal["one", "long", "short"]
"""One-sided, or both sides turned at the long or the short edge."""

Colour = Literal["grey", "colour"]
Size = Literal["A3", "A4", "A5"]
"""A sheet of paper, by its ISO 216 name."""

Layout = Literal["single", "two", "four", "booklet"]
"""How many pages lie on one side of paper; a booklet has two, in the order of its folded sheets (see `layout`)."""

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


@dataclass(frozen=True, slots=True)
class Options:
    """What the resident chose. `pages` are from 1 and in printing order; empty means all.

    A booklet is two-sided; it, and two pages a side, lie across the sheet, which is therefore turned at its short edge.
    """

    copies: int = 1
    sides: Sides = "one"
    colour: Colour = "grey"
    pages: tuple[int, ...] = ()
    layout: Layout = "single"
    size: Size = "A4"
    """Of the sheet of paper it is printed on."""
    out: int = 0
    """Sheets that came out before and are paid; it is printed from the next one on (`begun`)."""

    def __post_init__(self) -> None:
        if not 1 <= self.copies <= MOST_COPIES:
            raise CopiesOutside(most=MOST_COPIES)
        if self.layout == "booklet" or (self.layout == "two" and self.sides != "one"):
            object.__setattr__(self, "sides", "short")

    def after(self, before: Options) -> Options:
        """These choices for a document that waits with `before`: if its sheets are the same, it goes on where it was;
        whoever changes them has it printed from its beginning, and pays for that.
        """
        same = replace(before, out=0, colour=self.colour) == replace(self, out=0)
        return replace(self, out=before.out if same else 0)


@dataclass(frozen=True, slots=True)
class Quote:
    """What a job will take and cost, all copies together. `total` is tenge; nothing is asked for `free_pages`."""

    pages: int
    sheets: int
    grey_pages: int
    colour_pages: int
    grey_price: int
    colour_price: int
    total: int
    free_pages: int = 0


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


def quote(
    page_count: int,
    colour_pages: Collection[int],
    options: Options,
    table: PriceTable,
    *,
    free: Collection[int] = (),
) -> Quote:
    """The price of printing a document of `page_count` pages of which `colour_pages` (from 1) hold colour.

    A page without colour is charged as grey even in a colour job; for those of `free` nothing is asked. Several pages a
    side are laid out before (`layout.quoted`). Raises `PagesOutside`, `PriceMissing`.
    """
    pages = options.pages or tuple(range(1, page_count + 1))
    if not pages or any(not 1 <= page <= page_count for page in pages):
        raise PagesOutside(pages=page_count)
    paid = [page for page in pages if page not in free]
    coloured = set(colour_pages) if options.colour == "colour" else set()
    colour_count = sum(page in coloured for page in paid) * options.copies
    grey_count = len(paid) * options.copies - colour_count
    grey_price = table.price_of_pages(grey_count, "grey", options.sides, options.size)
    colour_price = table.price_of_pages(colour_count, "colour", options.sides, options.size)
    return Quote(
        pages=len(pages) * options.copies,
        sheets=options.copies * sheets_of(len(pages), options.sides),
        grey_pages=grey_count,
        colour_pages=colour_count,
        grey_price=grey_price,
        colour_price=colour_price,
        total=grey_count * grey_price + colour_count * colour_price,
        free_pages=(len(pages) - len(paid)) * options.copies,
    )


def sheets_of(pages: int, sides: Sides) -> int:
    """Sheets of paper that one copy of `pages` pages takes."""
    return pages if sides == "one" else (pages + 1) // 2
