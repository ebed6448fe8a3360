"""One entry shown alone: to a resident, an auditor or a court, without showing what else the device wrote.

It takes the hash before the entry, the digests of those after it up to a signature, and that signature. That the key is
the device's own can be seen from the device's name, which is made of its first key; of later keys the entry that
introduced them tells.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import msgspec

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.journal.batch import Signature
from akimat_desk.journal.chain import commit_statement, digest, link
from akimat_desk.journal.entry import Header, read_header
from akimat_desk.journal.keys import signed
from akimat_desk.journal.kinds import Digest
from akimat_desk.journal.tables import hash_at

if TYPE_CHECKING:
    from akimat_desk.store import Database


class NoSuchEntry(Refused):
    """The journal of this PC has no entry of that id."""

    code = "journal-no-such-entry"
    staff_text = N_("There is no such entry on this PC.")
    next_text = N_("Check the number, or look on the main PC.")


class Proof(msgspec.Struct, frozen=True):
    """`entry` stands between `before` and the entries with the digests `after`; the last of them is signed."""

    entry: bytes
    before: Digest
    after: list[Digest]
    public_key: Digest
    signature: Signature

    @property
    def header(self) -> Header:
        """What the entry says; raises `UnreadableEntry`."""
        return read_header(self.entry)

    def holds(self) -> bool:
        """Whether the holder of the key wrote exactly this entry at the place it names."""
        header = self.header
        hash = link(self.before, self.entry)
        for later in self.after:
            hash = hashlib.sha256(hash + later).digest()
        last = header.seq + len(self.after)
        return signed(self.public_key, self.signature, commit_statement(header.device.hex(), header.epoch, last, hash))


def prove(db: Database, id: str) -> Proof:
    """The proof of the entry `id`; raises `NoSuchEntry`."""
    connection: Any = db.connection()
    found = connection.execute(
        "SELECT c.id, c.device, c.epoch, c.public_key, e.seq, e.bytes FROM journal_entry e"
        " JOIN journal_chain c ON c.id = e.chain WHERE e.id = ? AND e.stands",
        (id,),
    ).fetchone()
    if found is None:
        raise NoSuchEntry
    chain, device, epoch, key, seq, data = found
    after: list[bytes] = []
    rows = connection.execute(
        "SELECT seq, bytes, signature FROM journal_entry WHERE chain = ? AND seq >= ? ORDER BY seq", (chain, seq)
    )
    signature = b""
    for at, later, signature in rows:
        if at > seq:
            after.append(digest(later))
        if signature is not None:
            break
    before = hash_at(connection, device, epoch, seq - 1)
    assert before is not None
    return Proof(data, before, after, key, signature)
