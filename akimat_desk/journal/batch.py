"""A batch: entries of one chain without a gap, as they were written, and the signature under the last.

It is cut only where this PC holds a signature, so whoever gets it can prove all of it before keeping any of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from akimat_desk.journal.append import MAX_COMMIT
from akimat_desk.journal.entry import Personal, read_header
from akimat_desk.journal.kinds import Epoch, Id, Seq
from akimat_desk.journal.tables import Head, hash_at

if TYPE_CHECKING:
    from akimat_desk.journal.registry import Registry

Audience = Literal["room", "region", "nobody"]
"""Who gets personal parts: staff PCs of the room all of them, the region those of kinds that allow it."""

BATCH_BYTES: Final = 256 * 1024
"""A batch ends at the first signature after this many bytes; a longer commit makes a longer batch."""
MAX_ENTRIES: Final = MAX_COMMIT // 50

Signature = Annotated[bytes, Meta(min_length=64, max_length=64)]


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """`entries` follow each other from seq `first`; `personal` has a place for each, empty where none is given."""

    device: Id
    epoch: Epoch
    first: Seq
    entries: Annotated[tuple[bytes, ...], Meta(min_length=1, max_length=MAX_ENTRIES)]
    personal: tuple[Personal | None, ...]
    signature: Signature

    @property
    def last(self) -> int:
        """The seq of the last entry."""
        return self.first + len(self.entries) - 1

    @property
    def size(self) -> int:
        """Bytes of entries and personal parts."""
        return sum(map(len, self.entries)) + sum(len(part.data) for part in self.personal if part)


def batches_beyond(
    connection: Any, registry: Registry, theirs: list[Head], audience: Audience, size: int = BATCH_BYTES
) -> Iterator[Batch]:
    """All that this PC has and the holder of `theirs` has not, chain by chain in order of device and epoch.

    Where a chain of theirs is not the one here, it is told from the beginning: then they see the fork.
    """
    known = {(head.device, head.epoch): head for head in theirs}
    rows = connection.execute("SELECT id, device, epoch, seq FROM journal_chain ORDER BY device, epoch").fetchall()
    for chain, device, epoch, last in rows:
        head = known.get((device, epoch), Head.before(device, epoch))
        after = head.seq
        if after > last:
            continue
        if hash_at(connection, device, epoch, after) != head.hash:
            after = 0
        while after < last:
            batch = _cut(connection, registry, (chain, device, epoch), after, audience, size)
            yield batch
            after = batch.last


def _cut(
    connection: Any, registry: Registry, chain: tuple[int, str, int], after: int, audience: Audience, size: int
) -> Batch:
    number, device, epoch = chain
    entries: list[bytes] = []
    personal: list[Personal | None] = []
    rows = connection.execute(
        "SELECT e.bytes, e.signature, p.salt, p.bytes FROM journal_entry e"
        " LEFT JOIN journal_personal p ON p.arrival = e.arrival WHERE e.chain = ? AND e.seq > ? ORDER BY e.seq",
        (number, after),
    )
    taken = 0
    end, signature = 0, b""
    for data, signed, salt, part in rows:
        entries.append(data)
        goes = salt is not None and travels(registry, data, audience)
        personal.append(Personal(salt, part) if goes else None)
        taken += len(data) + (len(part) if goes else 0)
        if signed is not None:
            end, signature = len(entries), signed
            if taken >= size:
                break
    return Batch(device, epoch, after + 1, tuple(entries[:end]), tuple(personal[:end]), signature)


def travels(registry: Registry, data: bytes, audience: Audience) -> bool:
    """Whether the personal part of the entry `data` may go to `audience`."""
    if audience == "region":
        kind = registry.kinds.get(read_header(data).kind)
        return kind is not None and kind.personal_to_region
    return audience == "room"
