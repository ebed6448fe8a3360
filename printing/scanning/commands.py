"""`akimat-desk print scan`: which scanners there are, and one scan into a file. It needs no village."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.people.erasing import thrown_away
from akimat_desk.store.durable import write_file
from akimat_desk.store.errors import NoSuchFile
from printing.scanning.device import COPY_DPI, Area, Order, Source
from printing.scanning.errors import ScanLost
from printing.sizes import SIZES, SIZES_MM

if TYPE_CHECKING:
    from akimat_desk.documents.worker import Worker
    from akimat_desk.service import Call
    from printing.rules import Size
    from printing.scanning.device import Scanned
    from printing.scanning.laying import Leaf

DPIS: Final = (75, 100, 150, 200, 300, 600)
_SOURCES: Final[tuple[Source, ...]] = ("glass", "feeder")


class ScannerUnnamed(Refused):
    """A scan into a file, and no scanner."""

    code = "scanner-unnamed"
    staff_text = N_("Which scanner is to scan was not said.")
    next_text = N_("Name its address: “print scan” alone lists the scanners.")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments."""
    scan = commands.add_parser(
        "scan",
        help=N_("List scanners, or scan a paper into a PDF, without a village or a price."),
        description=N_(
            "Without --scanner the scanners of the network and of SANE are listed. Nothing is written down."
        ),
    )
    scan.add_argument(
        "--scanner", default="", metavar="ADDRESS", help=N_("The scanner's address, as it is listed or typed.")
    )
    scan.add_argument(
        "--to", default="", metavar="FILE", help=N_("The PDF to be written; without it nothing is scanned.")
    )
    scan.add_argument(
        "--source", choices=_SOURCES, default="glass", help=N_("From the glass, or all sheets of the feeder.")
    )
    scan.add_argument("--both-sides", action="store_true", help=N_("Both sides of the sheets in the feeder."))
    scan.add_argument("--colour", action="store_true", help=N_("In colour; otherwise in grey."))
    scan.add_argument(
        "--dpi", type=int, choices=DPIS, default=COPY_DPI, metavar="N", help=N_("Dots an inch; otherwise 300.")
    )
    scan.add_argument(
        "--size", choices=SIZES, default="A4", help=N_("The sheets that lie there; otherwise A4.")
    )  # fmt: skip
    scan.set_defaults(act=run)


def run(call: Call) -> int:
    """List, ask one scanner what it can, or scan."""
    if not call.arguments.scanner:
        if call.arguments.to:
            raise ScannerUnnamed
        return _list(call)
    if call.arguments.to and not (folder := Path(call.arguments.to).absolute().parent).is_dir():
        raise NoSuchFile(file=folder)
    with thrown_away() as folder:
        return _scan(call, folder)


def _list(call: Call) -> int:
    from printing.scanning.known import search

    found = search()
    rows = [{"name": each.name, "address": each.uri, "model": each.model} for each in found.scanners]
    lines = [f"{each.name}: {each.uri}" for each in found.scanners] or [call.words("No scanner was found.")]
    if not found.with_sane:
        lines.append(call.words("Scanners on a cable need the program scanimage, which is not installed on this PC."))
    call.out({"scanners": rows, "sane": found.with_sane}, lines)
    return 0


def _scan(call: Call, folder: Path) -> int:
    from akimat_desk.documents.worker import Worker
    from printing.scanning.laying import pdf_of
    from printing.scanning.opening import open_scanner, probe_typed

    arguments, words = call.arguments, call.words
    began = time.monotonic()
    uri, able = probe_typed(arguments.scanner, room=folder)
    if not arguments.to:
        told: dict[str, object] = {"address": uri, "model": able.model, "both_sides": able.both_sides}
        lines = [f"{able.model}: {uri}"]
        for name in _SOURCES:
            source = able.of(name)
            told[name] = None if source is None else list(source.dpis)
            if source is not None:
                lines.append(f"  {name}: {', '.join(map(str, source.dpis))}")
        call.out(told, lines)
        return 0
    size: Size = arguments.size
    order = Order(
        arguments.source, arguments.colour, arguments.dpi, arguments.both_sides, Area(0, 0, *SIZES_MM[size])
    )  # fmt: skip
    with Worker(folder) as worker:
        scanner = open_scanner(uri, room=folder, pin=able.fingerprint)
        leaves = [_leaf(worker, page, grey=not arguments.colour) for page in scanner.scan(order)]
    if not leaves:
        raise ScanLost
    pdf = pdf_of(leaves, SIZES_MM[size])
    write_file(Path(arguments.to).absolute(), pdf)
    seconds = round(time.monotonic() - began, 3)
    call.out(
        {"file": arguments.to, "pages": len(leaves), "bytes": len(pdf), "seconds": seconds},
        [words("Scanned. Pages: {pages}, file: {file}.", pages=len(leaves), file=arguments.to)],
    )
    return 0


def _leaf(worker: Worker, page: Scanned, *, grey: bool) -> Leaf:
    from akimat_desk.documents.errors import DamagedFile
    from akimat_desk.documents.protocol import Develop
    from printing.scanning.laying import Leaf, Picture
    from printing.scanning.rules import true_dpi

    try:
        made, jpeg = worker.develop(page.data, Develop(grey=grey))
    except DamagedFile as why:
        raise ScanLost from why
    dpi = true_dpi(made.across, page.area.width, page.dpi, made.dpi)
    return Leaf((Picture(jpeg, made.width, made.height, made.grey, dpi),))
