"""Ten years of receptions, 50,000 visits and as many cases: searched, counted, reported; tables beside fpdf2.

    python benchmarks/receptions.py [--cases 50000] [--years 10] [--peers DIR] [--json]

Ours is a desk with its encrypted database. The years are written into the journal by the program's own entries: every
month a reception day, each visit with its coming, call, beginning and end, a protocol with its personal words, and an
assignment that is answered, mostly in time, and mostly confirmed. Lines told:

    search         what a key press of the search among all cases takes: a number, a name nobody has, the end of an IIN
    overdue        the list of everything that waits for somebody, the overdue first
    year, all      the figures of the last year, and of all years at once
    report         the last year's report as PDF: charts, tables of months and days, lines to sign
    CSV            the months as a table for a spreadsheet
    months         the report's widest table for all years (a row a month) as PDF, ours and fpdf2's with the same cells
    register       the last year's cases as one long table, ours and fpdf2's with the same cells

fpdf2 is fetched with pip into DIR, or into a folder that is thrown away; where it cannot be had this is told. It is
LGPL and no part of the program. Times are of the processes' own work (CPU seconds, the best of three), which bears a
busy PC; starting Python does not count, and loading the fonts does for fpdf2 only: the program has them open.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from report import beside_fpdf2, timed

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.ids import uuid7
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.calendar.records import calendar
from akimat_desk.journal import Commit, Journal
from akimat_desk.journal.numbers import Number
from akimat_desk.service import find_services, migrations_of, registry_of
from akimat_desk.shell.opening import catalogues
from akimat_desk.store import Store
from meetings.cases.entries import (
    ASSIGNMENT_GIVEN,
    ASSIGNMENT_STEPPED,
    CASE_RECORDED,
    AssignmentGiven,
    AssignmentStepped,
    AssignmentWords,
    CaseRecorded,
    CaseWords,
)
from meetings.cases.records import find_cases, living
from meetings.day.entries import VISIT_STEPPED, VisitStepped
from meetings.figures.counting import figures
from meetings.figures.report import Told, report_csv, report_pdf
from meetings.visits.entries import VISIT_ASKED, VisitAsked, VisitDetails
from meetings.visits.secret import LENGTH
from meetings.visits.subjects import SUBJECTS

LAST: Final = 2025
AKIM: Final = "0192f0c0a1b27abc8def00000000aaaa"
NAMES: Final = ("Сейітова", "Нұрпейісов", "Әлібекова", "Ерғалиева", "Жұмабеков", "Сәдуақасова", "Оспанов", "Ким")
FIRST: Final = ("Зәуре", "Қайрат", "Дана", "Бағдат", "Серік", "Айгүл", "Ерлан", "Мария")
ASKED: Final = "Көшенің соңындағы жаяу көпірдің тақтайлары шіріген. Балалар мектепке осы көпірмен өтеді."


def third_friday(year: int, month: int) -> date:
    """The reception day of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(4 - first.weekday()) % 7 + 14)


def write(journal: Journal, clock: FixedClock, cases: int, years: int) -> None:
    """All the years, a commit a reception day."""
    rng = random.Random(5)
    days = [third_friday(year, month) for year in range(LAST - years + 1, LAST + 1) for month in range(1, 13)]
    for place, day in enumerate(days):
        people = cases * (place + 1) // len(days) - cases * place // len(days)
        clock.turn_to(datetime(day.year, day.month, day.day, 9, tzinfo=KAZAKHSTAN))
        with journal.commit() as commit:
            for number in range(1, people + 1):
                clock.pass_seconds(7)
                one_visit(commit, clock, day, number, rng)


def one_visit(commit: Commit, clock: FixedClock, day: date, number: int, rng: random.Random) -> None:
    """Somebody comes, waits, talks; the protocol is written, and somebody gets something to do."""
    now = clock.now_ms()
    visit, case, assignment = uuid7(now), uuid7(now), uuid7(now)
    subject = rng.choice(SUBJECTS).key
    name, iin = f"{rng.choice(NAMES)} {rng.choice(FIRST)}", f"{rng.randrange(10**12):012}"
    ticket = Number((), number % 9_999 + 1)
    details = VisitDetails(name=name, iin=iin, about=ASKED)
    asked = VisitAsked(visit=visit, series=AKIM, day=day, number=ticket, way="walk-in", subject=subject, turn=0)
    commit.append(VISIT_ASKED, asked, details)
    seen: str | None = None
    for did in ("arrived", "called", "started", "ended"):
        clock.pass_seconds(1 + rng.random())
        step = VisitStepped(visit=visit, day=day, series=AKIM, did=did, seen=seen)  # type: ignore[arg-type]
        seen = commit.append(VISIT_STEPPED, step).id
    facts = CaseRecorded(
        case=case, number=ticket, received=day, kind="application", answer="written", secret=bytes(LENGTH),
        visit=visit, series=AKIM, subject=subject, begun=600, ended=610,
    )  # fmt: skip
    commit.append(CASE_RECORDED, facts, CaseWords(name=name, iin=iin, asked=ASKED, promised=ASKED))
    given = AssignmentGiven(assignment=assignment, case=case, place=1, given=day, days=15)
    commit.append(ASSIGNMENT_GIVEN, given, AssignmentWords(what=ASKED, who=rng.choice(NAMES)))
    if rng.random() < 0.97:
        on = day + timedelta(days=rng.randrange(28))
        commit.append(ASSIGNMENT_STEPPED, AssignmentStepped(assignment=assignment, step="answered", on=on))
        if rng.random() < 0.9:
            confirmed = AssignmentStepped(assignment=assignment, step="confirmed", on=on + timedelta(days=30))
            commit.append(ASSIGNMENT_STEPPED, confirmed)


def measure(folder: Path, peers: Path, cases: int, years: int) -> dict[str, Any]:
    """Everything."""
    services = find_services()
    words = Translator(catalogues(services), "ru")
    clock = FixedClock(datetime(LAST - years + 1, 1, 1, tzinfo=KAZAKHSTAN))
    home = Home(folder / "data", folder / "keys").ensure()
    store = Store.open(home, migrations=migrations_of(services), create=True, clock=clock)
    found: dict[str, Any] = {"cases": cases, "years": years}
    with ExitStack() as stack:
        stack.callback(store.close)
        journal = Journal.open(store, registry_of(services), clock, machine="benchmark")
        began = time.perf_counter()
        write(journal, clock, cases, years)
        found["written_s"] = round(time.perf_counter() - began, 1)
        found |= reads(store, words, cases, years)
        tables = found.pop("tables")
    return found | beside_fpdf2(folder, peers, tables, words)


def reads(store: Store, words: Translator, cases: int, years: int) -> dict[str, Any]:
    """What is read, and the cells of the two tables."""
    today, end = date(LAST, 12, 31), date(LAST + 1, 1, 1)
    days = calendar(store)
    found: dict[str, Any] = {}
    with store.read() as db:
        for name, typed in (("number", f"{LAST}-12"), ("name", "сейтова дана"), ("iin", "4711")):
            seconds, some = timed(lambda typed=typed: find_cases(db, typed))  # type: ignore[misc]
            found[f"search {name}"] = {"s": round(seconds, 4), "found": len(some)}
        seconds, waiting = timed(lambda: living(db, days, today))
        found["overdue"] = {"s": round(seconds, 3), "found": len(waiting)}
        seconds, year = timed(lambda: figures(db, date(LAST, 1, 1), end, days, today))
        found["year_s"] = round(seconds, 3)
        seconds, whole = timed(lambda: figures(db, date(LAST - years + 1, 1, 1), end, days, today))
        found["all_s"] = round(seconds, 3)
        register = db.execute_sql(
            "SELECT number, received, coalesce(name, ''), subject, kind FROM meetings_case WHERE received >= ?"
            " ORDER BY received, at",
            (f"{LAST}-01-01",),
        ).fetchall()
    assert (whole.day.served, whole.work.cases, whole.work.given) == (cases, cases, cases), whole
    told = Told(year, {AKIM: "Аким"})
    seconds, pdf = timed(lambda: report_pdf(told, None, "Ақжар", words))
    found |= {"report_s": round(seconds, 3), "report_kb": len(pdf) // 1024}
    seconds, _ = timed(lambda: report_csv(told, words))
    found["csv_s"] = round(seconds, 4)
    months = [
        [f"{one.first:%Y-%m}", *map(str, (one.day.served, one.work.given, one.work.in_time, one.work.confirmed))]
        for one in whole.months
    ]
    found["tables"] = {
        "months": (["Месяц", "Принято", "Поручений", "В срок", "Подтверждено"], months),
        "register": (["Номер", "День", "Кто", "Тема", "Вид"], [list(map(str, row)) for row in register]),
    }
    return found


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=50_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--peers", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        peers = given.peers or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        peers.mkdir(parents=True, exist_ok=True)
        found = measure(folder, peers.resolve(), given.cases, given.years)
    if given.json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    for name, value in found.items():
        print(f"{name:14} {value}")


if __name__ == "__main__":
    main()
