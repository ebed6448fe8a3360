"""Draws a receipt: one black-and-white picture for a receipt printer, or a sheet where there is none."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.papers.drawing import draw_code, draw_figure
from akimat_desk.papers.ornament import EMBLEM_BOX, FULL_CURL_FROM_PX, emblem, flattened
from akimat_desk.papers.receipt import (
    DOTS_PER_MM,
    MARGIN,
    WIDE,
    Block,
    Dots,
    Layout,
    Placed,
    PlacedCode,
    PlacedEmblem,
    PlacedRule,
    PlacedText,
    Receipt,
    lay_out,
)
from akimat_desk.papers.typefaces import BOLD, REGULAR, face, register

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from reportlab.pdfgen.canvas import Canvas

_WHITE, _BLACK = 255, 0
_DARK_TO: Final = 140
"""A grey pixel up to this light becomes black: keeps thin strokes whole at 203 dots an inch."""
_FINER: Final = 4

_MM: Final = 72 / 25.4
_A6: Final = (105.0, 148.0)
_A4: Final = (210.0, 297.0)
_EDGE: Final = 8.0
"""Millimetres left white at each edge: more than office printers leave unprinted."""
_LARGEST, _SMALLEST = 1.2, 0.75
"""How much a receipt may grow or shrink against its 72 mm, to fill a quarter of a sheet or to fit in it."""


def draw_picture(receipt: Receipt, dots: Dots) -> Image:
    """The receipt as a picture of mode "1", `dots` wide and as high as it needs."""
    from PIL import Image, ImageDraw

    layout = lay_out(receipt, dots)
    picture = Image.new("L", (layout.width, layout.height), _WHITE)
    draw = ImageDraw.Draw(picture)
    top = MARGIN
    for block in layout.blocks:
        for item in block.items:
            _draw(picture, draw, item, top)
        top += block.height
    return picture.point(lambda grey: _BLACK if grey <= _DARK_TO else _WHITE).convert("1")


def _draw(picture: Image, draw: ImageDraw, item: Placed, top: int) -> None:
    match item:
        case PlacedText(x, baseline, text, size, bold):
            draw.text((round(x), top + baseline), text, _BLACK, font=face(size, bold=bold), anchor="ls")
        case PlacedRule(left, right, y, dash, thickness):
            for x in range(left, right, dash + dash // 2):
                draw.rectangle((x, top + y, min(x + dash, right) - 1, top + y + thickness - 1), _BLACK)
        case PlacedCode(x, y, module, code):
            for row, modules in enumerate(code.rows):
                for column, dark in enumerate(modules):
                    if dark:
                        left, upper = x + column * module, top + y + row * module
                        draw.rectangle((left, upper, left + module - 1, upper + module - 1), _BLACK)
        case PlacedEmblem(x, y, size):
            picture.paste(_emblem_picture(size), (x, top + y))


def _emblem_picture(size: int) -> Image:
    from PIL import Image, ImageDraw

    figure = emblem(full=size >= FULL_CURL_FROM_PX)
    scale = size * _FINER / EMBLEM_BOX
    large = Image.new("L", (size * _FINER, size * _FINER), _WHITE)
    draw = ImageDraw.Draw(large)

    def point(at: tuple[float, float]) -> tuple[float, float]:
        return at[0] * scale, (EMBLEM_BOX - at[1]) * scale

    for stroke in figure.strokes:
        half = stroke.width * scale / 2
        points = [point(at) for at in flattened(stroke, 24)]
        draw.line(points, _BLACK, round(2 * half), joint="curve")
        for x, y in (points[0], points[-1]):
            draw.ellipse((x - half, y - half, x + half, y + half), _BLACK)
    for diamond in figure.diamonds:
        draw.polygon([point(corner) for corner in diamond.corners], _BLACK)
    return large.resize((size, size), Image.Resampling.LANCZOS)


def draw_pdf(receipt: Receipt, page: Literal["A4", "A6"], *, title: str = "") -> bytes:
    """The same receipt on a sheet: on A6 alone; on A4 in the upper left corner, with a line to cut along.

    A receipt too long for the sheet runs down columns as wide as A6, on as many pages as it needs.
    """
    from reportlab.pdfgen.canvas import Canvas

    register()
    width, height = _A6 if page == "A6" else _A4
    file = BytesIO()
    canvas = Canvas(file, pagesize=(width * _MM, height * _MM), invariant=1)
    canvas.setTitle(title)
    layout = lay_out(receipt, WIDE)
    longest = (height - 2 * _EDGE) * DOTS_PER_MM
    scale = min(_LARGEST, longest / layout.height)
    if scale >= _SMALLEST:
        _draw_column(canvas, layout.blocks, layout, scale, left=0, page_height=height)
        if page == "A4":
            _cut_lines(canvas, down=_EDGE + layout.height * scale / DOTS_PER_MM)
    else:
        columns = round(width / _A6[0])
        for number, blocks in enumerate(_columns(layout, longest)):
            if number and number % columns == 0:
                canvas.showPage()
            _draw_column(canvas, blocks, layout, 1, left=number % columns * _A6[0], page_height=height)
            if page == "A4":
                _cut_lines(canvas, down=height)
    canvas.save()
    return file.getvalue()


def _columns(layout: Layout, longest: float) -> list[tuple[Block, ...]]:
    columns: list[list[Block]] = [[]]
    height = 0
    for block in layout.blocks:
        if columns[-1] and height + block.height > longest:
            columns.append([])
            height = 0
        columns[-1].append(block)
        height += block.height
    return [tuple(column) for column in columns]


def _draw_column(
    canvas: Canvas, blocks: tuple[Block, ...], layout: Layout, scale: float, *, left: float, page_height: float
) -> None:
    """`blocks` down from the upper edge, centred in a column as wide as A6 that begins `left` mm from the left."""
    unit = scale / DOTS_PER_MM
    canvas.saveState()
    # From here on: dots of the receipt, y still upwards from the upper edge.
    canvas.translate((left + (_A6[0] - layout.width * unit) / 2) * _MM, (page_height - _EDGE) * _MM)
    canvas.scale(unit * _MM, unit * _MM)
    top = 0
    for block in blocks:
        for item in block.items:
            _draw_item(canvas, item, top)
        top += block.height
    canvas.restoreState()


def _draw_item(canvas: Canvas, item: Placed, top: int) -> None:
    match item:
        case PlacedText(x, baseline, text, size, bold):
            canvas.setFont(BOLD if bold else REGULAR, size)
            canvas.drawString(x, -top - baseline, text)
        case PlacedRule(left, right, y, dash, thickness):
            canvas.setLineWidth(thickness)
            canvas.setDash(dash, dash // 2)
            canvas.line(left, -top - y, right, -top - y)
            canvas.setDash()
        case PlacedCode(x, y, module, code):
            draw_code(canvas, code, x, -top - y - module * code.modules, module * code.modules)
        case PlacedEmblem(x, y, size):
            draw_figure(canvas, emblem(), x, -top - y - size, size, stroke="#000000", diamond="#000000")


def _cut_lines(canvas: Canvas, *, down: float) -> None:
    """Fine dashes on A4 beside the left column and `down` mm from the upper edge, where scissors go."""
    right, top = _A6[0] * _MM, _A4[1] * _MM
    canvas.setLineWidth(0.5)
    canvas.setDash(2, 3)
    canvas.line(right, top, right, top - down * _MM)
    if down < _A4[1]:
        canvas.line(0, top - down * _MM, right, top - down * _MM)
    canvas.setDash()
