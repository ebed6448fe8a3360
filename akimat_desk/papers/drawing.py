"""What every PDF draws the same way: the ornament and QR codes, as vectors."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from akimat_desk.papers.ornament import Figure
from akimat_desk.papers.qr import Qr

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def draw_figure(
    canvas: Canvas, figure: Figure, x: float, y: float, height: float, *, stroke: str, diamond: str
) -> None:
    """`figure` with its left lower corner at (`x`, `y`), `height` high; colours as "#RRGGBB"."""
    from reportlab.lib.colors import HexColor

    scale = height / figure.height
    canvas.saveState()
    canvas.translate(x, y)
    canvas.scale(scale, scale)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    canvas.setStrokeColor(HexColor(stroke))
    canvas.setFillColor(HexColor(diamond))
    for line in figure.strokes:
        path = canvas.beginPath()
        path.moveTo(*line.start)
        for one, two, end in line.curves:
            path.curveTo(*one, *two, *end)
        canvas.setLineWidth(line.width)
        canvas.drawPath(path, stroke=1, fill=0)
    for square in figure.diamonds:
        path = canvas.beginPath()
        path.moveTo(*square.corners[0])
        for corner in square.corners[1:]:
            path.lineTo(*corner)
        path.close()
        canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def draw_code(canvas: Canvas, code: Qr, x: float, y: float, size: float) -> None:
    """The dark square of `code` with its left lower corner at (`x`, `y`), `size` wide; the white round it is yours.

    One path, and modules side by side as one box: no hair lines between them in any viewer.
    """
    from reportlab.lib.colors import black

    module = size / code.modules
    canvas.saveState()
    canvas.setFillColor(black)
    path = canvas.beginPath()
    for row, modules in enumerate(code.rows):
        start: int | None = None
        for column, dark in enumerate((*modules, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                path.rect(x + start * module, y + size - (row + 1) * module, (column - start) * module, module)
                start = None
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def draw_picture_file(canvas: Canvas, picture: BinaryIO, x: float, y: float, width: float, height: float) -> None:
    """A PNG or JPEG, as large as fits undistorted into the box whose left lower corner is (`x`, `y`), in its middle."""
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(picture), x, y, width, height, mask="auto", preserveAspectRatio=True, anchor="c")
