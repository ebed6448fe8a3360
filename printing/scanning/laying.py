"""What was scanned, and how it lies on its sheet: a page as large as it was, a card's two sides under each other."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from akimat_desk.documents.sheets import A4_MM, FITS_MM, Placed, Sheet, in_the_middle, sheets_pdf
from printing.scanning.device import MM_PER_INCH
from printing.scanning.rules import CARD_TOPS
from printing.sizes import SIZES_MM


@dataclass(frozen=True, slots=True)
class Picture:
    """One side of a paper, made ready by the document worker: a JPEG of `width` x `height` pixels."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int
    grey: bool
    dpi: int
    turns: int = 0

    @property
    def size_mm(self) -> tuple[float, float]:
        """As large as it was on the glass, turned as it is now."""
        wide, high = (pixels * MM_PER_INCH / self.dpi for pixels in (self.width, self.height))
        return (high, wide) if self.turns % 2 else (wide, high)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One sheet to be: a page, or the sides of a card."""

    pictures: tuple[Picture, ...]
    is_card: bool = False

    @property
    def is_large(self) -> bool:
        """Whether it is larger than A4: on A4 it is made smaller."""
        short, long = sorted(self.pictures[0].size_mm)
        return not self.is_card and (short > A4_MM[0] + FITS_MM or long > A4_MM[1] + FITS_MM)

    @property
    def is_small(self) -> bool:
        """Whether it fits on A5."""
        short, long = sorted(self.pictures[0].size_mm)
        return not self.is_card and short <= SIZES_MM["A5"][0] + FITS_MM and long <= SIZES_MM["A5"][1] + FITS_MM

    def sheet(self, upright_mm: tuple[float, float] = A4_MM) -> Sheet:
        """How it lies on its sheet, at its true size or, where it is larger, as large as fits."""
        if not self.is_card:
            (picture,) = self.pictures
            lying, box = in_the_middle(picture.size_mm, upright_mm)
            return Sheet((_placed(picture, box),), lying, upright_mm)
        placed = []
        for picture, top in zip(self.pictures, CARD_TOPS, strict=False):
            wide, high = picture.size_mm
            placed.append(_placed(picture, ((upright_mm[0] - wide) / 2, top, wide, high)))
        return Sheet(tuple(placed), upright_mm=upright_mm)


def _placed(picture: Picture, box: tuple[float, float, float, float]) -> Placed:
    return Placed(picture.jpeg, picture.width, picture.height, picture.grey, box, picture.turns)


def pdf_of(leaves: Sequence[Leaf], upright_mm: tuple[float, float] = A4_MM) -> bytes:
    """All of them as one PDF, on sheets of that size."""
    return sheets_pdf([leaf.sheet(upright_mm) for leaf in leaves])


def drawn(leaf: Leaf, room: tuple[int, int], upright_mm: tuple[float, float] = A4_MM) -> bytes:
    """The sheet as a PNG, as large as fits into `room` pixels."""
    from PIL import Image

    sheet = leaf.sheet(upright_mm)
    wide, high = sheet.size_mm
    scale = min(room[0] / wide, room[1] / high)
    paper = Image.new("RGB", (max(1, round(wide * scale)), max(1, round(high * scale))), "white")
    for placed in sheet.pictures:
        left, top, across, down = (length * scale for length in placed.box)
        size = max(1, round(across)), max(1, round(down))
        with Image.open(io.BytesIO(placed.jpeg), formats=("JPEG",)) as opened:
            opened.draft(None, size if placed.turns % 2 == 0 else (size[1], size[0]))
            picture = opened.convert("RGB")
        turn = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)[
            placed.turns % 4
        ]
        picture = picture.transpose(turn) if turn is not None else picture
        paper.paste(picture.resize(size, Image.Resampling.BOX, reducing_gap=2.0), (round(left), round(top)))
    out = io.BytesIO()
    paper.save(out, "PNG", compress_level=1)
    return out.getvalue()
