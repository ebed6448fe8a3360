"""Noto Sans Regular and Bold, the two faces of every paper; shipped, because PCs in villages lack Kazakh letters.

Both drawers measure with the same files, so a receipt breaks its lines alike on the printer and on a sheet.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import MINUS

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FOLDER: Final = Path(__file__).parent / "fonts"
REGULAR: Final = "NotoSans"
BOLD: Final = "NotoSans-Bold"
"""Names under which reportlab knows the faces once `register` has run."""

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Unicode categories without a shape: control and format characters, surrogates, private use, unassigned."""

UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"

_FILES: Final = {REGULAR: FOLDER / "NotoSans-Regular.ttf", BOLD: FOLDER / "NotoSans-Bold.ttf"}


@cache
def register() -> Mapping[str, frozenset[int]]:
    """Tell reportlab of both faces; each PDF then embeds the letters it uses. Costs once about 50 ms.

    The value says which code points each face has a shape for.
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    shapes = {}
    for name, file in _FILES.items():
        font = TTFont(name, str(file))
        pdfmetrics.registerFont(font)
        shapes[name] = frozenset(font.face.charToGlyph)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    return shapes


@cache
def face(size: int, *, bold: bool = False) -> FreeTypeFont:
    """The face for Pillow, `size` pixels an em. Plain layout: the same widths on every PC, whatever else is there."""
    from PIL import ImageFont

    return ImageFont.truetype(_FILES[BOLD if bold else REGULAR], size, layout_engine=ImageFont.Layout.BASIC)


def printable(text: str) -> str:
    """`text` as the faces can show it: composed letters, no control characters, a dash for the minus they lack, and a
    sign that is seen for each letter of a script they lack: a name is to be written in by hand there, not to be missed.
    """
    composed = _composed(text)
    if all(_surely_there(letter) for letter in composed):
        return composed
    shapes = register()[REGULAR]
    return "".join(one if one == "\n" or ord(one) in shapes else UNKNOWN for one in composed)


def _surely_there(letter: str) -> bool:
    """Latin, Greek and Cyrillic, and the signs between them: nobody has to look into the faces for these."""
    return letter < "\u0530" or "\u2010" <= letter <= "\u2027"


def _composed(text: str) -> str:
    composed = unicodedata.normalize("NFC", text).replace(MINUS, "\N{EN DASH}")
    return "".join(letter for letter in composed if letter == "\n" or unicodedata.category(letter) not in _UNSEEN)


def lacking(text: str, *, bold: bool = False) -> str:
    """The letters of `text` that the face has no shape for, each once; empty where all can be printed."""
    shapes = register()[BOLD if bold else REGULAR]
    return "".join(letter for letter in dict.fromkeys(_composed(text)) if letter != "\n" and ord(letter) not in shapes)
