"""How fast entries are written, taken in, replayed and proved; plain inserts into such a database run beside.

    python benchmarks/journal.py [--entries 20000] [--json]

Each entry is a print job: facts, a name as its personal part, one row of a table. "plain" puts the same row into the
same table with the library alone, in transactions of the same size and with the same flushing. Rates are of this PC, in
entries a second; "times" is plain over ours.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.ids import uuid7
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Entry, Facts, Id, Journal, Kind, Registry, merge
from akimat_desk.store import Database, Migration, Store
from akimat_desk.sync import Exchange, InProcessLink

NAME = "Айгүл Серікқызы"
ONE_BY_ONE = 300
"""Commits of one entry: the disk decides, so a few tell enough."""


class Printed(Facts, frozen=True):
    """A print job."""

    job: Id
    pages: int
    sheets: int
    tenge: int


class Title(Facts, frozen=True):
    """Its personal part."""

    name: str


class Row(peewee.Model):
    """What the journal makes of it."""

    job = peewee.TextField(primary_key=True)
    entry = peewee.TextField()
    at = peewee.IntegerField()
    device = peewee.TextField()
    pages = peewee.IntegerField()
    sheets = peewee.IntegerField()
    tenge = peewee.IntegerField()
    name = peewee.TextField(null=True)

    class Meta:
        """The table."""

        table_name = "benchmark_printed"


def apply(db: Database, entry: Entry) -> None:
    """One row."""
    facts: Printed = entry.facts
    name = entry.personal.name if entry.personal else None
    merge.union(db, entry, Row, job=facts.job, pages=facts.pages, sheets=facts.sheets, tenge=facts.tenge, name=name)


PRINTED = Kind("benchmark.printed", Printed, apply, personal=Title)
REGISTRY = Registry([PRINTED], [Row])


def make_plain(db: Database) -> None:
    """The same table for the peer."""
    with Row.bind_ctx(db):
        Row.create_table(safe=False)


@contextmanager
def desk(folder: Path, name: str) -> Iterator[Journal]:
    """A new desk."""
    home = Home(folder / name / "desk", folder / name / "keys").ensure()
    store = Store.open(home, migrations=MIGRATIONS, create=True)
    try:
        yield Journal.open(store, REGISTRY, machine=name)
    finally:
        store.close()


def rate(count: int, work: Callable[[], object]) -> float:
    """Entries a second."""
    started = time.perf_counter()
    work()
    return count / (time.perf_counter() - started)


def write(journal: Journal, count: int, size: int) -> None:
    """`count` entries in commits of `size`."""
    for start in range(0, count, size):
        with journal.commit() as commit:
            for number in range(start, min(start + size, count)):
                facts = Printed(job=uuid7(journal.clock.now_ms()), pages=number % 9, sheets=2, tenge=40)
                commit.append(PRINTED, facts, Title(name=NAME))


def write_plain(store: Store, count: int, size: int) -> None:
    """The same rows by the library alone."""
    clock = SystemClock()
    for start in range(0, count, size):
        with store.write() as db:
            connection = db.connection()
            for number in range(start, min(start + size, count)):
                now = clock.now_ms()
                row = (uuid7(now), uuid7(now), now << 16, "0" * 32, number % 9, 2, 40, NAME)
                connection.execute("INSERT INTO benchmark_printed VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def measure(folder: Path, count: int) -> dict[str, dict[str, float]]:
    """Everything once."""
    plain_home = Home(folder / "plain" / "desk", folder / "plain" / "keys").ensure()
    plain = Store.open(plain_home, migrations=[Migration("benchmark.rows", make_plain)], create=True)
    plain.quick_check()
    found: dict[str, dict[str, float]] = {}

    def tell(name: str, ours: float, peer: float | None = None) -> None:
        found[name] = {"ours": round(ours)}
        if peer is not None:
            found[name] |= {"plain": round(peer), "times": round(peer / ours, 1)}

    with desk(folder, "writer") as writer, desk(folder, "reader") as reader:
        for size in (1, 10, 1000):
            entries = ONE_BY_ONE if size == 1 else count // 2
            ours = rate(entries, lambda n=entries, s=size: write(writer, n, s))  # type: ignore[misc]
            peer = rate(entries, lambda n=entries, s=size: write_plain(plain, n, s))  # type: ignore[misc]
            tell(f"written, {size} a commit", ours, peer)
        bulk = found["written, 1000 a commit"]["plain"]
        there = Exchange(writer, admit=lambda _: True, keeps_personal=True)
        here = Exchange(reader, admit=lambda _: True, keeps_personal=True)
        total = 0

        def take_in() -> None:
            nonlocal total
            total = here.pull(InProcessLink(there, here="room")).pulled

        seconds = rate(1, take_in)
        tell("taken in from another PC", total * seconds, bulk)
        assert reader.table_hashes() == writer.table_hashes()
        tell("replayed", rate(total, reader.replay), bulk)
        assert reader.table_hashes() == writer.table_hashes()
        tell("proved", rate(total, lambda: reader.verify() == [] or sys.exit("not whole")))
    plain.close()
    return found


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder), arguments.entries)
    if arguments.json:
        json.dump(found, sys.stdout, indent=2)
        return
    for name, figures in found.items():
        print(f"{name:28}" + "".join(f"{key:>7} {value:>8}" for key, value in figures.items()))


if __name__ == "__main__":
    main()
