"""Every lot the program draws (ids, salts, keys, epochs), drawn from a seed for the time of one step."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from unittest import mock

from akimat_desk.journal.keys import DeviceKey


@contextmanager
def drawn_from(lots: Random) -> Iterator[None]:
    """Inside, all that the program leaves to chance comes from `lots`. The keys made here are no secret."""

    def make() -> DeviceKey:
        return key_from(lots)

    with (
        mock.patch.object(os, "urandom", lots.randbytes),
        mock.patch.object(secrets, "token_bytes", lambda size=32: lots.randbytes(size)),
        mock.patch.object(secrets, "token_hex", lambda size=32: lots.randbytes(size).hex()),
        mock.patch.object(secrets, "randbelow", lots.randrange),
        mock.patch.object(DeviceKey, "make", make),
    ):
        yield


def key_from(lots: Random) -> DeviceKey:
    """A key pair made of `lots`."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = lots.randbytes(32)
    return DeviceKey(private, Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())
