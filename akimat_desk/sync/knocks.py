"""PCs that asked to take part and are not let in: a new key of a PC the room knows, restored or on a new machine; or
one whose entries another PC had taken in before the key of who let it in was withdrawn.

Staff see them on the room page and let them in with one button. They are kept on the asked PC only, and only a few:
anyone on the network can knock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.store.migrations import Migration

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.store import Database

MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Knock:
    """A device, the key it came with, and when last (milliseconds since 1970 by this PC's clock)."""

    device: str
    public_key: bytes
    at_ms: int


def keep(journal: Journal, device: str, public_key: bytes) -> None:
    """Remember that this device came with this key. Only devices the room has heard of before, or few others."""
    with journal.store.write() as db:
        connection = db.connection()
        connection.execute(
            "INSERT OR REPLACE INTO sync_knock (device, public_key, at_ms) VALUES (?, ?, ?)",
            (device, public_key, journal.clock.now_ms()),
        )
        connection.execute(
            "DELETE FROM sync_knock WHERE rowid NOT IN (SELECT k.rowid FROM sync_knock k ORDER BY k.device IN"
            " (SELECT admitted FROM journal_admission) DESC, k.at_ms DESC LIMIT ?)",
            (MOST,),
        )


def knocks(db: Database) -> list[Knock]:
    """Those that still wait: neither let in nor shut out since; the latest first."""
    rows = db.connection().execute(
        "SELECT device, public_key, at_ms FROM sync_knock k WHERE NOT EXISTS (SELECT 1 FROM journal_admission a"
        " WHERE a.admitted = k.device AND a.public_key = k.public_key) AND NOT EXISTS (SELECT 1 FROM journal_limit l"
        " WHERE l.public_key = k.public_key) ORDER BY at_ms DESC, device"
    )
    return [Knock(device, bytes(key), at_ms) for device, key, at_ms in rows]


def forget(db: Database, device: str) -> None:
    """Staff have looked at it."""
    db.connection().execute("DELETE FROM sync_knock WHERE device = ?", (device,))


def _make(db: Database) -> None:
    db.execute_sql(
        "CREATE TABLE sync_knock (device TEXT NOT NULL, public_key BLOB NOT NULL, at_ms INTEGER NOT NULL,"
        " PRIMARY KEY (device, public_key))"
    )


MIGRATIONS: Final = (Migration("sync.knocks", _make),)
