"""What is sealed for a device is opened by its signing key and by no other."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.journal.keys import DeviceKey
from akimat_desk.journal.sealing import _montgomery, seal, unseal


@given(secret=st.binary(max_size=100), about=st.binary(max_size=40))
def test_only_the_key_it_is_for_opens_it(secret: bytes, about: bytes) -> None:
    mine, others = DeviceKey.make(), DeviceKey.make()
    sealed = seal(secret, mine.public, about)
    assert unseal(sealed, mine, about) == secret
    assert unseal(sealed, others, about) is None
    assert unseal(sealed, mine, about + b".") is None


@pytest.mark.parametrize("place", [0, 31, 32, -1])
def test_one_changed_bit_and_nothing_is_opened(place: int) -> None:
    key = DeviceKey.make()
    sealed = bytearray(seal(bytes(32), key.public, b""))
    sealed[place] ^= 1
    assert unseal(bytes(sealed), key, b"") is None


@pytest.mark.parametrize("sealed", [b"", bytes(31), bytes(32), bytes(200)])
def test_what_was_never_sealed_is_not_opened(sealed: bytes) -> None:
    assert unseal(sealed, DeviceKey.make(), b"") is None


def test_both_halves_of_a_key_are_carried_over_alike() -> None:
    for _ in range(50):
        key = DeviceKey.make()
        scalar = hashlib.sha512(key.private).digest()[:32]
        assert X25519PrivateKey.from_private_bytes(scalar).public_key().public_bytes_raw() == _montgomery(key.public)


@pytest.mark.parametrize("y", [0, 1, 2**255 - 18, 2**255 - 20])
def test_a_key_that_agrees_with_everybody_is_refused(y: int) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the library's own, of several texts)
        seal(b"secret", y.to_bytes(32, "little"), b"")
