"""One entry shown alone: to a resident, an auditor or a court, without showing what else the device wrote.

It takes the hash before the entry, the digests of those after it up to a signature, and that signature. That the key is
the device's own can be seen from the device's name, which is made of its first key; of a later one the village's list
of PCs tells.

A proof is a small text file (JSON, every value of bytes in hexadecimal), so that it can be mailed, printed and typed
off. It is checked with this module alone: no desk, no database, no line.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.journal.batch import Signature
from akimat_desk.journal.chain import commit_statement, digest, link
from akimat_desk.journal.entry import Header, Personal, UnreadableEntry, read_header
from akimat_desk.journal.keys import device_of, signed
from akimat_desk.journal.kinds import Digest
from akimat_desk.journal.tables import hash_at

if TYPE_CHECKING:
    from akimat_desk.store import Database


MAX_FILE: Final = 16 * 1024 * 1024
"""Bytes. A proof shows a digest for every later entry of one commit."""
_Hex = Annotated[str, Meta(pattern="^([0-9a-f]{2})*$")]


class NoSuchEntry(Refused):
    """The journal of this PC has no entry of that id."""

    code = "journal-no-such-entry"
    staff_text = N_("There is no such entry on this PC.")
    next_text = N_("Check the number, or look on the main PC.")


class NotAProof(Refused):
    """A file that is no proof of an entry."""

    code = "journal-not-a-proof"
    staff_text = N_("This file is not the proof of an entry, or it was changed.")
    next_text = N_("Ask for the proof again at the PC it came from.")


class ManyEntries(Refused):
    """The beginning of a place that was given fits several devices."""

    code = "journal-many-entries"
    staff_text = N_("More than one PC of the room has a number that begins so.")
    next_text = N_("Give the whole number of the PC.")


class Proof(msgspec.Struct, frozen=True):
    """`entry` stands between `before` and the entries with the digests `after`; the last of them is signed. `personal`
    is there only where whoever asked for the proof asked for it.
    """

    entry: bytes
    before: Digest
    after: list[Digest]
    public_key: Digest
    signature: Signature
    personal: Personal | None = None

    @property
    def header(self) -> Header:
        """What the entry says; raises `UnreadableEntry`."""
        return read_header(self.entry)

    @property
    def key_is_the_devices(self) -> bool:
        """Whether the device is named by this very key, so that nobody else has to vouch for it."""
        return device_of(self.public_key) == self.header.device.hex()

    def holds(self) -> bool:
        """Whether the holder of the key wrote exactly this entry at the place it names, and this personal part."""
        header = self.header
        if self.personal is not None and self.personal.hash != header.personal:
            return False
        hash = link(self.before, self.entry)
        for later in self.after:
            hash = hashlib.sha256(hash + later).digest()
        last = header.seq + len(self.after)
        return signed(self.public_key, self.signature, commit_statement(header.device.hex(), header.epoch, last, hash))


def prove(db: Database, id: str, *, with_personal: bool = False) -> Proof:
    """The proof of the entry `id`, with its personal part if asked for and held here; raises `NoSuchEntry`."""
    connection: Any = db.connection()
    found = connection.execute(
        "SELECT c.id, c.device, c.epoch, c.public_key, e.seq, e.bytes, p.salt, p.bytes FROM journal_entry e"
        " JOIN journal_chain c ON c.id = e.chain LEFT JOIN journal_personal p ON p.arrival = e.arrival"
        " WHERE e.id = ? AND e.stands",
        (id,),
    ).fetchone()
    if found is None:
        raise NoSuchEntry
    chain, device, epoch, key, seq, data, salt, part = found
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
    personal = Personal(salt, part) if with_personal and salt is not None else None
    return Proof(data, before, after, key, signature, personal)


def entry_at(db: Database, place: str) -> str:
    """The id of an entry given by its id or its place (device/epoch/seq; of the device eight digits are enough).

    Raises `NoSuchEntry` or `ManyEntries`.
    """
    device, _, rest = place.lower().partition("/")
    epoch, _, seq = rest.partition("/")
    if not rest:
        return device
    if not (re.fullmatch("[0-9a-f]{8,32}", device) and epoch.isdecimal() and seq.isdecimal()):
        raise NoSuchEntry
    rows = (
        db.connection()
        .execute(
            "SELECT e.id FROM journal_entry e JOIN journal_chain c ON c.id = e.chain"
            " WHERE substr(c.device, 1, ?) = ? AND c.epoch = CAST(? AS INTEGER) AND e.seq = CAST(? AS INTEGER)",
            (len(device), device, epoch, seq),
        )
        .fetchall()
    )
    if len(rows) > 1:
        raise ManyEntries
    for (id,) in rows:
        return str(id)
    raise NoSuchEntry


# ---- the file


class _Personal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    salt: _Hex
    data: _Hex


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    proof: Literal["akimat-desk/proof/1"]
    entry: _Hex
    before: _Hex
    after: list[_Hex]
    public_key: _Hex
    signature: _Hex
    personal: _Personal | None = None


def write_proof(proof: Proof) -> bytes:
    """The proof as a text."""
    part = proof.personal
    file = _File(
        "akimat-desk/proof/1",
        proof.entry.hex(),
        proof.before.hex(),
        [one.hex() for one in proof.after],
        proof.public_key.hex(),
        proof.signature.hex(),
        None if part is None else _Personal(part.salt.hex(), part.data.hex()),
    )
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def read_proof(text: bytes) -> Proof:
    """The proof in a file; raises `NotAProof`."""
    try:
        file = msgspec.json.decode(text, type=_File)
        part = file.personal
        proof = msgspec.convert(
            {
                "entry": bytes.fromhex(file.entry),
                "before": bytes.fromhex(file.before),
                "after": [bytes.fromhex(one) for one in file.after],
                "public_key": bytes.fromhex(file.public_key),
                "signature": bytes.fromhex(file.signature),
                "personal": None if part is None else (bytes.fromhex(part.salt), bytes.fromhex(part.data)),
            },
            Proof,
        )
        read_header(proof.entry)
    except (msgspec.DecodeError, ValueError, UnreadableEntry) as why:
        raise NotAProof from why
    return proof
