"""Personal parts on a stick: shut under a key made for one file, and that key sealed to each PC that may read them."""

from __future__ import annotations

import os
from typing import Final, Self

import msgspec

from akimat_desk.journal import Journal
from akimat_desk.journal.batch import Batch
from akimat_desk.journal.entry import Personal
from akimat_desk.journal.kinds import UNDECODABLE
from akimat_desk.journal.sealing import seal
from akimat_desk.sync.stick_file import Cover, Late

_KEY: Final = 32
_NONCE: Final = 12
_ABOUT: Final = b"akimat-desk/stick/1\0"

_Late = list[tuple[str, Personal]]
_Parts = list[tuple[Personal | None, ...]]
_parts: Final[msgspec.msgpack.Decoder[_Parts]] = msgspec.msgpack.Decoder(_Parts)
_late: Final[msgspec.msgpack.Decoder[_Late]] = msgspec.msgpack.Decoder(_Late)


class Vault:
    """Shuts and opens parts under one file's key; every nonce is used once."""

    def __init__(self, key: bytes, sender: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

        self._key = key
        self._cipher = ChaCha20Poly1305(key)
        self._about = bytes.fromhex(sender)
        self._used = 0

    @classmethod
    def make(cls, sender: str) -> Self:
        """With a new key."""
        return cls(os.urandom(_KEY), sender)

    @classmethod
    def of(cls, cover: Cover, journal: Journal) -> Self | None:
        """The vault of a file; None where nothing in it is sealed to this PC."""
        for device, sealed in cover.keys:
            if device == journal.device:
                key = journal.unseal(sealed, _about(cover.sender))
                if key is not None and len(key) == _KEY:
                    return cls(key, cover.sender)
        return None

    def key_for(self, public_key: bytes) -> bytes:
        """The file's key for one PC that may read it."""
        return seal(self._key, public_key, _about(self._about.hex()))

    def shut(self, parts: object) -> bytes:
        """The bytes that go on the stick."""
        nonce = self._used.to_bytes(_NONCE, "big")
        self._used += 1
        return nonce + self._cipher.encrypt(nonce, msgspec.msgpack.encode(parts), self._about)

    def fill(self, batches: list[Batch], shut: bytes) -> list[Batch]:
        """The batches with their parts; whether they are those the entries name, the journal sees."""
        opened = self._open(shut)
        try:
            parts = [] if opened is None else _parts.decode(opened)
        except UNDECODABLE:
            return batches
        if [len(one) for one in parts] != [len(batch.entries) for batch in batches]:
            return batches
        return [with_parts(batch, one) for batch, one in zip(batches, parts, strict=True)]

    def late(self, late: Late) -> list[tuple[str, Personal]]:
        """Parts that come without their entries."""
        opened = self._open(late.parts)
        try:
            return [] if opened is None else _late.decode(opened)
        except UNDECODABLE:
            return []

    def _open(self, shut: bytes) -> bytes | None:
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(shut[:_NONCE], shut[_NONCE:], self._about)
        except (InvalidTag, ValueError):
            return None


def with_parts(batch: Batch, parts: tuple[Personal | None, ...]) -> Batch:
    """The same entries with other parts."""
    return msgspec.structs.replace(batch, personal=parts)


def _about(sender: str) -> bytes:
    return _ABOUT + bytes.fromhex(sender)
