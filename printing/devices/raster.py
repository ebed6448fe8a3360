"""PWG raster, what every driverless printer takes (PWG 5102.4-2012), made from page bitmaps.

Pages are encoded a band of rows at a time, so that a photo page of 26 MB needs little more than itself, and the printer
gets its first bytes while the rest is still being packed. Colour is made grey here when grey was paid: what a printer
does with `print-color-mode` is its own affair.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from printing.devices.backend import Bitmap, Mode, Quality, Sides
from printing.devices.errors import DeviceMisuse
from printing.devices.media import media_size

Space = Literal["black_1", "black_8", "sgray_8", "srgb_8"]
"""Values of pwg-raster-document-type-supported that we can make."""

SYNC: Final = b"RaS2"
HEADER_SIZE: Final = 1796
_BAND_ROWS: Final = 128
_MAX_REPEAT: Final = 256
"""Rows alike that one byte can count."""

_SHAPES: Final[dict[Space, tuple[int, int, int, int]]] = {
    # bits per colour, bits per pixel, ColorSpace, NumColors
    "black_1": (1, 1, 3, 1),
    "black_8": (8, 8, 3, 1),
    "sgray_8": (8, 8, 18, 1),
    "srgb_8": (8, 24, 19, 3),
}
_QUALITY: Final[dict[Quality, int]] = {"draft": 3, "normal": 4, "high": 5}

_BAYER: Final = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.uint8) * 16 + 8

Bytes: TypeAlias = NDArray[np.uint8]
Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How pages are told to the printer. `sheet_back` is its pwg-raster-document-sheet-back."""

    space: Space
    dpi: int
    media: str
    sides: Sides = "one-sided"
    sheet_back: str = "normal"
    quality: Quality = "normal"
    pages: int = 0
    """Of the whole job; 0 where it is not known beforehand."""

    @property
    def mode(self) -> Mode:
        """The bitmaps this sheet is best made from."""
        return "rgb24" if self.space == "srgb_8" else "grey8"

    @property
    def points(self) -> tuple[int, int]:
        """Width and height in points (1/72 inch), rounded."""
        width, height = media_size(self.media)
        return round(width * 72 / 2540), round(height * 72 / 2540)

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height in pixels; A4 at 300 dpi is 2480 by 3508."""
        width, height = media_size(self.media)
        return round(width * self.dpi / 2540), round(height * self.dpi / 2540)


def encode(pages: Iterable[Bitmap], sheet: Sheet, *, grey: bool = False) -> Iterator[bytes]:
    """The stream a printer takes as image/pwg-raster, piece by piece. `grey` takes the colour out of the pixels."""
    yield SYNC
    for number, page in enumerate(pages):
        if (page.width, page.height) != sheet.pixels:
            raise DeviceMisuse(detail=f"a page of {page.width}x{page.height} pixels for a sheet of {sheet.pixels}")
        back = number % 2 == 1
        across, along = _back_transform(sheet) if back else (1, 1)
        yield header(sheet, across, along)
        pixels = _pixels(page)[::along, ::across]
        for top in range(0, page.height, _BAND_ROWS):
            band = pixels[top : top + _BAND_ROWS]
            yield _pack(_convert(band, sheet.space, grey=grey, top=top), 3 if sheet.space == "srgb_8" else 1)


def _back_transform(sheet: Sheet) -> tuple[int, int]:
    """How the back of a sheet lies: -1 across and along where pixels must be mirrored (PWG 5102.4, section 4.3.2.2)."""
    if sheet.sides == "one-sided":
        return 1, 1
    tumble = sheet.sides == "two-sided-short-edge"
    if sheet.sheet_back == "flipped":
        return (-1, 1) if tumble else (1, -1)
    if sheet.sheet_back == "rotated" and not tumble:
        return -1, -1
    if sheet.sheet_back == "manual-tumble" and tumble:
        return -1, -1
    return 1, 1


def header(sheet: Sheet, across: int = 1, along: int = 1) -> bytes:
    """The header of one page: 1796 bytes, numbers big-endian, everything we do not name 0."""
    width, height = sheet.pixels
    bits, depth, space, colours = _SHAPES[sheet.space]
    out = bytearray(HEADER_SIZE)

    def number(offset: int, *values: int) -> None:
        struct.pack_into(f">{len(values)}I", out, offset, *(value & 0xFFFFFFFF for value in values))

    def text(offset: int, value: str) -> None:
        out[offset : offset + len(value)] = value.encode("ascii")[:63]

    text(0, "PwgRaster")
    number(272, sheet.sides != "one-sided")
    number(276, sheet.dpi, sheet.dpi)
    number(340, 1)  # NumCopies: the attribute `copies` counts, not the raster
    number(352, *sheet.points)
    number(368, sheet.sides == "two-sided-short-edge")
    number(372, width, height)
    number(384, bits, depth, (width * depth + 7) // 8)
    number(396, 0, space)  # chunky pixels
    number(420, colours)
    number(452, sheet.pages, across, along)
    number(464, 0, 0, width, height)
    number(480, 0xFFFFFF)  # the alternate primary: white
    number(484, _QUALITY[sheet.quality])
    text(1732, sheet.media)
    return bytes(out)


def _pixels(page: Bitmap) -> Bytes:
    """The page as rows x columns x channels, without its padding."""
    channels = 3 if page.mode == "rgb24" else 1
    if page.stride < page.width * channels or len(page.pixels) < page.stride * page.height:
        raise DeviceMisuse(detail="a page bitmap shorter than its size")
    rows = np.frombuffer(page.pixels, np.uint8, page.stride * page.height).reshape(page.height, page.stride)
    return rows[:, : page.width * channels].reshape(page.height, page.width, channels)


def _convert(band: Bytes, space: Space, *, grey: bool, top: int) -> Bytes:
    """Rows x bytes as the colour space wants them."""
    if space == "srgb_8":
        if band.shape[2] == 1 or grey:
            band = np.repeat(_grey(band)[:, :, None], 3, axis=2)
        return np.ascontiguousarray(band).reshape(len(band), -1)
    light = _grey(band)
    if space == "sgray_8":
        return np.ascontiguousarray(light)
    if space == "black_8":
        return 255 - light
    rows, columns = light.shape
    screen = np.tile(_BAYER, (rows // 4 + 2, columns // 4 + 1))[top % 4 : top % 4 + rows, :columns]
    return np.packbits(light < screen, axis=1)


def _grey(band: Bytes) -> Bytes:
    """Lightness of sRGB pixels (Rec. 601 weights in 1/256)."""
    if band.shape[2] == 1:
        return band[:, :, 0]
    weighed = band.astype(np.uint16) @ np.array([77, 150, 29], np.uint16)
    return ((weighed + 128) >> 8).astype(np.uint8)


# -- packing (PWG 5102.4, section 4.4) ------------------------------------------------------------------------------


def _pack(rows: Bytes, unit: int) -> bytes:
    """Rows x bytes, packed: rows alike are counted, then pixels of `unit` bytes alike within a row.

    The whole band is packed with a few array operations. A run of like pixels is a count byte (length - 1) and the
    pixel; pixels that differ go as 257 - length and the pixels themselves. Neither is longer than 128.
    """
    first, repeats = _unlike_rows(rows)
    unlike = rows[first]
    count, width = len(unlike), unlike.shape[1] // unit
    pixels = unlike.reshape(count * width, unit)

    starts = np.ones(count * width, bool)
    if unit == 1:
        np.not_equal(pixels[1:, 0], pixels[:-1, 0], out=starts[1:])
    else:
        np.any(pixels[1:] != pixels[:-1], axis=1, out=starts[1:])
    starts[::width] = True
    run_at = np.flatnonzero(starts)
    run_length = np.diff(run_at, append=count * width)

    single = run_length == 1
    # Lone pixels side by side in one row make one stretch; every longer run is a stretch of its own.
    joins = np.zeros(len(run_at), bool)
    joins[1:] = single[1:] & single[:-1] & (run_at[1:] % width != 0)
    stretch = np.flatnonzero(~joins)
    at, literal = run_at[stretch], single[stretch]
    length = np.diff(at, append=count * width)

    pieces = (length + 127) // 128
    at, piece_length = _cut(at, length, pieces)
    literal = np.repeat(literal, pieces) & (piece_length > 1)
    return _assemble(pixels, width, at, piece_length, literal, repeats)


def _unlike_rows(rows: Bytes) -> tuple[Numbers, Numbers]:
    """Where each stretch of like rows begins, and how many rows it counts (at most 256)."""
    changes = np.ones(len(rows), bool)
    np.any(rows[1:] != rows[:-1], axis=1, out=changes[1:])
    first = np.flatnonzero(changes)
    counts = np.diff(first, append=len(rows))
    return _cut(first, counts, (counts + _MAX_REPEAT - 1) // _MAX_REPEAT, _MAX_REPEAT)


def _cut(at: Numbers, length: Numbers, pieces: Numbers, most: int = 128) -> tuple[Numbers, Numbers]:
    """Stretches cut into pieces of `most`, the last of each shorter."""
    index = np.arange(int(pieces.sum())) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    starts = np.repeat(at, pieces) + index * most
    return starts, np.minimum(np.repeat(at + length, pieces) - starts, most)


def _assemble(
    pixels: Bytes, width: int, at: Numbers, length: Numbers, literal: NDArray[np.bool_], rows: Numbers
) -> bytes:
    """Write every piece to its place; a piece that begins a row has the row's count before it."""
    unit = pixels.shape[1]
    begins = at % width == 0
    carried = np.where(literal, length, 1)
    size = 1 + carried * unit + begins
    end = np.cumsum(size)
    place = end - size + begins
    out = np.empty(int(end[-1]), np.uint8)
    out[place[begins] - 1] = rows - 1
    out[place] = np.where(literal, 257 - length, length - 1)
    source = np.repeat(at, carried) + _counting(carried)
    target = np.repeat(place + 1, carried) + _counting(carried) * unit
    for channel in range(unit):
        out[target + channel] = pixels[source, channel]
    return out.tobytes()


def _counting(lengths: Numbers) -> Numbers:
    """0, 1, 2 ... anew for each length."""
    return np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
