"""A plain text as A4 pages in the shipped Noto Sans, which has every Kazakh letter."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.documents.errors import TooManyPages

FONTS: Final = Path(__file__).resolve().parent.parent / "papers" / "fonts"
"""Shipped beside the papers; named by path, because papers stands above us."""
_FACE: Final = "AkimatDeskText"
_SIZE: Final = 11.0
_LEADING: Final = 15.0
_MARGIN: Final = 56.7
"""20 mm."""
_TAB: Final = 8
_LOST: Final = "\ufffd"
"""A question mark in a diamond; it is in the font."""
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_LINES: Final = int((A4[1] - 2 * _MARGIN) // _LEADING)


@dataclass(frozen=True, slots=True)
class Typeset:
    """The PDF, and how many letters print as a question mark: not in the font, or torn in the file."""

    pdf: bytes
    missing: int


def typeset(text: str, most_pages: int) -> Typeset:
    """Set `text` left-aligned, 11 pt; long lines go on below, a form feed starts a page.

    Empty lines and form feeds at the end are left out: they would only cost paper. Raises `TooManyPages`.
    """
    font = TTFont(_FACE, str(FONTS / "NotoSans-Regular.ttf"))
    pdfmetrics.registerFont(font)
    text, missing = _known(text, font)
    out = io.BytesIO()
    # Without a fixed title reportlab writes "untitled" and the time: the same text gives the same bytes.
    canvas = Canvas(out, pagesize=A4, invariant=True)
    page, row = 0, _LINES
    for line in _rows(text.rstrip().expandtabs(_TAB), font):
        if row >= _LINES or line is None:
            if page:
                canvas.showPage()
            page, row = page + 1, 0
            if page > most_pages:
                raise TooManyPages(pages=page, limit=most_pages)
            canvas.setFont(_FACE, _SIZE)
        if line is not None:
            if line:
                canvas.drawString(_MARGIN, A4[1] - _MARGIN - _SIZE - row * _LEADING, line)
            row += 1
    canvas.showPage()
    canvas.save()
    return Typeset(out.getvalue(), missing)


def _known(text: str, font: TTFont) -> tuple[str, int]:
    """`text` without invisible signs, and with `_LOST` for what the font has no glyph for."""
    text = _UNSEEN.sub("", text)
    glyphs = font.face.charToGlyph
    unknown = {char for char in set(text) if ord(char) not in glyphs and char not in "\n\r\t\f"}
    missing = sum(map(text.count, {*unknown, _LOST}))
    return text.translate({ord(char): _LOST for char in unknown}), missing


def _rows(text: str, font: TTFont) -> Iterator[str | None]:
    """Lines that fit the page's width; None where a new page begins."""
    # The face counts in thousandths of the letter size; a glyph it does not list has the face's default width.
    widths: dict[int, float] = font.face.charWidths
    usual: float = font.face.defaultWidth
    room = (A4[0] - 2 * _MARGIN) * 1000 / _SIZE
    for number, sheet in enumerate(text.split("\f")):
        if number:
            yield None
        for line in sheet.splitlines():
            yield from _wrap(line, [widths.get(ord(char), usual) for char in line], room)


def _wrap(line: str, widths: Sequence[float], room: float) -> Iterator[str]:
    """Break `line` at its last space that fits, else inside the word. One walk: a line may be a whole book."""
    start, space, used = 0, -1, 0.0
    for at, width in enumerate(widths):
        if used + width > room and at > start:
            cut = space if space > start else at
            yield line[start:cut]
            start = cut + (cut == space)
            used = sum(widths[start:at])
        used += width
        if line[at] == " ":
            space = at
    yield line[start:]
