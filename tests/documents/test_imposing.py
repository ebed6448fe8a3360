"""Pages on sheets, one or several on a side: where each comes to lie, seen on the drawn side."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.documents import raster
from akimat_desk.documents.imposing import impose
from akimat_desk.documents.limits import Limits
from akimat_desk.documents.pdf import open_pdf
from akimat_desk.documents.worker import Worker
from tests.documents import files

UPRIGHT, ACROSS = (595.0, 842.0), (842.0, 595.0)


def stripes(size: tuple[float, float], pages: int) -> bytes:
    """Page n is black from its left edge on for n tenths of its width."""

    def draw(canvas: Canvas, page: int) -> None:
        canvas.rect(0, 0, size[0] * page / 10, size[1], stroke=0, fill=1)

    return files.pdf(pages, draw, size)


def laid(
    data: bytes, sides: Sequence[Sequence[int]], sheet: tuple[float, float] = (210, 297)
) -> tuple[list[tuple[int, int]], list[list[list[int]]]]:
    """The size of each side, and which page (by its stripe) lies in each of its places, row by row; 0 for none."""
    document = pypdfium2.PdfDocument(data)
    made = pypdfium2.PdfDocument(impose(document, [page.get_size() for page in document], sides, sheet))
    sizes, found = [], []
    rows, columns = {2: (1, 2), 4: (2, 2)}[len(sides[0])]
    across = document[0].get_width() > document[0].get_height()
    if across:
        rows, columns = columns, rows
    for side in made:
        sizes.append((round(side.get_width()), round(side.get_height())))
        pixels = side.render(grayscale=True).to_numpy() < 128
        high, wide = pixels.shape[0] // rows, pixels.shape[1] // columns
        places = [
            [pixels[row * high : (row + 1) * high, column * wide : (column + 1) * wide] for column in range(columns)]
            for row in range(rows)
        ]
        found.append([[round(10 * float(place[high // 2].mean())) for place in row] for row in places])
    made.close()
    document.close()
    return sizes, found


def test_two_upright_pages_lie_side_by_side_on_a_sheet_that_lies_across() -> None:
    sizes, found = laid(stripes(UPRIGHT, 3), [(1, 2), (3, 0)])
    assert sizes == [(842, 595)] * 2
    assert found == [[[1, 2]], [[3, 0]]]


def test_two_pages_lie_on_a_sheet_of_another_size() -> None:
    sizes, found = laid(stripes(UPRIGHT, 2), [(1, 2)], (297, 420))
    assert (sizes, found) == ([(1191, 842)], [[[1, 2]]])


def test_two_pages_that_lie_across_stand_one_above_the_other() -> None:
    sizes, found = laid(stripes(ACROSS, 2), [(1, 2)])
    assert (sizes, found) == ([(595, 842)], [[[1], [2]]])


@pytest.mark.parametrize("size", [UPRIGHT, ACROSS])
def test_four_pages_lie_in_two_rows_and_the_sheet_as_they_do(size: tuple[float, float]) -> None:
    sizes, found = laid(stripes(size, 4), [(1, 2, 3, 4)])
    assert (sizes, found) == ([(round(size[0]), round(size[1]))], [[[1, 2], [3, 4]]])


def test_an_empty_place_stays_empty_wherever_it_is() -> None:
    assert laid(stripes(UPRIGHT, 3), [(0, 1), (2, 3)])[1] == [[[0, 1]], [[2, 3]]]


def test_an_empty_back_is_a_sheet_of_its_own() -> None:
    document = pypdfium2.PdfDocument(stripes(UPRIGHT, 2))
    made = pypdfium2.PdfDocument(impose(document, [UPRIGHT] * 2, [(2,), (0,), (1,), (2,)], (210, 297)))
    black = [round(10 * float((side.render(grayscale=True).to_numpy() < 128)[400].mean())) for side in made]
    assert (black, {tuple(map(round, side.get_size())) for side in made}) == ([2, 0, 1, 2], {(595, 842)})
    made.close()
    document.close()


def test_pages_bring_their_fonts_once() -> None:
    data = files.pdf(40)
    document = pypdfium2.PdfDocument(data)
    sizes = [page.get_size() for page in document]
    made = impose(document, sizes, [(n, n + 1) for n in range(1, 40, 2)], (210, 297))
    document.close()
    assert len(made) < 3 * len(data)


def test_the_worker_writes_sides(worker: Worker, session: Path) -> None:
    source = session / "letter.pdf"
    source.write_bytes(stripes(UPRIGHT, 3))
    made = worker.to_pdf(source, session / "made.pdf", sides=[(0, 1), (2, 3)])
    assert (made.pages, worker.inspect(made.path).sizes_mm) == (2, ((297.0, 210.0),) * 2)


A3, A5, LEGAL, LETTER = (842.0, 1191.0), (420.0, 595.0), (612.0, 1008.0), (612.0, 792.0)


def corner(size: tuple[float, float], turn: int, cut: float) -> bytes:
    """A page with one black corner, turned and cut as some programs write pages."""

    def draw(canvas: Canvas, _page: int) -> None:
        canvas.rect(cut, cut, size[0] / 2, size[1] / 4, stroke=0, fill=1)

    with pikepdf.open(io.BytesIO(files.pdf(1, draw, size))) as pdf:
        page = pdf.pages[0]
        page.Rotate = turn
        page.CropBox = pikepdf.Array([cut, cut, size[0] - cut, size[1] - cut])
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def drawn(data: bytes, sheet: tuple[float, float]) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    pdf = open_pdf(data, None, Limits())
    strip, pixels = raster.render(pdf, 1, dpi=36, colour=False, blue_first=False, media_mm=sheet, y=0)
    pdf.close()
    return np.frombuffer(pixels, np.uint8).reshape(strip.rows, strip.stride)[:, : strip.width]


@pytest.mark.parametrize("cut", [0.0, 40.0])
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("size", [A3, A5, LEGAL, LETTER, (1191.0, 842.0)])
def test_one_page_on_a_sheet_lies_as_it_is_drawn_for_printers_that_take_pictures(
    size: tuple[float, float], turn: int, cut: float
) -> None:
    """So that paper, preview and every kind of printer agree."""
    data = corner(size, turn, cut)
    document = pypdfium2.PdfDocument(data)
    laid_out = impose(document, [page.get_size() for page in document], [(1,)], (210, 297))
    document.close()
    made = pypdfium2.PdfDocument(laid_out)
    assert sorted(map(round, made[0].get_size())) == [595, 842]
    made.close()
    assert np.abs(drawn(laid_out, (210, 297)).astype(int) - drawn(data, (210, 297))).mean() < 2
