"""Names for things: random, so that offline PCs never collide and nobody can guess the next one."""

from __future__ import annotations

import os
import secrets
from typing import Final

CODE_DIGITS: Final = "0123456789"


def uuid7(now_ms: int) -> str:
    """A time-ordered random id (RFC 9562, section 5.7), 32 hexadecimal digits without hyphens."""
    random = int.from_bytes(os.urandom(10), "big")
    value = (now_ms & (2**48 - 1)) << 80 | 0x7 << 76 | (random >> 68 & 0xFFF) << 64 | 0b10 << 62 | random & (2**62 - 1)
    return f"{value:032x}"


def short_code(digits: int = 4) -> str:
    """A random code a person can say aloud; never serial, because serial codes are guessed (Libki #324)."""
    return "".join(secrets.choice(CODE_DIGITS) for _ in range(digits))
