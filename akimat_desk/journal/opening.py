"""At start: is this database the one this PC left off with? If not, a new epoch opens: no number is given out twice."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from akimat_desk.base.clock import Clock
from akimat_desk.base.paths import Home
from akimat_desk.journal.append import Commit
from akimat_desk.journal.builtin import DEVICE_INTRODUCED, DeviceIntroduced, Place
from akimat_desk.journal.keys import DeviceKey, device_of, forget_heir, keep_key, read_heir, read_key
from akimat_desk.journal.mark import Mark, read_mark
from akimat_desk.journal.registry import Registry
from akimat_desk.journal.tables import Head, hash_at, here, open_chain

if TYPE_CHECKING:
    from akimat_desk.store import Database


_STEP: Final = 1_000_000
"""Two copies of one PC that meet in an epoch, each with a key of its own, would not take each other's entries in."""


class NewEpoch(msgspec.Struct, frozen=True):
    """Open `epoch`, or a later one where that is known already or a living copy might choose the same. `device` None:
    of a new device, named by its new key. `fork` is where the database goes on from.
    """

    reason: Literal["first", "restored", "moved", "lost", "forked"]
    device: str | None
    epoch: int
    fork: Head | None
    new_key: bool

    def free_epoch(self, last: int) -> int:
        """The epoch to open where `last` is the latest of the device that is known: others may have told of later ones
        than this PC remembers. Where a copy of it may be about, a random step is added, so that the two do not meet.
        """
        return max(self.epoch, last + 1) + (secrets.randbelow(_STEP) if self.reason in ("moved", "forked") else 0)


def decide(
    head: Head | None,
    mark: Mark | None,
    *,
    machine: str,
    copy: str,
    key_fits: bool,
    hash_at: Callable[[str, int, int], bytes | None],
) -> NewEpoch | None:
    """What to do with the own `head` in the database and the `mark` outside it; None: go on.

    `copy` is the database's name of itself (`Store.copy`). `key_fits`: this PC holds the key that signs `head`'s epoch
    (or any key, while there is no head). `hash_at` looks into the database.

    A mark that is behind is a crash between commit and mark, as long as the database went through it.
    """
    here = mark is not None and mark.machine == machine
    if head is None:
        if mark is None or not here or not key_fits:
            return NewEpoch("first", None, 1, None, True)
        return NewEpoch("lost", mark.head.device, mark.head.epoch + 1, None, False)
    if mark is None or not here or not key_fits or mark.head.device != head.device:
        known = mark.head.epoch if mark is not None and mark.head.device == head.device else 0
        return NewEpoch("moved", head.device, max(head.epoch, known) + 1, head, True)
    marked = mark.head
    went_through = hash_at(marked.device, marked.epoch, marked.seq) == marked.hash and marked.epoch <= head.epoch
    if went_through and mark.copy == copy:
        return None
    return NewEpoch("restored", head.device, max(head.epoch, marked.epoch) + 1, head, False)


def take_place(db: Database, home: Home, registry: Registry, clock: Clock, *, machine: str, copy: str) -> DeviceKey:
    """Go on in the present epoch, or open a new one; the key that signs from now on."""
    connection: Any = db.connection()
    now = here(connection)
    key = read_key(home)
    decision = decide(
        now.head,
        read_mark(home),
        machine=machine,
        copy=copy,
        key_fits=key is not None and (now.head is None or key.public == now.public_key),
        hash_at=lambda *place: hash_at(connection, *place),
    )
    if decision is None and key is not None:
        return key
    assert decision is not None
    heir = read_heir(home)
    if key is None or decision.new_key:
        key = heir or DeviceKey.make()
        keep_key(home, key)
    if heir is not None:
        forget_heir(home)
    introduce(db, registry, clock, key, decision).seal()
    return key


def introduce(db: Database, registry: Registry, clock: Clock, key: DeviceKey, opened: NewEpoch) -> Commit:
    """Begin the epoch with the entry that says who speaks from now on; the commit is not sealed yet."""
    connection: Any = db.connection()
    device = opened.device or device_of(key.public)
    (last,) = connection.execute("SELECT max(epoch) FROM journal_chain WHERE device = ?", (device,)).fetchone()
    head = Head.before(device, opened.free_epoch(last or 0))
    chain = open_chain(connection, head.device, head.epoch, key.public)
    at = here(connection).at
    connection.execute("UPDATE journal_here SET chain = ?", (chain,))
    commit = Commit(db, registry, clock, key, chain, head, at)
    fork = None
    if (left := opened.fork) is not None:
        fork = Place(device=left.device, epoch=left.epoch, seq=left.seq, hash=left.hash)
    commit.append(DEVICE_INTRODUCED, DeviceIntroduced(public_key=key.public, reason=opened.reason, fork=fork))
    return commit
