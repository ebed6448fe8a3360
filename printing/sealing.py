"""Documents on the disk: ChaCha20-Poly1305 under a key of their own, which lies in their row of the encrypted database.

To destroy a document its key is dropped and its file removed; a disk that keeps the old bytes keeps noise.
"""

from __future__ import annotations

import os
from typing import Final

from akimat_desk.base.errors import Damaged
from akimat_desk.base.words import N_

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class DocumentGone(Damaged):
    """The document of a job is no longer there, or not as it was written."""

    code = "spool-document"
    resident_text = N_("The document is no longer on this computer. Choose the file again.")
    staff_text = N_("The document of this job is no longer in the queue's folder, or was changed there.")
    next_text = N_("Choose the file again.")


def new_key() -> bytes:
    """For one document."""
    return os.urandom(KEY_BYTES)


def seal(document: bytes, key: bytes, name: str) -> bytes:
    """`document` as it lies on the disk under `name`."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    nonce = os.urandom(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, document, name.encode())


def unseal(sealed: bytes, key: bytes, name: str) -> bytes:
    """What lies under `name`. Raises `DocumentGone` when it is not what was sealed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], name.encode())
    except (InvalidTag, ValueError) as why:
        raise DocumentGone from why
