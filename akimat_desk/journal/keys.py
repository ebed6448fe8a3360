"""This PC's signing key: Ed25519 (RFC 8032), made on the PC, kept outside the data folder, never in a backup.

A device is named by its first key: the first half of the key's SHA-256. So the first epoch of a device proves itself.
`cryptography` is loaded at the first signature, not at start.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final

from akimat_desk.base.paths import Home
from akimat_desk.store.secret_store import secrets_of

NAME: Final = "device.key"
HEIR: Final = "heir.key"
HALF: Final = 32


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """A key pair; its text never shows the private half."""

    private: bytes = field(repr=False)
    public: bytes

    @classmethod
    def make(cls) -> DeviceKey:
        """A new random key."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.generate()
        return cls(key.private_bytes_raw(), key.public_key().public_bytes_raw())

    def sign(self, statement: bytes) -> bytes:
        """64 bytes by which others know that this key's holder said `statement`."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.private).sign(statement)


def device_of(public_key: bytes) -> str:
    """The device a first key makes."""
    return hashlib.sha256(public_key).digest()[:16].hex()


def signed(public_key: bytes, signature: bytes, statement: bytes) -> bool:
    """Whether the holder of `public_key` signed `statement`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, statement)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_key(home: Home) -> DeviceKey | None:
    """The key kept on this PC, None when there is none."""
    return _key(secrets_of(home).read(NAME))


def _key(kept: bytes | None) -> DeviceKey | None:
    return DeviceKey(kept[:HALF], kept[HALF:]) if kept and len(kept) == 2 * HALF else None


def keep_key(home: Home, key: DeviceKey) -> None:
    """Keep `key`; it is on the disk when this returns."""
    secrets_of(home).write(NAME, key.private + key.public)


def keep_heir(home: Home, key: DeviceKey) -> None:
    """Keep the key a restored PC goes on with (`journal.heirs`), until it is opened."""
    secrets_of(home).write(HEIR, key.private + key.public)


def read_heir(home: Home) -> DeviceKey | None:
    """The key a restored PC goes on with, None when there is none."""
    return _key(secrets_of(home).read(HEIR))


def forget_heir(home: Home) -> None:
    """It has become the PC's key, or is not needed."""
    secrets_of(home).write(HEIR, b"")
