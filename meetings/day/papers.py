"""The day on paper: the list for the official's table, and the order of calling for the door."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from akimat_desk.base.locale import format_date
from akimat_desk.base.words import N_
from akimat_desk.papers.drawing import draw_figure
from akimat_desk.papers.look import A4_HEIGHT, A4_WIDTH, DIAMOND, INK, INK2, MM, SKY
from akimat_desk.papers.ornament import band, emblem
from akimat_desk.papers.typefaces import BOLD, REGULAR, printable, register
from meetings.day.rules import TOLD, TOLD_VALUES
from meetings.day.screens.words import STATES, name_of, time_of
from meetings.visits.subjects import subject

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import Flowable

    from akimat_desk.base.words import Translator
    from meetings.day.queue import DayNow, Person

LIST: Final = N_("List of the reception")
ORDER: Final = N_("In which order people are called")

_MARGIN: Final = 18 * MM
_HEAD: Final = 42 * MM
_BAND: Final = 8 * MM
_NUMBER: Final = 13 * MM
_WIDTH: Final = A4_WIDTH - 2 * _MARGIN


def day_list(now: DayNow, people: tuple[Person, ...], official: str, t: Translator) -> bytes:
    """The list of one official's day as PDF, with names: for the official's table, never for the door."""
    from akimat_desk.papers.flow import Column, table, title, under_title
    from akimat_desk.papers.pdf import Frame, make_pdf

    columns = [
        Column(t("Time"), 24),
        Column(t("Ticket"), 18, bold=True),
        Column(t("Name")),
        Column(t("Matter"), 44),
        Column(t("State"), 32),
    ]
    rows = [
        (
            time_of(one, t),
            one.visit.number,
            name_of(one),
            t(subject(one.visit.subject).name),
            t(STATES[one.turn.state][2]),
        )
        for one in people
    ]
    day = format_date(now.day, t.language, "full")
    body: list[Flowable] = [*title(t(LIST)), *under_title(day, "", official), *table(columns, rows, dense=True)]
    return make_pdf(Frame(t(LIST), running=f"{t(LIST)}: {day}"), body, t)


def order_sheet(t: Translator) -> bytes:
    """The rule of the queue for the door, in letters that are read standing: Kazakh, and Russian under it, as PDF."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    register()
    out = BytesIO()
    canvas = Canvas(out, pagesize=(A4_WIDTH, A4_HEIGHT), invariant=1, lang="kk")
    kk, ru = t.in_language("kk"), t.in_language("ru")
    canvas.setTitle(printable(kk(ORDER)))
    _head(canvas, kk(ORDER), ru(ORDER))
    y = A4_HEIGHT - _HEAD - _BAND - 14 * MM
    for number, text in enumerate(TOLD, 1):
        canvas.setFillColor(SKY)
        canvas.setFont(BOLD, 22)
        canvas.drawString(_MARGIN, y - 4, f"{number}")
        for words, face, size, colour in ((kk, BOLD, 16.0, INK), (ru, REGULAR, 12.0, INK2)):
            canvas.setFillColor(colour)
            canvas.setFont(face, size)
            for line in simpleSplit(printable(words(text, **TOLD_VALUES)), face, size, _WIDTH - _NUMBER):
                canvas.drawString(_MARGIN + _NUMBER, y, line)
                y -= size * 1.3
            y -= 1.5
        y -= 5 * MM
    canvas.save()
    return out.getvalue()


def _head(canvas: Canvas, kk: str, ru: str) -> None:
    """As on the poster of the dates, which hangs beside it."""
    bottom = A4_HEIGHT - _HEAD
    canvas.setFillColor(SKY)
    canvas.rect(0, bottom, A4_WIDTH, _HEAD, stroke=0, fill=1)
    high = 24 * MM
    draw_figure(canvas, emblem(), _MARGIN, bottom + (_HEAD - high) / 2, high, stroke="#FFFFFF", diamond=DIAMOND)
    canvas.setFillColor("#FFFFFF")
    for text, face, size, above in ((kk, BOLD, 26, 4), (ru, REGULAR, 16, -19)):
        canvas.setFont(face, size)
        canvas.drawString(_MARGIN + high + 8 * MM, bottom + _HEAD / 2 + above, printable(text))
    canvas.setFillColor("#08475B")
    canvas.rect(0, bottom - _BAND, A4_WIDTH, _BAND, stroke=0, fill=1)
    figure = band(A4_WIDTH * 22 / _BAND)
    wide = figure.width * _BAND / figure.height
    draw_figure(canvas, figure, (A4_WIDTH - wide) / 2, bottom - _BAND, _BAND, stroke="#5FA3B8", diamond=DIAMOND)
