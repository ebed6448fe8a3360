"""The pieces a document's body is made of. Text is plain: what a person typed is never taken for markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal
from xml.sax.saxutils import escape

from akimat_desk.papers.look import (
    BODY_SIZE,
    EDGE,
    HINT_SIZE,
    INK,
    INK2,
    LEADING,
    MM,
    TINT,
    TITLE_SIZE,
    WIDTH,
)
from akimat_desk.papers.typefaces import BOLD, REGULAR, printable, register

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Flowable, Paragraph

Align = Literal["left", "center", "right"]
_ALIGNMENTS: Final[dict[Align, Literal[0, 1, 2]]] = {"left": 0, "center": 1, "right": 2}

_LABELS: Final = 45 * MM
_LABEL_GAP: Final = 3 * MM
_SMALLEST_HEAD: Final = 6.5


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its head, `width` in millimetres (0: what the others leave), bold or right-aligned cells."""

    head: str
    width: float = 0
    bold: bool = False
    right: bool = False


def title(text: str) -> list[Flowable]:
    """The paper's name, in capitals, centred."""
    return [_paragraph(text.upper(), size=TITLE_SIZE, bold=True, align="center", after=4 * MM, leading=1.25)]


def under_title(left: str, middle: str, right: str) -> list[Flowable]:
    """Date, number and place in one line."""
    cells = [
        _paragraph(left),
        _paragraph(middle, bold=True, align="center"),
        _paragraph(right, align="right"),
    ]
    return [_grid([cells], [WIDTH * share for share in (0.31, 0.38, 0.31)], after=6 * MM)]


def facts(rows: Sequence[tuple[str, str]], *, halves: bool = False) -> list[Flowable]:
    """Labels and what they say, one under another; with `halves` the later ones beside the earlier."""
    if not rows:
        return []
    if halves:
        high = -(-len(rows) // 2)
        beside = [*rows[high:], ("", "")]
        lines = [(*row, *beside[min(number, len(beside) - 1)]) for number, row in enumerate(rows[:high])]
        widths = [0.31 * WIDTH, 0.19 * WIDTH] * 2
        both = [[_paragraph(text, colour=INK if at % 2 else INK2) for at, text in enumerate(line)] for line in lines]
        gaps = [("RIGHTPADDING", (at, 0), (at, -1), _LABEL_GAP) for at in (0, 2)]
        return [_grid(both, widths, bottom=1.2 * MM, after=3 * MM, style=gaps)]
    cells = [[_paragraph(label, colour=INK2), _paragraph(value)] for label, value in rows]
    gap = [("RIGHTPADDING", (0, 0), (0, -1), _LABEL_GAP)]
    return [_grid(cells, [_LABELS, WIDTH - _LABELS], bottom=1.2 * MM, after=3 * MM, style=gap)]


_FIRST_ROWS: Final = 45 * MM
"""The room a heading, a table's head and two long rows need, or five lines of text."""


def section(text: str, *, splits: bool = False) -> list[Flowable]:
    """A heading that stays with what follows; with the first lines of it where that `splits`: a table or a long text
    that may go over several pages.
    """
    from reportlab.platypus import CondPageBreak

    heading = _paragraph(text, bold=True, before=4 * MM, after=1.5 * MM, keep=not splits)
    return [CondPageBreak(_FIRST_ROWS), heading] if splits else [heading]


def paragraph(text: str, *, hint: bool = False, small: bool = False, bold: bool = False) -> list[Flowable]:
    """Running text; a line break in it stays. `hint` is small and grey, `small` is small only."""
    size = HINT_SIZE if hint or small else BODY_SIZE
    return [_paragraph(text, size=size, colour=INK2 if hint else INK, bold=bold, after=1.5 * MM)]


def numbered(items: Sequence[str]) -> list[Flowable]:
    """Steps in their order: 1. 2. 3."""
    if not items:
        return []
    cells = [[_paragraph(f"{number}."), _paragraph(item)] for number, item in enumerate(items, start=1)]
    return [_grid(cells, [8 * MM, WIDTH - 8 * MM], bottom=1 * MM, after=2 * MM)]


def space(millimetres: float) -> list[Flowable]:
    """Nothing, so many millimetres high."""
    from reportlab.platypus import Spacer

    return [Spacer(1, millimetres * MM)]


def side_by_side(left: Sequence[Flowable], right: Sequence[Flowable], *, gap: float = 8) -> list[Flowable]:
    """Two columns of equal width, `gap` millimetres apart: Kazakh and Russian of one text."""
    width = (WIDTH - gap * MM) / 2
    return [_grid([[list(left), "", list(right)]], [width, gap * MM, width])]


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, dense: bool = False) -> list[Flowable]:
    """A ruled table. Its head is repeated on each page, and a cell longer than a page goes on in the next one.

    `dense` is for registers and reports: smaller letters, 38 rows to a page instead of 28.
    """
    from reportlab.platypus import Table

    register()
    widths = _widths(columns)
    size, padding, above, below = (9.5, 1.6 * MM, 0.9 * MM, 1.3 * MM) if dense else (11, 2.2 * MM, 1.4 * MM, 2 * MM)
    head_size = _head_size(columns, [width - 2 * padding for width in widths], min(size, 10))
    head = [_paragraph(column.head, size=head_size, bold=True, align=_align(column)) for column in columns]
    cells: list[list[Any]] = [head]
    for row in rows:
        cells.append(
            [
                _cell(text, width - 2 * padding, column, size)
                for text, width, column in zip(row, widths, columns, strict=True)
            ]
        )
    style: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.6, EDGE),
        ("BACKGROUND", (0, 0), (-1, 0), TINT),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("FONTSIZE", (0, 0), (-1, -1), size),
        ("LEADING", (0, 0), (-1, -1), size * LEADING),
        ("LEFTPADDING", (0, 0), (-1, -1), padding),
        ("RIGHTPADDING", (0, 0), (-1, -1), padding),
        ("TOPPADDING", (0, 0), (-1, -1), above),
        ("BOTTOMPADDING", (0, 0), (-1, -1), below),
    ]
    for number, column in enumerate(columns):
        style.append(("FONTNAME", (number, 1), (number, -1), BOLD if column.bold else REGULAR))
        style.append(("ALIGN", (number, 0), (number, -1), "RIGHT" if column.right else "LEFT"))
    return [
        Table(cells, colWidths=widths, repeatRows=1, splitInRow=1, style=style, spaceBefore=1 * MM, spaceAfter=3 * MM)
    ]


def together(*pieces: Flowable) -> list[Flowable]:
    """All on one page, where one page has room for them. What was kept together before goes in piece by piece: in one
    another they would always begin a new page.
    """
    from reportlab.platypus import KeepTogether

    flat: list[Flowable] = []
    for one in pieces:
        flat += one._content if isinstance(one, KeepTogether) else [one]  # type: ignore[attr-defined]
    return [KeepTogether(flat)]


def signatures(heading: str, rows: Sequence[tuple[str, str]]) -> list[Flowable]:
    """A heading and who signs: role, a line for the pen, name. All on one page."""
    from reportlab.platypus import KeepTogether

    if not rows:
        return []
    widths = [50 * MM, 50 * MM, 5 * MM, WIDTH - 105 * MM]
    cells = [[_paragraph(role), "", "", _paragraph(_in_lines(name, widths[-1]))] for role, name in rows]
    lines = [("LINEBELOW", (1, row), (1, row), 0.75, INK) for row in range(len(rows))]
    grid = _grid(cells, widths, top=3.5 * MM, bottom=0.5 * MM, style=[*lines, ("VALIGN", (0, 0), (-1, -1), "BOTTOM")])
    return [KeepTogether([_paragraph(heading, bold=True, before=4 * MM), grid])]


def _in_lines(name: str, room: float) -> str:
    """A double surname that is too long for one line goes on after its hyphen."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    register()
    return name if stringWidth(printable(name), REGULAR, BODY_SIZE) <= room else name.replace("-", "-\n")


def _head_size(columns: Sequence[Column], rooms: Sequence[float], size: float) -> float:
    """The size at which no word of a head is broken."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    for column, room in zip(columns, rooms, strict=True):
        longest = max((stringWidth(word, BOLD, size) for word in printable(column.head).split()), default=0)
        if longest > room:
            size *= 0.99 * room / longest  # a hair less: what fits to the last digit may be broken yet
    return max(_SMALLEST_HEAD, size)


def _cell(text: str, room: float, column: Column, size: float) -> Any:
    """Plain text where it fits in one line: a long table is then made many times faster."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    plain = printable(text)
    if "\n" not in plain and stringWidth(plain, BOLD if column.bold else REGULAR, size) <= room:
        return plain
    return _paragraph(text, size=size, bold=column.bold, align=_align(column))


def _align(column: Column) -> Align:
    return "right" if column.right else "left"


def _widths(columns: Sequence[Column]) -> list[float]:
    free = WIDTH - sum(column.width for column in columns) * MM
    sharing = sum(1 for column in columns if not column.width)
    return [column.width * MM if column.width else free / sharing for column in columns]


def _grid(
    cells: Sequence[Sequence[Any]],
    widths: Sequence[float],
    *,
    top: float = 0,
    bottom: float = 0,
    after: float = 0,
    style: Sequence[tuple[Any, ...]] = (),
) -> Flowable:
    """Cells without lines."""
    from reportlab.platypus import Table

    plain = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), top),
        ("BOTTOMPADDING", (0, 0), (-1, -1), bottom),
    ]
    return Table(
        [list(row) for row in cells], colWidths=list(widths), style=[*plain, *style], splitInRow=1, spaceAfter=after
    )


def _paragraph(
    text: str,
    *,
    size: float = BODY_SIZE,
    bold: bool = False,
    colour: str = INK,
    align: Align = "left",
    before: float = 0,
    after: float = 0,
    keep: bool = False,
    leading: float = LEADING,
) -> Paragraph:
    from reportlab.platypus import Paragraph

    style = _style(size, bold, colour, align, before, after, keep, leading)
    return Paragraph(escape(printable(text)).replace("\n", "<br/>"), style)


@cache
def _style(
    size: float, bold: bool, colour: str, align: Align, before: float, after: float, keep: bool, leading: float
) -> ParagraphStyle:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    register()
    return ParagraphStyle(
        "text",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=size * leading,
        textColor=HexColor(colour),
        alignment=_ALIGNMENTS[align],
        spaceBefore=before,
        spaceAfter=after,
        keepWithNext=keep,
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
    )
