"""The secret code of a ticket: with the number it opens one's own visit, and nobody else's.

Six digits, as short as people can type from paper. Facts hold a slow salted hash only, since facts travel; guessing at
a PC is slowed by the same lock-out as guessing a PIN.
"""

from __future__ import annotations

import hmac
import os
import secrets
from typing import Final

DIGITS: Final = 6
SALT: Final = 16
HASH: Final = 32
LENGTH: Final = SALT + HASH
"""Bytes of a verifier: the salt, then the hash."""

_MEMORY_KIB: Final = 19 * 1024
_PASSES: Final = 2
"""As for a PIN (`people.pin`): about 0.1 s on a weak PC."""


def new_secret() -> str:
    """A fresh code, by lot."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def make_verifier(secret: str) -> bytes:
    """What is kept instead of `secret`."""
    salt = os.urandom(SALT)
    return salt + _hash(secret, salt)


def fits(secret: str, verifier: bytes) -> bool:
    """Whether `verifier` was made of `secret`."""
    if len(verifier) != LENGTH:
        return False
    return hmac.compare_digest(_hash(secret, verifier[:SALT]), verifier[SALT:])


def typed(text: str) -> str:
    """What a person typed, without the spaces people read in groups by."""
    return "".join(text.split())


def is_code(text: str) -> bool:
    """Whether `text` (see `typed`) has the form of a code."""
    return len(text) == DIGITS and text.isascii() and text.isdigit()


def grouped(secret: str) -> str:
    """As it is printed: "582 140"."""
    return f"{secret[:3]}\N{NO-BREAK SPACE}{secret[3:]}"


def _hash(secret: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    function = Argon2id(salt=salt, length=HASH, iterations=_PASSES, lanes=1, memory_cost=_MEMORY_KIB)
    return function.derive(secret.encode())
