"""Charts on a sheet: lying bars to compare things, standing columns where time runs from left to right.

Both read well from a grey printer: one hue, and every figure that matters is written beside its bar.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from akimat_desk.papers.look import EDGE, HINT_SIZE, INK, INK2, MM, SKY, SMALLEST_SIZE, WIDTH
from akimat_desk.papers.typefaces import BOLD, REGULAR, printable, register

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

_ROW: Final = 6.5 * MM
_BAR: Final = 4.2 * MM
_LABELS: Final = 60 * MM
_GAP: Final = 2 * MM


class PaperBar(NamedTuple):
    """One bar: `shown` is the value as it is written. `low` and `high` draw the interval it may lie in."""

    label: str
    value: float
    shown: str = ""
    low: float | None = None
    high: float | None = None


def bars(rows: Sequence[PaperBar]) -> list[Flowable]:
    """Lying bars, label left, value at the bar's end."""
    if not rows:
        return []
    height = _ROW * len(rows)

    def draw(canvas: Canvas) -> None:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        values = max(stringWidth(printable(row.shown), BOLD, HINT_SIZE) for row in rows)
        room = WIDTH - _LABELS - values - 2 * _GAP
        most = max(row.value for row in rows) or 1
        for number, row in enumerate(rows):
            y = height - number * _ROW - (_ROW + _BAR) / 2
            _write(canvas, row.label, 0, y + 1 * MM)
            long = room * row.value / most
            canvas.setFillColor(SKY)
            canvas.rect(_LABELS, y, long, _BAR, stroke=0, fill=1)
            _write(canvas, row.shown, _LABELS + long + _GAP, y + 1 * MM, bold=True)

    return [_drawn(height, draw)]


def columns(rows: Sequence[PaperBar], *, height_mm: float = 42, most: float = 0) -> list[Flowable]:
    """Standing columns over a base line; as many labels as have room, the value over the highest and where told.

    `most` is the value of the full height; without it the highest column's.
    """
    if not rows:
        return []
    height, foot, head = height_mm * MM, 5 * MM, 5 * MM

    def draw(canvas: Canvas) -> None:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        step = WIDTH / len(rows)
        full = most or max(max(row.value, row.high or 0) for row in rows) or 1
        scale = (height - foot - head) / full
        widest = max(stringWidth(printable(row.label), REGULAR, SMALLEST_SIZE) for row in rows) + 2 * MM
        every = max(1, -int(-widest // step))
        highest = max(range(len(rows)), key=lambda number: rows[number].value)
        for number, row in enumerate(rows):
            middle, top = (number + 0.5) * step, foot + row.value * scale
            wide = min(step * 0.7, 12 * MM)
            canvas.setFillColor(SKY)
            canvas.rect(middle - wide / 2, foot, wide, row.value * scale, stroke=0, fill=1)
            if row.low is not None and row.high is not None:
                canvas.setStrokeColor(INK)
                canvas.setLineWidth(1)
                low, top = foot + row.low * scale, foot + row.high * scale
                canvas.line(middle, low, middle, top)
                for y in (low, top):
                    canvas.line(middle - 1.2 * MM, y, middle + 1.2 * MM, y)
            if row.shown and (number == highest or step > 14 * MM):
                _centre(canvas, row.shown, middle, top + 1.2 * MM, INK, BOLD)
            if number % every == 0:
                _centre(canvas, row.label, middle, 1 * MM, INK2, REGULAR)
        canvas.setStrokeColor(EDGE)
        canvas.setLineWidth(0.75)
        canvas.line(0, foot, WIDTH, foot)

    return [_drawn(height, draw)]


def _drawn(height: float, drawing: Callable[[Canvas], None]) -> Flowable:
    from reportlab.platypus import Flowable

    register()

    class Chart(Flowable):
        def __init__(self) -> None:
            super().__init__()
            self.width, self.height = WIDTH, height
            self.spaceAfter = 3 * MM

        def draw(self) -> None:
            self.canv.saveState()
            drawing(self.canv)
            self.canv.restoreState()

    return Chart()


def _write(canvas: Canvas, text: str, x: float, y: float, *, bold: bool = False) -> None:
    canvas.setFillColor(INK)
    canvas.setFont(BOLD if bold else REGULAR, HINT_SIZE)
    canvas.drawString(x, y, printable(text))


def _centre(canvas: Canvas, text: str, x: float, y: float, colour: str, face: str) -> None:
    canvas.setFillColor(colour)
    canvas.setFont(face, SMALLEST_SIZE)
    canvas.drawCentredString(x, y, printable(text))
