"""Several pages on one side of paper, and booklets: which page comes where, and what is then counted. Pure.

What a person chooses are *pages* of the file; what is printed, counted and paid are the *sides* of paper they come to
lie on. The document worker draws the sides in the same order (`akimat_desk.documents.imposing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, get_args

from printing import begun
from printing.begun import Sheets
from printing.rules import Layout, Options, PagesOutside, Quote, quote

if TYPE_CHECKING:
    from akimat_desk.documents.inspection import Inspection
    from printing.money.prices import PriceTable

LAYOUTS: Final[tuple[Layout, ...]] = get_args(Layout)
PER_SIDE: Final[dict[Layout, int]] = {"single": 1, "two": 2, "four": 4, "booklet": 2}
_EMPTY: Final = 0


@dataclass(frozen=True, slots=True)
class Pages:
    """What is known of a file: how many pages, which (from 1) hold colour and which nothing, and how large each is."""

    count: int
    colour: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    sizes_mm: tuple[tuple[float, float], ...] = ()


def pages_of(found: Inspection) -> Pages:
    """What the document worker has found."""
    return Pages(found.pages, found.colour_pages, found.blank_pages, found.sizes_mm)


def lay_out(pages: Sequence[int], layout: Layout) -> tuple[tuple[int, ...], ...]:
    """The sides of one copy, in printing order, each the pages on it in reading order; 0 is an empty place.

    A booklet is folded in the middle: its pages are made up to whole sheets of four, and the first side holds the last
    page and the first.
    """
    if layout == "booklet":
        whole = [*pages, *[_EMPTY] * (-len(pages) % 4)]
        last = len(whole) - 1
        pairs = ((whole[last - n], whole[n]) for n in range(len(whole) // 2))
        return tuple(pair if n % 2 == 0 else pair[::-1] for n, pair in enumerate(pairs))
    many = PER_SIDE[layout]
    whole = [*pages, *[_EMPTY] * (-len(pages) % many)]
    return tuple(tuple(whole[first : first + many]) for first in range(0, len(whole), many))


def sides_of(file: Pages, options: Options) -> tuple[tuple[int, ...], ...]:
    """The sides of one copy of `file`, as `lay_out` gives them; of a document that is begun, all that are still to
    come. Raises `PagesOutside`.
    """
    pages = options.pages or tuple(range(1, file.count + 1))
    if not pages or any(not 1 <= page <= file.count for page in pages):
        raise PagesOutside(pages=file.count)
    sides = lay_out(pages, options.layout)
    return begun.to_come(sides, options) if options.out else sides


def on_paper(file: Pages, options: Options) -> Sheets:
    """What one copy of `file` comes to. Raises `PagesOutside`."""
    coloured, empty = set(file.colour), {_EMPTY, *file.blank}
    sides = sides_of(file, options)
    return Sheets(
        len(sides),
        tuple(n for n, side in enumerate(sides, 1) if not coloured.isdisjoint(side)),
        tuple(n for n, side in enumerate(sides, 1) if empty.issuperset(side)),
    )


def quoted(file: Pages, options: Options, table: PriceTable) -> Quote:
    """What `file` costs printed so: counted by the sides it takes; empty ones cost nothing if the table says so.

    Raises `PagesOutside`, `PriceMissing`.
    """
    sheets = on_paper(file, replace(options, out=0))
    free = sheets.blank if table.blank_free else ()
    whole = quote(sheets.sides, sheets.colour, as_printed(replace(options, out=0)), table, free=free)
    return begun.part(sheets, options, whole, options.out) if options.out else whole


def as_printed(options: Options) -> Options:
    """`options` once the pages are chosen and laid out: the document is then printed as it is, all of it. What is still
    to come of several copies is one document.
    """
    copies = 1 if options.out else options.copies
    return replace(options, pages=(), layout="single", copies=copies, out=0)
