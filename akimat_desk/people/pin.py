"""The staff's six-digit PIN: which ones are too easy, and how one is kept so that it cannot be read back.

A PIN alone protects nothing once a disk is stolen: six digits are tried in a day. The database is encrypted for that;
the slow hash and the lock-out (`people.lockout`) are for the person who sits down at a staff PC.
"""

from __future__ import annotations

import os
from itertools import pairwise
from typing import Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_

DIGITS: Final = 6

_MEMORY_KIB: Final = 19 * 1024
_PASSES: Final = 2
_LANES: Final = 1
"""19 MiB, two passes, one lane (OWASP Password Storage, RFC 9106): about 0.1 s on a weak PC."""
_SALT_BYTES: Final = 16
_HASH_BYTES: Final = 32

_KEYPAD_WALKS: Final = frozenset({"147258", "258369", "741852", "852963", "159357", "357159", "159753", "753159"})
"""Columns and diagonals of the number block."""


class PinForm(Refused):
    """Not six digits."""

    code = "pin-form"
    staff_text = N_("A PIN has six digits.")
    next_text = N_("Type six digits.")


class PinEasy(Refused):
    """One that others try first."""

    code = "pin-easy"
    staff_text = N_("This PIN is easy to guess: its digits repeat or stand in a row.")
    next_text = N_("Choose six digits without a pattern.")


def check_new_pin(pin: str) -> None:
    """Raise `PinForm` or `PinEasy` where nobody should choose `pin`."""
    if len(pin) != DIGITS or not all(digit in "0123456789" for digit in pin):
        raise PinForm
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    in_a_row = steps <= {0} or steps == {1} or steps == {9}
    halves, thirds = pin[:3] == pin[3:], pin[:2] == pin[2:4] == pin[4:]
    doubled = pin[0] == pin[1] and pin[2] == pin[3] and pin[4] == pin[5]
    if in_a_row or halves or thirds or doubled or pin == pin[::-1] or len(set(pin)) < 3 or pin in _KEYPAD_WALKS:
        raise PinEasy


def make_verifier(pin: str) -> str:
    """A text to keep instead of `pin` (PHC form): Argon2id under a fresh salt."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    function = Argon2id(
        salt=os.urandom(_SALT_BYTES), length=_HASH_BYTES, iterations=_PASSES, lanes=_LANES, memory_cost=_MEMORY_KIB
    )
    return function.derive_phc_encoded(pin.encode())


def fits(pin: str, verifier: str) -> bool:
    """Whether `verifier` was made of `pin`; a verifier that cannot be read fits nothing."""
    from cryptography.exceptions import InvalidKey
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    try:
        Argon2id.verify_phc_encoded(pin.encode(), verifier)
    except (InvalidKey, ValueError):
        return False
    return True
