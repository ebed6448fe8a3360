"""Entries that cannot be applied yet wait here; they are kept and relayed like any other, and block nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import msgspec

if TYPE_CHECKING:
    from akimat_desk.store import Database

Reason = Literal["not-yet", "unknown-kind", "unreadable", "poison", "revoked"]
"""`not-yet`: what it speaks of has not arrived. `unknown-kind`: the program is too old for it. `unreadable`: its facts
are not what its kind says. `poison`: applying it raised an error. These two wait for a newer program or a person.
`revoked`: written after the place through which its key is valid (`devices`); it waits for ever."""


class NotYet(Exception):
    """Raised by `Kind.apply` when what the entry speaks of is not there yet.

    `referent` is what it waits for: a row's key, or an entry's id. Whatever brings it releases the entry.
    """

    def __init__(self, referent: str) -> None:
        self.referent = referent
        super().__init__(referent)


class Waiting(msgspec.Struct, frozen=True):
    """A parked entry, for people to see; `detail` is the referent, or the kind of error, never what the entry holds."""

    device: str
    epoch: int
    seq: int
    reason: Reason
    detail: str


def park(connection: Any, arrival: int, reason: Reason, referent: str) -> None:
    """Let the entry wait for `referent`."""
    connection.execute("INSERT OR REPLACE INTO journal_parked VALUES (?, ?, ?, 0)", (arrival, reason, referent))


def arrived(db: Database, referent: str) -> None:
    """What `NotYet(referent)` waited for is there. `journal.merge` says it of every row it writes."""
    db.connection().execute("UPDATE journal_parked SET ready = 1 WHERE referent = ?", (referent,))


def take_ready(connection: Any) -> list[int]:
    """The arrivals that may be tried again, oldest first; they are no longer parked."""
    ready = [row[0] for row in connection.execute("SELECT arrival FROM journal_parked WHERE ready ORDER BY arrival")]
    if ready:
        connection.execute("DELETE FROM journal_parked WHERE ready")
    return ready


def waiting(db: Database) -> list[Waiting]:
    """All that wait, in order of device, epoch and seq."""
    rows = db.connection().execute(
        "SELECT c.device, c.epoch, e.seq, p.reason, p.referent FROM journal_parked p"
        " JOIN journal_entry e ON e.arrival = p.arrival JOIN journal_chain c ON c.id = e.chain ORDER BY 1, 2, 3"
    )
    return [Waiting(*row) for row in rows]
