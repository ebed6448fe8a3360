"""The chain: each entry's hash covers all entries of its device and epoch before it.

The previous hash is implied by position and never sent. Because the first link is made of device and epoch, a chain
cannot be passed off as another's; because a signature covers the last hash of a commit, it covers the whole chain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

_GENESIS: Final = b"akimat-desk/chain/1\0"
_COMMIT: Final = b"akimat-desk/commit/1\0"
_PERSONAL: Final = b"akimat-desk/personal/1\0"


def genesis(device: str, epoch: int) -> bytes:
    """What stands before the first entry of `device` in `epoch`."""
    return hashlib.sha256(_GENESIS + bytes.fromhex(device) + epoch.to_bytes(4, "big")).digest()


def digest(entry: bytes) -> bytes:
    """SHA-256 of an entry's bytes as they were written once."""
    return hashlib.sha256(entry).digest()


def link(previous: bytes, entry: bytes) -> bytes:
    """The hash at an entry, of the previous hash and the entry's digest. Because it is the digest, later entries need
    not be shown to prove this one (`journal.proof`).
    """
    return hashlib.sha256(previous + digest(entry)).digest()


def links(previous: bytes, entries: Iterable[bytes]) -> Iterator[bytes]:
    """The hash at each of `entries`, which follow `previous` without a gap."""
    for entry in entries:
        previous = link(previous, entry)
        yield previous


def commit_statement(device: str, epoch: int, seq: int, head: bytes) -> bytes:
    """What a device signs once a commit: "my entries of this epoch up to `seq` are these"."""
    return _COMMIT + bytes.fromhex(device) + epoch.to_bytes(4, "big") + seq.to_bytes(8, "big") + head


def personal_hash(salt: bytes, personal: bytes) -> bytes:
    """What names a personal part in its entry. The salt (16 random bytes) keeps a short name or an IIN unguessable
    once the part is erased; it is erased with it.
    """
    return hashlib.sha256(_PERSONAL + salt + personal).digest()
