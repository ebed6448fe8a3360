"""How long from "print" until the printer works on the job: our own IPP, and `lp` through CUPS, on the same printer.

    python benchmarks/printing.py [--rounds 20] [--pages 3] [--json]
    python benchmarks/printing.py --queue [--held 10000] [--json]

With --queue it is told instead how long a queue of held documents takes to open, and to be searched by the beginning of
a code, as its screen does both; nothing of CUPS is needed for that.

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

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.store import Store
from printing.devices.backend import Document, JobTicket
from printing.devices.ipp.client import IppClient
from printing.devices.ipp.transport import Address
from printing.devices.ipp.words import JobStateNumber
from printing.devices.opening import open_backend
from printing.entries import KINDS
from printing.held import Found, Held
from printing.layout import Pages
from printing.records import LOCAL_TABLES, PROJECTIONS, HeldRow
from printing.rules import Options, Quote
from printing.spool import Spool
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


def measure_queue(held: int, rounds: int) -> dict[str, Any]:
    """Milliseconds for the first 200 of so many documents that wait, and for those whose code begins with a digit more
    and more; the documents have rows, and no files.
    """
    with tempfile.TemporaryDirectory() as place:
        home = Home(Path(place) / "desk", Path(place) / "keys").ensure()
        store = Store.open(home, migrations=(*MIGRATIONS, *LOCAL_TABLES), create=True)
        journal = Journal.open(store, Registry(KINDS, PROJECTIONS), SystemClock())
        documents = Held(store, SystemClock(), Spool(store, SystemClock()))
        cost = Quote(3, 3, 3, 0, 20, 80, 60)
        one = documents.hold(b"%PDF", device=journal.device, seat=1, pages=Pages(3), options=Options(), quote=cost)
        with store.write() as db:
            (row,) = HeldRow.select().dicts().execute(db)
            for number in range(1, held):
                HeldRow.insert(**{**row, "held": f"{number:032x}", "code": f"{number * 7919 % 1_000_000:06}"}).execute(
                    db
                )
        ways: dict[str, Callable[[], Found]] = {
            "open": documents.find,
            "one digit": lambda: documents.find("4"),
            "three digits": lambda: documents.find("482"),
            "whole code": lambda: documents.find(one.code),
        }
        times = {}
        for name, find in ways.items():
            assert find().total
            took = []
            for _ in range(rounds):
                began = time.perf_counter()
                find()
                took.append(1000 * (time.perf_counter() - began))
            times[name] = round(statistics.median(took), 1)
        store.close()
    return {"held": held, "rounds": rounds, "median_ms": times}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--queue", action="store_true", help="measure the queue of held documents")
    parser.add_argument("--held", type=int, default=10_000, help="how many wait in it")
    arguments = parser.parse_args()
    if arguments.queue:
        queue = measure_queue(arguments.held, arguments.rounds)
        print(
            json.dumps(queue, indent=2) if arguments.json else f"{queue['held']} documents wait; milliseconds to find"
        )
        for name, value in {} if arguments.json else queue["median_ms"].items():
            print(f"  {name:13} {value:6.1f}")
        return
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
