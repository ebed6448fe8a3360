"""How large things are: every pixel is computed here, nothing is scaled by the toolkit.

The design is drawn for 1366x768. `base` fits it to the screen; "A+" multiplies the text on top of that, while paddings
stay.
"""

from __future__ import annotations

import math
from typing import Final, Literal, NamedTuple

DESIGN_WIDTH: Final = 1366
DESIGN_HEIGHT: Final = 768
GROWTHS: Final = (100, 125, 150, 200)
"""Text sizes a person can choose, in per cent."""

SMALLEST_BASE: Final = 0.7
"""Below this the smallest text would be under 11 pixels; what then does not fit scrolls."""

HEADING: Final = 20
"""Text larger than this is already large: it grows by two thirds of what body text grows by."""

Layout = Literal["wide", "mid", "large"]


class Scale(NamedTuple):
    """Sizes for one window size and one text size. Equal scales draw equal screens."""

    base: float
    growth: int
    layout: Layout

    @classmethod
    def fit(cls, width: int, height: int, growth: int = 100) -> Scale:
        """The scale of a window of `width` x `height` pixels with text at `growth` per cent."""
        fitted = min(width / DESIGN_WIDTH, height / DESIGN_HEIGHT)
        base = max(SMALLEST_BASE, math.floor(fitted * 20 + 1e-9) / 20)
        room = width / (base * growth / 100)
        return cls(base, growth, "wide" if room >= 1200 else "mid" if room >= 900 else "large")

    def px(self, length: float) -> int:
        """`length` of the drawing in pixels of the screen; never 0 for a length over 0."""
        return max(1, round(length * self.base)) if length > 0 else round(length * self.base)

    def text(self, size: int) -> int:
        """The height in pixels of text drawn `size` high."""
        grown = size * self.growth / 100
        if size > HEADING:
            grown = max(HEADING * self.growth / 100, size * (1 + (self.growth / 100 - 1) * 2 / 3))
        return round(grown * self.base)

    def with_text(self, length: float) -> int:
        """A length that holds one line of text (height of a button): half of it grows as text does."""
        return self.px(length * (1 + (self.growth / 100 - 1) * 0.5))


def larger(growth: int) -> int:
    """The next text size up; the largest stays."""
    return min((g for g in GROWTHS if g > growth), default=GROWTHS[-1])


def smaller(growth: int) -> int:
    """The next text size down; the smallest stays."""
    return max((g for g in GROWTHS if g < growth), default=GROWTHS[0])
