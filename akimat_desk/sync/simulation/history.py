"""Histories: drawn from a seed, lived through, and, where one fails, cut down to the steps that matter."""

from __future__ import annotations

import logging
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple, cast
from unittest import mock

import peewee

from akimat_desk.journal import Registry, fingerprint, projections
from akimat_desk.journal.devices import DeviceIsRevoked
from akimat_desk.sync.simulation.chance import drawn_from
from akimat_desk.sync.simulation.checks import check, settle
from akimat_desk.sync.simulation.ledger import Broken
from akimat_desk.sync.simulation.room import Room
from akimat_desk.sync.simulation.steps import WAYS_ON
from akimat_desk.sync.simulation.village import PROGRAMS

if TYPE_CHECKING:
    from akimat_desk.store import Database

_RAM: Final = Path("/dev/shm")  # noqa: S108 (a folder of our own is made in it)
_SHORTEST, _LONGEST = 6, 45
_MOST_CUTS: Final = 400


class Step(NamedTuple):
    """One step: what, and the lots it is drawn with."""

    what: str
    lots: int


class Failure(NamedTuple):
    """A law that did not hold, and how it came to that."""

    law: str
    detail: str
    story: tuple[str, ...]


class Failed(NamedTuple):
    """A history that failed: its number under the seed, its steps as they were drawn, and the shortest story found."""

    number: int
    drawn: int
    failure: Failure


class Plan(NamedTuple):
    """How a room begins, and what happens in it."""

    lots: int
    steps: tuple[Step, ...]


def drawn(seed: str, number: int) -> Plan:
    """The `number`-th history of `seed`. Each has a taste of its own: some troubles come often in it, others never."""
    lots = Random(f"akimat-desk {seed} {number}")  # the same on every PC and Python: seeded by text (SHA-512)
    taste = {name: way.weight * lots.choice((0, 1, 1, 3)) for name, way in WAYS_ON.items()}
    taste["somebody_works"] = taste["somebody_works"] or 10
    names = lots.choices(list(taste), list(taste.values()), k=lots.randrange(_SHORTEST, _LONGEST))
    return Plan(lots.getrandbits(64), tuple(Step(name, lots.getrandbits(64)) for name in names))


def live(plan: Plan) -> Failure | None:
    """Live through a history from its first day to the last check."""
    story: list[str] = []
    with _folder() as folder, _quiet_log(), _known_programs():
        room = Room(folder)
        try:
            _begin(room, Random(plan.lots))
            for step in plan.steps:
                lots = Random(step.lots)
                try:
                    with drawn_from(Random(f"secrets {step.lots}")):
                        told = WAYS_ON[step.what].do(room, lots)
                except DeviceIsRevoked:
                    told = f"a PC that is shut out may not write ({step.what})"
                if told:
                    story.append(told)
            with drawn_from(Random(f"end {plan.lots}")):
                story.append("everything is repaired and connected")
                check(room, settle(room, Random(plan.lots)))
        except Broken as broken:
            law, _, detail = str(broken).partition(": ")
            return Failure(law, detail, tuple(story))
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            detail = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
            return Failure("the program does not break", detail, tuple(story))
        finally:
            for pc in room.pcs:
                pc.stop()
    return None


def shortened(plan: Plan, failure: Failure) -> Failure:
    """The shortest story that fails by the same law, found by taking steps out, many at once and then one by one."""
    steps, best, tries = list(plan.steps), failure, 0
    size = max(1, len(steps) // 2)
    while size and tries < _MOST_CUTS:
        place, cut = 0, False
        while place < len(steps) and tries < _MOST_CUTS:
            fewer = steps[:place] + steps[place + size :]
            tries += 1
            found = live(Plan(plan.lots, tuple(fewer)))
            if found is not None and found.law == failure.law:
                steps, best, cut = fewer, found, True
            else:
                place += size
        size = size if cut and size == 1 else size // 2
    return best


def simulate(
    seed: str, histories: int, *, first: int = 0, told: Callable[[int, Failed | None], None] = lambda *_: None
) -> list[Failed]:
    """Live through `histories` histories of `seed` from the number `first` on; those that failed, shortened.

    `told` hears of each history as it ends.
    """
    failures = []
    for number in range(first, first + histories):
        plan = drawn(seed, number)
        failure = live(plan)
        failed = failure and Failed(number, len(plan.steps), shortened(plan, failure))
        if failed:
            failures.append(failed)
        told(number, failed)
    return failures


def _begin(room: Room, lots: Random) -> None:
    with drawn_from(lots):
        staff, kiosks = lots.randrange(1, 4), lots.randrange(3)
        for role, count in (("staff", max(staff, 2 - kiosks)), ("kiosk", kiosks)):
            for _ in range(count):
                room.start(room.add(role, lots.choice(PROGRAMS)))  # type: ignore[arg-type]


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder in memory where the system has one: a flush costs nothing there, and means as much to a process."""
    folder = Path(tempfile.mkdtemp(prefix="akimat-desk-simulation-", dir=_RAM if _RAM.is_dir() else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


_SQL: Final = cast("Database", peewee.SqliteDatabase(None))
"""No database, only the way in which SQLite's SQL is written."""


@cache
def _fingerprint(registry: Registry) -> dict[str, bytes]:
    return fingerprint.fingerprint(_SQL, registry)


@cache
def _table_sql(model: type[peewee.Model]) -> list[str]:
    return list(fingerprint.table_sql(_SQL, model))


@contextmanager
def _known_programs() -> Iterator[None]:
    """Inside, what is made of a program's code is made once: it is a third of the time, and always the same."""
    with (
        mock.patch.object(projections, "fingerprint", lambda _, registry: _fingerprint(registry)),
        mock.patch.object(projections, "table_sql", lambda _, model: _table_sql(model)),
    ):
        yield


@contextmanager
def _quiet_log() -> Iterator[None]:
    """Troubles are what a simulation is made of; the log does not tell them."""
    log = logging.getLogger("akimat_desk")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(level)
