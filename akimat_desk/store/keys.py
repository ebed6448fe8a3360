"""The keys of the databases this PC has had, newest last.

A key is 32 random bytes with the 16-byte salt SQLCipher writes in clear at the head of the file, so the right key is
found by looking at the file, and a database that was set aside by a restore can still be opened. Nothing is derived
from a password: there is nothing to guess.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from akimat_desk.base.paths import Home
from akimat_desk.store.errors import DatabaseDamaged, NoKey, NotADesk, WrongKey, faults
from akimat_desk.store.secret_store import secrets_of

RING: Final = "database.keys"
_KEY: Final = 32
_SALT: Final = 16
_PLAIN: Final = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class DatabaseKey:
    """One database's key; its text never shows the key."""

    key: bytes = field(repr=False)
    salt: bytes

    @classmethod
    def make(cls) -> DatabaseKey:
        """A new random key."""
        return cls(os.urandom(_KEY), os.urandom(_SALT))

    @classmethod
    def from_bytes(cls, raw: bytes) -> DatabaseKey:
        """What `bytes(key)` gave."""
        if len(raw) != _KEY + _SALT:
            raise ValueError(f"a database key has {_KEY + _SALT} bytes, not {len(raw)}")
        return cls(raw[:_KEY], raw[_KEY:])

    def __bytes__(self) -> bytes:
        return self.key + self.salt

    @property
    def pragma(self) -> str:
        """As SQLCipher takes a raw key with its salt: x'…'."""
        return f"x'{bytes(self).hex()}'"


class KeyRing:
    """The kept keys of one desk. It only ever grows."""

    def __init__(self, home: Home) -> None:
        self._secrets = secrets_of(home)

    def keys(self) -> tuple[DatabaseKey, ...]:
        """All of them, newest last."""
        kept = self._secrets.read(RING) or b""
        return tuple(DatabaseKey.from_bytes(bytes.fromhex(line)) for line in kept.decode("ascii").split())

    def add(self, key: DatabaseKey) -> None:
        """Keep `key`; it is on the disk, name and all, when this returns. Do so before its database exists."""
        lines = [bytes(k).hex() for k in (*self.keys(), key)]
        self._secrets.write(RING, "".join(line + "\n" for line in lines).encode("ascii"))

    def key_of(self, file: Path) -> DatabaseKey:
        """The key that belongs to the database `file`."""
        with faults(), file.open("rb") as stream:
            salt = stream.read(_SALT)
        if salt == _PLAIN:
            raise NotADesk(file=file)
        if len(salt) < _SALT:
            raise DatabaseDamaged
        kept = self.keys()
        if not kept:
            raise NoKey(file=file)
        for key in kept:
            if key.salt == salt:
                return key
        raise WrongKey(file=file)
