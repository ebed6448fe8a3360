"""Draws a spooled PDF for printers that take no PDF: the document worker makes the pixels, strip by strip."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from akimat_desk.people.erasing import erase_folder
from printing.devices.backend import Bitmap, Bitmaps, PageSize
from printing.scanning.device import MM_PER_INCH
from printing.sizes import sheet_mm

if TYPE_CHECKING:
    from akimat_desk.documents.worker import Worker
    from printing.delivery import Rasterise

WHITE = 0xFF


def rasterise(open_worker: Callable[[], AbstractContextManager[Worker]], folder: Path) -> Rasterise:
    """Drawn by a worker of `open_worker`, which is let go of afterwards; in the clear, in `folder`, only meanwhile."""

    def of(pdf: bytes) -> Bitmaps:
        def draw(size: PageSize) -> Iterator[Bitmap]:
            handle, name = tempfile.mkstemp(prefix="draw-", suffix=".pdf", dir=folder)
            file = Path(name)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(pdf)
                with open_worker() as worker:
                    yield from _pages(worker, file, size)
            finally:
                erase_folder(file)

        return draw

    return of


def _pages(worker: Worker, file: Path, size: PageSize) -> Iterator[Bitmap]:
    colour = size.mode == "rgb24"
    rows = bytearray()
    sheet = sheet_mm(size.width / size.dpi * MM_PER_INCH, size.height / size.dpi * MM_PER_INCH)
    for strip, pixels in worker.render_pages(file, dpi=size.dpi, colour=colour, media_mm=sheet):
        rows += pixels
        if strip.y + strip.rows == strip.height:
            yield fit(Bitmap(strip.width, strip.height, strip.stride, size.mode, rows), size)
            rows = bytearray()


def fit(page: Bitmap, size: PageSize) -> Bitmap:
    """`page` at exactly `size`: a sheet is a few pixels larger or smaller by rounding: white is added, edges cut."""
    depth = 3 if size.mode == "rgb24" else 1
    stride = size.width * depth
    taken = min(page.width, size.width) * depth
    if (page.width, page.height, page.stride) == (size.width, size.height, stride):
        return page
    white = bytes([WHITE]) * (stride - taken)
    source = memoryview(page.pixels)
    made = bytearray()
    for y in range(min(page.height, size.height)):
        made += source[y * page.stride : y * page.stride + taken]
        made += white
    made += bytes([WHITE]) * (stride * (size.height - min(page.height, size.height)))
    return Bitmap(size.width, size.height, stride, size.mode, made)
