"""How fast a document is counted, shown and made ready; a plain pdfium loop runs beside ours.

    python benchmarks/documents.py [--pages 500] [--lines 50] [--runs 7] [--json]

"inspect" is the whole call to a warm worker: read the file, count its pages twice (pdfium and qpdf), look for colour on
every page, answer. "plain loop" does only the colour part, in this process, with the library as its manual shows it:
render each page, ask numpy for the largest difference. Both render at the same resolution and must find the same pages;
they take turns, and the median counts. Times are of this PC, in milliseconds; the worker runs at a lower priority than
the screen, so on a busy PC it is the slower one.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.documents import Worker
from akimat_desk.documents.raster import COLOUR_ABOVE, SCAN_DPI

LINES = 50
"""A page as full as a page can be; an ordinary letter has 20 to 30."""
EVERY = 50
"""One page in so many holds a coloured line."""


def book(pages: int, lines: int) -> bytes:
    """Pages of text, `lines` of 62 letters each."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    for page in range(pages):
        canvas.setFont("Helvetica", 10)
        for line in range(lines):
            canvas.setFillColorRGB(0, 0, 0.8 if (page % EVERY, line) == (7, lines // 2) else 0)
            canvas.drawString(
                60, 790 - 15 * line, f"{page}.{line} The quick brown fox jumps over the lazy dog, once again"
            )
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def photo() -> bytes:
    """Twelve million pixels, as a telephone takes them."""
    out = io.BytesIO()
    noise = Image.effect_noise((500, 375), 60).resize((4000, 3000))
    Image.merge("RGB", [noise, noise.rotate(180), noise]).save(out, "JPEG", quality=85)
    return out.getvalue()


def plain_loop(path: Path) -> tuple[int, ...]:
    """The pages with colour, found the usual way."""
    document = pypdfium2.PdfDocument(path)
    try:
        found = []
        for number, page in enumerate(document, start=1):
            pixels = page.render(scale=SCAN_DPI / 72).to_numpy()
            if (pixels.max(axis=2) - pixels.min(axis=2)).max() > COLOUR_ABOVE:
                found.append(number)
        return tuple(found)
    finally:
        document.close()


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def median(work: Callable[[], object], runs: int) -> float:
    """The median of several calls."""
    return round(statistics.median(timed(work) for _ in range(runs)), 1)


def measure(folder: Path, pages: int, lines: int, runs: int) -> dict[str, float]:
    """Everything, with a new worker."""
    text, picture = folder / "book.pdf", folder / "photo.jpg"
    text.write_bytes(book(pages, lines))
    picture.write_bytes(photo())
    worker = Worker(folder, converter="")

    def again(path: Path) -> Path:
        """The file, as if it had been saved again: the worker keeps the last document open otherwise."""
        os.utime(path)
        return path

    with worker:
        cold = timed(lambda: worker.inspect(text))
        assert worker.inspect(text).colour_pages == plain_loop(text)
        ours, plain = [], []
        for _ in range(runs):
            ours.append(timed(lambda: worker.inspect(again(text))))
            plain.append(timed(lambda: plain_loop(text)))
        inspect, loop = round(statistics.median(ours), 1), round(statistics.median(plain), 1)
        return {
            "pages": pages,
            "lines a page": lines,
            "first call, worker not started": round(cold, 1),
            "inspect": inspect,
            "plain loop": loop,
            "inspect / plain loop": round(inspect / loop, 2),
            "preview, 600 wide": median(lambda: worker.preview(text, pages // 2, 600, grey=True), runs),
            "printable PDF, all pages": median(lambda: worker.to_pdf(text, folder / "out.pdf"), runs),
            "printable PDF, ten pages": median(
                lambda: worker.to_pdf(text, folder / "out.pdf", pages=range(1, 11)), runs
            ),
            "one page of pixels, 300 dpi grey": median(
                lambda: list(worker.render_pages(text, dpi=300, colour=False, pages=[1])), runs
            ),
            "one page of pixels, 300 dpi colour": median(
                lambda: list(worker.render_pages(text, dpi=300, colour=True, pages=[1])), runs
            ),
            "inspect a photo of 12 MP": median(lambda: worker.inspect(again(picture)), runs),
            "preview of the photo": median(lambda: worker.preview(picture, 1, 600), runs),
        }


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = measure(Path(folder), arguments.pages, arguments.lines, arguments.runs)
    if arguments.json:
        json.dump(result, sys.stdout, indent=2)
        return
    for name, value in result.items():
        print(f"{name:36} {value:10}")


if __name__ == "__main__":
    main()
