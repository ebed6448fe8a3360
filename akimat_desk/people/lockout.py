"""Waiting after wrong PINs: five tries, then one minute, five, fifteen, and an hour after each further one.

How long is left lies in a table of this PC and is counted in time the PC has really been on, by the monotonic clock.
The wall clock is never asked: turning it, forward or back, neither shortens a wait nor makes it longer. Each try is
written down before the PIN is looked at, so that killing the program in between does not give another try.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import peewee

from akimat_desk.base.clock import Clock
from akimat_desk.store import Database, Migration

if TYPE_CHECKING:
    from collections.abc import Callable

FREE_TRIES: Final = 5
WAITS: Final = (60, 300, 900, 3600)
"""Seconds after the fifth wrong PIN, the sixth, the seventh, and every one after."""


class LockoutRow(peewee.Model):
    """Tries on one person's PIN since it was last typed right on this PC, or on one that asks it."""

    staff = peewee.TextField(primary_key=True)
    """The person, and behind a slash the PC at which it was typed where that is another one."""
    pin = peewee.TextField()
    """The entry that set the PIN: a new PIN starts with fresh tries."""
    tries = peewee.IntegerField()
    wait = peewee.FloatField()
    """Seconds that were left at `since`."""
    since = peewee.FloatField()
    boot = peewee.TextField()
    """The run of the PC in which the monotonic clock said `since`."""

    class Meta:
        table_name = "people_lockout"


def _make(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE people_lockout (staff TEXT PRIMARY KEY, pin TEXT NOT NULL, tries INTEGER NOT NULL,"
        " wait REAL NOT NULL, since REAL NOT NULL, boot TEXT NOT NULL) WITHOUT ROWID"
    )


MIGRATIONS: Final = (Migration("people.lockout", _make),)


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand for one person here: `seconds` still to wait, `tries` left before the next wait."""

    seconds: float
    tries: int


def boot_id() -> str:
    """Another text after each start of the PC; "" where the system has none to give."""
    if sys.platform == "linux":
        with suppress(OSError):
            return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    return ""


def standing(db: Database, staff: str, pin: str, clock: Clock, boot: Callable[[], str] = boot_id) -> Standing:
    """What would be said to a try now; changes nothing."""
    row = _row(db, staff, pin)
    return _standing(row, _left(row, clock.monotonic(), boot()))


def begin_try(
    db: Database, staff: str, pin: str, clock: Clock, boot: Callable[[], str] = boot_id, *, free: int = FREE_TRIES
) -> Standing:
    """Write down a try before the PIN is looked at. Where `seconds` is not 0 the PIN must not be looked at.

    Inside `Store.write`, which must have ended before the PIN is checked. `pin` is the entry that set it. The
    first wait comes after `free` tries.
    """
    now, run = clock.monotonic(), boot()
    row = _row(db, staff, pin)
    left = _left(row, now, run)
    tries = row.tries if row else 0
    if left == 0:
        tries += 1
    wait = left or wait_after(tries - free + FREE_TRIES)
    row_now = {"staff": staff, "pin": pin, "tries": tries, "wait": wait, "since": now, "boot": run}
    LockoutRow.insert(row_now).on_conflict_replace().execute(db)
    return Standing(left, max(0, free - tries))


def forget(db: Database, staff: str) -> None:
    """The PIN was right: everything before it is forgotten."""
    LockoutRow.delete().where(LockoutRow.staff == staff).execute(db)


def wait_after(tries: int) -> int:
    """Seconds to wait after so many wrong PINs in a row."""
    return 0 if tries < FREE_TRIES else WAITS[min(tries - FREE_TRIES, len(WAITS) - 1)]


def _row(db: Database, staff: str, pin: str) -> LockoutRow | None:
    found = list(LockoutRow.select().where(LockoutRow.staff == staff, LockoutRow.pin == pin).limit(1).execute(db))
    return found[0] if found else None


def _standing(row: LockoutRow | None, left: float) -> Standing:
    return Standing(left, max(0, FREE_TRIES - row.tries) if row else FREE_TRIES)


def _left(row: LockoutRow | None, now: float, boot: str) -> float:
    """Seconds still to wait. Monotonic time counts from the PC's start: in another run, all of it has passed since."""
    if row is None:
        return 0.0
    same_run = row.boot == boot and now >= row.since
    passed = now - row.since if same_run else now
    return max(0.0, row.wait - passed)
