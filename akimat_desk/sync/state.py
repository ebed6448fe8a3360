"""What this PC remembers of its exchanges: where hosts were reached, how the last one went, and a log for technicians.

Tables of this PC alone. Nothing of a resident is in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from akimat_desk.store.migrations import Migration
from akimat_desk.sync import live
from akimat_desk.sync.presence import Presence, Seen

if TYPE_CHECKING:
    from akimat_desk.store import Database

LOG_ROWS: Final = 1000
ADDRESSES: Final = 20


@dataclass(frozen=True, slots=True)
class State:
    """How exchanging goes. `tried_ms` is the last attempt, `done_ms` the last that ended well (by this PC's clock, 0
    never); `code` is the error of the last attempt, "" when it ended well; `host` is the device that answered.
    """

    tried_ms: int = 0
    done_ms: int = 0
    code: str = ""
    host: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class LogRow:
    """One exchange that moved something, or an attempt that ended otherwise than the one before."""

    at_ms: int
    host: str
    pulled: int
    pushed: int
    code: str


@dataclass(frozen=True, slots=True)
class LastSeen:
    """A PC of the room as the host last told of it, and when (by this PC's clock)."""

    device: str
    presence: Presence
    seen_ms: int
    clock_off_ms: int


def state(db: Database) -> State:
    """How it goes."""
    row = db.connection().execute("SELECT tried_ms, done_ms, code, host, address FROM sync_state").fetchone()
    return State(*row) if row else State()


def went_well(db: Database, now_ms: int, host: str, address: str, pulled: int, pushed: int) -> None:
    """An exchange has ended well."""
    connection = db.connection()
    before = state(db)
    connection.execute(
        "INSERT OR REPLACE INTO sync_state (one, tried_ms, done_ms, code, host, address) VALUES (1, ?, ?, '', ?, ?)",
        (now_ms, now_ms, host, address),
    )
    connection.execute(
        "INSERT INTO sync_address (address, device, typed, at_ms) VALUES (?, ?, 0, ?)"
        " ON CONFLICT (address) DO UPDATE SET device = excluded.device, at_ms = excluded.at_ms",
        (address, host, now_ms),
    )
    if pulled or pushed or before.code or before.host != host:
        _log(db, LogRow(now_ms, host, pulled, pushed, ""))


def went_wrong(db: Database, now_ms: int, code: str) -> None:
    """An attempt ended with an error."""
    before = state(db)
    db.connection().execute(
        "INSERT OR REPLACE INTO sync_state (one, tried_ms, done_ms, code, host, address) VALUES (1, ?, ?, ?, ?, ?)",
        (now_ms, before.done_ms, code, before.host, before.address),
    )
    if before.code != code:
        _log(db, LogRow(now_ms, before.host, 0, 0, code))


def _log(db: Database, row: LogRow) -> None:
    connection = db.connection()
    connection.execute(
        "INSERT INTO sync_log (at_ms, host, pulled, pushed, code) VALUES (?, ?, ?, ?, ?)",
        (row.at_ms, row.host, row.pulled, row.pushed, row.code),
    )
    connection.execute("DELETE FROM sync_log WHERE number <= (SELECT max(number) FROM sync_log) - ?", (LOG_ROWS,))


def log_rows(db: Database, limit: int = 200) -> list[LogRow]:
    """The latest first."""
    rows = db.connection().execute(
        "SELECT at_ms, host, pulled, pushed, code FROM sync_log ORDER BY number DESC LIMIT ?", (limit,)
    )
    return [LogRow(*row) for row in rows]


def addresses(db: Database) -> list[str]:
    """Where a host may be: what a person typed first, then where one was reached, the latest first."""
    rows = db.connection().execute(
        "SELECT address FROM sync_address ORDER BY typed DESC, at_ms DESC LIMIT ?", (ADDRESSES,)
    )
    return [address for (address,) in rows]


def type_address(db: Database, address: str, now_ms: int) -> None:
    """A person says where the host is, in place of what was typed before."""
    db.connection().execute("UPDATE sync_address SET typed = 0")
    db.connection().execute(
        "INSERT INTO sync_address (address, device, typed, at_ms) VALUES (?, '', 1, ?)"
        " ON CONFLICT (address) DO UPDATE SET typed = 1",
        (address, now_ms),
    )


def keep_seen(db: Database, pcs: Iterable[Seen], now_ms: int) -> None:
    """What the host told of who is there."""
    db.connection().executemany(
        "INSERT OR REPLACE INTO sync_peer (device, presence, seen_ms, off_ms) VALUES (?, ?, ?, ?)",
        [(pc.device, msgspec.msgpack.encode(pc.presence), now_ms - pc.ago_s * 1000, pc.clock_off_ms) for pc in pcs],
    )


def last_seen(db: Database) -> dict[str, LastSeen]:
    """Every PC that was ever told of, by device."""
    rows = db.connection().execute("SELECT device, presence, seen_ms, off_ms FROM sync_peer")
    return {
        device: LastSeen(device, msgspec.msgpack.decode(how, type=Presence), seen_ms, off_ms)
        for device, how, seen_ms, off_ms in rows
    }


def serve_at(db: Database, addresses: Iterable[str]) -> None:
    """This PC answers as host there ("host:port"); nowhere when there are none."""
    connection = db.connection()
    connection.execute("DELETE FROM sync_serving")
    connection.executemany("INSERT OR IGNORE INTO sync_serving VALUES (?)", [(each,) for each in addresses])


def served_at(db: Database) -> list[str]:
    """Where this PC answers as host now: what is typed at a PC that does not find it."""
    return [address for (address,) in db.connection().execute("SELECT address FROM sync_serving ORDER BY rowid")]


def want_exchange(db: Database) -> None:
    """Somebody pressed the button: whichever process exchanges does it now."""
    db.connection().execute("UPDATE sync_wanted SET times = times + 1")


def wanted(db: Database) -> int:
    """How often the button was pressed."""
    (times,) = db.connection().execute("SELECT times FROM sync_wanted").fetchone()
    return int(times)


_TABLES: Final = (
    "CREATE TABLE sync_state (one INTEGER PRIMARY KEY CHECK (one = 1), tried_ms INTEGER NOT NULL,"
    " done_ms INTEGER NOT NULL, code TEXT NOT NULL, host TEXT NOT NULL, address TEXT NOT NULL)",
    "CREATE TABLE sync_address (address TEXT PRIMARY KEY, device TEXT NOT NULL, typed INTEGER NOT NULL,"
    " at_ms INTEGER NOT NULL)",
    "CREATE TABLE sync_log (number INTEGER PRIMARY KEY AUTOINCREMENT, at_ms INTEGER NOT NULL, host TEXT NOT NULL,"
    " pulled INTEGER NOT NULL, pushed INTEGER NOT NULL, code TEXT NOT NULL)",
    "CREATE TABLE sync_peer (device TEXT PRIMARY KEY, presence BLOB NOT NULL, seen_ms INTEGER NOT NULL,"
    " off_ms INTEGER NOT NULL)",
    "CREATE TABLE sync_serving (address TEXT PRIMARY KEY)",
    "CREATE TABLE sync_wanted (one INTEGER PRIMARY KEY CHECK (one = 1), times INTEGER NOT NULL)",
    "INSERT INTO sync_wanted VALUES (1, 0)",
)


def _make(db: Database) -> None:
    for statement in _TABLES:
        db.execute_sql(statement)


MIGRATIONS: Final = (Migration("sync.state", _make), live.MIGRATION)
