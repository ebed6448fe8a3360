"""Pages as pixels: colour scan, preview, strips."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.documents import raster
from akimat_desk.documents.limits import Limits
from akimat_desk.documents.pdf import Pdf, open_pdf
from akimat_desk.documents.protocol import Strip
from akimat_desk.documents.raster import Placing, Scan, place, scan
from tests.documents import files

A4_MM = (210.0, 297.0)
A4 = (595.276, 841.89)


@contextmanager
def opened(data: bytes) -> Iterator[Pdf]:
    pdf = open_pdf(data, None, Limits())
    try:
        yield pdf
    finally:
        pdf.close()


# ---- colour and blank pages


def test_which_pages_hold_colour_and_which_hold_nothing() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        if page in (2, 5):
            canvas.setFillColorRGB(0, 0, 1)
        if page != 4:
            canvas.drawString(72, 700, "text")

    with opened(files.pdf(5, draw)) as pdf:
        assert scan(pdf) == Scan(colour=(2, 5), blank=(4,))


@given(st.lists(st.tuples(st.floats(5, 590), st.floats(5, 830)), min_size=20, max_size=20))
def test_a_red_dot_of_two_points_is_seen_wherever_it_lies(places: list[tuple[float, float]]) -> None:
    def draw(canvas: Canvas, page: int) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.circle(*places[page - 1], 1, stroke=0, fill=1)

    with opened(files.pdf(len(places), draw)) as pdf:
        assert scan(pdf).colour == tuple(range(1, len(places) + 1))


def test_black_of_four_inks_and_the_grey_of_scanners_are_not_colour() -> None:
    def draw(canvas: Canvas, page: int) -> None:
        if page == 1:
            canvas.setFillColorCMYK(0.7, 0.6, 0.6, 1)
        else:
            canvas.setFillColorRGB(100 / 255, 104 / 255, 110 / 255)
        canvas.rect(100, 100, 300, 300, stroke=0, fill=1)

    with opened(files.pdf(2, draw)) as pdf:
        assert scan(pdf) == Scan(colour=(), blank=())


def test_pages_of_any_size_are_scanned() -> None:
    def draw(canvas: Canvas, _page: int) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, 0, 10_000, 10_000, stroke=0, fill=1)

    for size in ((3.0, 3.0), (14_000.0, 14_000.0), (14_000.0, 3.0)):
        with opened(files.pdf(1, draw, size)) as pdf:
            assert scan(pdf).colour == (1,)


# ---- preview


def red_square(canvas: Canvas, _page: int) -> None:
    canvas.setFillColorRGB(1, 0, 0)
    canvas.rect(0, A4[1] - 100, 100, 100, stroke=0, fill=1)


def test_a_preview_is_as_wide_as_asked_and_shows_the_colours() -> None:
    with opened(files.pdf(1, red_square)) as pdf:
        png = raster.preview(pdf, 1, 300, None, grey=False)
    picture = Image.open(io.BytesIO(png))
    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (300, 424))
    assert (picture.getpixel((5, 5)), picture.getpixel((200, 200))) == ((255, 0, 0), (255, 255, 255))


def test_a_grey_preview_when_grey_is_printed() -> None:
    with opened(files.pdf(1, red_square)) as pdf:
        picture = Image.open(io.BytesIO(raster.preview(pdf, 1, 300, None, grey=True)))
    assert picture.mode == "L"
    assert 50 < picture.getpixel((5, 5)) < 110
    assert picture.getpixel((200, 200)) == 255


def test_a_preview_fits_into_both_sides() -> None:
    with opened(files.pdf(1)) as pdf:
        assert Image.open(io.BytesIO(raster.preview(pdf, 1, 300, 212, grey=True))).size == (150, 212)


def test_an_absurd_preview_is_kept_small() -> None:
    with opened(files.pdf(1, size=(3, 14_000))) as pdf:
        assert Image.open(io.BytesIO(raster.preview(pdf, 1, 5000, None, grey=True))).size == (1, 4000)


# ---- on the sheet


def test_an_a4_page_covers_an_a4_sheet() -> None:
    assert place(A4, 300, A4_MM) == Placing(2480, 3508, (0, 0, 2480, 3508), 0)


def test_a_page_that_lies_across_is_turned() -> None:
    assert place((A4[1], A4[0]), 300, A4_MM) == Placing(2480, 3508, (0, 0, 2480, 3508), 3)


def test_a_small_page_keeps_its_size_in_the_middle() -> None:
    assert place((297.638, 419.528), 72, A4_MM) == Placing(595, 842, (148, 211, 298, 420), 0)


def test_a_large_page_is_made_smaller() -> None:
    assert place((A4[0] * 2, A4[1] * 2), 72, A4_MM) == Placing(595, 842, (0, 0, 595, 842), 0)


def test_without_a_sheet_the_page_is_its_own() -> None:
    assert place((612, 792), 100, None) == Placing(850, 1100, (0, 0, 850, 1100), 0)


@given(st.floats(3, 14_400), st.floats(3, 14_400), st.integers(50, 1200))
def test_a_page_never_leaves_the_sheet_and_never_grows(width: float, height: float, dpi: int) -> None:
    placing = place((width, height), dpi, A4_MM)
    x, y, across, down = placing.box
    spare = 2.0 / 25.4 * dpi + 2  # a page may exceed the sheet by 2 mm, and pixels are whole
    assert across <= placing.width + spare
    assert down <= placing.height + spare
    assert x >= -spare
    assert y >= -spare
    assert max(across, down) <= max(width, height) * dpi / 72 + 1


def drawn(pdf: Pdf, *, dpi: int, colour: bool, blue_first: bool = False) -> tuple[list[Strip], Image.Image]:
    """All strips of page 1, and the picture they make."""
    strips, rows = [], []
    y, height = 0, 1
    while y < height:
        strip, pixels = raster.render(pdf, 1, dpi=dpi, colour=colour, blue_first=blue_first, media_mm=A4_MM, y=y)
        assert len(pixels) == strip.rows * strip.stride
        strips.append(strip)
        rows.append(np.frombuffer(pixels, np.uint8).reshape(strip.rows, strip.stride))
        y, height = y + strip.rows, strip.height
    whole = np.concatenate(rows)[:, : strips[0].width * (3 if colour else 1)]
    return strips, Image.fromarray(whole.reshape(height, strips[0].width, 3) if colour else whole)


def test_one_strip_for_an_ordinary_page() -> None:
    with opened(files.pdf(1, red_square)) as pdf:
        strips, page = drawn(pdf, dpi=300, colour=True)
    assert strips == [
        Strip(page=1, pages=1, width=2480, height=3508, y=0, rows=3508, stride=7440, format="rgb24"),
    ]
    assert (page.getpixel((10, 10)), page.getpixel((1000, 1000))) == ((255, 0, 0), (255, 255, 255))


def test_blue_first_for_windows() -> None:
    with opened(files.pdf(1, red_square)) as pdf:
        strips, page = drawn(pdf, dpi=50, colour=True, blue_first=True)
    assert (strips[0].format, strips[0].stride % 4, page.getpixel((5, 5))) == ("bgr24", 0, (0, 0, 255))


def test_grey() -> None:
    with opened(files.pdf(1, red_square)) as pdf:
        strips, page = drawn(pdf, dpi=50, colour=False)
    assert (strips[0].format, strips[0].stride % 4, page.mode) == ("grey8", 0, "L")
    assert 50 < page.getpixel((5, 5)) < 110


def test_the_top_of_a_page_that_lies_across_is_at_the_left_of_the_sheet() -> None:
    def draw(canvas: Canvas, _page: int) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.rect(0, A4[0] - 100, 100, 100, stroke=0, fill=1)  # top left as it is read

    with opened(files.pdf(1, draw, (A4[1], A4[0]))) as pdf:
        _, page = drawn(pdf, dpi=72, colour=True)
    assert [page.getpixel(at) for at in ((5, 836), (5, 5), (590, 5), (590, 836))] == [(255, 0, 0)] + [(255,) * 3] * 3


def test_strips_make_the_same_page_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(canvas: Canvas, _page: int) -> None:
        canvas.setFont("Helvetica", 9)
        for row in range(70):
            canvas.drawString(40, 800 - row * 11, "The quick brown fox jumps over the lazy dog 0123456789")

    with opened(files.pdf(1, draw)) as pdf:
        _, whole = drawn(pdf, dpi=150, colour=False)
        monkeypatch.setattr(raster, "STRIP_BYTES", 100_000)
        strips, joined = drawn(pdf, dpi=150, colour=False)
    assert len(strips) > 10
    # pdfium rounds a glyph's edge by one level of 255 where a strip begins; nothing else may differ
    assert int(np.abs(np.asarray(whole, np.int16) - np.asarray(joined, np.int16)).max()) <= 1
