"""On which sheets a document can be printed, on which it is unless somebody chooses, and how its pages lie there. Pure.

A4 is there unless a printer says otherwise. A larger sheet is offered for pages that are larger, and for several pages
on a side; a smaller one for pages that fit on it. Of A3 and A5 a printer that tells what lies in its trays is believed
over what it could take; staff who say what lies there are believed over any printer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from akimat_desk.documents.sheets import FITS_MM
from printing.devices import media
from printing.devices.backend import Capabilities
from printing.layout import Pages, sides_of
from printing.rules import Layout, Options, Size

if TYPE_CHECKING:
    from printing.money.prices import PriceTable

MEDIA: Final[Mapping[Size, str]] = {"A3": media.A3, "A4": media.A4, "A5": media.A5}
SIZES_MM: Final[Mapping[Size, tuple[float, float]]] = {"A3": (297, 420), "A4": (210, 297), "A5": (148, 210)}
SIZES: Final[tuple[Size, ...]] = ("A4", "A3", "A5")
"""As they are offered."""
SLACK_MM: Final = 8.0
"""A page so little larger than a sheet is no reason for a larger one: Letter is 6 mm wider than A4. One so little
smaller is the sheet.
"""


class Able(Protocol):
    """What is known of a printer where somebody chooses how a document is printed."""

    @property
    def colour(self) -> bool: ...  # noqa: D102
    @property
    def both_sides(self) -> bool: ...  # noqa: D102
    @property
    def paper(self) -> tuple[Size, ...]: ...  # noqa: D102


def can(printer: Able, options: Options) -> bool:
    """Whether `printer` can print so."""
    return (
        (printer.colour or options.colour == "grey")
        and (printer.both_sides or options.sides == "one")
        and options.size in printer.paper
    )


def sizes_of(able: Capabilities) -> tuple[Size, ...]:
    """The sheets a printer says it has, A4 first; none where it can take none of them.

    A4 only has to be among those it can take: a tray is often set to another name than the paper that lies in it.
    """
    ready = set(able.media_ready)
    return tuple(
        size
        for size in SIZES
        if media.takes(able, MEDIA[size])
        and (size == "A4" or (MEDIA[size] in ready if ready else bool(able.media or able.media_sizes)))
    )


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


@dataclass(frozen=True, slots=True)
class Fit:
    """What becomes of pages that are no sheets of the size they are printed on: how many (of those chosen, each once)
    are made smaller, the smallest to what percent of its size, and how many keep theirs in the middle of a larger
    sheet.
    """

    smaller: int = 0
    percent: int = 100
    amid: int = 0


def fit(file: Pages, options: Options) -> Fit:
    """How the chosen pages lie on their sheets. Several on a side are laid out anew anyway. Raises `PagesOutside`."""
    found = [_lying(file, page, options.size) for side in sides_of(file, options) for page in side if page]
    if options.layout != "single":
        return Fit()
    scales = [scale for scale in found if scale is not None]
    least = min(scales, default=1.0)
    return Fit(sum(scale < 1 for scale in scales), int(least * 100), sum(scale == 1 for scale in scales))


def to_lay_out(file: Pages, options: Options) -> tuple[tuple[int, ...], ...] | None:
    """The sides as the document worker has to lay them out; None where every chosen page is a sheet by itself.

    Where we do it, paper and preview agree and every kind of printer does the same; a printer left alone with a page
    that is no sheet may cut it, shift it or ask for other paper. Raises `PagesOutside`.
    """
    sides = sides_of(file, options)
    if options.layout == "single" and all(page and _lying(file, page, options.size) is None for (page,) in sides):
        return None
    return sides


def sheet_mm(wide: float, high: float) -> tuple[float, float]:
    """The sheet that is meant by what its whole pixels come to: a page of its very size is not made smaller."""
    near = ((w, h) for w, h in SIZES_MM.values() if abs(w - wide) < 1 and abs(h - high) < 1)
    return next(near, (wide, high))


def _fits(page: tuple[float, float], size: Size) -> bool:
    short, long = sorted(page)
    return short <= SIZES_MM[size][0] + SLACK_MM and long <= SIZES_MM[size][1] + SLACK_MM


def _lying(file: Pages, page: int, size: Size) -> float | None:
    """To what part of its size a page is made; None where it is the sheet, or nobody knows how large it is."""
    if page > len(file.sizes_mm):
        return None
    short, long = sorted(file.sizes_mm[page - 1])
    across, down = SIZES_MM[size]
    if short > across + FITS_MM or long > down + FITS_MM:
        return min(across / short, down / long)
    return None if short >= across - SLACK_MM and long >= down - SLACK_MM else 1.0
