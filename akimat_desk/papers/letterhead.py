"""The head of an official paper: Kazakh on the left, the emblem, Russian on the right.

An akimat that has an official blank puts its picture in, and that replaces ours; the State emblem is never drawn by us.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from akimat_desk.papers.drawing import draw_figure, draw_picture_file
from akimat_desk.papers.look import DIAMOND, GOLD, INK, LEFT, MM, SKY, WIDTH
from akimat_desk.papers.ornament import emblem
from akimat_desk.papers.typefaces import BOLD, printable, register

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from akimat_desk.people.entries import ZoneContent

HEIGHT: Final = 28 * MM
"""From the upper margin down to the golden line."""
_EMBLEM: Final = 22 * MM
_SIDE: Final = 70 * MM
_SIZES: Final = (10.0, 9.5, 9.0, 8.5, 8.0)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Lines of the head as the akimat writes them in Kazakh and in Russian: oblast, district, whose office.

    They are typed once in the settings and never put together by the program: both languages inflect names.
    `blank` is a PNG or JPEG picture of the official blank's head; where there is one, it is drawn instead.
    """

    kk: tuple[str, ...]
    ru: tuple[str, ...]
    blank: bytes | None = None

    @classmethod
    def of_zone(cls, zone: ZoneContent) -> Letterhead:
        """The lines from the settings; where none were written, oblast, district and the room's name."""
        return cls(
            zone.letterhead_kk or tuple(line for line in (zone.oblast_kk, zone.district_kk, zone.name_kk) if line),
            zone.letterhead_ru or tuple(line for line in (zone.oblast_ru, zone.district_ru, zone.name_ru) if line),
        )


def draw_letterhead(canvas: Canvas, letterhead: Letterhead, top: float) -> None:
    """Draw the head between the margins, `HEIGHT` high, down from `top`."""
    register()
    bottom = top - HEIGHT
    if letterhead.blank is not None:
        draw_picture_file(canvas, BytesIO(letterhead.blank), LEFT, bottom + 3 * MM, WIDTH, HEIGHT - 3 * MM)
    else:
        middle = LEFT + WIDTH / 2
        draw_figure(
            canvas, emblem(full=False), middle - _EMBLEM / 2, top - _EMBLEM, _EMBLEM, stroke=SKY, diamond=DIAMOND
        )
        _draw_side(canvas, letterhead.kk, LEFT + _SIDE / 2, top - _EMBLEM / 2)
        _draw_side(canvas, letterhead.ru, LEFT + WIDTH - _SIDE / 2, top - _EMBLEM / 2)
    canvas.saveState()
    canvas.setFillColor(SKY)
    canvas.rect(LEFT, bottom + 0.6 * MM, WIDTH, 0.8 * MM, stroke=0, fill=1)
    canvas.setFillColor(GOLD)
    canvas.rect(LEFT, bottom - 0.25 * MM, WIDTH, 0.25 * MM, stroke=0, fill=1)
    canvas.restoreState()


def _draw_side(canvas: Canvas, lines: tuple[str, ...], middle: float, centre: float) -> None:
    """`lines` in capitals about the point (`middle`, `centre`), smaller and broken where they need it."""
    from reportlab.lib.utils import simpleSplit

    capitals = [printable(line).upper() for line in lines]
    for size in _SIZES:
        broken = [part for line in capitals for part in simpleSplit(line, BOLD, size, _SIDE)]
        if len(broken) == len(capitals):
            break
    leading = size * 1.3
    y = centre + len(broken) * leading / 2 - size
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, size)
    for line in broken:
        canvas.drawCentredString(middle, y, line)
        y -= leading
