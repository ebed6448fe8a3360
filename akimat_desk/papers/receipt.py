"""A receipt or ticket: what stands on it, line by line, and where each line falls.

The model knows no printer. `lay_out` measures with the shipped face and places every line on a strip so many dots wide;
`receipt_drawing` then draws the strip as one black-and-white picture (Kazakh letters never depend on the printer's own)
or, where there is no receipt printer, on a sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import msgspec

from akimat_desk.papers.qr import QUIET, Qr, qr
from akimat_desk.papers.typefaces import face, printable

Dots = Literal[384, 576]
WIDE: Final[Dots] = 576
"""Dots across 80 mm paper: 72 mm of print at 8 dots a millimetre."""
NARROW: Final[Dots] = 384
"""Dots across 58 mm paper: 48 mm of print."""
DOTS_PER_MM: Final = 8
MARGIN: Final = 16

Size = Literal["body", "title", "large", "small"]


class _Line(msgspec.Struct, frozen=True, tag=True, omit_defaults=True):
    """A line of a receipt; a plain value, so that a paper can wait in the tray as JSON."""


class Emblem(_Line, frozen=True):
    """Four horns, a fifth of the width."""


class Text(_Line, frozen=True):
    """Centred text, broken into as many lines as it needs."""

    text: str
    size: Size = "body"
    bold: bool = False


class Number(_Line, frozen=True):
    """What a person looks for across the room: a ticket's number, a sum. One line; drawn smaller if it is long."""

    text: str


class Pair(_Line, frozen=True):
    """Label and bold value side by side, centred."""

    label: str
    value: str


class Row(_Line, frozen=True):
    """Label at the left edge, value at the right; the value goes a line lower where both do not fit."""

    label: str
    value: str
    bold: bool = False


class Rule(_Line, frozen=True):
    """A dashed line across."""


class Code(_Line, frozen=True):
    """A QR code of `data`."""

    data: str


Line = Emblem | Text | Number | Pair | Row | Rule | Code


class Receipt(msgspec.Struct, frozen=True):
    """All lines from top to bottom."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PlacedText:
    """`text` with its left end at `x`, standing on `baseline`; `size` in dots an em."""

    x: float
    baseline: float
    text: str
    size: int
    bold: bool


@dataclass(frozen=True, slots=True)
class PlacedRule:
    """A dashed line from `x` to `to`, its upper edge at `y`: `dash` dots on, half as many off."""

    x: int
    to: int
    y: int
    dash: int
    thickness: int


@dataclass(frozen=True, slots=True)
class PlacedCode:
    """A QR code with its dark square's left upper corner at (`x`, `y`), `module` dots a module."""

    x: int
    y: int
    module: int
    code: Qr


@dataclass(frozen=True, slots=True)
class PlacedEmblem:
    """The emblem in a square of `size` dots at (`x`, `y`)."""

    x: int
    y: int
    size: int


Placed = PlacedText | PlacedRule | PlacedCode | PlacedEmblem


@dataclass(frozen=True, slots=True)
class Block:
    """What must stay together, `height` dots high; its items are placed from its own left upper corner, y down."""

    height: int
    items: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A receipt on a strip `width` dots wide: its blocks one under another, with `MARGIN` above and below."""

    width: int
    blocks: tuple[Block, ...]

    @property
    def height(self) -> int:
        """Dots from the upper to the lower edge."""
        return 2 * MARGIN + sum(block.height for block in self.blocks)


@dataclass(frozen=True, slots=True)
class _Measures:
    width: int
    body: int
    number: int
    modules: tuple[int, int]

    def size(self, name: Size) -> int:
        return round(self.body * {"body": 1.0, "title": 1.1, "large": 1.35, "small": 0.8}[name])

    @property
    def inner(self) -> int:
        return self.width - 2 * MARGIN

    @property
    def gap(self) -> int:
        return round(self.body * 0.7)


_MEASURES: Final[dict[Dots, _Measures]] = {
    WIDE: _Measures(WIDE, body=30, number=170, modules=(8, 6)),
    NARROW: _Measures(NARROW, body=23, number=120, modules=(6, 5)),
}
_LINE: Final = 1.3
"""Ems from baseline to baseline."""
_THICK: Final = 3
"""Dots of a dashed line."""
_FIGURE: Final = 0.714
"""Height of a figure in ems; figures have no descenders."""


def lay_out(receipt: Receipt, dots: Dots) -> Layout:
    """Place every line of `receipt` on a strip `dots` wide."""
    measures = _MEASURES[dots]
    blocks: list[Block] = []
    for before, line in pairwise((None, *receipt.lines)):
        if isinstance(line, Code):
            # The white below a dashed line is already part of the code's quiet zone.
            blocks.append(_code(qr(line.data), measures, white=measures.gap if isinstance(before, Rule) else 0))
        elif line is not None:
            blocks += _blocks(line, measures)
    return Layout(dots, tuple(blocks))


def _blocks(line: Line, measures: _Measures) -> list[Block]:
    match line:
        case Emblem():
            size = measures.width // 5
            emblem = PlacedEmblem((measures.width - size) // 2, 0, size)
            return [Block(size + measures.body // 3, (emblem,))]
        case Rule():
            rule = PlacedRule(MARGIN, measures.width - MARGIN, measures.gap, round(measures.body / 3), _THICK)
            return [Block(2 * measures.gap + _THICK, (rule,))]
        case Code(data):
            return [_code(qr(data), measures, white=0)]
        case Number(text):
            return [_number(text, measures)]
        case Text(text, size_name, bold):
            size = measures.size(size_name)
            lines = _balanced(text, size, bold, measures.inner)
            blocks = [_centred([(words, bold)], size, measures) for words in lines]
            return [Block(measures.gap // 2, ()), *blocks] if size_name == "small" else blocks
        case Pair(label, value):
            parts = [(printable(label) + " ", False), (printable(value), True)]
            if sum(_width(text, measures.body, bold) for text, bold in parts) <= measures.inner:
                return [_centred(parts, measures.body, measures)]
            return [*_blocks(Text(label), measures), *_blocks(Text(value, bold=True), measures)]
        case Row(label, value, bold):
            return [_row(label, value, bold, measures)]


def _code(code: Qr, measures: _Measures, *, white: int) -> Block:
    """`white` is how many dots above it are white already."""
    whole = code.modules + 2 * QUIET
    largest, smallest = measures.modules
    module = max(smallest, min(largest, measures.width // whole))
    if module * whole > measures.width:
        # So much text that it must be finer than the house likes; a phone still reads it.
        module = max(1, measures.width // whole)
    x = (measures.width - module * code.modules) // 2
    above = max(0, QUIET * module - white)
    return Block(above + module * (code.modules + QUIET), (PlacedCode(x, above, module, code),))


def _number(text: str, measures: _Measures) -> Block:
    text = printable(text)
    size = measures.number
    if (width := _width(text, size, True)) > measures.inner:
        size = max(measures.body, int(size * measures.inner / width))
    x = (measures.width - _width(text, size, True)) / 2
    above, below = round(measures.body * 0.7), round(measures.body * 0.55)
    baseline = above + round(size * _FIGURE)
    return Block(baseline + below, (PlacedText(x, baseline, text, size, True),))


def _centred(parts: list[tuple[str, bool]], size: int, measures: _Measures) -> Block:
    x = (measures.width - sum(_width(text, size, bold) for text, bold in parts)) / 2
    placed: list[Placed] = []
    for text, bold in parts:
        placed.append(PlacedText(x, size, text, size, bold))
        x += _width(text, size, bold)
    return Block(round(size * _LINE), tuple(placed))


def _row(label: str, value: str, bold: bool, measures: _Measures) -> Block:
    size, step = measures.body, round(measures.body * _LINE)
    labels = _broken(label, size, bold, measures.inner)
    values = _broken(value, size, bold, measures.inner)
    beside = len(values) == 1 and _width(labels[-1], size, bold) + size + _width(value, size, bold) <= measures.inner
    first = len(labels) - 1 if beside else len(labels)
    right = measures.width - MARGIN
    return Block(
        (first + len(values)) * step,
        (
            *(PlacedText(MARGIN, n * step + size, words, size, bold) for n, words in enumerate(labels)),
            *(
                PlacedText(right - _width(words, size, bold), n * step + size, words, size, bold)
                for n, words in enumerate(values, start=first)
            ),
        ),
    )


def _balanced(text: str, size: int, bold: bool, width: int) -> list[str]:
    """As few lines as can be, and these about equally long: no single word left on the last one."""
    lines = _broken(text, size, bold, width)
    narrowest, widest = width // 3, width
    while narrowest < widest:
        middle = (narrowest + widest) // 2
        if len(_broken(text, size, bold, middle)) > len(lines):
            narrowest = middle + 1
        else:
            widest = middle
    balanced = _broken(text, size, bold, widest)
    # A line narrower than its longest word would tear that word.
    return balanced if " ".join(balanced).split() == " ".join(lines).split() else lines


def _broken(text: str, size: int, bold: bool, width: int) -> list[str]:
    """`text` in lines no wider than `width`, broken at spaces, at U+000A, and inside a word only where it must be."""
    lines: list[str] = []
    for paragraph in printable(text).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if _width(longer, size, bold) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            rest = word
            while _width(rest, size, bold) > width:
                fits = next(n for n in range(len(rest), 0, -1) if n == 1 or _width(rest[:n], size, bold) <= width)
                lines.append(rest[:fits])
                rest = rest[fits:]
            line = rest
        lines.append(line)
    return lines


def _width(text: str, size: int, bold: bool) -> float:
    return face(size, bold=bold).getlength(text)
