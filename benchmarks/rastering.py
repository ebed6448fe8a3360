"""Pages a second from a PDF to PWG raster, what a driverless printer without PDF is sent: ours, and Ghostscript's.

    python benchmarks/rastering.py [--pages 20] [--dpi 300] [--json]

The same PDF (text with Kazakh letters; and with --photo, a picture over the whole page) goes three ways, in turns:

    ours            the document worker draws (pdfium, a confined process of its own), `devices.raster` packs
    ghostscript     gs -sDEVICE=pwgraster, one process, as it is called by hand
    cups-filters    pdftoraster | rastertopwg, what CUPS does for such a printer (where the filters are installed)

Times include starting the process of each, as it is for every document. Our worker runs at the lowest priority, so that
it never holds up a screen: on a busy PC its pages a second say little, the processor's time says more. Each stream is
read back to its last page and its pages counted. Wanted: the Debian packages ghostscript and cups-filters.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the reader of streams comes from the tests

import numpy as np
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.documents.worker import Worker
from akimat_desk.papers.typefaces import REGULAR, register
from printing.devices.backend import PageSize
from printing.devices.raster import Sheet, encode
from printing.rasterise import rasterise
from tests.printing.decoders import decode_pwg

A4: Final = "iso_a4_210x297mm"
FILTERS: Final = Path("/usr/lib/cups/filter")
_PPD: Final = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "PWG.PPD"
*Manufacturer: "Akimat"
*Product: "(PWG)"
*ModelName: "Akimat PWG"
*ShortNickName: "Akimat PWG"
*NickName: "Akimat PWG"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: Gray
*cupsFilter2: "image/pwg-raster image/pwg-raster 0 -"
*OpenUI *PageSize: PickOne
*DefaultPageSize: A4
*PageSize A4: "<</PageSize[595.2756 841.8898]>>setpagedevice"
*CloseUI: *PageSize
*DefaultImageableArea: A4
*ImageableArea A4: "0 0 595.2756 841.8898"
*DefaultPaperDimension: A4
*PaperDimension A4: "595.2756 841.8898"
*OpenUI *ColorModel: PickOne
*DefaultColorModel: Gray
*ColorModel Gray: "<</cupsColorSpace 18/cupsColorOrder 0/cupsBitsPerColor 8/cupsCompression 1>>setpagedevice"
*CloseUI: *ColorModel
*DefaultResolution: DPIdpi
*OpenUI *Resolution: PickOne
*Resolution DPIdpi: "<</HWResolution[DPI DPI]>>setpagedevice"
*CloseUI: *Resolution
"""


def document(pages: int, *, photo: bool) -> bytes:
    """A4, full of text, or of a picture."""
    register()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595.276, 841.89), invariant=1)
    draw = np.random.default_rng(1)
    for page in range(1, pages + 1):
        if photo:
            noise = draw.integers(0, 255, (877, 620, 3), dtype=np.uint8)
            canvas.drawImage(ImageReader(Image.fromarray(noise).resize((1240, 1754))), 0, 0, 595.276, 841.89)
        else:
            canvas.setFont(REGULAR, 11)
            for line in range(45):
                canvas.drawString(60, 780 - 16 * line, f"{page}-бет, {line}: Құжатыңыз қағаз түскенде басыла береді, ₸")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def ours(pdf: bytes, target: Path, dpi: int, folder: Path) -> None:
    """As the desk does it for each document: a worker of its own."""
    sheet = Sheet("sgray_8", dpi, A4)
    width, height = sheet.pixels
    pages = rasterise(lambda: Worker(folder), folder)(pdf)(PageSize(width, height, dpi, "grey8"))
    with target.open("wb") as stream:
        for piece in encode(pages, sheet, grey=True):
            stream.write(piece)


def ghostscript(file: Path, target: Path, dpi: int) -> None:
    """8 bits of grey."""
    options = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pwgraster", "-sPAPERSIZE=a4"]
    grey = ["-dcupsColorSpace=18", "-dcupsBitsPerColor=8", "-dcupsBitsPerPixel=8", "-dcupsColorOrder=0"]
    edges = ["-dTextAlphaBits=4", "-dGraphicsAlphaBits=4"]  # grey edges of letters, as the others draw them
    subprocess.run(["gs", *options, *grey, *edges, f"-r{dpi}", f"-sOutputFile={target}", str(file)], check=True)


def cups_filters(file: Path, target: Path, ppd: Path) -> None:
    """The two filters one behind the other, as cupsd runs them."""
    environment = {**os.environ, "PPD": str(ppd), "CUPS_SERVERROOT": "/etc/cups", "CONTENT_TYPE": "application/pdf"}
    words = ["1", "akimat", "paper", "1", "PageSize=A4 ColorModel=Gray"]
    with target.open("wb") as out:
        first = subprocess.Popen(
            [str(FILTERS / "pdftoraster"), *words, str(file)],
            env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        second = [str(FILTERS / "rastertopwg"), *words]
        subprocess.run(
            second,
            env={**environment, "FINAL_CONTENT_TYPE": "image/pwg-raster"},
            stdin=first.stdout,
            stdout=out,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        if first.wait():
            raise OSError("pdftoraster")


def counted(stream: bytes) -> int:
    """Pages of a stream, by a reader that shares no line with the writer."""
    return len(decode_pwg(stream))


def processor_seconds() -> float:
    """What this process and the children that have ended have used of the processor."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def measure(pages: int, dpi: int, rounds: int, *, photo: bool) -> dict[str, Any]:
    """Each way in turns; the median of its rounds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pdf = document(pages, photo=photo)
        file, ppd = folder / "paper.pdf", folder / "pwg.ppd"
        file.write_bytes(pdf)
        ppd.write_text(_PPD.replace("DPI", str(dpi)))
        ways: dict[str, Callable[[Path], None]] = {"ours": lambda target: ours(pdf, target, dpi, folder)}
        missing = {}
        if shutil.which("gs"):
            ways["ghostscript"] = lambda target: ghostscript(file, target, dpi)
        else:
            missing["ghostscript"] = "gs is not installed"
        if (FILTERS / "pdftoraster").exists() and (FILTERS / "rastertopwg").exists():
            ways["cups-filters"] = lambda target: cups_filters(file, target, ppd)
        else:
            missing["cups-filters"] = "the filters are not installed"
        seconds: dict[str, list[float]] = {way: [] for way in ways}
        processor: dict[str, list[float]] = {way: [] for way in ways}
        sizes: dict[str, int] = {}
        for _ in range(rounds):
            for way, run in ways.items():
                target = folder / "out.pwg"
                began, worked = time.perf_counter(), processor_seconds()
                run(target)
                seconds[way].append(time.perf_counter() - began)
                processor[way].append(processor_seconds() - worked)
                stream = target.read_bytes()
                sizes[way] = len(stream)
                found = counted(stream)
                assert found == pages, f"{way}: {found} pages of {pages}"
        medians = {way: statistics.median(times) for way, times in seconds.items()}
        return {
            "pages": pages,
            "dpi": dpi,
            "photo": photo,
            "rounds": rounds,
            "pages_a_second": {way: round(pages / value, 1) for way, value in medians.items()},
            "bytes_a_page": {way: size // pages for way, size in sizes.items()},
            "processor_ms_a_page": {
                way: round(1000 * statistics.median(times) / pages, 1) for way, times in processor.items()
            },
            "times_ours": {way: round(medians["ours"] / value, 3) for way, value in medians.items() if way != "ours"},
            "not_available": missing,
        }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--dpi", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--photo", action="store_true")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = measure(arguments.pages, arguments.dpi, arguments.rounds, photo=arguments.photo)
    if arguments.json:
        print(json.dumps(found, indent=2))
        return
    print(f"PDF to PWG raster, {found['pages']} pages, {found['dpi']} dpi, grey")
    for way, value in found["pages_a_second"].items():
        ratio = found["times_ours"].get(way)
        beside = "" if ratio is None else f"   ours takes {ratio} of its time"
        worked = found["processor_ms_a_page"][way]
        print(
            f"  {way:13} {value:6.1f} pages/s, {worked:6.1f} ms of processor and {found['bytes_a_page'][way]:8} bytes "
            f"a page{beside}"
        )
    for way, why in found["not_available"].items():
        print(f"  {way:13} not available: {why}")


if __name__ == "__main__":
    main()
