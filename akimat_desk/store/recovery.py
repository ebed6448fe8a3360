"""The room's recovery key: the sheet of paper that opens a backup on another PC.

It is 28 random letters and digits (140 bits), printed as seven groups of five. The fifth sign of a group is its
checksum, so a typing mistake is found while typing and the group is named. From the key comes an X25519 key pair; the
PC keeps only the public half. So it can seal backups day by day without asking, and whoever takes the PC, its disk and
its backups, but not the paper, opens none of them.

Signs are Crockford's base 32 (no I, L, O, U). Reading forgives small letters, O for 0, I and L for 1, missing or other
separators, and the Cyrillic letters that look like Latin ones, because keyboards here stand on Kazakh.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from akimat_desk.base.errors import Refused
from akimat_desk.base.paths import Home
from akimat_desk.base.words import N_
from akimat_desk.store.secret_store import secrets_of

SIGNS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS: Final = 7
GROUP: Final = 5
KEPT: Final = "recovery.public"

_SAME: Final = str.maketrans("OILОАВСЕНКМРТХУІЗ", "011" + "0ABCEHKMPTXY13")
_SEPARATORS: Final = re.compile(r"[\s\-‐‑‒–—.,_/]+")
_PAIR: Final = b"akimat-desk/recovery-key/v1"
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class RecoveryKeyIncomplete(Refused):
    """Signs are missing or too many, and it cannot be said where."""

    code = "recovery-key-length"
    staff_text = N_("The recovery key has {expected} letters and digits; you typed {typed}.")
    next_text = N_("Compare it with the printed sheet, group by group.")


class RecoveryKeyTypo(Refused):
    """Some groups do not fit their checksum."""

    code = "recovery-key-typo"
    staff_text = N_("There is a typing mistake in the recovery key, group {groups}.")
    next_text = N_("Compare this group with the printed sheet.")


class RecoveryKeyExists(Refused):
    """The desk has a recovery key; with a second one the printed sheet would become worthless unnoticed."""

    code = "recovery-key-exists"
    staff_text = N_("This desk already has a recovery key (sheet {sheet}).")
    next_text = N_("Use the printed sheet. If it is lost, ask for a new key and print it again.")


class NoRecoveryKey(Refused):
    """No recovery key was made yet, so no backup could be opened again."""

    code = "no-recovery-key"
    staff_text = N_("This desk has no recovery key yet.")
    next_text = N_("Make the recovery key and print it, then save the backup.")


class DoesNotOpen(Exception):
    """What was sealed is not for this key, or it was changed."""


@dataclass(frozen=True, slots=True)
class RecoverySeal:
    """The public half: closes, never opens. The PC keeps it."""

    public: bytes

    @property
    def sheet(self) -> str:
        """Six signs, printed on the sheet and written into each backup: which sheet opens which backup."""
        number = int.from_bytes(sha256(_PAIR + self.public).digest()[:4], "big") >> 2
        return "".join(SIGNS[number >> shift & 31] for shift in range(25, -1, -5))

    def close(self, secret: bytes, context: bytes) -> bytes:
        """`secret` sealed (HPKE, RFC 9180), bound to `context`; 48 bytes longer."""
        return _SUITE.encrypt(secret, X25519PublicKey.from_public_bytes(self.public), context)


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """The whole key. It is shown once, printed, and kept nowhere on the PC."""

    signs: str = field(repr=False)
    """The 28 signs without checksums."""

    @classmethod
    def make(cls) -> Self:
        """A new random key."""
        return cls("".join(secrets.choice(SIGNS) for _ in range(GROUPS * (GROUP - 1))))

    @classmethod
    def read(cls, text: str) -> Self:
        """The key a person typed. Raises RecoveryKeyIncomplete or RecoveryKeyTypo with the group named."""
        parts = [part for part in _SEPARATORS.split(text.upper().translate(_SAME)) if part]
        whole = "".join(parts)
        if len(parts) != GROUPS:
            if len(whole) != GROUPS * GROUP:
                raise RecoveryKeyIncomplete(expected=GROUPS * GROUP, typed=len(whole))
            parts = [whole[start : start + GROUP] for start in range(0, len(whole), GROUP)]
        wrong = [number for number, part in enumerate(parts, 1) if part != _with_check(part[:-1], number)]
        if wrong:
            raise RecoveryKeyTypo(groups=", ".join(map(str, wrong)))
        return cls("".join(part[:-1] for part in parts))

    @property
    def printed(self) -> str:
        """As it stands on the sheet: seven groups of five with hyphens."""
        size = GROUP - 1
        return "-".join(
            _with_check(self.signs[start : start + size], number)
            for number, start in enumerate(range(0, len(self.signs), size), 1)
        )

    @property
    def seal(self) -> RecoverySeal:
        """The public half."""
        return RecoverySeal(self._private.public_key().public_bytes_raw())

    def open(self, closed: bytes, context: bytes) -> bytes:
        """What `RecoverySeal.close` was given; raises DoesNotOpen."""
        try:
            return _SUITE.decrypt(closed, self._private, context)
        except Exception as error:  # cryptography raises InvalidTag or ValueError, by where the damage lies
            raise DoesNotOpen from error

    @property
    def _private(self) -> X25519PrivateKey:
        # 140 random bits need no slow derivation.
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PAIR).derive(self.signs.encode("ascii"))
        return X25519PrivateKey.from_private_bytes(derived)


def same_group(typed: str, printed: str) -> bool:
    """Whether a typed group is the printed one, forgiving what reading a key forgives."""
    return _SEPARATORS.sub("", typed.upper().translate(_SAME)) == printed


def kept_seal(home: Home) -> RecoverySeal | None:
    """The public half this PC keeps, None before the first run has made the key."""
    public = secrets_of(home).read(KEPT)
    return RecoverySeal(public) if public else None


def keep_seal(home: Home, seal: RecoverySeal, *, replace: bool = False) -> None:
    """Seal backups with `seal` from now on. Call it after the sheet was printed and a person has typed it back.

    Refuses when another one is kept, unless `replace`: older backups then still need the older sheet.
    """
    kept = kept_seal(home)
    if kept is not None and kept != seal and not replace:
        raise RecoveryKeyExists(sheet=kept.sheet)
    secrets_of(home).write(KEPT, seal.public)


def _powers() -> tuple[int, ...]:
    # The field of 32 elements, x^5 + x^2 + 1: every single wrong sign and every swap of neighbours changes the sum.
    powers = [1]
    for _ in range(30):
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b100101 if doubled & 32 else doubled)
    return tuple(powers)


_POWERS: Final = _powers()


def _with_check(signs: str, number: int) -> str:
    """`signs` with the checksum they have as group `number`; "" when a sign is not one of ours or one is missing."""
    if len(signs) != GROUP - 1 or any(sign not in SIGNS for sign in signs):
        return ""
    check = number  # a group in another's place does not fit either
    for place, sign in enumerate(signs, 1):
        value = SIGNS.index(sign)
        check ^= _POWERS[(_POWERS.index(value) + place) % 31] if value else 0
    return signs + SIGNS[check]
