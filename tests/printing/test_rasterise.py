"""Pages drawn for printers that take no PDF: exactly the sheet, nothing left in the clear."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.documents.worker import Worker
from printing.devices.backend import A4, Bitmap, PageSize
from printing.devices.raster import Sheet
from printing.rasterise import fit, rasterise
from tests.documents.files import pdf

SIZES = {300: (2480, 3508), 600: (4961, 7016)}
"""A4 in pixels, 210 x 297 mm rounded to whole pixels."""


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    with Worker(tmp_path_factory.mktemp("worker")) as worker:
        yield worker


@pytest.mark.parametrize("dpi", [300, 600])
def test_the_sheet_is_what_the_printer_wants(dpi: int) -> None:
    assert Sheet("sgray_8", dpi, A4).pixels == SIZES[dpi]


@pytest.mark.parametrize("mode", ["grey8", "rgb24"])
@pytest.mark.parametrize("dpi", [300, 600])
def test_an_a4_page_fills_exactly_the_sheet(worker: Worker, tmp_path: Path, dpi: int, mode: str) -> None:
    pages = 1 if (dpi, mode) == (600, "rgb24") else 2

    def frame(canvas: Canvas, page: int) -> None:
        canvas.setFillColorRGB(0.8, 0.1, 0.1)
        canvas.rect(0, 0, 36, 36, stroke=0, fill=1)  # the lower left half inch

    width, height = SIZES[dpi]
    size = PageSize(width, height, dpi, mode)  # type: ignore[arg-type]
    count = 0
    for page in rasterise(lambda: nullcontext(worker), tmp_path)(pdf(pages, frame))(size):
        count += 1
        assert (page.width, page.height, page.mode) == (width, height, mode)
        assert len(page.pixels) == page.stride * page.height
        image = Image.frombytes(
            "L" if mode == "grey8" else "RGB", (width, height), bytes(page.pixels), "raw",
            "L" if mode == "grey8" else "RGB", page.stride,
        )  # fmt: skip
        white, red = (255, (76,)) if mode == "grey8" else ((255, 255, 255), ((204, 26, 26),))
        assert image.getpixel((10, 10)) == white
        inside, outside = dpi // 2 - 5, dpi // 2 + 5
        corner = image.getpixel((inside, height - inside))
        assert corner == red[0] if mode == "rgb24" else 60 < corner < 110
        assert image.getpixel((outside, height - outside)) == white
    assert count == pages
    assert list(tmp_path.iterdir()) == []


def test_a_drawing_that_is_broken_off_leaves_nothing_in_the_clear(worker: Worker, tmp_path: Path) -> None:
    pages = iter(rasterise(lambda: nullcontext(worker), tmp_path)(pdf(3))(PageSize(*SIZES[300], 300, "grey8")))
    next(pages)
    assert len(list(tmp_path.iterdir())) == 1
    pages.close()  # type: ignore[attr-defined]
    assert list(tmp_path.iterdir()) == []


def bitmap(width: int, height: int, stride: int) -> Bitmap:
    row = bytes(range(1, width + 1)) + b"\0" * (stride - width)
    return Bitmap(width, height, stride, "grey8", row * height)


@pytest.mark.parametrize(
    ("page", "pixels"),
    [
        (bitmap(4, 2, 4), b"\1\2\3\4" * 2),
        (bitmap(3, 2, 4), b"\1\2\3\xff" * 2),
        (bitmap(5, 2, 8), b"\1\2\3\4" * 2),
        (bitmap(4, 1, 4), b"\1\2\3\4\xff\xff\xff\xff"),
        (bitmap(4, 3, 4), b"\1\2\3\4" * 2),
    ],
    ids=["as it is", "narrower", "wider", "lower", "higher"],
)
def test_a_pixel_too_many_or_too_few_is_cut_or_white(page: Bitmap, pixels: bytes) -> None:
    fitted = fit(page, PageSize(4, 2, 300, "grey8"))
    assert (fitted.width, fitted.height, fitted.stride, bytes(fitted.pixels)) == (4, 2, 4, pixels)
