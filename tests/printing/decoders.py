"""What printers see: PWG raster and receipts read back as pictures, by readers that share no line with the writers."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True)
class RasterPage:
    """One page of a PWG raster stream: its header's fields and its rows of pixels, unpacked."""

    width: int
    height: int
    dpi: int
    points: tuple[int, int]
    duplex: bool
    tumble: bool
    bits_per_pixel: int
    colour_space: int
    colours: int
    total_pages: int
    transform: tuple[int, int]
    quality: int
    media: str
    rows: tuple[bytes, ...]

    @property
    def grey(self) -> Image.Image:
        """The page as a greyscale picture; only for 8 bits of grey."""
        assert (self.bits_per_pixel, self.colour_space) == (8, 18)
        return Image.frombytes("L", (self.width, self.height), b"".join(self.rows))

    @property
    def colour(self) -> Image.Image:
        """The page as a colour picture; only for 24 bits of sRGB."""
        assert (self.bits_per_pixel, self.colour_space) == (24, 19)
        return Image.frombytes("RGB", (self.width, self.height), b"".join(self.rows))


def decode_pwg(stream: bytes) -> list[RasterPage]:
    """PWG 5102.4: the synchronisation word, then a header of 1796 bytes and packed rows for each page."""
    assert stream[:4] == b"RaS2"
    at, pages = 4, []
    while at < len(stream):
        page, at = _page(stream, at)
        pages.append(page)
    return pages


def _page(stream: bytes, at: int) -> tuple[RasterPage, int]:
    header, at = stream[at : at + 1796], at + 1796

    def number(offset: int) -> int:
        return int(struct.unpack_from(">I", header, offset)[0])

    def signed(offset: int) -> int:
        return int(struct.unpack_from(">i", header, offset)[0])

    def text(offset: int) -> str:
        return header[offset : offset + 64].split(b"\0")[0].decode("ascii")

    assert text(0) == "PwgRaster"
    assert number(276) == number(280)
    bits, row_size, height = number(388), number(392), number(376)
    unit, rows = max(1, bits // 8), list[bytes]()
    while len(rows) < height:
        times, at = stream[at] + 1, at + 1
        row = b""
        while len(row) < row_size:
            count, at = stream[at], at + 1
            assert count != 128
            if count < 128:
                row, at = row + stream[at : at + unit] * (count + 1), at + unit
            else:
                size = (257 - count) * unit
                row, at = row + stream[at : at + size], at + size
        assert len(row) == row_size
        rows += [row] * times
    assert len(rows) == height
    page = RasterPage(
        width=number(372),
        height=height,
        dpi=number(276),
        points=(number(352), number(356)),
        duplex=bool(number(272)),
        tumble=bool(number(368)),
        bits_per_pixel=bits,
        colour_space=number(400),
        colours=number(420),
        total_pages=number(452),
        transform=(signed(456), signed(460)),
        quality=number(484),
        media=text(1732),
        rows=tuple(rows),
    )
    return page, at


def decode_receipt(commands: bytes) -> tuple[Image.Image, bytes]:
    """The picture that `GS v 0` commands print one under another, and every other command in between as it came."""
    strips, other, at = list[Image.Image](), bytearray(), 0
    while at < len(commands):
        if commands[at : at + 4] != b"\x1dv0\0":
            other.append(commands[at])
            at += 1
            continue
        wide, high = struct.unpack_from("<HH", commands, at + 4)
        at += 8
        strips.append(
            Image.frombytes("1", (wide * 8, high), bytes(byte ^ 0xFF for byte in commands[at : at + wide * high]))
        )
        at += wide * high
    whole = Image.new("1", (strips[0].width, sum(strip.height for strip in strips)))
    top = 0
    for strip in strips:
        whole.paste(strip, (0, top))
        top += strip.height
    return whole, bytes(other)
