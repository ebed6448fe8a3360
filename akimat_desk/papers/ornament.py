"""The ornament (қошқар мүйіз, ram's horns) as pure geometry, so that screen, paper and receipt draw the same thing.

A `Figure` is strokes with round ends and filled diamonds in a box, x to the right and y up, as PDF has it. Curves are
cubic Bézier quarter circles. Colours are the drawer's: the figure only says what is stroke and what is diamond.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final, NamedTuple

Point = tuple[float, float]
Curve = tuple[Point, Point, Point]
"""Two control points and the end."""

EMBLEM_BOX: Final = 48.0
FULL_CURL_FROM_PX: Final = 96
"""Below this size on a screen the last curl is left out; it would close to a blot."""
SMALLEST_EMBLEM_PX: Final = 40
"""Below this size no emblem is drawn."""
BAND_HEIGHT: Final = 22.0
BAND_PERIOD: Final = 60.0

_QUARTER: Final = 4 / 3 * (math.sqrt(2) - 1)
"""Control length of a Bézier quarter circle of radius 1; its greatest error is 0.03 % of the radius."""


class Stroke(NamedTuple):
    """A line from `start` through `curves`, `width` wide."""

    start: Point
    curves: tuple[Curve, ...]
    width: float


class Diamond(NamedTuple):
    """A square on its corner; `half` is half its diagonal."""

    centre: Point
    half: float

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Right, top, left, bottom."""
        (x, y), half = self.centre, self.half
        return (x + half, y), (x, y + half), (x - half, y), (x, y - half)


class Figure(NamedTuple):
    """What to draw in a box of `width` by `height`; diamonds lie over the strokes."""

    width: float
    height: float
    strokes: tuple[Stroke, ...]
    diamonds: tuple[Diamond, ...]


@cache
def emblem(*, full: bool = True) -> Figure:
    """Төрт мүйіз, four horns around a diamond, in a box of 48 by 48; `full` draws the last curl too."""
    middle = EMBLEM_BOX / 2
    strokes: list[Stroke] = []
    for quarter in range(4):
        turned = _turn(quarter)

        def place(point: Point, turned: Callable[[Point], Point] = turned) -> Point:
            x, y = turned((point[0] * 1.1, point[1] * 1.1 + 5.5))
            return middle + x, middle + y

        # The stem runs on 2.5 below its foot, under the diamond.
        strokes += _moved(_horns(full=full, foot=-2.5 / 1.1), place, 1.1)
    return Figure(EMBLEM_BOX, EMBLEM_BOX, tuple(strokes), (Diamond((middle, middle), 5.2),))


def band(width: float) -> Figure:
    """Horns up and down in turn between two lines, 22 high; whole periods only, centred in `width`.

    `width` is in the band's own units: pixels times 22 / height in pixels.
    """
    units = 2 * max(0, int((width - 8) // BAND_PERIOD))
    left = (width - units * BAND_PERIOD / 2) / 2
    strokes = [_line((0, 1), (width, 1), 2), _line((0, BAND_HEIGHT - 1), (width, BAND_HEIGHT - 1), 2)]
    for number in range(units):
        x = left + (number + 0.5) * BAND_PERIOD / 2
        up = number % 2 == 0

        def place(point: Point, x: float = x, up: bool = up) -> Point:
            return (x + point[0], 1.3 + point[1]) if up else (x + point[0], BAND_HEIGHT - 1.3 - point[1])

        strokes += _moved(_horns(full=False, foot=0), place, 1)
    diamonds = tuple(Diamond((left + n * BAND_PERIOD / 2, BAND_HEIGHT / 2), 3) for n in range(units + 1) if units)
    return Figure(width, BAND_HEIGHT, tuple(strokes), diamonds)


def svg(figure: Figure, width: float, height: float, *, stroke: str, diamond: str, ground: str = "none") -> str:
    """The figure as an SVG document `width` by `height` pixels; colours as CSS has them."""
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}"'
        f' viewBox="0 0 {_n(figure.width)} {_n(figure.height)}">',
        f'<rect width="100%" height="100%" fill="{ground}"/>',
        f'<g fill="none" stroke="{stroke}" stroke-linecap="round" stroke-linejoin="round">',
    ]
    for line in figure.strokes:
        data = f"M{_xy(figure, line.start)}" + "".join(
            "C" + " ".join(_xy(figure, point) for point in curve) for curve in line.curves
        )
        lines.append(f'<path d="{data}" stroke-width="{_n(line.width)}"/>')
    lines.append("</g>")
    for square in figure.diamonds:
        corners = " ".join(_xy(figure, corner) for corner in square.corners)
        lines.append(f'<polygon points="{corners}" fill="{diamond}"/>')
    return "\n".join([*lines, "</svg>", ""])


def emblem_svg(size: int, ink: str, diamond: str) -> str:
    """The emblem for a screen, `size` pixels square on a transparent ground."""
    return svg(emblem(full=size >= FULL_CURL_FROM_PX), size, size, stroke=ink, diamond=diamond)


def band_svg(width: int, height: int, ground: str, motif: str, diamond: str) -> str:
    """The band for a screen, `width` by `height` pixels."""
    figure = band(width * BAND_HEIGHT / height)
    return svg(figure, width, height, stroke=motif, diamond=diamond, ground=ground)


def flattened(stroke: Stroke, steps: int = 12) -> Iterator[Point]:
    """Points along a stroke, for drawers without curves (Pillow, Tk); `steps` to each Bézier curve."""
    yield (here := stroke.start)
    for one, two, end in stroke.curves:
        for step in range(1, steps + 1):
            t = step / steps
            u = 1 - t
            yield (
                u**3 * here[0] + 3 * u * u * t * one[0] + 3 * u * t * t * two[0] + t**3 * end[0],
                u**3 * here[1] + 3 * u * u * t * one[1] + 3 * u * t * t * two[1] + t**3 * end[1],
            )
        here = end


def _horns(*, full: bool, foot: float) -> tuple[Stroke, ...]:
    """One unit: stem from (0, foot) up to (0, 10), and on either side half circles of radius 5, 3.5 and 1.6."""
    width = 2.6 if full else 2.5
    ends = [(10.0, 1), (3.0, -1), (6.2, 1)] if full else [(10.0, 1), (3.0, -1)]
    right: list[Curve] = [((0, foot), (0, 10), (0, 10))]
    x = 0.0
    for end, side in ends:
        right += _half_circle(x, end, 10, side)
        x = end
    left = [tuple((-px, py) for px, py in curve) for curve in right]
    return (
        Stroke((0, foot), tuple(right), width),
        Stroke((0, 10), tuple((a, b, c) for a, b, c in left[1:]), width),
    )


def _half_circle(x: float, end: float, y: float, side: int) -> tuple[Curve, Curve]:
    """From (x, y) to (end, y) over the top (`side` 1) or the bottom (-1)."""
    middle, radius = (x + end) / 2, (end - x) / 2
    top, reach = y + side * abs(radius), side * abs(radius) * _QUARTER
    run = radius * _QUARTER
    return (
        ((x, y + reach), (middle - run, top), (middle, top)),
        ((middle + run, top), (end, y + reach), (end, y)),
    )


def _moved(strokes: tuple[Stroke, ...], place: Callable[[Point], Point], scale: float) -> Iterator[Stroke]:
    for stroke in strokes:
        curves = tuple((place(a), place(b), place(c)) for a, b, c in stroke.curves)
        yield Stroke(place(stroke.start), curves, stroke.width * scale)


def _turn(quarter: int) -> Callable[[Point], Point]:
    cosine, sine = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarter]
    return lambda point: (point[0] * cosine - point[1] * sine, point[0] * sine + point[1] * cosine)


def _line(start: Point, end: Point, width: float) -> Stroke:
    return Stroke(start, ((start, end, end),), width)


def _xy(figure: Figure, point: Point) -> str:
    return f"{_n(point[0])},{_n(figure.height - point[1])}"


def _n(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
