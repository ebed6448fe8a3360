"""On which sheets a document can be printed, and on which it is unless somebody chooses. Pure.

A4 is always there. A larger sheet is offered for pages that are larger, and for several pages on a side; a smaller one
for pages that fit on it. A printer that tells what lies in its trays is believed over what it could take.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from printing.devices.backend import A4, Capabilities
from printing.layout import Pages
from printing.rules import Layout, Size

if TYPE_CHECKING:
    from printing.money.prices import PriceTable

MEDIA: Final[Mapping[Size, str]] = {"A3": "iso_a3_297x420mm", "A4": A4, "A5": "iso_a5_148x210mm"}
"""As IPP names them (PWG 5101.1)."""
SIZES_MM: Final[Mapping[Size, tuple[float, float]]] = {"A3": (297, 420), "A4": (210, 297), "A5": (148, 210)}
SIZES: Final[tuple[Size, ...]] = ("A4", "A3", "A5")
"""As they are offered."""
SLACK_MM: Final = 8.0
"""A page so little larger than a sheet is printed on it: Letter is 6 mm wider than A4."""


def sizes_of(able: Capabilities) -> tuple[Size, ...]:
    """The sheets of a printer, A4 first."""
    told = set(able.media_ready or able.media)
    return tuple(size for size in SIZES if size == "A4" or MEDIA[size] in told)


def as_text(sizes: Iterable[Size]) -> str:
    """As a printer's row keeps them."""
    return " ".join(sizes)


def from_text(text: str) -> tuple[Size, ...]:
    """The same read again."""
    there = text.split()
    return tuple(size for size in SIZES if size in there)


def with_price(sizes: Iterable[Size], table: PriceTable) -> tuple[Size, ...]:
    """A4, and those of `sizes` that the table has a price for printing on."""
    priced = {rate.size for rate in table.rates if rate.work == "print"}
    return tuple(size for size in sizes if size == "A4" or size in priced)


def offered(file: Pages, chosen: Collection[int], layout: Layout, sizes: Iterable[Size]) -> tuple[Size, ...]:
    """Which of `sizes` there is a reason to choose, for the pages `chosen` (from 1; none means all)."""
    pages = [size for page, size in enumerate(file.sizes_mm, 1) if not chosen or page in chosen]
    small = layout == "single" and bool(pages) and all(_fits(page, "A5") for page in pages)
    large = layout != "single" or not all(_fits(page, "A4") for page in pages)
    return tuple(size for size in sizes if size == "A4" or (size == "A3" and large) or (size == "A5" and small))


def by_itself(file: Pages, chosen: Collection[int], layout: Layout, sizes: Iterable[Size]) -> Size:
    """The sheet unless somebody chooses: A3 where a page is larger than A4 and there is A3, else A4."""
    large = layout == "single" and "A3" in offered(file, chosen, layout, sizes)
    return "A3" if large else "A4"


def sheet_mm(wide: float, high: float) -> tuple[float, float]:
    """The sheet that is meant by what its whole pixels come to: a page of its very size is not made smaller."""
    near = ((w, h) for w, h in SIZES_MM.values() if abs(w - wide) < 1 and abs(h - high) < 1)
    return next(near, (wide, high))


def _fits(page: tuple[float, float], size: Size) -> bool:
    short, long = sorted(page)
    return short <= SIZES_MM[size][0] + SLACK_MM and long <= SIZES_MM[size][1] + SLACK_MM
