"""The journal's own tables: what is never rebuilt, because everything else is rebuilt from it.

journal_chain     one row a (device, epoch): its public key and its head. All rows together are the vector.
journal_entry     the bytes as written, in order of arrival here; `signature` where this PC holds one. Of several with
                  one id exactly one `stands`: the others repeat it, or falsely say something else
journal_personal  the personal parts this PC holds; erasing is deleting the row
journal_parked    entries that wait: for a referent, for a newer program, or for a person
journal_fork      the other side of a fork, kept to be shown
journal_receipt   the last signed receipt of each device that holds entries of ours
journal_here      this PC's own chain, its hybrid time, and the fingerprint its projections were made by
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
from msgspec import Meta

from akimat_desk.journal.chain import genesis
from akimat_desk.journal.entry import Header, Personal, read_header
from akimat_desk.journal.kinds import Epoch, Id
from akimat_desk.store.migrations import Migration

if TYPE_CHECKING:
    from akimat_desk.store import Database

NO_PERSONAL: Final = 0
HELD: Final = 1
ABSENT: Final = 2
"""The header names a personal part this PC does not hold: not for it, or not come yet."""
ERASED: Final = 3

_TABLES: Final = (
    """CREATE TABLE journal_chain (
        id INTEGER PRIMARY KEY, device TEXT NOT NULL, epoch INTEGER NOT NULL, public_key BLOB NOT NULL,
        seq INTEGER NOT NULL, hash BLOB NOT NULL, UNIQUE (device, epoch))""",
    """CREATE TABLE journal_entry (
        arrival INTEGER PRIMARY KEY, chain INTEGER NOT NULL REFERENCES journal_chain (id), seq INTEGER NOT NULL,
        id TEXT NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL, hash BLOB NOT NULL, signature BLOB,
        personal INTEGER NOT NULL, doubtful INTEGER NOT NULL DEFAULT 0, stands INTEGER NOT NULL DEFAULT 1,
        UNIQUE (chain, seq))""",
    "CREATE INDEX journal_entry_id ON journal_entry (id)",
    f"CREATE INDEX journal_entry_absent ON journal_entry (arrival) WHERE personal = {ABSENT}",
    """CREATE TABLE journal_personal (
        arrival INTEGER PRIMARY KEY REFERENCES journal_entry (arrival), salt BLOB NOT NULL, bytes BLOB NOT NULL)""",
    """CREATE TABLE journal_parked (
        arrival INTEGER PRIMARY KEY REFERENCES journal_entry (arrival), reason TEXT NOT NULL,
        referent TEXT NOT NULL, ready INTEGER NOT NULL DEFAULT 0)""",
    "CREATE INDEX journal_parked_referent ON journal_parked (referent)",
    """CREATE TABLE journal_fork (
        chain INTEGER NOT NULL REFERENCES journal_chain (id), seq INTEGER NOT NULL, hash BLOB NOT NULL,
        bytes BLOB NOT NULL, signature BLOB, PRIMARY KEY (chain, seq, hash))""",
    """CREATE TABLE journal_receipt (device TEXT PRIMARY KEY, at INTEGER NOT NULL, bytes BLOB NOT NULL)""",
    """CREATE TABLE journal_here (
        one INTEGER PRIMARY KEY CHECK (one = 1), chain INTEGER REFERENCES journal_chain (id), at INTEGER NOT NULL,
        made_by BLOB NOT NULL)""",
    "INSERT INTO journal_here VALUES (1, NULL, 0, x'80')",
)


def _make(db: Database) -> None:
    for statement in _TABLES:
        db.execute_sql(statement)


MIGRATIONS: Final = (Migration("journal.tables", _make),)


class Head(msgspec.Struct, frozen=True, order=True):
    """A place in a chain: `hash` covers everything of (device, epoch) up to `seq`."""

    device: Id
    epoch: Epoch
    seq: Annotated[int, Meta(ge=0, lt=2**62)]
    hash: bytes

    @classmethod
    def before(cls, device: str, epoch: int) -> Head:
        """The place before the first entry."""
        return cls(device, epoch, 0, genesis(device, epoch))


class Here(msgspec.Struct, frozen=True):
    """This PC's own row. `chain` is None until the desk has a device."""

    chain: int | None
    head: Head | None
    public_key: bytes
    at: int
    made_by: bytes


class Stored(msgspec.Struct, frozen=True):
    """An entry as it lies here."""

    arrival: int
    data: bytes
    hash: bytes
    personal: Personal | None

    @property
    def header(self) -> Header:
        """What the bytes say."""
        return read_header(self.data)


def here(connection: Any) -> Here:
    """Read `journal_here` with the own head."""
    chain, at, made_by, device, epoch, key, seq, hash = connection.execute(
        "SELECT h.chain, h.at, h.made_by, c.device, c.epoch, c.public_key, c.seq, c.hash"
        " FROM journal_here h LEFT JOIN journal_chain c ON c.id = h.chain"
    ).fetchone()
    return Here(chain, None if chain is None else Head(device, epoch, seq, hash), key or b"", at, made_by)


def heads(connection: Any) -> list[Head]:
    """The head of every chain, in order: the vector."""
    return [
        Head(*row)
        for row in connection.execute("SELECT device, epoch, seq, hash FROM journal_chain ORDER BY device, epoch")
    ]


def chain_of(connection: Any, device: str, epoch: int) -> tuple[int, bytes, Head] | None:
    """Number, public key and head of a chain."""
    row = connection.execute(
        "SELECT id, public_key, seq, hash FROM journal_chain WHERE device = ? AND epoch = ?", (device, epoch)
    ).fetchone()
    return None if row is None else (row[0], row[1], Head(device, epoch, row[2], row[3]))


def open_chain(connection: Any, device: str, epoch: int, public_key: bytes) -> int:
    """A chain without entries; its number."""
    return int(
        connection.execute(
            "INSERT INTO journal_chain (device, epoch, public_key, seq, hash) VALUES (?, ?, ?, 0, ?)",
            (device, epoch, public_key, genesis(device, epoch)),
        ).lastrowid
    )


def hash_at(connection: Any, device: str, epoch: int, seq: int) -> bytes | None:
    """The chain's hash at `seq`, None where there is no such entry."""
    if seq == 0:
        return genesis(device, epoch)
    row = connection.execute(
        "SELECT e.hash FROM journal_entry e JOIN journal_chain c ON c.id = e.chain"
        " WHERE c.device = ? AND c.epoch = ? AND e.seq = ?",
        (device, epoch, seq),
    ).fetchone()
    return None if row is None else row[0]


def insert(
    connection: Any,
    chain: int,
    header: Header,
    data: bytes,
    hash: bytes,
    personal: Personal | None,
    *,
    held: int,
    doubtful: bool = False,
) -> int:
    """Put one entry at its place; its arrival number. Of several with one id the first to come stands at first
    (`Applier.placed`).
    """
    arrival: int = connection.execute(
        "INSERT INTO journal_entry (chain, seq, id, at, bytes, hash, personal, doubtful, stands)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NOT EXISTS (SELECT 1 FROM journal_entry WHERE id = ?3))",
        (chain, header.seq, header.id.hex(), header.at, data, hash, held, doubtful),
    ).lastrowid
    if held == HELD and personal is not None:
        connection.execute("INSERT INTO journal_personal VALUES (?, ?, ?)", (arrival, personal.salt, personal.data))
    return arrival


def is_erased(connection: Any, id: str) -> bool:
    """Whether the personal part of the entry `id` is to be taken in no more (`builtin.Erased`)."""
    return connection.execute("SELECT 1 FROM journal_erased WHERE id = ?", (id,)).fetchone() is not None


def seal(connection: Any, chain: int, head: Head, signature: bytes) -> None:
    """The chain now ends at `head`, and its device has signed it there."""
    connection.execute("UPDATE journal_chain SET seq = ?, hash = ? WHERE id = ?", (head.seq, head.hash, chain))
    connection.execute(
        "UPDATE journal_entry SET signature = ? WHERE chain = ? AND seq = ?", (signature, chain, head.seq)
    )


_STORED: Final = (
    "SELECT e.arrival, e.bytes, e.hash, p.salt, p.bytes"
    " FROM journal_entry e LEFT JOIN journal_personal p ON p.arrival = e.arrival"
)


def stored(connection: Any, arrival: int) -> Stored:
    """The entry that came as number `arrival`."""
    return _stored(connection.execute(f"{_STORED} WHERE e.arrival = ?", (arrival,)).fetchone())


def stored_after(connection: Any, arrival: int, limit: int) -> list[Stored]:
    """The next entries in order of arrival that the tables speak of."""
    rows = connection.execute(
        f"{_STORED} WHERE e.arrival > ? AND e.stands ORDER BY e.arrival LIMIT ?", (arrival, limit)
    )
    return [_stored(row) for row in rows]


def _stored(row: Any) -> Stored:
    arrival, data, hash, salt, personal = row
    return Stored(arrival, data, hash, None if salt is None else Personal(salt, personal))
