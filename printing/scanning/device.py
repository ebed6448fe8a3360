"""The one shape every scanner has for the desk, whatever it speaks. Lengths are millimetres, sharpness dots an inch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

Source = Literal["glass", "feeder"]

MOST_BYTES: Final = 56 * 1024 * 1024
"""Of one picture: a sheet in colour at 300 dpi without any compression has 26 MB. The document worker takes 64."""
PREVIEW_DPI: Final = 100
COPY_DPI: Final = 300
MM_PER_INCH: Final = 25.4

_GAP: Final = rb"(?:\s+#[^\n]*)*\s+"
_BITS: Final = re.compile(rb"P4" + _GAP + rb"(\d{1,6})" + _GAP + rb"(\d{1,6})\s")
_BYTES: Final = re.compile(rb"P[56]" + _GAP + rb"(\d{1,6})" + _GAP + rb"(\d{1,6})" + _GAP + rb"(\d{1,5})\s")
"""Heads of binary PNM pictures (netpbm's pbm(5), ppm(5)), comments and all."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the glass, from its corner."""

    left: float = 0.0
    top: float = 0.0
    width: float = 210.0
    height: float = 297.0


A4: Final = Area()


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of one turn of the scanner. From the feeder all sheets come, each as a picture of its own."""

    source: Source = "glass"
    colour: bool = False
    dpi: int = COPY_DPI
    both_sides: bool = False
    area: Area = A4
    card: bool = False
    """A card is expected there; it changes nothing but which paper the demo's scanner shows."""


@dataclass(frozen=True, slots=True)
class SourceAbilities:
    """What the glass or the feeder can do. `dpis` is never empty and grows."""

    width: float
    height: float
    dpis: tuple[int, ...]
    colour: bool = True
    grey: bool = True
    formats: tuple[str, ...] = ("image/jpeg",)

    def nearest(self, dpi: int) -> int:
        """The least sharpness that is at least `dpi`, or the greatest there is."""
        return next((each for each in self.dpis if each >= dpi), self.dpis[-1])

    def within(self, area: Area) -> Area:
        """As much of `area` as there is glass."""
        left, top = min(area.left, self.width - 1), min(area.top, self.height - 1)
        return Area(left, top, min(area.width, self.width - left), min(area.height, self.height - top))


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a scanner says of itself. `fingerprint` is of its certificate, "" where it is not encrypted."""

    model: str
    glass: SourceAbilities | None = None
    feeder: SourceAbilities | None = None
    both_sides: bool = False
    fingerprint: str = ""

    def of(self, source: Source) -> SourceAbilities | None:
        """The abilities of a source; None where the scanner has none."""
        return self.glass if source == "glass" else self.feeder


@dataclass(frozen=True, slots=True)
class Scanned:
    """One picture as it came. Its bytes never show up in a log or an error."""

    data: bytes = field(repr=False)
    dpi: int
    area: Area


class Scanner(Protocol):
    """A scanner that can be asked. Every call blocks, may be stopped, and raises `ScanError`s."""

    def probe(self) -> Abilities:
        """What it can do."""
        ...

    def scan(self, order: Order) -> Iterator[Scanned]:
        """The pictures, one after another. Closing the iterator early drops the rest and frees the scanner.

        What came before an error is good and kept by the caller.
        """
        ...


def whole_picture(data: bytes) -> bool:
    """Whether a JPEG or a PNM has come to its end; of other kinds nothing is known and they pass for whole.

    Scanners close the line in the middle, and some say a length that is not true.
    """
    if data.startswith(b"\xff\xd8"):
        return data.rstrip(b"\0").endswith(b"\xff\xd9")
    if data[:2] in (b"P4", b"P5", b"P6"):
        return len(data) >= _pnm_length(data)
    return True


def _pnm_length(data: bytes) -> int:
    """How long a binary PNM is by its own head; longer than it is where the head is no head."""
    found = (_BITS if data.startswith(b"P4") else _BYTES).match(data)
    if found is None:
        return len(data) + 1
    width, height = int(found[1]), int(found[2])
    if data.startswith(b"P4"):
        row = -(-width // 8)
    else:
        row = width * (3 if data.startswith(b"P6") else 1) * (2 if int(found[3]) > 255 else 1)
    return found.end() + row * height
