"""Pages laid on sheets of a size, one or several on a side, by pdfium. Runs in the worker.

Several on a side lie in reading order, in one row or in two, each as large as its place allows. Two upright pages lie
side by side on a sheet that lies across; pages that lie across stand one above the other. One on a side lies as
`raster.place` would draw it: in the middle, made smaller where it is larger than the sheet, never larger.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import closing
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from akimat_desk.documents.errors import DamagedFile
from akimat_desk.documents.sheets import FITS_MM

POINTS: Final = 72 / 25.4
"""In a millimetre."""
_GRIDS: Final = {2: (2, 1), 4: (2, 2)}


def impose(
    document: Any,
    sizes: Sequence[tuple[float, float]],
    sides: Sequence[Sequence[int]],
    sheet_mm: tuple[float, float],
) -> bytes:
    """`sides` of paper, each the pages (from 1) on it, 0 for an empty place; all have one place, or two, or four.

    `sizes` are the pages' own, in points; `sheet_mm` is the paper, upright. Raises `DamagedFile`.
    """
    many = len(sides[0])
    if many == 1:
        return _alone(document, [page for (page,) in sides], sheet_mm)
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


def _alone(document: Any, pages: Sequence[int], sheet_mm: tuple[float, float]) -> bytes:
    """Each of `pages` on a sheet of its own, which lies as the page does; an empty one for 0."""
    upright = sheet_mm[0] * POINTS, sheet_mm[1] * POINTS
    with closing(pypdfium2.PdfDocument.new()) as made:
        made.import_pages(document, pages=[page - 1 for page in pages if page])
        for page in made:
            with closing(page):
                _lay(page, upright)
        for index, number in enumerate(pages):
            if not number:
                made.new_page(*upright, index).close()
        out = io.BytesIO()
        made.save(out)
        return out.getvalue()


def _lay(page: Any, upright: tuple[float, float]) -> None:
    """Make `page` a sheet, with what it was in the middle of it."""
    (across, down), spare = page.get_size(), FITS_MM * POINTS
    wide, high = upright if across <= down else upright[::-1]
    larger = across > wide + spare or down > high + spare
    scale = min(wide / across, high / down) if larger else 1.0
    if page.get_rotation() in (90, 270):  # boxes and content know nothing of the page's own turn
        wide, high = high, wide
    left, bottom, right, top = page.get_bbox()
    x, y = (wide - (right - left) * scale) / 2, (high - (top - bottom) * scale) / 2
    moved = scale, 0.0, 0.0, scale, x - left * scale, y - bottom * scale
    edge = x, y + (top - bottom) * scale, x + (right - left) * scale, y
    if not pdfium.FPDFPage_TransFormWithClip(page, pdfium.FS_MATRIX(*moved), pdfium.FS_RECTF(*edge)):
        raise DamagedFile(detail="a page could not be laid on a sheet")
    pdfium.FPDFPage_TransformAnnots(page, *moved)
    for name in ("media", "crop", "trim", "bleed", "art"):
        getattr(page, f"set_{name}box")(0, 0, wide, high)
