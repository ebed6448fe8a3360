"""`akimat-desk print price`, `print till`, `print report`: what money says, on the command line. Nothing is changed."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local, local_date
from akimat_desk.base.errors import Refused
from akimat_desk.base.locale import format_date, format_money, format_number, format_percent, format_time
from akimat_desk.base.typed import count
from akimat_desk.base.words import N_
from akimat_desk.service import Call, Desk
from printing import records as print_records
from printing.money import days, records, room
from printing.money.categories import NAMES
from printing.money.prices import COLOURS, WORKS, PriceTable, table_on
from printing.money.report import honesty_facts, honesty_json, period_name, report_json
from printing.money.till import TOO_FEW, honesty

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator
    from printing.money.days import ClosedDay, Sums

_SIDES: Final = {False: N_("one side"), True: N_("both sides")}


class MonthUnclear(Refused):
    """A month or a day of the command line that no calendar has."""

    code = "month-unclear"
    staff_text = N_("“{typed}” is no day, month or year of the calendar.")
    next_text = N_("Write the year first, then the month and the day, with hyphens between them.")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of the three commands."""
    price = commands.add_parser(
        "price",
        help=N_("What a page costs, and who prints free."),
        description=N_("The price table that holds today, or on another day."),
    )
    price.add_argument("--on", metavar="YYYY-MM-DD", help=N_("Another day."))
    price.set_defaults(act=run_price, needs_village=True)
    till = commands.add_parser(
        "till",
        help=N_("The money of the open day, of the days before, and of the honest till's box."),
        description=N_("The open day is what no two people have closed yet."),
    )
    till.add_argument("--days", type=count, default=5, metavar="N", help=N_("How many closed days; otherwise five."))
    till.add_argument("--report", metavar="FILE", help=N_("Save the report of the last closed day as PDF."))
    till.set_defaults(act=run_till, needs_village=True)
    report = commands.add_parser(
        "report",
        help=N_("A month or a year of the room: pages, money, free pages, faults."),
        description=N_("This month, if nothing else is said. No document's title is in it."),
    )
    period = report.add_mutually_exclusive_group()
    period.add_argument("--month", metavar="YYYY-MM", help=N_("A month."))
    period.add_argument("--year", metavar="YYYY", help=N_("A whole year."))
    report.add_argument("--save", metavar="FOLDER", help=N_("Save the report as PDF and as CSV in this folder."))
    report.set_defaults(act=run_report, needs_village=True)


def run_price(call: Call) -> int:
    """Tell the table of a day. Raises `PricesMissing`."""
    desk, words = _desk(call), call.words
    day = _moment(call.arguments.on, "%Y-%m-%d") if call.arguments.on else local_date(desk.clock.now_ms())
    with desk.store.read() as db:
        table = table_on(day, print_records.price_tables(db))
    call.out(_price_json(table), _price_lines(table, words))
    return 0


def run_till(call: Call) -> int:
    """Tell the open day, the days before and the box; with --report the last closed day as PDF."""
    desk, words = _desk(call), call.words
    with desk.store.read() as db:
        now = days.open_day(db)
        before = days.closed_days(db, limit=call.arguments.days)
        box, counts = days.open_box(db), days.box_counts(db)
        last = days.closed_days(db, limit=1)
        is_open = records.till_is_open(db)
    if call.arguments.report:
        Path(call.arguments.report).write_bytes(room.day_report_pdf(desk, last[0].entry if last else ""))
    told = honesty(counts)
    value = {
        "open_day": _sums_json(now),
        "closed_days": [_day_json(day) for day in before],
        "box": {
            "open": is_open,
            "documents_since_the_last_count": len(box.prices),
            "counts": [
                {
                    "at": local(count.ms).isoformat(),
                    "documents": len(count.prices),
                    "expected": count.expected,
                    "counted": count.counted,
                    "missing": count.missing,
                    "over": count.over,
                    "written_off": count.written_off,
                }
                for count in counts
            ],
            "all_counts": honesty_json(told),
        },
    }
    lines = [words("Open day:"), *_sums_lines(now, words), *(line for day in before for line in _day_lines(day, words))]
    if counts:
        lines += [words("Honest till:"), *(f"  {label}: {value}" for label, value in honesty_facts(told, words))]
        if told.by_value is None:
            lines.append("  " + words("Too few documents to tell: fewer than {n}.", n=TOO_FEW))
    call.out(value, lines)
    return 0


def run_report(call: Call) -> int:
    """Tell a month or a year; with --save as files."""
    desk, words = _desk(call), call.words
    given = call.arguments
    if given.year:
        figures = room.figures(desk, _moment(given.year, "%Y"), whole_year=True)
    else:
        first = _moment(given.month, "%Y-%m") if given.month else local_date(desk.clock.now_ms()).replace(day=1)
        figures = room.figures(desk, first, whole_year=False)
    saved = room.save_report(desk, figures, Path(given.save)) if given.save else ()
    value = {**report_json(figures), "files": [str(file) for file in saved]}
    language, total = words.language, figures.total
    lines = [
        period_name(figures, language),
        _line(words("Documents"), format_number(total.documents, language)),
        _line(words("Pages"), format_number(total.pages, language)),
        _line(words("Sheets of paper"), format_number(total.sheets, language)),
        _line(words("Colour pages"), format_percent(100 * total.colour_share, language, 1)),
        _line(words("Charged"), format_money(total.tenge, language)),
        _line(words("Charge taken back"), format_money(figures.taken_back, language)),
        _line(words("Taken at the desk"), format_money(figures.cash.taken, language)),
        _line(words("From the honest till's box"), format_money(figures.cash.boxed, language)),
        _line(words("Busiest hours"), ", ".join(f"{hour}:00" for hour in figures.busiest()) or "–"),
        *(
            _line(words(NAMES.get(each.rule, each.rule)), words.count("{n} page", "{n} pages", each.pages))
            for each in figures.free
        ),
        *(str(file) for file in saved),
    ]
    call.out(value, lines)
    return 0


def _desk(call: Call) -> Desk:
    assert call.desk is not None
    return call.desk


def _moment(typed: str, form: str) -> date:
    try:
        return datetime.strptime(typed, form).date()  # noqa: DTZ007 (a day, no moment)
    except ValueError as why:
        raise MonthUnclear(typed=typed) from why


def _line(label: str, value: str) -> str:
    return f"  {label}: {value}"


def _price_json(table: PriceTable) -> dict[str, object]:
    return {
        "valid_from": table.valid_from.isoformat(),
        "rates": [
            {
                "work": rate.work,
                "size": rate.size,
                "colour": rate.colour,
                "two_sided": rate.two_sided,
                "tenge": rate.tenge,
            }
            for rate in sorted(table.rates)
        ],
        "free_pages": table.free_pages,
        "rules": [{"category": rule.category, "pages": rule.pages} for rule in table.rules],
        "blank_pages_free": table.blank_free,
    }


def _price_lines(table: PriceTable, words: Translator) -> list[str]:
    language = words.language
    lines = [words("The prices of now hold from: {date}", date=format_date(table.valid_from, language, "full"))]
    for rate in sorted(table.rates):
        what = ", ".join(
            (words(WORKS[rate.work]), rate.size, words(COLOURS[rate.colour]), words(_SIDES[rate.two_sided]))
        )
        lines.append(_line(what, format_money(rate.tenge, language)))
    if table.free_pages:
        lines.append(_line(words("Free pages of the month"), words.count("{n} page", "{n} pages", table.free_pages)))
    for rule in table.rules:
        pages = words("every page") if rule.pages is None else words.count("{n} page", "{n} pages", rule.pages)
        lines.append(_line(words(NAMES.get(rule.category, rule.category)), pages))
    return lines


def _sums_json(sums: Sums) -> dict[str, object]:
    return {
        "documents": sums.documents,
        "pages": sums.pages,
        "charged": sums.charged,
        "of_it_for_the_box": sums.box_charged,
        "written_off": sums.written_off,
        "owed": sums.owed,
        "free": {each.rule: {"pages": each.pages, "tenge": each.tenge} for each in sums.free},
        "drawer": {
            "before": sums.drawer.before,
            "taken": sums.drawer.taken,
            "given_back": sums.drawer.given_back,
            "moved": sums.drawer.moved,
            "expected": sums.drawer.expected,
        },
    }


def _day_json(day: ClosedDay) -> dict[str, object]:
    return {
        "day": day.day.isoformat(),
        "entry": day.entry,
        "first_counted": day.first_counted,
        "second_counted": day.second_counted,
        "difference": day.difference,
        "left": day.left,
        "corrections": [{"tenge": each.tenge, "reason": each.reason} for each in day.corrections],
        **_sums_json(day.sums),
    }


def _sums_lines(sums: Sums, words: Translator) -> list[str]:
    language = words.language
    return [
        _line(words("Documents"), format_number(sums.documents, language)),
        _line(words("Charged"), format_money(sums.charged, language)),
        _line(words("Taken"), format_money(sums.drawer.taken, language)),
        _line(words("Not yet paid"), format_money(sums.owed, language)),
    ]


def _day_lines(day: ClosedDay, words: Translator) -> list[str]:
    language = words.language
    told = format_time(local(day.ms))
    return [
        words("Closed: {date}, {time}", date=format_date(day.day, language), time=told),
        *_sums_lines(day.sums, words),
        _line(words("First count"), format_money(day.first_counted, language)),
        _line(words("Second count"), format_money(day.second_counted, language)),
        _line(words("Difference to the first count"), format_money(day.difference, language)),
    ]
