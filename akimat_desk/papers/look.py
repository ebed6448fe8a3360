"""Measures and colours of our sheets. Colour only adorns: every paper must read well from a grey printer."""

from __future__ import annotations

from typing import Final

MM: Final = 72 / 25.4
"""Points a millimetre."""

A4_WIDTH: Final = 210 * MM
A4_HEIGHT: Final = 297 * MM
LEFT: Final = 25 * MM
"""Wide enough for the punch and the file."""
RIGHT: Final = 15 * MM
TOP: Final = 15 * MM
BOTTOM: Final = 12 * MM
WIDTH: Final = A4_WIDTH - LEFT - RIGHT
"""Between the margins."""

INK: Final = "#17262D"
INK2: Final = "#4B585C"
SKY: Final = "#0B5E78"
GOLD: Final = "#A66A00"
DIAMOND: Final = "#C98A1B"
EDGE: Final = "#82765F"
TINT: Final = "#F5F0E6"
"""Behind table heads only."""

TITLE_SIZE: Final = 14.0
BODY_SIZE: Final = 11.0
HINT_SIZE: Final = 9.5
SMALLEST_SIZE: Final = 8.0
LEADING: Final = 1.4
"""Ems from line to line."""
