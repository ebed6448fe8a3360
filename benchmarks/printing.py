"""How long from "print" until the printer works on the job: our own IPP, and `lp` through CUPS, on the same printer.

    python benchmarks/printing.py [--rounds 20] [--pages 3] [--json]
    python benchmarks/printing.py --release [--rounds 20] [--pages 3] [--json]
    python benchmarks/printing.py --queue [--held 10000] [--json]

With --release the document waits already, and a round begins when it is let go. Ours waits in a desk with its encrypted
database: unsealing it, its price, the write that decides, the keeper's thread and the two calls to the printer all
count. Beside it, in turns: `lp` told to print the same file now, and `lp -i JOB -H resume` of one that CUPS holds.

With --queue it is told instead how long a queue of held documents takes to open, and to be searched by the beginning of
a code (`printing_queue.py`). Nothing of CUPS is needed for that.

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
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # the printer comes from the tests

from reportlab.pdfgen.canvas import Canvas

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.service import find_services
from akimat_desk.shell.opening import open_desk
from benchmarks import printing_queue
from printing import actions, printers
from printing.devices.backend import Document, JobTicket
from printing.devices.ipp.client import IppClient
from printing.devices.ipp.transport import Address
from printing.devices.ipp.words import JobStateNumber
from printing.devices.opening import open_backend
from printing.keeping import keep
from printing.layout import Pages, quoted
from printing.money.prices import PriceTable
from printing.room import room_of
from printing.rules import Options
from tests.system.cups import EVERYWHERE, cups
from tests.system.printers import RealPrinter, demand, dns_sd, real_printer

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


@dataclass(frozen=True)
class Rig:
    """A printer on loopback, CUPS before it, and the document as a file."""

    printer: RealPrinter
    watcher: Watcher
    watching: ProcessPoolExecutor
    file: Path
    lp_environment: dict[str, str]

    def lp(self, *words: str) -> str:
        """Run `lp` to its end; what it says."""
        call = ["lp", "-d", QUEUE, "-o", "media=A4", "-o", "sides=one-sided", "-o", "print-color-mode=monochrome"]
        done = subprocess.run([*call, *words], env=self.lp_environment, check=True, capture_output=True, text=True)
        return done.stdout

    def lp_hold(self) -> str:
        """Let the file wait in CUPS; its job there, as "queue-7"."""
        return self.lp("-H", "hold", str(self.file)).split("request id is ")[1].split()[0]

    def lp_resume(self, job: str) -> None:
        """Let it go."""
        subprocess.run(["lp", "-i", job, "-H", "resume"], env=self.lp_environment, check=True, capture_output=True)

    def queue_is_empty(self) -> bool:
        """Whether CUPS has nothing in it that is not held."""
        call = ["lpstat", "-W", "not-completed", "-o", QUEUE]
        return not subprocess.run(call, env=self.lp_environment, check=True, capture_output=True).stdout


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


_watchers: list[Watcher] = []
"""In the process that watches, so that its asking takes no turn of the interpreter from ours; the clock is the PC's."""


def begin_watching(uri: str) -> None:
    """The watching process is there."""
    _watchers.append(Watcher(uri))


def watch() -> float:
    """In the watching process: see `Watcher.wait_for_next`."""
    return _watchers[0].wait_for_next()


def timed(rig: Rig, hand_over: Callable[[], object]) -> float:
    """Milliseconds from handing over until the printer works on it."""
    rig.watcher.wait_until_idle()
    time.sleep(0.05)  # the printer closes its last job
    worked_on = rig.watching.submit(watch)
    time.sleep(0.05)  # the watcher is at it
    began = time.perf_counter()
    hand_over()
    return 1000 * (worked_on.result() - began)


@contextlib.contextmanager
def rig(pages: int) -> Iterator[Rig]:
    """All that runs, in a folder that is thrown away."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)  # CUPS gives up root for its filters
        (folder / "printer").mkdir()
        (folder / "cups").mkdir()
        (folder / "paper.pdf").write_bytes(paper(pages))
        environment = stack.enter_context(dns_sd(folder))
        printer = stack.enter_context(real_printer(folder / "printer", environment, announced=False))
        everywhere = ("-v", printer.uri, *EVERYWHERE)
        for_lp = stack.enter_context(cups(folder / "cups", {QUEUE: everywhere}, environment)).environment
        watching = ProcessPoolExecutor(1, get_context("spawn"), begin_watching, (printer.uri,))
        stack.enter_context(watching)
        yield Rig(printer, Watcher(printer.uri), watching, folder / "paper.pdf", for_lp)


Way = Callable[[], Callable[[], object]]
"""Makes a document ready, which is not counted, and gives what hands it over, which is."""


def in_turns(rig: Rig, ways: Mapping[str, Way], rounds: int) -> dict[str, Any]:
    """Every way in turns, after one round of each that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + 1):
        for name, ready in ways.items():
            while not rig.queue_is_empty():  # CUPS looks once a second whether its job has ended; not its turn's fault
                time.sleep(0.02)
            rig.watcher.wait_until_idle()
            took = timed(rig, ready())
            if number:
                times[name].append(took)
    rig.watcher.wait_until_idle()
    medians = {name: statistics.median(each) for name, each in times.items()}
    return {
        "rounds": rounds,
        "pdf_bytes": rig.file.stat().st_size,
        "printed": len(rig.printer.printed),
        "median_ms": {name: round(value, 1) for name, value in medians.items()},
        "spread_ms": {name: [round(min(each), 1), round(max(each), 1)] for name, each in times.items()},
        "times_peer": {name: round(medians["ours"] / value, 3) for name, value in medians.items() if name != "ours"},
    }


def measure(rounds: int, pages: int) -> dict[str, Any]:
    """A document that is there as a file."""
    with rig(pages) as there:

        def ours() -> None:
            open_backend(there.printer.uri).submit(JobTicket(uuid=os.urandom(16).hex()), Document(pdf=there.file))

        return {"pages": pages, **in_turns(there, {"ours": lambda: ours, "lp": lambda: lp_now(there)}, rounds)}


def lp_now(there: Rig) -> Callable[[], object]:
    """`lp`, told to print now."""
    return lambda: there.lp(str(there.file))


def measure_release(rounds: int, pages: int) -> dict[str, Any]:
    """A document that waits."""
    with rig(pages) as there, contextlib.ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        words, services = Translator([]), find_services()
        home = Home(place / "desk", place / "keys")
        opened = open_desk(home, clock=SystemClock(), words=words, services=services, create=True)
        desk = stack.enter_context(opened)
        actions.set_prices(desk.journal, PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70))
        printers.add_typed(desk.store, "", there.printer.uri)
        stack.callback(keep(desk, lambda topics: None))
        room = room_of(desk)
        document, file, options = there.file.read_bytes(), Pages(pages), Options()
        cost = quoted(file, options, actions.prices_today(desk.journal))

        def ours() -> Callable[[], object]:
            job = room.hold(document, pages=file, options=options, quote=cost)
            return lambda: room.holder().release(job.held, options)

        def resumed() -> Callable[[], object]:
            job = there.lp_hold()
            return lambda: there.lp_resume(job)

        while not any(thread.name.startswith("delivery-") for thread in threading.enumerate()):
            time.sleep(0.02)  # the keeper begins to serve the printer within a second
        ways: dict[str, Way] = {"ours": ours, "lp": lambda: lp_now(there), "lp resume": resumed}
        return {"pages": pages, **in_turns(there, ways, rounds)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--release", action="store_true", help="measure documents that wait already")
    parser.add_argument("--queue", action="store_true", help="measure the queue of held documents")
    parser.add_argument("--held", type=int, default=10_000, help="how many wait in it")
    arguments = parser.parse_args()
    if arguments.queue:
        told = printing_queue.measure(arguments.held, arguments.rounds)
        print(json.dumps(told, indent=2) if arguments.json else printing_queue.tell(told))
        return
    demand(("cupsd", "lp", "lpadmin"))
    found = (measure_release if arguments.release else measure)(arguments.rounds, arguments.pages)
    if arguments.json:
        print(json.dumps(found, indent=2))
        return
    begin = "release" if arguments.release else "print"
    print(f'from "{begin}" to "processing", {found["pages"]} pages, {found["rounds"]} rounds each, milliseconds')
    for name, value in found["median_ms"].items():
        low, high = found["spread_ms"][name]
        print(f"  {name:10} {value:8.1f}   ({low} to {high})")
    for name, times in found["times_peer"].items():
        print(f"  ours / {name} = {times}")


if __name__ == "__main__":
    main()
