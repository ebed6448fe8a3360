"""How long from "print" until the printer works on the job: our own IPP, and `lp` through CUPS, on the same printer.

    python benchmarks/printing.py [--rounds 20] [--pages 3] [--json]

The printer is ippeveprinter on loopback, CUPS a private server with one queue made by `lpadmin -m everywhere`; both are
started here, for which root and the Debian packages cups-daemon, cups-client, cups-filters, cups-ipp-utils and
avahi-daemon are wanted. The two ways take turns. A round begins when the document (a PDF) is handed over, and ends when
the printer itself says "processing"; the same watcher looks for both. `lp` starts a process and a filter for each job,
as it does for everyone; ours includes asking the printer what it can do. Times are of this PC, in milliseconds.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the printer comes from the tests

from reportlab.pdfgen.canvas import Canvas

from printing.devices.backend import Document, JobTicket
from printing.devices.ipp.client import IppClient
from printing.devices.ipp.transport import Address
from printing.devices.ipp.words import JobStateNumber
from printing.devices.opening import open_backend
from tests.system.cups import EVERYWHERE, cups
from tests.system.printers import demand, dns_sd, real_printer

QUEUE = "akimat"


def paper(pages: int) -> bytes:
    """A plain PDF, A4."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595.276, 841.89))
    for number in range(1, pages + 1):
        for line in range(40):
            canvas.drawString(72, 770 - 17 * line, f"Page {number}, line {line}: the quick brown fox and the lazy dog")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


class Watcher:
    """Asks the printer without pause, and notes when a job was first seen working or done."""

    def __init__(self, uri: str) -> None:
        self._client = IppClient(Address.of(uri))
        self._seen: set[int] = set()

    def wait_for_next(self) -> float:
        """The moment (`time.perf_counter`) at which a job we have not seen is worked on."""
        while True:
            for which in ("not-completed", "completed"):
                for job in self._client.jobs(which):
                    number, state = job.number("job-id"), job.number("job-state")
                    if number not in self._seen and number and state and state >= JobStateNumber.PROCESSING:
                        self._seen.add(number)
                        return time.perf_counter()

    def wait_until_idle(self) -> None:
        """Every job has ended."""
        while self._client.jobs("not-completed"):
            time.sleep(0.005)


def timed(watcher: Watcher, hand_over: Callable[[], None]) -> float:
    """Milliseconds from handing over until the printer works on it."""
    watcher.wait_until_idle()
    time.sleep(0.05)  # the printer closes its last job
    sender = threading.Thread(target=hand_over)
    began = time.perf_counter()
    sender.start()
    ended = watcher.wait_for_next()
    sender.join()
    return 1000 * (ended - began)


def measure(rounds: int, pages: int) -> dict[str, Any]:
    """Both ways in turns, after one round of each that is not counted."""
    pdf = paper(pages)
    ways: dict[str, list[float]] = {"ours": [], "lp": []}
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)  # CUPS gives up root for its filters
        (folder / "printer").mkdir()
        (folder / "cups").mkdir()
        (folder / "paper.pdf").write_bytes(pdf)
        environment = stack.enter_context(dns_sd(folder))
        printer = stack.enter_context(real_printer(folder / "printer", environment, announced=False))
        queue = ("-v", printer.uri, *EVERYWHERE)
        for_lp = stack.enter_context(cups(folder / "cups", {QUEUE: queue}, environment)).environment
        watcher = Watcher(printer.uri)

        def ours() -> None:
            open_backend(printer.uri).submit(JobTicket(uuid=os.urandom(16).hex()), Document(pdf=folder / "paper.pdf"))

        def lp() -> None:
            options = ["-o", "media=A4", "-o", "sides=one-sided", "-o", "print-color-mode=monochrome"]
            call = ["lp", "-d", QUEUE, *options, str(folder / "paper.pdf")]
            subprocess.run(call, env=for_lp, check=True, stdout=subprocess.DEVNULL)

        def queue_is_empty() -> bool:
            call = ["lpstat", "-o", QUEUE]
            return not subprocess.run(call, env=for_lp, check=True, capture_output=True).stdout

        for number in range(rounds + 1):
            for name, hand_over in (("ours", ours), ("lp", lp)):
                while not queue_is_empty():  # CUPS looks once a second whether its job has ended; not its turn's fault
                    time.sleep(0.02)
                took = timed(watcher, hand_over)
                if number:
                    ways[name].append(took)
        watcher.wait_until_idle()
        printed = len(printer.printed)
    medians = {name: statistics.median(times) for name, times in ways.items()}
    return {
        "rounds": rounds,
        "pages": pages,
        "pdf_bytes": len(pdf),
        "printed": printed,
        "median_ms": {name: round(value, 1) for name, value in medians.items()},
        "spread_ms": {name: [round(min(times), 1), round(max(times), 1)] for name, times in ways.items()},
        "times_lp": round(medians["ours"] / medians["lp"], 3),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    demand(("cupsd", "lp", "lpadmin"))
    found = measure(arguments.rounds, arguments.pages)
    if arguments.json:
        print(json.dumps(found, indent=2))
        return
    print(f'from "print" to "processing", {found["pages"]} pages, {found["rounds"]} rounds each, milliseconds')
    for name, value in found["median_ms"].items():
        low, high = found["spread_ms"][name]
        print(f"  {name:5} {value:8.1f}   ({low} to {high})")
    print(f"  ours / lp = {found['times_lp']}")


if __name__ == "__main__":
    main()
