"""Makes an A4 document: letterhead, body that flows over pages, foot with QR code, page numbers.

The body is a list of flowables from `papers.flow`. The same input gives the same bytes, whatever the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.words import Translator
from akimat_desk.papers.drawing import draw_code
from akimat_desk.papers.letterhead import HEIGHT as LETTERHEAD_HEIGHT
from akimat_desk.papers.letterhead import Letterhead, draw_letterhead
from akimat_desk.papers.look import (
    A4_HEIGHT,
    A4_WIDTH,
    BOTTOM,
    EDGE,
    HINT_SIZE,
    INK,
    INK2,
    LEFT,
    MM,
    RIGHT,
    SMALLEST_SIZE,
    TOP,
    WIDTH,
)
from akimat_desk.papers.qr import Qr, qr
from akimat_desk.papers.typefaces import BOLD, REGULAR, printable, register

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

_CODE: Final = 22 * MM
_FOOT: Final = _CODE + 4 * MM
"""From the lower margin to the line above the foot of the first page."""
_LATER_FOOT: Final = 6 * MM
_GAP: Final = 7 * MM


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot of the first page: `code` as a QR code, beside it a heading and how to use it."""

    code: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything round the body.

    `title` is the document's name in a viewer. `running` stands at the head of every following page: the number, by
    which a lost sheet finds home. Without `foot` there is no QR code.
    """

    title: str
    letterhead: Letterhead | None = None
    foot: Foot | None = None
    running: str = ""


def make_pdf(frame: Frame, body: Sequence[Flowable], words: Translator) -> bytes:
    """The document as PDF bytes, its own texts in the language of `words`. Letters are embedded."""
    from reportlab.platypus import BaseDocTemplate, NextPageTemplate, PageTemplate
    from reportlab.platypus.frames import Frame as Area

    register()
    file = BytesIO()
    code = qr(frame.foot.code) if frame.foot else None
    head = LETTERHEAD_HEIGHT + _GAP if frame.letterhead else 0
    foot = (_FOOT if frame.foot else _LATER_FOOT) + _GAP / 2

    def first_page(canvas: Canvas, _document: object) -> None:
        if frame.letterhead is not None:
            draw_letterhead(canvas, frame.letterhead, A4_HEIGHT - TOP)
        if frame.foot is not None and code is not None:
            _draw_foot(canvas, frame.foot, code)

    def later_page(canvas: Canvas, _document: object) -> None:
        _draw_running(canvas, frame.running or frame.title)

    def area(name: str, above: float, below: float) -> Area:
        height = A4_HEIGHT - TOP - above - BOTTOM - below
        return Area(LEFT, BOTTOM + below, WIDTH, height, 0, 0, 0, 0, id=name)

    document = BaseDocTemplate(file, title=printable(frame.title), lang=words.language, invariant=1)
    document.addPageTemplates(
        [
            PageTemplate("first", [area("first", head, foot)], onPage=first_page, pagesize=(A4_WIDTH, A4_HEIGHT)),
            PageTemplate(
                "later",
                [area("later", 8 * MM, _LATER_FOOT + _GAP / 2)],
                onPage=later_page,
                pagesize=(A4_WIDTH, A4_HEIGHT),
            ),
        ]
    )
    document.build([NextPageTemplate("later"), *body], canvasmaker=_numbering(words))
    return file.getvalue()


def _numbering(words: Translator) -> type[Canvas]:
    """A canvas that writes "Page 1 of 3" last, when it knows how many there are."""
    from reportlab.pdfgen.canvas import Canvas

    class Numbering(Canvas):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self._kept: list[dict[str, Any]] = []

        def showPage(self) -> None:
            self._kept.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            for number, state in enumerate(self._kept, start=1):
                self.__dict__.update(state)
                label = words("Page {n} of {all}", n=number, all=len(self._kept))
                self.setFont(REGULAR, HINT_SIZE)
                self.setFillColor(INK2)
                self.drawRightString(A4_WIDTH - RIGHT, BOTTOM + 1 * MM, printable(label))
                super().showPage()
            super().save()

    return Numbering


def _draw_foot(canvas: Canvas, foot: Foot, code: Qr) -> None:
    from reportlab.lib.utils import simpleSplit

    _draw_line(canvas, BOTTOM + _FOOT)
    draw_code(canvas, code, LEFT, BOTTOM, _CODE)
    left = LEFT + _CODE + 4 * MM
    room = A4_WIDTH - RIGHT - left
    heading = simpleSplit(printable(foot.heading), BOLD, HINT_SIZE, room)
    text = simpleSplit(printable(foot.text), REGULAR, HINT_SIZE, room)
    leading = HINT_SIZE * 1.4
    y = BOTTOM + _CODE - 4 * MM - HINT_SIZE * 0.7
    canvas.setFillColor(INK)
    for face, lines in ((BOLD, heading), (REGULAR, text)):
        canvas.setFont(face, HINT_SIZE)
        for line in lines:
            canvas.drawString(left, y, line)
            y -= leading


def _draw_running(canvas: Canvas, text: str) -> None:
    canvas.setFont(REGULAR, SMALLEST_SIZE)
    canvas.setFillColor(INK2)
    canvas.drawString(LEFT, A4_HEIGHT - TOP - SMALLEST_SIZE, printable(text))
    _draw_line(canvas, A4_HEIGHT - TOP - 4.5 * MM)


def _draw_line(canvas: Canvas, y: float) -> None:
    canvas.setStrokeColor(EDGE)
    canvas.setLineWidth(0.75)
    canvas.line(LEFT, y, A4_WIDTH - RIGHT, y)
