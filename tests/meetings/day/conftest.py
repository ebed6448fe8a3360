"""A reception day at several staff PCs: who asked for what, and the hands that give a ticket."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.base.ids import uuid7
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry, numbers
from akimat_desk.journal.devices import found
from akimat_desk.office import journalled
from akimat_desk.people.entries import STAFF_ADDED, StaffAdded, StaffSecrets
from akimat_desk.people.staff import SignedIn
from akimat_desk.store import Store
from meetings.day import entries, records
from meetings.day.queue import DayNow, day_now
from meetings.visits import entries as visit_entries
from meetings.visits import records as visit_records
from meetings.visits.entries import VISIT_ASKED, VisitAsked, VisitDetails

DAY = date(2026, 11, 20)
AKIM, DEPUTY = "0192f0c0a1b27abc8def00000000aaaa", "0192f0c0a1b27abc8def00000000dddd"
BY = SignedIn("0192f0c0a1b27abc8def001122334455", "Айгүл", "staff")

REGISTRY = Registry(
    (*journalled.KINDS, *visit_entries.KINDS, *entries.KINDS),
    (*journalled.PROJECTIONS, *visit_records.PROJECTIONS, *records.PROJECTIONS),
)


def at(hour: int, minute: int = 0) -> datetime:
    """A time of the reception day."""
    return datetime(DAY.year, DAY.month, DAY.day, hour, minute, tzinfo=KAZAKHSTAN)


def ask(
    journal: Journal, start: str = "", *, series: str = AKIM, way: str = "", group: str | None = None,
    name: str = "Ерболат",
) -> str:  # fmt: skip
    """Somebody books a time ("10:15"), or walks in; the visit."""
    visit = uuid7(journal.clock.now_ms())
    hours, _, minutes = start.partition(":")
    minute = int(hours) * 60 + int(minutes) if start else None
    with journal.commit() as commit:
        facts = VisitAsked(
            visit=visit,
            series=series,
            day=DAY,
            number=numbers.give(commit, "meetings.ticket", DAY),
            way=way or ("kiosk" if start else "walk-in"),  # type: ignore[arg-type]
            subject="land",
            start=minute,
            end=None if minute is None else minute + 15,
            group=group,
            by=BY.staff,
        )
        commit.append(VISIT_ASKED, facts, VisitDetails(name=name))
    return visit


def now(journal: Journal) -> DayNow:
    """The day as this PC sees it."""
    with journal.store.read() as db:
        return day_now(db, DAY, journal.clock.now_ms())


@dataclass
class Pcs:
    """Staff PCs that know who works there. Each has a clock of its own."""

    folder: Path
    stack: contextlib.ExitStack

    def open(self, name: str, first: bool = False) -> tuple[Journal, FixedClock]:
        """The PC called so; opened again after a crash it is the same one."""
        home = Home(self.folder / name / "desk", self.folder / name / "keys").ensure()
        store = Store.open(home, migrations=MIGRATIONS, create=not home.database.exists())
        self.stack.callback(store.close)
        clock = FixedClock(at(9, 30))
        journal = Journal.open(store, REGISTRY, clock, machine=name)
        if first:
            with journal.commit() as commit:
                found(commit, "desk")
            journal.append(STAFF_ADDED, StaffAdded(staff=BY.staff, role=BY.role), StaffSecrets(name=BY.name, pin="x"))
        return journal, clock


OpenPc = Callable[..., tuple[Journal, FixedClock]]


@pytest.fixture
def open_pc(tmp_path: Path) -> Iterator[OpenPc]:
    """Opens PCs by name."""
    with contextlib.ExitStack() as stack:
        yield Pcs(tmp_path, stack).open


@pytest.fixture
def pc(open_pc: OpenPc) -> tuple[Journal, FixedClock]:
    """The first PC."""
    return open_pc("first", first=True)
