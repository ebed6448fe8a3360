"""Money on paper: the receipt for a payment, and the report of a closed day that two people sign."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local, local_date
from akimat_desk.base.locale import format_date, format_money, format_number, format_time
from akimat_desk.base.words import N_, Translator
from akimat_desk.papers.flow import Column, facts, paragraph, section, signatures, table, title, under_title
from akimat_desk.papers.letterhead import Letterhead
from akimat_desk.papers.pdf import Frame, make_pdf
from akimat_desk.papers.receipt import Emblem, Line, Number, Receipt, Row, Rule, Text
from printing.money.categories import NAMES
from printing.money.ledger import REFUND_REASONS, WRITE_OFF_REASONS
from printing.money.till import BoxCount

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

    from printing.money.actions import Paid
    from printing.money.days import ClosedDay
    from printing.money.records import Posting

MOVE_REASONS: Final = {
    "change": N_("Change money put in"),
    "handed-over": N_("Money handed over"),
    "other": N_("Other"),
}
CORRECTION_REASONS: Final = {
    "counted-wrong": N_("The money was counted wrong"),
    "coin-found": N_("Money was found later"),
    "false-note": N_("A false note"),
    "other": N_("Other"),
}
REASONS: Final[dict[str, str]] = {**NAMES, **REFUND_REASONS, **WRITE_OFF_REASONS, **MOVE_REASONS}

Names = Callable[[str], str]
"""The name of a member of staff by their id; "" where this PC may not hold it."""


def receipt(paid: Paid, code: str, room: str, words: Translator, now_ms: int) -> Receipt:
    """What a resident gets for their money. No name, no title of the document."""
    language = words.language
    lines: list[Line] = [
        Emblem(),
        *((Text(room, bold=True),) if room else ()),
        Text(words("Receipt")),
        Rule(),
        *((Row(words("Code of the document"), code),) if code else ()),
        Text(words("Paid")),
        Number(format_money(paid.tenge, language)),
        Row(words("Given"), format_money(paid.given, language)),
        Row(words("Change"), format_money(paid.change, language), bold=True),
        Rule(),
        Text(f"{format_date(local_date(now_ms), language, 'short')} {format_time(local(now_ms))}", size="small"),
    ]
    return Receipt(tuple(lines))


@dataclass(frozen=True, slots=True)
class DayPaper:
    """What the report of a closed day tells, besides the day: its single lines, and the box counts in it."""

    day: ClosedDay
    lines: tuple[Posting, ...]
    boxes: tuple[BoxCount, ...] = ()


def day_report(paper: DayPaper, letterhead: Letterhead | None, place: str, names: Names, words: Translator) -> bytes:
    """The report of a closed day as PDF: sums, both counts, what went back and was written off, and who signs."""
    day, language = paper.day, words.language
    sums, drawer = day.sums, day.sums.drawer

    def money(tenge: int) -> str:
        return format_money(tenge, language)

    body: list[Flowable] = [
        *title(words("Report of the day")),
        *under_title(format_date(day.day, language, "full"), "", place),
        *facts(
            [
                (words("Documents"), format_number(sums.documents, language)),
                (words("Pages"), format_number(sums.pages, language)),
                (words("Charged"), money(sums.charged)),
                (words("Of it for the honest till's box"), money(sums.box_charged)),
                (words("Written off"), money(sums.written_off)),
                (words("Not yet paid"), money(sums.owed)),
            ],
            halves=True,
        ),
        *section(words("Cash in the drawer")),
        *table(
            [Column(words("What"), bold=True), Column(words("Sum"), 40, right=True)],
            [
                (words("Lay in it before"), money(drawer.before)),
                (words("Taken"), money(drawer.taken)),
                (words("Given back"), money(-drawer.given_back)),
                (words("Put in or taken out"), money(drawer.moved)),
                (words("Should lie in it"), money(drawer.expected)),
                (words("First count"), money(day.first_counted)),
                (words("Second count"), money(day.second_counted)),
                (words("Difference to the first count"), money(day.difference)),
                (words("Left for the next day"), money(day.left)),
            ],
            dense=True,
        ),
    ]
    if sums.free:
        body += section(words("Free pages"))
        body += table(
            [
                Column(words("By which rule")),
                Column(words("Documents"), 28, right=True),
                Column(words("Pages"), 24, right=True),
                Column(words("Sum"), 30, right=True),
            ],
            [
                (words(NAMES.get(each.rule, each.rule)), str(each.documents), str(each.pages), money(each.tenge))
                for each in sums.free
            ],
            dense=True,
        )
    body += _lines(paper.lines, names, words)
    if paper.boxes:
        body += section(words("The honest till's box"))
        body += table(
            [
                Column(words("Counted at"), 30),
                *(Column(words(head), right=True) for head in _BOX_HEADS),
            ],
            [
                (
                    format_time(local(each.ms)),
                    money(each.expected),
                    money(each.counted),
                    money(each.missing),
                    money(each.over),
                    money(each.written_off),
                )
                for each in paper.boxes
            ],
            dense=True,
        )
    if day.corrections:
        body += section(words("Found out after the day was closed"))
        body += table(
            [
                Column(words("When"), 34),
                Column(words("What")),
                Column(words("Who"), 42),
                Column(words("Sum"), 28, right=True),
            ],
            [
                (
                    format_date(local_date(each.ms), language, "short"),
                    words(CORRECTION_REASONS[each.reason]),
                    names(each.by),
                    money(each.tenge),
                )
                for each in day.corrections
            ],
            dense=True,
        )
    body += paragraph(
        words("A closed day is not changed; what is found out later is added as a line of its own."), hint=True
    )
    body += signatures(
        words("Signatures"),
        [(words("Counted first"), names(day.first)), (words("Counted second"), names(day.second))],
    )
    name = words("Report of the day {date}", date=format_date(day.day, language, "short"))
    return make_pdf(Frame(name, letterhead, running=name), body, words)


_BOX_HEADS: Final = (N_("Expected"), N_("Counted"), N_("Missing"), N_("Too much"), N_("Written off"))


def _lines(lines: Sequence[Posting], names: Names, words: Translator) -> list[Flowable]:
    """Each refund, write-off and movement of cash with its reason and person."""
    rows = [
        (
            format_time(local(each.ms)),
            words(_WHAT[each.what]),
            words(REASONS.get(each.reason, each.reason)),
            names(each.by),
            format_money(
                {"refund": each.paid, "write_off": -each.written_off}.get(each.what, each.moved), words.language
            ),
        )
        for each in lines
        if each.what in _WHAT
    ]
    if not rows:
        return []
    heads = [
        Column(words("Time"), 20),
        Column(words("What"), 34),
        Column(words("Why")),
        Column(words("Who"), 40),
        Column(words("Sum"), 26, right=True),
    ]
    return [*section(words("Given back, written off, moved")), *table(heads, rows, dense=True)]


_WHAT: Final = {
    "refund": N_("Given back"),
    "write_off": N_("Written off"),
    "moved": N_("Cash moved"),
}
