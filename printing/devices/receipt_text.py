"""A receipt in the printer's own letters: a twentieth of the bytes of a picture, which counts on a serial line.

Only where staff have seen, on the test receipt, that the printer has the Kazakh letters (code page 53, RK1048): of the
other pages of receipt printers each loses at least sixteen of the eighteen. The tenge sign is on none of them, so sums
say «тг» here. Emblem and QR code go as pictures between the lines. A receipt with any other letter that the page lacks
goes as a picture whole: nothing is ever printed as "?".
"""

from __future__ import annotations

from typing import Final

import msgspec

from akimat_desk.papers.receipt import (
    WIDE,
    Code,
    Dots,
    Emblem,
    Line,
    Number,
    Pair,
    Receipt,
    Row,
    Rule,
    Size,
    Text,
)
from akimat_desk.papers.receipt_drawing import draw_picture
from printing.devices.receipt import receipt_bytes

COLUMNS: Final[dict[int, int]] = {576: 48, 384: 32}
"""Letters of the usual face (12 dots wide) across the paper."""
PAGE: Final = b"\x1bt\x35"
"""ESC t 53: RK1048, in the profiles of Epson and its followers."""
_START: Final = b"\x1b@" + PAGE
_CUT: Final = b"\x1bd\x06\x1dV\x00"
_LEFT, _CENTRE = b"\x1ba\x00", b"\x1ba\x01"
_BOLD, _PLAIN = b"\x1bE\x01", b"\x1bE\x00"
_TALL: Final = {"body": 0, "small": 0, "title": 0x01, "large": 0x11}
"""GS !: how many times wide (high half) and high (low half) above one."""
_LARGEST: Final = 3


def text_bytes(receipt: Receipt, dots: Dots) -> bytes:
    """The commands for `receipt` and the cut: in letters where every one of them is on the page, else as a picture."""
    try:
        lines = b"".join(_written(line, dots) for line in receipt.lines)
    except UnicodeEncodeError:
        return receipt_bytes(draw_picture(receipt, dots))
    return _START + lines + _CUT


def sample(receipt: Receipt, letters: str, dots: Dots = WIDE) -> bytes:
    """A test receipt: the picture, and under it `letters` as the printer itself writes them; a person compares."""
    picture = receipt_bytes(draw_picture(receipt, dots), cut=False)
    return picture + _START + _written(Text(letters), dots) + _CUT


def _written(line: Line, dots: Dots) -> bytes:
    columns = COLUMNS[dots]
    line = _on_the_page(line)
    match line:
        case Emblem() | Code():
            return receipt_bytes(draw_picture(Receipt((line,)), dots), cut=False) + PAGE
        case Rule():
            return _LEFT + b"-" * columns + b"\n"
        case Text(text, size, bold):
            return _centred(text, columns, size, bold=bold)
        case Number(text):
            times = max(0, min(_LARGEST, columns // max(1, len(text)) - 1))
            return _CENTRE + _sized(times * 0x11) + _BOLD + _encoded(text) + b"\n" + _PLAIN + _sized(0)
        case Pair(label, value):
            return _centred(f"{label} {value}", columns, "body", bold=False)
        case Row(label, value, bold):
            return _row(label, value, columns, bold=bold)


def _centred(text: str, columns: int, size: Size, *, bold: bool) -> bytes:
    scale = _TALL[size]
    lines = _broken(text, columns // (1 + (scale >> 4)))
    words = b"".join(_encoded(line) + b"\n" for line in lines)
    return _CENTRE + _sized(scale) + (_BOLD if bold else b"") + words + (_PLAIN if bold else b"") + _sized(0)


def _row(label: str, value: str, columns: int, *, bold: bool) -> bytes:
    lines = _broken(label, columns)
    if len(lines[-1]) + 1 + len(value) <= columns:
        lines[-1] += value.rjust(columns - len(lines[-1]))
    else:
        lines += [part.rjust(columns) for part in _broken(value, columns)]
    words = b"".join(_encoded(line) + b"\n" for line in lines)
    return _LEFT + (_BOLD if bold else b"") + words + (_PLAIN if bold else b"")


def _on_the_page(line: Line) -> Line:
    """The line with what the page lacks written otherwise, before anything is measured."""
    changed = {
        field: value.replace("₸", "тг").replace("\u2009", " ").replace("\u202f", " ")
        for field in ("text", "label", "value")
        if isinstance(value := getattr(line, field, None), str)
    }
    return msgspec.structs.replace(line, **changed)


def _sized(scale: int) -> bytes:
    return b"\x1d!" + bytes([scale])


def _encoded(text: str) -> bytes:
    return text.encode("kz1048")


def _broken(text: str, columns: int) -> list[str]:
    """Lines of at most `columns` letters, broken at spaces, and inside a word only where it is longer than a line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            rest = word
            if line and len(line) + 1 + len(rest) <= columns:
                line += f" {rest}"
                continue
            if line:
                lines.append(line)
            while len(rest) > columns:
                lines.append(rest[:columns])
                rest = rest[columns:]
            line = rest
        lines.append(line)
    return lines
