"""A call between two PCs of a room: who asks is proved by each call, whatever connection it comes by.

What is signed names the channel (the certificate the asked PC showed), so a call is good at that PC alone; it holds no
time and no counter, because every call may be repeated without harm.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import msgspec

from akimat_desk.journal.batch import Signature
from akimat_desk.journal.devices import Member, is_admitted, limits, member
from akimat_desk.journal.keys import signed
from akimat_desk.journal.kinds import Digest, Id
from akimat_desk.sync import knocks
from akimat_desk.sync.errors import KeyWithdrawn, NotADesk, NotAdmitted
from akimat_desk.sync.packing import understood

if TYPE_CHECKING:
    from akimat_desk.journal import Journal

_CALL: Final = b"akimat-desk/call/1\0"


class _Call(msgspec.Struct, frozen=True, array_like=True):
    device: Id
    public_key: Digest
    signature: Signature
    body: bytes


_decoder: Final = msgspec.msgpack.Decoder(_Call)


def seal_call(journal: Journal, channel: bytes, path: str, body: bytes) -> bytes:
    """`body` as this PC's word to whoever shows the certificate named `channel`."""
    statement = _statement(channel, path, body)
    return msgspec.msgpack.encode(_Call(journal.device, journal.public_key, journal.sign(statement), body))


def read_call(channel: bytes, path: str, call: bytes) -> tuple[str, bytes, bytes]:
    """(device, its key, what it asks), whoever it is. Raises `NotADesk` when it is not that key's word."""
    read = understood(_decoder, call)
    if not signed(read.public_key, read.signature, _statement(channel, path, read.body)):
        raise NotADesk
    return read.device, read.public_key, read.body


def open_call(journal: Journal, channel: bytes, path: str, call: bytes) -> tuple[Member, bytes]:
    """Which PC of the room asks, and what. Raises `NotADesk`, `NotAdmitted` (and keeps that it knocked) or
    `KeyWithdrawn`.
    """
    device, public_key, body = read_call(channel, path, call)
    with journal.store.read() as db:
        known = is_admitted(db.connection(), device, public_key)
        withdrawn = public_key in limits(db.connection())
        who = member(db, device)
    if withdrawn:
        raise KeyWithdrawn
    if not known or who is None:
        knocks.keep(journal, device, public_key)
        raise NotAdmitted
    return who, body


def _statement(channel: bytes, path: str, body: bytes) -> bytes:
    return _CALL + channel + hashlib.sha256(path.encode()).digest() + hashlib.sha256(body).digest()
