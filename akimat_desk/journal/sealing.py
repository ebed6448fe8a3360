"""Secrets for one device: sealed to the key it signs with, so that nothing has to be announced before a stick can go.

HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305). An Ed25519 key is a point of the same curve: the public half is
carried over by the map of RFC 7748 section 4.1, the private half is the scalar of RFC 8032 section 5.1.5. One key for
both uses is sound (Thormarker, "On using the same key pair for Ed25519 and an X25519 based KEM", 2021) and is what age
does for keys of SSH.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from akimat_desk.journal.keys import DeviceKey

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

_P: Final = 2**255 - 19
_SIGN: Final = 1 << 255


def seal(secret: bytes, public_key: bytes, about: bytes) -> bytes:
    """`secret` for the holder of an Ed25519 `public_key` alone. Who opens it must know what it is `about`.

    Raises ValueError where the key is no point to agree with anybody on.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return bytes(_suite().encrypt(secret, X25519PublicKey.from_public_bytes(_montgomery(public_key)), about))


def unseal(sealed: bytes, key: DeviceKey, about: bytes) -> bytes | None:
    """The secret; None where it was sealed for another key, about something else, or was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    scalar = hashlib.sha512(key.private).digest()[:32]
    try:
        return bytes(_suite().decrypt(sealed, X25519PrivateKey.from_private_bytes(scalar), about))
    except (InvalidTag, ValueError):
        return None


def _montgomery(public_key: bytes) -> bytes:
    """u = (1 + y) / (1 - y)."""
    y = int.from_bytes(public_key, "little") % _SIGN
    if y % _P == 1:
        raise ValueError("the neutral point agrees with nobody")
    return ((1 + y) * pow(1 - y, -1, _P) % _P).to_bytes(32, "little")


def _suite() -> Suite:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
