"""Is every entry what its device wrote, and is none missing? Reads all, changes nothing, and names what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from akimat_desk.base.errors import Damaged
from akimat_desk.journal.builtin import DEVICE_INTRODUCED, DeviceIntroduced
from akimat_desk.journal.chain import commit_statement, link
from akimat_desk.journal.entry import Header, Personal, read_header
from akimat_desk.journal.keys import device_of, signed
from akimat_desk.journal.kinds import UNDECODABLE
from akimat_desk.journal.projections import Cancel, Cancelled, Progress, never, nothing_told
from akimat_desk.journal.receipts import receipts
from akimat_desk.journal.tables import ABSENT, ERASED, HELD, NO_PERSONAL, Head, hash_at, here

if TYPE_CHECKING:
    from akimat_desk.store import Database

What = Literal[
    "changed", "missing", "misplaced", "forged", "unsigned", "index", "personal", "introduction", "head", "cut", "other"
]
"""What can be wrong with an entry, or at its place.

changed       the bytes do not give the hash that stands beside them
missing       no entry has this seq
misplaced     the entry belongs to another place
forged        the signature is not the device's
unsigned      entries after the last signature
index         a column beside the bytes says something else than they do
personal      the personal part is not the one the entry names, or is not where it should be
introduction  the chain does not begin with its device's key
head          the chain's head is not its last entry
cut           the mark or a receipt knows of entries beyond the end
other         the mark or a receipt knows another entry at this place
"""


class Finding(msgspec.Struct, frozen=True, order=True):
    """One thing that is wrong, and where."""

    device: str
    epoch: int
    seq: int
    what: What


class _Chain(msgspec.Struct):
    number: int
    key: bytes
    head: Head


_STEP: Final = 500
_DEVICE: Final = re.compile("[0-9a-f]{32}")

_NOT_ONE_STANDS: Final = """
    SELECT c.device, c.epoch, max(e.seq) FROM journal_entry e JOIN journal_chain c ON c.id = e.chain
    GROUP BY e.id HAVING sum(e.stands) <> 1"""
"""Of the entries with one id, exactly one stands."""


def verify(
    db: Database, mark: Head | None = None, progress: Progress = nothing_told, cancel: Cancel = never
) -> list[Finding]:
    """All findings, in order of device, epoch and seq; empty when the journal is whole.

    `mark` is what lies outside the data folder. Runs in the caller's read transaction; raises `Cancelled`.
    """
    connection: Any = db.connection()
    (total,) = connection.execute("SELECT count(*) FROM journal_entry").fetchone()
    found: set[Finding] = set()
    done = 0
    rows = connection.execute(
        "SELECT id, CAST(public_key AS BLOB), device, epoch, seq, CAST(hash AS BLOB) FROM journal_chain"
    ).fetchall()
    for number, key, device, epoch, seq, hash in rows:
        if not _is_place(device, epoch, seq):
            found.add(_finding(device, epoch, seq, "head"))
            continue
        for finding in _chain(connection, _Chain(number, key, Head(device, epoch, seq, hash))):
            if finding is not None:
                found.add(finding)
            else:
                done += _STEP
                progress(min(done, total), total)
                if cancel():
                    raise Cancelled
    found |= {_finding(device, epoch, seq, "index") for device, epoch, seq in connection.execute(_NOT_ONE_STANDS)}
    if mark is not None:
        found |= set(_claimed(connection, [mark]))
    own = here(connection).head
    for receipt in receipts(connection):
        # Of a third PC's entries, whoever signed may hold more than ever came here.
        theirs = (head for head in receipt.heads if own is None or head.device == own.device or _here(connection, head))
        found |= set(_claimed(connection, theirs))
    progress(total, total)
    return sorted(found)


def _chain(connection: Any, chain: _Chain) -> Iterator[Finding | None]:
    """The findings of one chain; None now and then, as a sign of life."""
    device, epoch = chain.head.device, chain.head.epoch

    def finding(seq: int, what: What) -> Finding:
        return Finding(device, epoch, seq, what)

    previous = Head.before(device, epoch).hash
    expected, last_signed, last_hash = 1, 0, previous
    rows = connection.execute(
        # As bytes whatever somebody made of them: a value of another type is a finding, not an error.
        "SELECT e.seq, CAST(e.bytes AS BLOB), CAST(e.hash AS BLOB), CAST(e.signature AS BLOB), CAST(e.id AS BLOB),"
        " e.at, e.personal, CAST(p.salt AS BLOB), CAST(p.bytes AS BLOB) FROM journal_entry e"
        " LEFT JOIN journal_personal p ON p.arrival = e.arrival WHERE e.chain = ? ORDER BY e.seq",
        (chain.number,),
    )
    for seq, data, hash, signature, id, at, held, salt, personal in rows:
        if not _is_place(device, epoch, seq) or seq == 0:
            yield _finding(device, epoch, seq, "misplaced")
            continue
        for gap in range(expected, min(seq, expected + _STEP)):
            yield finding(gap, "missing")
        whole = seq == expected
        if whole and link(previous, data) != hash:
            yield finding(seq, "changed")
        header = _header(data)
        if header is None:
            yield finding(seq, "changed")
        else:
            if (header.device.hex(), header.epoch, header.seq) != (device, epoch, seq):
                yield finding(seq, "misplaced")
            if (header.id.hex().encode(), header.at) != (id, at):
                yield finding(seq, "index")
            part = None if salt is None else Personal(salt, personal)
            if not _personal_fits(header, held, part):
                yield finding(seq, "personal")
            if seq == 1 and not _introduces(header, chain):
                yield finding(seq, "introduction")
        if signature is not None:
            last_signed = seq
            if not signed(chain.key, signature, commit_statement(device, epoch, seq, hash)):
                yield finding(seq, "forged")
        previous, last_hash, expected = hash, hash, seq + 1
        if seq % _STEP == 0:
            yield None
    last = expected - 1
    if last_signed < last:
        yield finding(last, "unsigned")
    if chain.head.seq > last:
        yield finding(last + 1, "missing")
    if (chain.head.seq, chain.head.hash) != (last, last_hash):
        yield finding(chain.head.seq, "head")


def _is_place(device: object, epoch: object, seq: object) -> bool:
    """Whether the values can be a chain's, and a place in it: somebody may have put anything there."""
    numbers = isinstance(epoch, int) and 1 <= epoch < 2**31 and isinstance(seq, int) and 0 <= seq < 2**62
    return numbers and isinstance(device, str) and _DEVICE.fullmatch(device) is not None


def _finding(device: object, epoch: object, seq: object, what: What) -> Finding:
    """A finding at a place that may be none: what is no number there is named 0."""
    name = device.hex() if isinstance(device, bytes) else str(device)
    return Finding(name, epoch if isinstance(epoch, int) else 0, seq if isinstance(seq, int) else 0, what)


def _header(data: bytes) -> Header | None:
    try:
        return read_header(data)
    except Damaged:
        return None


def _personal_fits(header: Header, held: int, part: Personal | None) -> bool:
    if header.personal is None:
        return held == NO_PERSONAL and part is None
    if held == HELD:
        return part is not None and part.hash == header.personal
    return held in (ABSENT, ERASED) and part is None


def _introduces(header: Header, chain: _Chain) -> bool:
    try:
        key = msgspec.msgpack.decode(header.facts, type=DeviceIntroduced).public_key
    except UNDECODABLE:
        return False
    named = chain.head.epoch > 1 or device_of(key) == chain.head.device
    return header.kind == DEVICE_INTRODUCED.name and key == chain.key and named


def _here(connection: Any, head: Head) -> bool:
    return hash_at(connection, head.device, head.epoch, head.seq) is not None


def _claimed(connection: Any, heads: Iterable[Head]) -> Iterator[Finding]:
    """What somebody else saw standing here; a second history that is kept beside is shown as a fork (`forks`)."""
    aside = {hash for (hash,) in connection.execute("SELECT CAST(hash AS BLOB) FROM journal_fork")}
    for head in heads:
        standing = hash_at(connection, head.device, head.epoch, head.seq)
        if head.hash in aside:
            continue
        if standing is None:
            yield Finding(head.device, head.epoch, head.seq, "cut")
        elif standing != head.hash:
            yield Finding(head.device, head.epoch, head.seq, "other")
