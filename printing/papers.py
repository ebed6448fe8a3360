"""Printing's own papers: the test page, and the slip with a document's code and price."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local, local_date
from akimat_desk.base.locale import format_date, format_money, format_time
from akimat_desk.base.words import Translator
from akimat_desk.papers.look import A4_HEIGHT, A4_WIDTH, LEFT, MM, RIGHT, TOP
from akimat_desk.papers.receipt import Emblem, Line, Number, Receipt, Row, Rule, Text
from akimat_desk.papers.typefaces import BOLD, REGULAR, register
from printing.ending import due

if TYPE_CHECKING:
    from printing.held_job import HeldJob
    from printing.spool import SpooledJob

LETTERS: Final = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі ₸ № « » —"
_COLOURS: Final = ("#0B5E78", "#2D6A3E", "#A66A00", "#A51D2D", "#5A4688")


def slip(job: SpooledJob, room: str, words: Translator, now_ms: int) -> Receipt:
    """What a resident takes to the desk: code, pages, what to pay. No name, no title of the document."""
    language, came_to = words.language, due(job)
    lines: list[Line] = [
        Emblem(),
        *((Text(room, bold=True),) if room else ()),
        Text(words("Printing")),
        Rule(),
        Text(words("Code of the document")),
        Number(job.code),
        Rule(),
        Row(words("Pages"), str(came_to.pages)),
        Row(words("Sheets of paper"), str(came_to.sheets)),
        Row(words("To pay"), format_money(came_to.tenge, language), bold=True),
        Rule(),
        Text(f"{format_date(local_date(now_ms), language, 'short')} {format_time(local(now_ms))}", size="small"),
    ]
    return Receipt(tuple(lines))


def held_slip(job: HeldJob, room: str, words: Translator, now_ms: int) -> Receipt:
    """What a resident takes to the printer desk: the code, until when it waits, the price. No name, no title."""
    language = words.language
    lines: list[Line] = [
        Emblem(),
        *((Text(room, bold=True),) if room else ()),
        Text(words("Your document waits at the printer desk")),
        Rule(),
        Text(words("Code of the document")),
        Number(job.code),
        Rule(),
        Row(words("Pages"), str(job.quote.pages)),
        Row(words("Price"), format_money(job.quote.total, language), bold=True),
        Row(words("Waits until"), format_time(local(job.due_ms))),
        Rule(),
        Text(words("After that it is destroyed.")),
        Text(f"{format_date(local_date(now_ms), language, 'short')} {format_time(local(now_ms))}", size="small"),
    ]
    return Receipt(tuple(lines))


def make_test_receipt(words: Translator) -> Receipt:
    """Every Kazakh letter and a line to see the edges by."""
    return Receipt(
        (Emblem(), Text(words("Test receipt"), bold=True), Rule(), Text(LETTERS), Number("0123456789"), Rule())
    )


def make_test_page(printer: str, words: Translator) -> bytes:
    """One A4 page that shows what a printer can do: every Kazakh letter, thin lines, greys and colours; as PDF."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    register()
    out = BytesIO()
    canvas = Canvas(out, pagesize=(A4_WIDTH, A4_HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(words("Test page"))
    y = A4_HEIGHT - TOP - 12 * MM
    canvas.setFont(BOLD, 20)
    canvas.drawString(LEFT, y, words("Test page"))
    canvas.setFont(REGULAR, 11)
    name = simpleSplit(words("Printer: {name}", name=printer), REGULAR, 11, A4_WIDTH - LEFT - RIGHT)
    for number, line in enumerate(name[:2]):
        canvas.drawString(LEFT, y - (9 + 5 * number) * MM, line)
    canvas.setFont(BOLD, 26)
    canvas.drawString(LEFT, y - 28 * MM, LETTERS)
    canvas.setFont(REGULAR, 8)
    canvas.drawString(LEFT, y - 36 * MM, LETTERS)
    wide = (A4_WIDTH - LEFT - RIGHT) / 11
    for step in range(11):
        canvas.setFillGray(step / 10)
        canvas.rect(LEFT + step * wide, y - 62 * MM, wide, 16 * MM, stroke=1, fill=1)
    wide = (A4_WIDTH - LEFT - RIGHT) / len(_COLOURS)
    for number, colour in enumerate(_COLOURS):
        canvas.setFillColor(colour)
        canvas.rect(LEFT + number * wide, y - 84 * MM, wide, 16 * MM, stroke=0, fill=1)
    canvas.setFillGray(0)
    for number, width in enumerate((0.1, 0.25, 0.5, 1.0, 2.0)):
        canvas.setLineWidth(width)
        line = y - (94 + 5 * number) * MM
        canvas.line(LEFT, line, A4_WIDTH - RIGHT, line)
    canvas.setLineWidth(0.5)
    canvas.rect(5 * MM, 5 * MM, A4_WIDTH - 10 * MM, A4_HEIGHT - 10 * MM)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
