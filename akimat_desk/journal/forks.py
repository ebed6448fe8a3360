"""Two histories under one device, epoch and seq: seen, kept, shown, and brought together by the device itself.

A disk image brought back, or a copied PC, writes numbers that were written before. Whoever meets the second history
keeps both. The device whose key signed both opens a new epoch and writes both sides again there, entry by entry under
their old ids; everyone has each entry once then, whichever side they had first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from akimat_desk.journal.append import Commit
from akimat_desk.journal.batch import BATCH_BYTES, Batch
from akimat_desk.journal.builtin import DEVICE_INTRODUCED
from akimat_desk.journal.chain import link
from akimat_desk.journal.entry import Header, Personal, read_header
from akimat_desk.journal.receipts import vector_digest
from akimat_desk.journal.tables import Head

if TYPE_CHECKING:
    from akimat_desk.store import Database


class Fork(msgspec.Struct, frozen=True):
    """From `seq` on there is a second history, `entries` long as far as it is known here."""

    device: str
    epoch: int
    seq: int
    entries: int


def forks(db: Database) -> list[Fork]:
    """Every fork this PC has met."""
    rows = db.connection().execute(
        "SELECT c.device, c.epoch, min(f.seq), count(*) FROM journal_fork f JOIN journal_chain c ON c.id = f.chain"
        " GROUP BY f.chain ORDER BY 1, 2"
    )
    return [Fork(*row) for row in rows]


def ends_aside(db: Database) -> list[bytes]:
    """The hashes at which the second histories kept here were signed."""
    rows = db.connection().execute("SELECT hash FROM journal_fork WHERE signature IS NOT NULL ORDER BY hash")
    return [hash for (hash,) in rows]


def leaves(db: Database) -> list[Head]:
    """The places up to which the second histories are known here."""
    return [Head(row.device, row.epoch, row.seq, row.hash) for row in _Aside(db.connection()).leaves()]


def digest_of(first: Iterable[Head], aside: Iterable[Head]) -> bytes:
    """Equal for two PCs exactly when they know the same histories, whichever of two each of them had first: the ends of
    the `first` (`tables.heads`) and of those kept `aside` (`leaves`).
    """
    return vector_digest(sorted({*first, *aside}))


def has_all(db: Database, theirs: Collection[Head], mine: Iterable[Head]) -> bool:
    """Whether a PC whose heads are `theirs` holds all of `mine`. Where it had another history of a chain first, which
    is known here, each has told the other both; their device brings them together.
    """
    aside = {bytes(hash) for (hash,) in db.connection().execute("SELECT hash FROM journal_fork")}
    divided = {(head.device, head.epoch) for head in theirs if head.hash in aside}
    return all(head in theirs or (head.device, head.epoch) in divided for head in mine)


def second_histories(db: Database, known: set[bytes]) -> Iterator[Batch]:
    """The second histories that somebody lacks who knows the hashes `known`: the device itself has to hear of them, and
    it may speak with none but a PC that keeps them aside.
    """
    aside = _Aside(db.connection())
    for leaf in aside.leaves():
        if leaf.hash in known:
            continue
        path = [leaf]
        while (before := aside.before(path[-1])) is not None and before.hash not in known:
            path.append(before)
        yield from _cut(path[::-1])


def _cut(path: list[_Row]) -> Iterator[Batch]:
    """Cut where it was cut when it came: there its device has signed."""
    data: list[bytes] = []
    for row in path:
        data.append(row.data)
        if row.signature is not None and (row is path[-1] or sum(map(len, data)) >= BATCH_BYTES):
            first = row.seq - len(data) + 1
            yield Batch(row.device, row.epoch, first, tuple(data), (None,) * len(data), row.signature)
            data = []


_ALL_ASIDE: Final = (
    "SELECT c.device, c.epoch, f.seq, f.hash, f.bytes, f.signature FROM journal_fork f"
    " JOIN journal_chain c ON c.id = f.chain ORDER BY 1, 2, 3, 4"
)


class _Row(NamedTuple):
    device: str
    epoch: int
    seq: int
    hash: bytes
    data: bytes
    signature: bytes | None


class _Aside:
    """Everything in `journal_fork`, by its place."""

    def __init__(self, connection: Any) -> None:
        self._at: dict[tuple[str, int, int], list[_Row]] = {}
        for row in map(_Row._make, connection.execute(_ALL_ASIDE)):
            self._at.setdefault(row[:3], []).append(row)

    def before(self, row: _Row) -> _Row | None:
        """What `row` follows, unless that is in the main history."""
        place = (row.device, row.epoch, row.seq - 1)
        return next((one for one in self._at.get(place, ()) if link(one.hash, row.data) == row.hash), None)

    def leaves(self) -> list[_Row]:
        """Signed rows that nothing follows, in order of their places."""
        rows = [row for place in self._at.values() for row in place]
        followed = {before.hash for row in rows if (before := self.before(row)) is not None}
        return [row for row in rows if row.signature is not None and row.hash not in followed]


def repeat_both_sides(db: Database, commit: Commit) -> int:
    """Write what stands on either side of the own device's forks, and has not been repeated yet, into `commit`."""
    repeated = 0
    for header, personal in _divided(db.connection(), commit.head.device, commit.head.epoch):
        commit.repeat(header, personal)
        repeated += 1
    return repeated


def _divided(connection: Any, device: str, epoch: int) -> list[tuple[Header, Personal | None]]:
    here = connection.execute(
        "SELECT e.bytes, p.salt, p.bytes FROM journal_entry e JOIN journal_chain c ON c.id = e.chain"
        " LEFT JOIN journal_personal p ON p.arrival = e.arrival"
        " WHERE c.device = ? AND c.epoch <> ? AND e.seq >= (SELECT min(seq) FROM journal_fork f WHERE f.chain = c.id)"
        " AND NOT EXISTS (SELECT 1 FROM journal_entry r JOIN journal_chain d ON d.id = r.chain"
        " WHERE r.id = e.id AND r.arrival <> e.arrival AND d.device = c.device) ORDER BY c.epoch, e.seq",
        (device, epoch),
    ).fetchall()
    there = connection.execute(
        "SELECT f.bytes FROM journal_fork f JOIN journal_chain c ON c.id = f.chain WHERE c.device = ?"
        " ORDER BY c.epoch, f.seq, f.hash",
        (device,),
    ).fetchall()
    sides = [(read_header(data), None if salt is None else Personal(salt, part)) for data, salt, part in here]
    known = {header.id for header, _ in sides}
    for (data,) in there:
        header = read_header(data)
        stands = connection.execute(
            "SELECT 1 FROM journal_entry e JOIN journal_chain c ON c.id = e.chain WHERE e.id = ? AND c.device = ?",
            (header.id.hex(), device),
        ).fetchone()
        if header.id not in known and not stands:
            known.add(header.id)
            sides.append((header, None))
    return [(header, part) for header, part in sides if header.kind != DEVICE_INTRODUCED.name]
