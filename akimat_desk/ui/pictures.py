"""Icons, ornament and corners as Tk pictures, drawn from SVG by resvg at exactly the pixels the screen needs.

Nothing is enlarged or reduced afterwards, and Pillow is not needed. A picture is drawn once and kept: one icon takes
about 0.4 ms. Icons are Lucide 1.62.0 (ISC, some shapes MIT; see `icons/LICENSE.txt`); only the files the program uses
are shipped.
"""

from __future__ import annotations

import re
import tkinter
from collections.abc import Callable, Hashable
from functools import cache
from pathlib import Path
from typing import Final

import resvg_py

from akimat_desk.base.errors import Misuse
from akimat_desk.papers import ornament

ICONS: Final = Path(__file__).parent / "icons"
DRAWINGS: Final = Path(__file__).parent / "drawings"

Corners = tuple[tkinter.PhotoImage, tkinter.PhotoImage, tkinter.PhotoImage, tkinter.PhotoImage]
"""Top left, top right, bottom left, bottom right."""


class NoSuchIcon(Misuse):
    """A screen names an icon that is not shipped."""

    code = "no-such-icon"
    staff_text = "No icon named {icon} in ui/icons."


@cache
def _inside(file: Path) -> str:
    """The shapes of an SVG file, without the outer element."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as why:
        raise NoSuchIcon(icon=file.stem) from why
    found = re.search(r"<svg[^>]*>(.*)</svg>", text, re.DOTALL)
    if found is None:
        raise NoSuchIcon(icon=file.stem)
    return found[1]


def _svg(width: float, height: float, view: str, shapes: str) -> str:
    size = f'width="{width:g}" height="{height:g}" viewBox="{view}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{shapes}</svg>'


def _strokes(shapes: str, colour: str, width: float, placed: str = "") -> str:
    style = f'fill="none" stroke="{colour}" stroke-width="{width:g}" stroke-linecap="round" stroke-linejoin="round"'
    return f"<g {style}{placed}>{shapes.replace('currentColor', colour)}</g>"


def icon_svg(name: str, size: int, colour: str, *, left: int = 0, right: int = 0) -> str:
    """Icon `name`, `size` pixels square; `left` and `right` add empty pixels beside it."""
    unit = 24 / size
    view = f"{-left * unit:g} 0 {24 + (left + right) * unit:g} 24"
    return _svg(size + left + right, size, view, _strokes(_inside(ICONS / f"{name}.svg"), colour, 2))


def _icon_within(name: str, box: int, size: float, colour: str, stroke: float) -> str:
    """Icon `name`, `size` pixels square, in the middle of a square of `box` pixels."""
    edge = (box - size) / 2
    placed = f' transform="translate({edge:g} {edge:g}) scale({size / 24:g})"'
    return _strokes(_inside(ICONS / f"{name}.svg"), colour, stroke, placed)


def chip_svg(name: str, box: int, size: int, radius: int, tint: str, colour: str) -> str:
    """An icon in the middle of a tinted square with round corners."""
    ground = f'<rect width="{box}" height="{box}" rx="{radius}" fill="{tint}"/>'
    return _svg(box, box, f"0 0 {box} {box}", ground + _icon_within(name, box, size, colour, 2))


def disc_svg(size: int, fill: str, edge: str, border: float, name: str = "", colour: str = "") -> str:
    """A filled circle, with an icon in it where `name` is given."""
    centre = f'cx="{size / 2:g}" cy="{size / 2:g}" r="{(size - border) / 2:g}"'
    shapes = f'<circle {centre} fill="{fill}" stroke="{edge}" stroke-width="{border:g}"/>'
    if name:
        shapes += _icon_within(name, size, size * 0.6, colour, 3)
    return _svg(size, size, f"0 0 {size} {size}", shapes)


def drawing_svg(name: str, width: int, colours: dict[str, str]) -> str:
    """A line drawing of `drawings/`; `{sky}` and the like in it are filled from `colours`."""
    shapes = re.sub(r"\{(\w+)\}", lambda m: colours[m[1]], _inside(DRAWINGS / f"{name}.svg"))
    return _svg(width, width * 3 // 4, "0 0 160 120", _strokes(shapes, colours["ink"], 3))


def veil_svg(width: int, height: int, colour: str, share: float) -> str:
    """A veil of `colour` to lay over a picture, through which the rest (of 1) is still seen."""
    return _svg(
        width,
        height,
        f"0 0 {width} {height}",
        f'<rect width="100%" height="100%" fill="{colour}" fill-opacity="{share:g}"/>',
    )


class Pictures:
    """Keeps what was drawn; one for a root window. Sizes are pixels of the screen, colours "#RRGGBB"."""

    def __init__(self, root: tkinter.Misc) -> None:
        self._root = root
        self._kept: dict[Hashable, tkinter.PhotoImage] = {}
        self._corners: dict[Hashable, Corners] = {}

    def __len__(self) -> int:
        """How many of Tk's pictures are kept."""
        return len(self._kept) + 4 * len(self._corners)

    def svg(self, key: Hashable, draw: Callable[[], str]) -> tkinter.PhotoImage:
        """The picture known by `key`; `draw` gives its SVG the first time."""
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._render(draw())
        return found

    def icon(self, name: str, size: int, colour: str, *, left: int = 0, right: int = 0) -> tkinter.PhotoImage:
        """See `icon_svg`."""
        key = ("icon", name, size, colour, left, right)
        return self.svg(key, lambda: icon_svg(name, size, colour, left=left, right=right))

    def chip(self, name: str, box: int, size: int, radius: int, tint: str, colour: str) -> tkinter.PhotoImage:
        """See `chip_svg`."""
        return self.svg(
            ("chip", name, box, size, tint, colour), lambda: chip_svg(name, box, size, radius, tint, colour)
        )

    def disc(
        self, size: int, fill: str, edge: str, border: int, name: str = "", colour: str = ""
    ) -> tkinter.PhotoImage:
        """See `disc_svg`."""
        return self.svg(
            ("disc", size, fill, edge, border, name, colour), lambda: disc_svg(size, fill, edge, border, name, colour)
        )

    def drawing(self, name: str, width: int, colours: dict[str, str]) -> tkinter.PhotoImage:
        """See `drawing_svg`."""
        return self.svg(("drawing", name, width, *colours.values()), lambda: drawing_svg(name, width, colours))

    def emblem(self, size: int, ink: str, diamond: str) -> tkinter.PhotoImage:
        """The emblem, `size` pixels square."""
        return self.svg(("emblem", size, ink, diamond), lambda: ornament.emblem_svg(size, ink, diamond))

    def band(self, width: int, height: int, ground: str, motif: str, diamond: str) -> tkinter.PhotoImage:
        """The ornament strip: whole periods, centred. One period is drawn and repeated by Tk, not by resvg.

        A period is rounded to whole pixels, so that all its repetitions are equally sharp.
        """
        key = ("band", width, height, ground, motif, diamond)
        found = self._kept.get(key)
        if found is None:
            period = round(ornament.BAND_PERIOD * height / ornament.BAND_HEIGHT)
            periods = max(1, (width - height) // period)
            margin = max(height, width - periods * period)
            left, end = margin // 2, margin // 2 + period * periods
            figure = ornament.band((period + margin) * ornament.BAND_PERIOD / period)
            svg = ornament.svg(figure, period + margin, height, stroke=motif, diamond=diamond, ground=ground)
            one = self._render(svg.replace("<svg ", '<svg preserveAspectRatio="none" ', 1))
            found = tkinter.PhotoImage(master=self._root, width=width, height=height)
            for source, until, start, stop in (
                (0, left, 0, left),
                (left, left + period, left, end),
                (left + period, period + margin, end, width),
            ):
                area = ("-from", source, 0, until, height, "-to", start, 0, stop, height)
                found.tk.call(found, "copy", one, *area)
            self._kept[key] = found
        return found

    def corners(self, radius: int, border: int, fill: str, edge: str, ground: str) -> Corners:
        """The four corners of a rounded rectangle of `fill` with a `border` of `edge`, on `ground`."""
        key = (radius, border, fill, edge, ground)
        found = self._corners.get(key)
        if found is None:
            side, inner = 2 * radius, 2 * (radius - border)
            outer = f'<rect width="{side}" height="{side}" rx="{radius}" fill="{edge if border else fill}"/>'
            round_inner = f'width="{inner}" height="{inner}" rx="{radius - border}"'
            shapes = f'<rect width="{side}" height="{side}" fill="{ground}"/>{outer}'
            shapes += f'<rect x="{border}" y="{border}" {round_inner} fill="{fill}"/>'
            whole = self._render(_svg(side, side, f"0 0 {side} {side}", shapes))
            found = (
                self._quarter(whole, 0, 0, radius),
                self._quarter(whole, radius, 0, radius),
                self._quarter(whole, 0, radius, radius),
                self._quarter(whole, radius, radius, radius),
            )
            self._corners[key] = found
        return found

    def png(self, data: bytes) -> tkinter.PhotoImage:
        """A picture from outside (a page's preview); not kept."""
        return tkinter.PhotoImage(master=self._root, data=data)

    def _quarter(self, whole: tkinter.PhotoImage, x: int, y: int, side: int) -> tkinter.PhotoImage:
        part = tkinter.PhotoImage(master=self._root, width=side, height=side)
        part.tk.call(part, "copy", whole, "-from", x, y, x + side, y + side)
        return part

    def _render(self, svg: str) -> tkinter.PhotoImage:
        return self.png(bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)))
