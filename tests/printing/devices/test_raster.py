"""PWG raster: what is packed is what the printer unpacks, and every header field says what the page is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from printing.devices.backend import Bitmap, Mode, Sides
from printing.devices.errors import DeviceMisuse
from printing.devices.raster import Sheet, encode, media_size
from tests.printing.decoders import decode_pwg

A4 = "iso_a4_210x297mm"
TINY = "custom_tiny_10x12mm"
"""A sheet of 39 x 47 pixels at 100 dpi."""


def bitmap(pixels: np.ndarray, *, padding: int = 0) -> Bitmap:
    """Rows x columns (x 3) as the documents' worker hands pages up, each row padded."""
    mode: Mode = "rgb24" if pixels.ndim == 3 else "grey8"
    rows = np.pad(pixels.reshape(len(pixels), -1), ((0, 0), (0, padding)), constant_values=77)
    return Bitmap(pixels.shape[1], pixels.shape[0], rows.shape[1], mode, rows.tobytes())


def unpack(stream: bytes, space: str) -> list[np.ndarray]:
    return [np.asarray(page.colour if space == "srgb_8" else page.grey) for page in decode_pwg(stream)]


def pages(shape: tuple[int, ...]) -> st.SearchStrategy[np.ndarray]:
    """Pages of few colours, so that runs and like rows of every length come up, and pages of noise."""
    few = hnp.arrays(np.uint8, shape, elements=st.sampled_from([0, 255]), fill=st.just(np.uint8(255)))
    noise = st.integers(0, 2**32 - 1).map(lambda seed: np.random.default_rng(seed).integers(0, 256, shape, np.uint8))
    return st.one_of(few, noise)


@given(st.lists(pages((47, 39)), min_size=1, max_size=3), st.integers(0, 5))
def test_grey_pages_come_out_as_they_went_in(given_pages: list[np.ndarray], padding: int) -> None:
    stream = b"".join(encode([bitmap(page, padding=padding) for page in given_pages], Sheet("sgray_8", 100, TINY)))
    found = unpack(stream, "sgray_8")
    assert len(found) == len(given_pages)
    assert all((one == two).all() for one, two in zip(found, given_pages, strict=True))


@given(pages((47, 39, 3)), st.integers(0, 5))
def test_colour_pages_come_out_as_they_went_in(page: np.ndarray, padding: int) -> None:
    stream = b"".join(encode([bitmap(page, padding=padding)], Sheet("srgb_8", 100, TINY)))
    assert (unpack(stream, "srgb_8")[0] == page).all()


def test_long_runs_and_many_like_rows_are_counted() -> None:
    """A white A4 page is 28 bands of like rows, each told once: a count of rows, then 20 runs of 2 bytes."""
    white = bitmap(np.full((3508, 2480), 255, np.uint8))
    stream = b"".join(encode([white], Sheet("sgray_8", 300, A4)))
    assert len(stream) == 4 + 1796 + 28 * (1 + 20 * 2)
    assert (unpack(stream, "sgray_8")[0] == 255).all()


@pytest.mark.parametrize("length", [1, 2, 127, 128, 129, 255, 256, 257, 390])
@pytest.mark.parametrize("alike", [True, False])
def test_runs_at_the_edges_of_a_count(length: int, alike: bool) -> None:
    """A count byte holds 1 to 128; 128 itself (a count of 129) must never be written."""
    row = np.full(390, 9, np.uint8)
    row[:length] = 200 if alike else np.arange(length) % 2 * 50
    page = np.tile(row, (2, 1))
    page[1, -1] ^= 1
    sheet = Sheet("sgray_8", 254, "custom_strip_39x0.2mm")
    assert sheet.pixels == (390, 2)
    assert (unpack(b"".join(encode([bitmap(page)], sheet)), "sgray_8")[0] == page).all()


def test_the_header_says_what_the_page_is() -> None:
    sheet = Sheet("srgb_8", 300, A4, "two-sided-short-edge", "flipped", "high", pages=7)
    page = decode_pwg(b"".join(encode([bitmap(np.zeros((3508, 2480, 3), np.uint8))], sheet)))[0]
    assert (page.width, page.height, page.dpi, page.points) == (2480, 3508, 300, (595, 842))
    assert (page.duplex, page.tumble, page.quality, page.media) == (True, True, 5, A4)
    assert (page.bits_per_pixel, page.colour_space, page.colours, page.total_pages) == (24, 19, 3, 7)
    assert page.transform == (1, 1)


@pytest.mark.parametrize(
    ("media", "size"),
    [
        ("iso_a4_210x297mm", (21000, 29700)),
        ("na_letter_8.5x11in", (21590, 27940)),
        ("iso_a5_148x210mm", (14800, 21000)),
        ("custom_ticket_80x120.5mm", (8000, 12050)),
    ],
)
def test_media_tell_their_size(media: str, size: tuple[int, int]) -> None:
    assert media_size(media) == size


def test_media_without_a_size_are_our_own_mistake() -> None:
    with pytest.raises(DeviceMisuse):
        media_size("letter")


@pytest.mark.parametrize(
    ("sheet_back", "sides", "transform"),
    [
        ("normal", "two-sided-long-edge", (1, 1)),
        ("normal", "two-sided-short-edge", (1, 1)),
        ("flipped", "two-sided-long-edge", (1, -1)),
        ("flipped", "two-sided-short-edge", (-1, 1)),
        ("rotated", "two-sided-long-edge", (-1, -1)),
        ("rotated", "two-sided-short-edge", (1, 1)),
        ("manual-tumble", "two-sided-long-edge", (1, 1)),
        ("manual-tumble", "two-sided-short-edge", (-1, -1)),
        ("rotated", "one-sided", (1, 1)),
    ],
)
def test_backs_lie_as_the_printer_wants_them(sheet_back: str, sides: Sides, transform: tuple[int, int]) -> None:
    """PWG 5102.4, table of pwg-raster-document-sheet-back: the header says how, and the pixels are so."""
    page = np.arange(47 * 39, dtype=np.int64).astype(np.uint8).reshape(47, 39)
    front, back = decode_pwg(b"".join(encode([bitmap(page)] * 2, Sheet("sgray_8", 100, TINY, sides, sheet_back))))
    assert front.transform == (1, 1)
    assert (np.asarray(front.grey) == page).all()
    assert back.transform == transform
    across, along = transform
    assert (np.asarray(back.grey) == page[::along, ::across]).all()


def test_colour_becomes_grey_when_grey_was_paid() -> None:
    """Lightness by Rec. 601; a printer that ignores print-color-mode gets no colour to print."""
    page = np.zeros((47, 39, 3), np.uint8)
    page[:, :13, 0] = page[:, 13:26, 1] = page[:, 26:, 2] = 255
    in_grey = decode_pwg(b"".join(encode([bitmap(page)], Sheet("sgray_8", 100, TINY))))[0]
    assert sorted(set(in_grey.rows[0])) == [29, 77, 149]
    in_rgb = np.asarray(decode_pwg(b"".join(encode([bitmap(page)], Sheet("srgb_8", 100, TINY), grey=True)))[0].colour)
    assert sorted(set(in_rgb[0].ravel())) == [29, 77, 149]
    assert (in_rgb[..., 0] == in_rgb[..., 1]).all()
    assert (in_rgb[..., 0] == in_rgb[..., 2]).all()


def test_white_and_black_stay_so_in_every_colour_space() -> None:
    page = np.zeros((47, 39), np.uint8)
    page[:, 20:] = 255
    eight = decode_pwg(b"".join(encode([bitmap(page)], Sheet("black_8", 100, TINY))))[0]
    assert (eight.colour_space, eight.bits_per_pixel) == (3, 8)
    assert eight.rows[0] == b"\xff" * 20 + b"\x00" * 19
    one = decode_pwg(b"".join(encode([bitmap(page)], Sheet("black_1", 100, TINY))))[0]
    assert (one.colour_space, one.bits_per_pixel) == (3, 1)
    assert one.rows[0] == b"\xff\xff\xf0\x00\x00"


def test_grey_becomes_a_pattern_of_dots_where_only_black_is_printed() -> None:
    page = np.full((1200, 1200), 128, np.uint8)
    sheet = Sheet("black_1", 300, "custom_square_4x4in")
    rows = decode_pwg(b"".join(encode([bitmap(page)], sheet)))[0].rows
    assert sum(bin(byte).count("1") for row in rows for byte in row) == 1200 * 1200 // 2


@pytest.mark.parametrize(
    "wrong",
    [
        Bitmap(39, 46, 39, "grey8", bytes(39 * 46)),
        Bitmap(39, 47, 38, "grey8", bytes(39 * 47)),
        Bitmap(39, 47, 39, "grey8", bytes(39 * 47 - 1)),
        Bitmap(39, 47, 39, "rgb24", bytes(39 * 47 * 3)),
    ],
)
def test_a_page_that_is_not_its_size_is_our_own_mistake(wrong: Bitmap) -> None:
    with pytest.raises(DeviceMisuse):
        b"".join(encode([wrong], Sheet("sgray_8", 100, TINY)))
