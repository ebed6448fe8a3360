"""Several pages on one side of paper, by pdfium. Runs in the worker.

Each side holds its pages in reading order, in one row or in two, each as large as its place allows. Two upright pages
lie side by side on a sheet that lies across; pages that lie across stand one above the other.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import closing
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from akimat_desk.documents.errors import DamagedFile

POINTS: Final = 72 / 25.4
"""In a millimetre."""
_GRIDS: Final = {2: (2, 1), 4: (2, 2)}


def impose(
    document: Any,
    sizes: Sequence[tuple[float, float]],
    sides: Sequence[Sequence[int]],
    sheet_mm: tuple[float, float],
) -> bytes:
    """`sides` of paper, each the pages (from 1) on it, 0 for an empty place; all have two places, or all four.

    `sizes` are the pages' own, in points; `sheet_mm` is the paper, upright. Raises `DamagedFile`.
    """
    many = len(sides[0])
    with closing(pypdfium2.PdfDocument.new()) as ordered:
        places = [page for side in sides for page in side]
        pages = [page for page in places if page]
        wide, high = sizes[pages[0] - 1]
        across = wide > high
        ordered.import_pages(document, pages=[page - 1 for page in pages])  # in one go: each would bring its own fonts
        for index, page in enumerate(places):
            if not page:
                ordered.new_page(wide, high, index).close()
        columns, rows = _GRIDS[many]
        if across:
            columns, rows = rows, columns
        lies = across if columns == rows else not across
        upright = sheet_mm[0] * POINTS, sheet_mm[1] * POINTS
        width, height = upright[::-1] if lies else upright
        handle = pdfium.FPDF_ImportNPagesToOne(ordered, width, height, columns, rows)
        if not handle:
            raise DamagedFile(detail="pages could not be laid on sides")
        with closing(pypdfium2.PdfDocument(handle)) as imposed:
            out = io.BytesIO()
            imposed.save(out)
            return out.getvalue()
