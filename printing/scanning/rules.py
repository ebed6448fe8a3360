"""What copying and scanning cost, how a card finds its frame, and how a frame moves. Pure: values in, values out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from printing.rules import Colour, Options, Quote, Size, sheets_of
from printing.scanning.device import A4, MM_PER_INCH, Area, SourceAbilities
from printing.sizes import SIZES, SIZES_MM

if TYPE_CHECKING:
    from printing.money.prices import PriceTable

CARD: Final = (85.6, 54.0)
"""Millimetres of an identity card, ISO/IEC 7810 ID-1 (53.98 high)."""
CARD_LOOK: Final = Area(0.0, 0.0, 150.0, 110.0)
"""The corner of the glass that is looked at for a card."""
CARD_MARGIN: Final = 1.5
"""Millimetres round a card that are copied with it: its rim is seen, and a frame a little askew cuts nothing off."""
CARD_TOPS: Final = (60.0, 160.0)
"""Millimetres from the upper edge of the sheet to the front and to the back of a card."""
A3_GLASS: Final = Area(0.0, 0.0, 297.0, 420.0)
"""What is looked at on a glass as large as that."""
RIM_MM: Final = 3.0
"""So much a scanner may tell less than a sheet is wide, and draw it in."""
LEAST_MM: Final = 10.0
MOST_PAGES: Final = 30
"""Pages at once: in memory, some 30 MB in grey and 60 in colour."""


def copy_quote(pages: int, options: Options, table: PriceTable) -> Quote:
    """What so many copied pages take and cost. Who chooses colour pays colour: a scan of grey paper has colours too.

    Raises `PriceMissing`.
    """
    count = pages * options.copies
    coloured = options.colour == "colour"
    price = table.page_price(options.colour, options.sides, options.size, work="copy")
    return Quote(
        pages=count,
        sheets=options.copies * sheets_of(pages, options.sides),
        grey_pages=0 if coloured else count,
        colour_pages=count if coloured else 0,
        grey_price=0 if coloured else price,
        colour_price=price if coloured else 0,
        total=count * price,
    )


def scan_price(pages: int, colour: Colour, table: PriceTable) -> int:
    """Tenge for pages that go to a stick. Raises `PriceMissing`."""
    return pages * table.page_price(colour, "one", work="scan")


def true_dpi(pixels: int, mm: float, asked: int, told: int | None) -> int:
    """The sharpness a picture of `mm` really has, `pixels` across.

    A scanner may scan otherwise than asked and say so in the picture only (`told`). Believed is whichever of the two
    comes nearer to the length of what was scanned; a copy at true size hangs on it.
    """
    if not told or not 50 <= told <= 2400:
        return asked
    return min((asked, told), key=lambda dpi: abs(pixels * MM_PER_INCH / dpi - mm))


def card_frame(content: tuple[float, float, float, float] | None, look: Area = CARD_LOOK) -> tuple[Area, int]:
    """Where the frame of a card lies first, round what was found on the glass, else in its corner; and the quarter
    turns that lay the card upright: one where it stands on its short side.

    `content` is the box of what was found, in parts of `look`.
    """
    wide, high = CARD[0] + 2 * CARD_MARGIN, CARD[1] + 2 * CARD_MARGIN
    if content is None:
        return Area(look.left, look.top, wide, high), 0
    left, top, right, bottom = (part * side for part, side in zip(content, (look.width, look.height) * 2, strict=True))
    turns = 0
    if bottom - top > right - left:
        wide, high, turns = high, wide, 1
    centre = look.left + (left + right) / 2, look.top + (top + bottom) / 2
    return inside(Area(centre[0] - wide / 2, centre[1] - high / 2, wide, high), look), turns


def sheet_frame(content: tuple[float, float, float, float] | None, whole: Area) -> Area:
    """Where the frame of a paper lies first: the whole glass, but on a large one A4 in its corner unless what was found
    is larger. `content` is the box of what was found, in parts of `whole`.
    """
    if whole.width <= A4.width or whole.height <= A4.height:
        return whole
    if content is not None and (content[2] * whole.width > A4.width or content[3] * whole.height > A4.height):
        return whole
    return inside(A4, whole)


def turned(area: Area, whole: Area) -> Area:
    """The frame standing where it lay, round the same middle."""
    return inside(
        Area(
            area.left + (area.width - area.height) / 2,
            area.top + (area.height - area.width) / 2,
            area.height,
            area.width,
        ),
        whole,
    )


def inside(area: Area, whole: Area) -> Area:
    """`area` moved, and cut where it must be, so that it lies in `whole`."""
    width, height = min(area.width, whole.width), min(area.height, whole.height)
    left = max(whole.left, min(area.left, whole.left + whole.width - width))
    top = max(whole.top, min(area.top, whole.top + whole.height - height))
    return Area(left, top, width, height)


def moved(area: Area, right: float, down: float, whole: Area) -> Area:
    """The frame moved by so many millimetres, inside `whole`."""
    return inside(replace(area, left=area.left + right, top=area.top + down), whole)


def resized(area: Area, wider: float, higher: float, whole: Area) -> Area:
    """The frame's right and lower edge moved by so many millimetres, inside `whole` and never smaller than 10 mm."""
    width = max(LEAST_MM, min(area.width + wider, whole.left + whole.width - area.left))
    height = max(LEAST_MM, min(area.height + higher, whole.top + whole.height - area.top))
    return replace(area, width=width, height=height)


def drawn(start: tuple[float, float], end: tuple[float, float], whole: Area) -> Area:
    """The frame that a pointer has drawn from one point to another (mm), inside `whole`."""
    edges = whole.left + whole.width, whole.top + whole.height
    (left, right), (top, bottom) = (
        sorted(max(least, min(value, most)) for value in (start[axis], end[axis]))
        for axis, least, most in ((0, whole.left, edges[0]), (1, whole.top, edges[1]))
    )
    return inside(Area(left, top, max(LEAST_MM, right - left), max(LEAST_MM, bottom - top)), whole)


def feedable(feeder: SourceAbilities) -> tuple[Size, ...]:
    """The sheets that fit into a feeder, A4 first; a scanner that tells an odd width draws A4 in all the same."""
    wide, high = feeder.width + RIM_MM, feeder.height + RIM_MM
    return tuple(size for size in SIZES if SIZES_MM[size][0] <= wide and SIZES_MM[size][1] <= high) or ("A4",)
