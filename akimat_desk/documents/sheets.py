"""Pictures laid on sheets of paper, as a PDF. The document worker made them; they are not looked into here."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

A4_MM: Final = (210.0, 297.0)
FITS_MM: Final = 2.0
"""So much may a page exceed the paper and still be printed at its own size."""
_POINTS_PER_MM: Final = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Placed:
    """A JPEG of `width` x `height` pixels and the box it fills, in mm from the upper left corner of the sheet."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int
    grey: bool
    box: tuple[float, float, float, float]
    """Left, top, width, height."""
    turns: int = 0
    """Quarter turns clockwise that the picture makes in its box."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet upright, or lying on its side; `upright_mm` is its size as it stands."""

    pictures: tuple[Placed, ...]
    lying: bool = False
    upright_mm: tuple[float, float] = A4_MM

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height as it lies."""
        wide, high = self.upright_mm
        return (high, wide) if self.lying else (wide, high)


def in_the_middle(
    size_mm: tuple[float, float], upright_mm: tuple[float, float] = A4_MM
) -> tuple[bool, tuple[float, float, float, float]]:
    """Where a picture of this size lies on its sheet: as large as it is, in the middle, made smaller only where the
    sheet ends. Whether the sheet lies on its side, and the box.
    """
    wide, high = size_mm
    lying = wide > high
    sheet = (upright_mm[1], upright_mm[0]) if lying else upright_mm
    scale = min(1.0, sheet[0] / wide, sheet[1] / high)
    wide, high = wide * scale, high * scale
    return lying, ((sheet[0] - wide) / 2, (sheet[1] - high) / 2, wide, high)


def sheets_pdf(sheets: Sequence[Sheet]) -> bytes:
    """The PDF. It names no program, time or person."""
    import pikepdf

    pdf = pikepdf.Pdf.new()
    for sheet in sheets:
        size = sheet.size_mm
        page = pdf.add_blank_page(page_size=(size[0] * _POINTS_PER_MM, size[1] * _POINTS_PER_MM)).obj
        names, content = pikepdf.Dictionary(), []
        for number, placed in enumerate(sheet.pictures):
            image = pikepdf.Stream(pdf, b"")
            image.write(placed.jpeg, filter=pikepdf.Name.DCTDecode)
            image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            image.Width, image.Height, image.BitsPerComponent = placed.width, placed.height, 8
            image.ColorSpace = pikepdf.Name.DeviceGray if placed.grey else pikepdf.Name.DeviceRGB
            names[f"/P{number}"] = pdf.make_indirect(image)
            left, top, wide, high = (length * _POINTS_PER_MM for length in placed.box)
            matrix = _matrix(placed.turns, left, size[1] * _POINTS_PER_MM - top - high, wide, high)
            content.append(f"q {' '.join(f'{value:.3f}' for value in matrix)} cm /P{number} Do Q")
        page.Resources = pikepdf.Dictionary({"/XObject": names})
        page.Contents = pdf.make_stream("\n".join(content).encode())
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def _matrix(turns: int, x: float, y: float, wide: float, high: float) -> tuple[float, ...]:
    """What lays the unit square, turned clockwise, into the box whose lower left corner is at x, y."""
    return (
        (wide, 0, 0, high, x, y),
        (0, -high, wide, 0, x, y + high),
        (-wide, 0, 0, -high, x + wide, y + high),
        (0, high, -wide, 0, x + wide, y),
    )[turns % 4]
