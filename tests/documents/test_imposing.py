"""Several pages on one side of paper: where each comes to lie, seen on the drawn side."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.documents.imposing import impose
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
