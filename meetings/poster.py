"""The poster for the door: when residents are received, in Kazakh and Russian, a page a series.

Only what people are told stands on it. It reads well from a grey printer: a date that was moved says so in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import format_date, format_range, format_weekday, month_forms
from akimat_desk.base.words import N_, Translator
from akimat_desk.papers.drawing import draw_figure
from akimat_desk.papers.look import A4_HEIGHT, A4_WIDTH, DIAMOND, GOLD, INK, INK2, MM, SKY, TINT
from akimat_desk.papers.ornament import band, emblem
from akimat_desk.papers.typefaces import BOLD, REGULAR, printable, register
from meetings.plan import clock_of
from meetings.words import tell_rule

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from akimat_desk.base.words import Language
    from meetings.content import SeriesContent
    from meetings.rules import Occurrence

_MARGIN: Final = 16 * MM
_HEAD: Final = 50 * MM
_BAND: Final = 9 * MM
_ROW: Final = 15.5 * MM
_IN_A_COLUMN: Final = 7
"""Rows a column holds, a year's heading counted as one; both columns hold a year of months."""
_WIDTH: Final = A4_WIDTH - 2 * _MARGIN
_COLUMN: Final = (_WIDTH - 8 * MM) / 2

_INSTEAD: Final = N_("instead of {date}")
_NOT_HELD: Final = N_("not held")
_EXCEPT: Final = N_("Other days")
_ALWAYS: Final = N_("There are no other days in the plan.")
_MAY_CHANGE: Final = N_("If a day is moved, a new sheet hangs here. This one is of {date}.")


@dataclass(frozen=True, slots=True)
class Poster:
    """What a page says: the series, its dates as people are told them, whose door it hangs on, and since when."""

    content: SeriesContent
    occurrences: Sequence[Occurrence]
    place_kk: str
    place_ru: str
    made_on: date


def poster_pdf(posters: Sequence[Poster], words: Translator) -> bytes:
    """The posters as PDF bytes, a page each; the same input gives the same bytes. Letters are embedded."""
    from reportlab.pdfgen.canvas import Canvas

    register()
    out = BytesIO()
    canvas = Canvas(out, pagesize=(A4_WIDTH, A4_HEIGHT), invariant=1, lang="kk")
    kk, ru = words.in_language("kk"), words.in_language("ru")
    canvas.setTitle(printable(kk(N_("Receptions and meetings"))))
    for poster in posters:
        _page(canvas, poster, kk, ru)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _page(canvas: Canvas, poster: Poster, kk: Translator, ru: Translator) -> None:
    _head(canvas, poster, kk, ru)
    content = poster.content
    y = A4_HEIGHT - _HEAD - _BAND - 12 * MM
    times = format_range(clock_of(content.start), clock_of(content.end))
    for words, size, colour in ((kk, 21.0, INK), (ru, 13.5, INK2)):
        rule = tell_rule(content.rule, words)
        _line(
            canvas, f"{rule[:1].upper()}{rule[1:]}, {times}", BOLD if words is kk else REGULAR, size, _MARGIN, y, colour
        )
        y -= size * 1.55
    y -= 2 * MM
    for words, size, colour in ((kk, 14.0, INK), (ru, 11.5, INK2)):
        official, place = content.official(words.language), content.place(words.language)
        _line(canvas, " · ".join(filter(None, (official, place))), REGULAR, size, _MARGIN, y, colour)
        y -= size * 1.6
    y -= 6 * MM
    _dates(canvas, poster, kk, ru, y)
    _foot(canvas, poster, kk, ru)


def _head(canvas: Canvas, poster: Poster, kk: Translator, ru: Translator) -> None:
    bottom = A4_HEIGHT - _HEAD
    canvas.setFillColor(SKY)
    canvas.rect(0, bottom, A4_WIDTH, _HEAD, stroke=0, fill=1)
    high = 28 * MM
    draw_figure(canvas, emblem(), _MARGIN, bottom + (_HEAD - high) / 2, high, stroke="#FFFFFF", diamond=DIAMOND)
    left = _MARGIN + high + 8 * MM
    room = A4_WIDTH - _MARGIN - left
    middle = bottom + _HEAD / 2
    _line(canvas, poster.content.title(kk), BOLD, 26, left, middle + 13, "#FFFFFF", room)
    _line(canvas, poster.content.title(ru), REGULAR, 16, left, middle - 10, "#FFFFFF", room)
    where = " · ".join(dict.fromkeys(filter(None, (poster.place_kk, poster.place_ru))))
    _line(canvas, where, REGULAR, 11.5, left, middle - 30, "#FFFFFF", room)
    canvas.setFillColor("#08475B")
    canvas.rect(0, bottom - _BAND, A4_WIDTH, _BAND, stroke=0, fill=1)
    figure = band(A4_WIDTH * 22 / _BAND)
    wide = figure.width * _BAND / figure.height
    draw_figure(canvas, figure, (A4_WIDTH - wide) / 2, bottom - _BAND, _BAND, stroke="#5FA3B8", diamond="#E8B552")


def _dates(canvas: Canvas, poster: Poster, kk: Translator, ru: Translator, top: float) -> None:
    """Every month's date; of a weekly series only the days that are not the usual ones."""
    shown = list(poster.occurrences)
    if poster.content.every == "week":
        shown = [one for one in shown if one.held_on != one.of]
        label = _EXCEPT if shown else _ALWAYS
        _line(canvas, f"{kk(label)} · {ru(label)}", BOLD, 12, _MARGIN, top, INK)
        top -= 9 * MM
    rows: list[int | Occurrence] = []
    for one in shown:
        year = (one.held_on or one.of).year
        if year not in rows:
            rows.append(year)
        rows.append(one)
    half = max(_IN_A_COLUMN, -(-len(rows) // 2))
    step = min(_ROW, (top - 32 * MM) / half)
    for number, row in enumerate(rows[: 2 * half]):
        column, place = divmod(number, half)
        x, y = _MARGIN + column * (_COLUMN + 8 * MM), top - place * step
        if isinstance(row, int):
            _line(canvas, str(row), BOLD, 14, x, y - step * 0.55, GOLD)
        else:
            _date(canvas, row, kk, ru, x, y, step)


def _date(canvas: Canvas, one: Occurrence, kk: Translator, ru: Translator, x: float, top: float, step: float) -> None:
    day = one.held_on or one.of
    canvas.setFillColor(TINT)
    canvas.roundRect(x, top - step + 1.2 * MM, _COLUMN, step - 1.6 * MM, 2 * MM, stroke=0, fill=1)
    large = min(15.0, step * 0.38)
    small = large * 0.66
    first, second = top - step * 0.42, top - step * 0.78
    number = f"{day.day}"
    _line(canvas, number, BOLD, large * 1.75, x + 3 * MM, (first + second) / 2 - large * 0.2, SKY, 15 * MM)
    left, right = x + 17 * MM, x + _COLUMN - 3 * MM
    for words, face, size, y, colour in ((kk, BOLD, large, first, INK), (ru, REGULAR, small, second, INK2)):
        note = ""
        if one.held_on is None:
            note = words(_NOT_HELD)
        elif one.held_on != one.of and one.because != "extra":
            note = words(_INSTEAD, date=_short(one.of, words.language))
        wide = _note(canvas, note, right, y) if note else 0.0
        said = f"{month_forms(day.month, words.language).of}, {format_weekday(day, words.language)}"
        _line(canvas, said, face, size, left, y, colour, right - wide - left)


def _note(canvas: Canvas, text: str, right: float, y: float) -> float:
    """A few words that end at `right`; how much room they take, with the gap before them."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    plain = printable(text)
    canvas.setFont(BOLD, 8.5)
    canvas.setFillColor(INK)
    canvas.drawRightString(right, y, plain)
    return stringWidth(plain, BOLD, 8.5) + 2 * MM


def _short(day: date, language: Language) -> str:
    """Day and month of the day that was left: 18.12."""
    return f"{day.day:02}.{day.month:02}" if language != "en" else format_date(day, "en", "short")[:6]


def _foot(canvas: Canvas, poster: Poster, kk: Translator, ru: Translator) -> None:
    canvas.setStrokeColor(SKY)
    canvas.setLineWidth(1.5)
    canvas.line(_MARGIN, 24 * MM, A4_WIDTH - _MARGIN, 24 * MM)
    for words, y, colour in ((kk, 17.5 * MM, INK), (ru, 12 * MM, INK2)):
        said = words(_MAY_CHANGE, date=format_date(poster.made_on, words.language, "short"))
        _line(canvas, said, REGULAR, 10.5, _MARGIN, y, colour)


def _line(
    canvas: Canvas, text: str, face: str, size: float, x: float, y: float, colour: str, room: float = _WIDTH
) -> None:
    """One line of text, smaller where it would not fit, down to eight points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    plain = printable(text)
    while size > 8 and stringWidth(plain, face, size) > room:
        size -= 0.5
    canvas.setFont(face, size)
    canvas.setFillColor(colour)
    canvas.drawString(x, y, plain)
