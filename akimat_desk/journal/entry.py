"""An entry: its header bytes, written once and relayed verbatim, and its personal part, which can be erased.

    header    [device, epoch, seq, at, id, kind, version, facts, personal hash or nil]   msgpack, in this order
    personal  salt and msgpack bytes, kept beside the header; the header names them by their salted hash

A later release may add values at the end of the header; readers pass over those they do not know.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from akimat_desk.base.errors import Damaged, Misuse
from akimat_desk.base.ids import uuid7
from akimat_desk.journal.chain import personal_hash
from akimat_desk.journal.kinds import KIND_NAME, UNDECODABLE, Digest, Epoch, Facts, Kind, Seq

MAX_HEADER: Final = 64 * 1024
MAX_PERSONAL: Final = 64 * 1024
SALT_BYTES: Final = 16

_Sixteen = Annotated[bytes, Meta(min_length=16, max_length=16)]


class Header(msgspec.Struct, frozen=True, array_like=True):
    """What is hashed, signed and relayed. `facts` are the bytes of a msgpack map."""

    device: _Sixteen
    epoch: Epoch
    seq: Seq
    at: Annotated[int, Meta(ge=0, lt=2**62)]
    id: _Sixteen
    kind: Annotated[str, Meta(pattern=KIND_NAME, max_length=100)]
    version: Annotated[int, Meta(ge=1, lt=2**15)]
    facts: msgspec.Raw
    personal: Digest | None = None


class Personal(msgspec.Struct, frozen=True, array_like=True):
    """A personal part as it is stored and sent: to be kept only where it may be."""

    salt: _Sixteen
    data: Annotated[bytes, Meta(max_length=MAX_PERSONAL)]

    @property
    def hash(self) -> bytes:
        """What the header names this part by."""
        return personal_hash(self.salt, self.data)


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as a kind's `apply` and a reader get it; facts are of the kind's newest version.

    `at` is a hybrid time (`hlc`). `id` stays the same when a PC must write the entry again in a later epoch; (device,
    epoch, seq) is its place. `personal` is None where there is none, where this PC may not hold it, and once erased.
    `again` marks the repetition of an entry that stands in the tables already, because its personal part came later or
    was erased: only what follows from the personal part may change (`journal.merge` sees to it).
    """

    device: str
    epoch: int
    seq: int
    at: int
    id: str
    kind: str
    version: int
    facts: Any
    personal: Any = None
    hash: bytes
    again: bool = False

    @property
    def at_ms(self) -> int:
        """The milliseconds since 1970 in `at`."""
        return self.at >> 16


class UnreadableEntry(Damaged):
    """Bytes that are no entry."""

    code = "journal-unreadable"
    staff_text = "These bytes are not a journal entry."


class EntryTooLarge(Misuse):
    """An entry is for facts; files travel by their hash."""

    code = "journal-entry-size"
    staff_text = "A {kind} entry of {size} bytes is larger than an entry may be."


_ID_PREFIX: Final = 11
_BY: Final = b"akimat-desk/id/1\0"


def id_by(device: bytes, at_ms: int) -> bytes:
    """A new id of an entry by `device`: a UUID of version 7 (RFC 9562), of whose random bits the last 40 follow from
    the device and the rest. So no other device of the room can write under this id (`is_by`).
    """
    prefix = bytes.fromhex(uuid7(at_ms))[:_ID_PREFIX]
    return prefix + _rest_of_id(device, prefix)


def is_by(device: bytes, id: bytes) -> bool:
    """Whether `device` made this id."""
    return _rest_of_id(device, id[:_ID_PREFIX]) == id[_ID_PREFIX:]


def _rest_of_id(device: bytes, prefix: bytes) -> bytes:
    return hashlib.sha256(_BY + device + prefix).digest()[: 16 - _ID_PREFIX]


_headers = msgspec.msgpack.Decoder(Header)
_encoder = msgspec.msgpack.Encoder()


def read_header(data: bytes) -> Header:
    """The header in `data`; raises `UnreadableEntry`."""
    try:
        return _headers.decode(data)
    except UNDECODABLE as why:
        raise UnreadableEntry from why


def write_header(header: Header) -> bytes:
    """The bytes of an own, new entry. Never used to write again what another has written."""
    data = _encoder.encode(header)
    if len(data) > MAX_HEADER:
        raise EntryTooLarge(kind=header.kind, size=len(data))
    return data


def write_facts(facts: Facts) -> bytes:
    """Facts or a personal part as a msgpack map; defaults are left out."""
    return _encoder.encode(facts)


def write_personal(kind: Kind, personal: Facts | None) -> Personal | None:
    """A personal part under a fresh salt."""
    if personal is None:
        return None
    data = write_facts(personal)
    if len(data) > MAX_PERSONAL:
        raise EntryTooLarge(kind=kind.name, size=len(data))
    return Personal(secrets.token_bytes(SALT_BYTES), data)
