"""At start: is this database the one this PC left off with? If not, a new epoch opens: no number is given out twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from akimat_desk.journal.mark import Mark
from akimat_desk.journal.tables import Head

Reason = Literal["first", "restored", "moved", "lost"]


class NewEpoch(msgspec.Struct, frozen=True):
    """Open `epoch`. `device` None: of a new device, named by a new key. `fork` is where the database goes on from."""

    reason: Reason
    device: str | None
    epoch: int
    fork: Head | None
    new_key: bool


def decide(
    head: Head | None,
    mark: Mark | None,
    *,
    machine: str,
    key_fits: bool,
    hash_at: Callable[[str, int, int], bytes | None],
) -> NewEpoch | None:
    """What to do with the own `head` in the database and the `mark` outside it; None: go on.

    `key_fits`: this PC holds the key that signs `head`'s epoch (or any key, while there is no head). `hash_at` looks
    into the database.

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
    if hash_at(marked.device, marked.epoch, marked.seq) == marked.hash and marked.epoch <= head.epoch:
        return None
    return NewEpoch("restored", head.device, max(head.epoch, marked.epoch) + 1, head, False)
