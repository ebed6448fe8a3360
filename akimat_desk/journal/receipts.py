"""Receipts: another device's signed word for what it holds. The last one of each device is kept.

By it a PC knows what would survive its own loss, and `verify` knows how long the journal must be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from akimat_desk.journal.batch import Signature
from akimat_desk.journal.keys import DeviceKey, signed
from akimat_desk.journal.kinds import Epoch, Id
from akimat_desk.journal.rulings import current_host
from akimat_desk.journal.tables import ABSENT, HELD, Head, heads, here

if TYPE_CHECKING:
    from akimat_desk.store import Database

MOST_LACKED: Final = 10
"""So many parts of one device are named at most; where more are lacking, the device is not `whole`."""
Place = Literal["here", "host", "region", "attention"]
_RECEIPT: Final = b"akimat-desk/receipt/1\0"


class Receipt(msgspec.Struct, frozen=True, array_like=True):
    """`device` says, signed by its key of `epoch`: at `at_ms` of my clock I held all entries up to `heads`, and every
    personal part of the devices in `whole`, except those of the entries in `lacks`.
    """

    device: Id
    epoch: Epoch
    at_ms: Annotated[int, Meta(ge=0, lt=2**62)]
    whole: list[Id]
    heads: list[Head]
    signature: Signature
    lacks: list[Id] = []

    @property
    def statement(self) -> bytes:
        """What is signed."""
        said = (self.device, self.epoch, self.at_ms, self.whole, vector_digest(self.heads), self.lacks)
        return _RECEIPT + msgspec.msgpack.encode(said)


def vector_digest(heads: list[Head]) -> bytes:
    """Equal for two PCs exactly when they hold the same entries."""
    return hashlib.sha256(msgspec.msgpack.encode(heads)).digest()


def write_receipt(connection: Any, key: DeviceKey, own: Head, at_ms: int, *, keeps_personal: bool) -> Receipt:
    """A receipt of this PC, whose own head is `own`."""
    all_heads = heads(connection)
    whole, lacks = _parts_held(connection, all_heads) if keeps_personal else ([], [])
    receipt = Receipt(own.device, own.epoch, at_ms, whole, all_heads, bytes(64), lacks)
    return msgspec.structs.replace(receipt, signature=key.sign(receipt.statement))


def _parts_held(connection: Any, all_heads: list[Head]) -> tuple[list[str], list[str]]:
    """The devices whose parts are held, but for a few that are named: a part that is nowhere any more must not keep a
    kiosk from letting the others go.
    """
    lacking: dict[str, list[str]] = {head.device: [] for head in all_heads}
    for device, id in connection.execute(
        "SELECT c.device, e.id FROM journal_entry e JOIN journal_chain c ON c.id = e.chain WHERE e.personal = ?",
        (ABSENT,),
    ):
        lacking[device].append(id)
    whole = {device: ids for device, ids in lacking.items() if len(ids) <= MOST_LACKED}
    return sorted(whole), sorted({id for ids in whole.values() for id in ids})


def keep_receipt(connection: Any, receipt: Receipt, *, fresh: bool = False) -> bool:
    """Keep it in place of the device's last one, unless that says more; false when it is not its device's word.

    Receipts travel on sticks too, and an old stick may come after a newer one. A `fresh` one was asked for just now and
    counts in any case: its device may have been set back, and then holds less than it once said.
    """
    if not _is_their_word(connection, receipt):
        return False
    kept = next((one for one in receipts(connection) if one.device == receipt.device), None)
    if kept is None or fresh or _told(receipt) >= _told(kept):
        connection.execute(
            "INSERT OR REPLACE INTO journal_receipt VALUES (?, ?, ?)",
            (receipt.device, receipt.at_ms, msgspec.msgpack.encode(receipt)),
        )
    return True


def _told(receipt: Receipt) -> tuple[int, int, int, int]:
    """Grows with every entry and part its device takes in, whatever its clock does; a device that was set back to an
    older database speaks in a new epoch.
    """
    return receipt.epoch, sum(head.seq for head in receipt.heads), len(receipt.whole), -len(receipt.lacks)


def receipts(connection: Any) -> list[Receipt]:
    """The kept receipts; one that somebody has changed since is nobody's word and is passed over."""
    found = []
    for (data,) in connection.execute("SELECT bytes FROM journal_receipt ORDER BY device").fetchall():
        with suppress(msgspec.DecodeError, TypeError):
            receipt = msgspec.msgpack.decode(data, type=Receipt)
            if _is_their_word(connection, receipt):
                found.append(receipt)
    return found


def _is_their_word(connection: Any, receipt: Receipt) -> bool:
    row = connection.execute(
        "SELECT public_key FROM journal_chain WHERE device = ? AND epoch = ?", (receipt.device, receipt.epoch)
    ).fetchone()
    return row is not None and signed(row[0], receipt.signature, receipt.statement)


def held_elsewhere(db: Database, device: str, epoch: int) -> int:
    """Up to which seq of a chain another device has receipted; what lies beyond exists only here."""
    others = (receipt for receipt in receipts(db.connection()) if receipt.device != device)
    return max((_seq(receipt, device, epoch) for receipt in others), default=0)


def unreceipted(db: Database) -> tuple[int, int]:
    """This PC's own entries that no other device has receipted: how many, and their bytes."""
    connection: Any = db.connection()
    own = here(connection)
    if own.head is None:
        return 0, 0
    device = own.head.device
    epochs = connection.execute("SELECT id, epoch FROM journal_chain WHERE device = ?", (device,)).fetchall()
    count = size = 0
    for chain, epoch in epochs:
        row = connection.execute(
            "SELECT count(*), coalesce(sum(length(bytes)), 0) FROM journal_entry WHERE chain = ? AND seq > ?",
            (chain, held_elsewhere(db, device, epoch)),
        ).fetchone()
        count, size = count + row[0], size + row[1]
    return count, size


def safe_with_host(db: Database) -> list[str]:
    """The entries whose personal parts are here, and the host of now has receipted: its own ones, and, of a PC that was
    a staff PC before, those of others.
    """
    connection: Any = db.connection()
    own, host = here(connection), current_host(db)
    receipt = next((r for r in receipts(connection) if host is not None and r.device == host.device), None)
    if receipt is None or own.head is None or receipt.device == own.head.device:
        return []
    rows = connection.execute(
        "SELECT e.id, c.device, c.epoch, e.seq FROM journal_entry e JOIN journal_chain c ON c.id = e.chain"
        " WHERE e.personal = ? ORDER BY e.arrival",
        (HELD,),
    )
    whole, lacks = set(receipt.whole), set(receipt.lacks)
    return [
        id
        for id, device, epoch, seq in rows
        if device in whole and id not in lacks and seq <= _seq(receipt, device, epoch)
    ]


def _seq(receipt: Receipt, device: str, epoch: int) -> int:
    return next((head.seq for head in receipt.heads if (head.device, head.epoch) == (device, epoch)), 0)


def places(db: Database, ids: Sequence[str]) -> dict[str, Place]:
    """Where each of these entries is safe: what a person is shown beside a record. Unknown ids are left out.

    `here`: only on this PC yet. `host`: the room's host has it. `attention`: it lies here, but could not be applied.
    The region comes with its receipts.
    """
    connection: Any = db.connection()
    own, host = here(connection), current_host(db)
    device = own.head.device if own.head is not None else ""
    receipt = next((r for r in receipts(connection) if host is not None and r.device == host.device), None)
    found: dict[str, Place] = {}
    for id in ids:
        for author, epoch, seq, parked in connection.execute(
            "SELECT c.device, c.epoch, e.seq, EXISTS (SELECT 1 FROM journal_parked p WHERE p.arrival = e.arrival)"
            " FROM journal_entry e JOIN journal_chain c ON c.id = e.chain WHERE e.id = ? AND e.stands",
            (id,),
        ):
            safe = (host is not None and host.device == device) or author != device
            safe = safe or (receipt is not None and seq <= _seq(receipt, author, epoch))
            found[id] = "attention" if parked else "host" if safe else "here"
    return found
