"""A year's report of a room that printed 100,000 documents, beside the same tables by fpdf2.

    python benchmarks/report.py [--jobs 100000] [--rows 5000] [--peers DIR] [--json]

Ours is a desk with its encrypted database: the year is written into the journal by the program's own entries, then
counted, drawn with its charts, and saved. Lines told:

    figures        from the tables to all figures of the year (months, days, hours, work, money, faults)
    report         the report as PDF: charts, the table of months, the table of days
    CSV            the days as a table for a spreadsheet
    days           only the table of days as PDF, ours and fpdf2's with the same cells
    register       only a long table of ROWS documents as PDF, ours and fpdf2's with the same cells

fpdf2 is fetched with pip into DIR, or into a folder that is thrown away; where it cannot be had this is told. It is
LGPL and no part of the program. Times are of the processes' own work (CPU seconds, the best of three), which bears a
busy PC; starting Python does not count, and loading the fonts does for fpdf2 only: the program has them open.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

# The folder of this file has a printing.py too, which must not stand for our package.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.ids import uuid7
from akimat_desk.base.locale import format_date, format_money, format_number
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.journal import Journal
from akimat_desk.papers.flow import Column, table
from akimat_desk.papers.pdf import Frame, make_pdf
from akimat_desk.papers.typefaces import FOLDER
from akimat_desk.service import find_services, migrations_of, registry_of
from akimat_desk.shell.opening import catalogues
from akimat_desk.store import Store
from printing.entries import JOB_ENDED, JobEnded
from printing.money import statistics
from printing.money.entries import PAYMENT, Payment
from printing.money.report import report_csv, report_pdf

YEAR: Final = 2025
SIDE: Final = Path(__file__).parent / "peers" / "fpdf2_side.py"
FPDF2: Final = ("fpdf2==2.8.9",)
WAIT: Final = 900


class NotAvailable(Exception):
    """The peer could not be had here; says why."""


@contextmanager
def desk(folder: Path) -> Iterator[Journal]:
    """A desk of its own, with the tables of every service."""
    clock = FixedClock(datetime(YEAR, 12, 31, 18, tzinfo=KAZAKHSTAN))
    home = Home(folder / "data", folder / "keys").ensure()
    services = find_services()
    store = Store.open(home, migrations=migrations_of(services), create=True, clock=clock)
    try:
        yield Journal.open(store, registry_of(services), clock, machine="benchmark")
    finally:
        store.close()


def write(journal: Journal, jobs: int) -> None:
    """A year of documents over its days and opening hours, each paid."""
    rng = random.Random(7)
    begin = datetime(YEAR, 1, 1, tzinfo=KAZAKHSTAN).timestamp()
    for start in range(0, jobs, 1000):
        with journal.commit() as commit:
            for _ in range(start, min(start + 1000, jobs)):
                ms = round((begin + rng.randrange(365) * 86_400 + rng.randint(9 * 3600, 18 * 3600)) * 1000)
                pages, colour = rng.choice((1, 1, 2, 3, 5)), rng.random() < 0.1
                job, tenge = uuid7(ms), pages * (80 if colour else 20)
                facts = JobEnded(
                    job=job, ended_ms=ms, outcome="printed", pages=pages, sheets=pages,
                    grey_pages=0 if colour else pages, colour_pages=pages if colour else 0, copies=1, sides="one",
                    colour="colour" if colour else "grey", tenge=tenge, code=f"{rng.randrange(10_000):04}",
                )  # fmt: skip
                commit.append(JOB_ENDED, facts)
                commit.append(PAYMENT, Payment(charge=job, ms=ms, tenge=tenge, given=tenge, by="0" * 32))


def timed(call: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """The best of `times`, in seconds of this process's own work, and what the call gave."""
    best, value = float("inf"), None
    for _ in range(times):
        began = time.process_time()
        value = call()
        best = min(best, time.process_time() - began)
    return best, value


def ours(head: Sequence[str], rows: Sequence[Sequence[str]], words: Translator) -> bytes:
    """A table as our papers make it."""
    columns = [Column(head[0], bold=True), *(Column(text, 26, right=True) for text in head[1:])]
    return make_pdf(Frame("Table"), table(columns, rows, dense=True), words)


def fpdf2(python: Path, folder: Path, head: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, float]:
    """The same table by fpdf2."""
    file = folder / "table.json"
    fonts = {"regular": str(FOLDER / "NotoSans-Regular.ttf"), "bold": str(FOLDER / "NotoSans-Bold.ttf")}
    file.write_text(json.dumps({**fonts, "head": list(head), "rows": [list(row) for row in rows]}), encoding="utf-8")
    call = [str(python), str(SIDE), str(file), str(folder / "fpdf2.pdf")]
    done = subprocess.run(call, capture_output=True, text=True, timeout=WAIT, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def fetch(peers: Path) -> Path:
    """A Python that has fpdf2."""
    python = peers / "fpdf2" / "bin" / "python"
    if not python.exists():
        for call in (
            [sys.executable, "-m", "venv", str(peers / "fpdf2")],
            [str(python), "-m", "pip", "install", "--quiet", *FPDF2],
        ):
            done = subprocess.run(call, capture_output=True, text=True, timeout=WAIT, check=False)
            if done.returncode:
                raise NotAvailable((done.stderr.strip() or "pip failed").splitlines()[-1])
    return python


def cells(label: str, numbers: Sequence[int], tenge: int, words: Translator) -> list[str]:
    """One row as people read it."""
    language = words.language
    return [label, *(format_number(number, language) for number in numbers), format_money(tenge, language)]


def measure(folder: Path, peers: Path, jobs: int, rows: int) -> dict[str, Any]:
    """Everything."""
    words = Translator(catalogues(find_services()), "ru")
    found: dict[str, Any] = {"jobs": jobs, "rows": rows}
    with desk(folder) as journal:
        began = time.perf_counter()
        write(journal, jobs)
        found["written_s"] = round(time.perf_counter() - began, 1)
        with journal.store.read() as db:
            seconds, told = timed(lambda: statistics.year_figures(db, YEAR))
            found["figures_s"] = round(seconds, 3)
            register = db.execute_sql(
                "SELECT coalesce(code, ''), pages, sheets, colour_pages, 1, charged FROM printing_ledger"
                " WHERE what = 'charge' ORDER BY ms LIMIT ?",
                (rows,),
            ).fetchall()
    assert told.total.documents == jobs, told.total
    seconds, pdf = timed(lambda: report_pdf(told, None, "Ақжар", words))
    found |= {"report_s": round(seconds, 3), "report_kb": len(pdf) // 1024}
    seconds, _ = timed(lambda: report_csv(told, words))
    found["csv_s"] = round(seconds, 4)
    head = ["День", "Документы", "Страницы", "Листы", "Цветные", "Начислено"]
    tables = {
        "days": [
            cells(format_date(day, "ru", "short"), (t.documents, t.pages, t.sheets, t.colour_pages), t.tenge, words)
            for day, t in told.days
        ],
        "register": [cells(code, numbers, tenge, words) for code, *numbers, tenge in register],
    }
    return found | beside_fpdf2(folder, peers, {name: (head, body) for name, body in tables.items()}, words)


def beside_fpdf2(
    folder: Path, peers: Path, tables: Mapping[str, tuple[list[str], list[list[str]]]], words: Translator
) -> dict[str, Any]:
    """Each table (its head, its rows) as a PDF by us and by fpdf2, which is fetched into `peers`."""
    found: dict[str, Any] = {}
    try:
        python = fetch(peers)
    except NotAvailable as why:
        python, found["fpdf2"] = None, f"not available: {why}"
    for name, (head, body) in tables.items():
        seconds, _ = timed(lambda head=head, body=body: ours(head, body, words))  # type: ignore[misc]
        found[name] = {"rows": len(body), "ours_s": round(seconds, 3)}
        if python is not None:
            best = min((fpdf2(python, folder, head, body) for _ in range(3)), key=lambda each: each["seconds"])
            found[name] |= {"fpdf2_s": round(best["seconds"], 3), "ours / fpdf2": round(seconds / best["seconds"], 2)}
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=5_000)
    parser.add_argument("--peers", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        peers = given.peers or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        peers.mkdir(parents=True, exist_ok=True)
        found = measure(folder, peers.resolve(), given.jobs, given.rows)
    if given.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for name, value in found.items():
        print(f"{name:12} {value}")


if __name__ == "__main__":
    main()
