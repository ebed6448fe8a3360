"""Pages as bands: every pixel arrives, no seam, white is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from printing.devices.backend import Bitmap
from printing.devices.windows.pixels import bands, place


@st.composite
def pages(draw: st.DrawFn) -> Bitmap:
    mode = draw(st.sampled_from(["grey8", "rgb24"]))
    width, height = draw(st.integers(1, 9)), draw(st.integers(1, 9))
    depth = 3 if mode == "rgb24" else 1
    stride = width * depth + draw(st.integers(0, 3))
    pixels = draw(st.binary(min_size=stride * height, max_size=stride * height))
    return Bitmap(width, height, stride, mode, pixels)


def pixel(page: Bitmap, x: int, y: int) -> tuple[int, ...]:
    depth = 3 if page.mode == "rgb24" else 1
    at = y * page.stride + x * depth
    return tuple(page.pixels[at : at + depth])


@given(pages(), st.integers(1, 4))
def test_every_pixel_is_where_gdi_looks_for_it(page: Bitmap, rows: int) -> None:
    depth = 3 if page.mode == "rgb24" else 1
    stride = (page.width * depth + 3) // 4 * 4
    shown = {}
    for band in bands(page, rows):
        assert len(band.pixels) == stride * band.rows
        for y in range(band.rows):
            for x in range(page.width):
                at = y * stride + x * depth
                shown[x, band.top + y] = tuple(band.pixels[at : at + depth])[::-1]  # blue comes first
    white = (255,) * depth
    for y in range(page.height):
        for x in range(page.width):
            assert shown.get((x, y), white) == pixel(page, x, y)


def test_a_white_band_is_left_out() -> None:
    page = Bitmap(4, 6, 4, "grey8", b"\xff" * 8 + b"\xff\xff\x00\xff" + b"\xff" * 12)
    assert [(band.top, band.rows) for band in bands(page, 2)] == [(2, 2)]


@given(st.integers(1, 4000), st.integers(1, 9000), st.integers(0, 300), st.integers(1, 500))
def test_bands_touch_and_cover_the_sheet(height: int, long: int, offset: int, rows: int) -> None:
    at = -offset
    for top in range(0, height, rows):
        span = place(top, min(rows, height - top), height, long, offset)
        assert span.at == at
        at += span.length
    assert at == long - offset
