"""QR codes as a square of dark and light modules, for whoever draws them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from akimat_desk.base.errors import Misuse

QUIET: Final = 4
"""Modules of white on each side (ISO/IEC 18004)."""


class TooLongForQr(Misuse):
    """No QR code holds so much text."""

    code = "qr-too-long"
    staff_text = "Too much for a QR code: {letters} letters."


@dataclass(frozen=True, slots=True)
class Qr:
    """`rows` of modules, True where dark; without the quiet zone."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def modules(self) -> int:
        """Modules on a side."""
        return len(self.rows)


def qr(text: str) -> Qr:
    """The code of `text`; 15 % of it may be soiled or folded away (level M)."""
    import segno

    try:
        code = segno.make_qr(text, error="m", boost_error=False)
    except segno.DataOverflowError as why:
        raise TooLongForQr(letters=len(text)) from why
    return Qr(tuple(tuple(bool(module) for module in row) for row in code.matrix))
