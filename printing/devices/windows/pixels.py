"""Pages cut into bands, as GDI takes them: rows a multiple of four bytes long, blue before green before red.

A whole A4 page in colour is 26 MB at 300 dpi; GDI keeps a copy of what it is given. So a page goes in bands of
`BAND_ROWS` rows, and bands without a dot on them are left out. No numpy: it is large to load, and slices do as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from printing.devices.backend import Bitmap

BAND_ROWS: Final = 256


class Band(NamedTuple):
    """Rows `top` to `top + rows` of a page."""

    top: int
    rows: int
    pixels: bytes


class Span(NamedTuple):
    """Where something begins on the device, and how far it reaches, in device units."""

    at: int
    length: int


def bands(page: Bitmap, rows: int = BAND_ROWS) -> Iterator[Band]:
    """The bands of `page` that have something on them, from the top."""
    depth = 3 if page.mode == "rgb24" else 1
    wide = page.width * depth
    pixels = memoryview(page.pixels)
    for top in range(0, page.height, rows):
        count = min(rows, page.height - top)
        if page.stride == wide:
            plain = bytes(pixels[top * wide : (top + count) * wide])
        else:
            starts = range(top * page.stride, (top + count) * page.stride, page.stride)
            plain = b"".join(pixels[start : start + wide] for start in starts)
        if plain.strip(b"\xff"):
            yield Band(top, count, _padded(_swapped(plain) if depth == 3 else plain, wide))


def _swapped(plain: bytes) -> bytes:
    """Red, green, blue as blue, green, red."""
    turned = bytearray(plain)
    turned[0::3] = plain[2::3]
    turned[2::3] = plain[0::3]
    return bytes(turned)


def _padded(plain: bytes, wide: int) -> bytes:
    missing = -wide % 4
    if not missing:
        return plain
    end = bytes(missing)
    return b"".join(plain[start : start + wide] + end for start in range(0, len(plain), wide))


def place(top: int, rows: int, of: int, long: int, offset: int) -> Span:
    """Where rows `top` to `top + rows` of `of` lie on a sheet `long` units long whose printable part begins `offset`
    units in. Each band begins where the one above it ended, so none shows a seam.
    """
    begin, end = round(top * long / of), round((top + rows) * long / of)
    return Span(begin - offset, end - begin)
