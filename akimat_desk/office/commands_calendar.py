"""`akimat-desk calendar`: is a day worked, when does a term end, what are the terms of law.

Where there is a village, the orders its staff wrote down count; elsewhere the law's days alone.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

from akimat_desk.base.given import read_day
from akimat_desk.base.words import N_
from akimat_desk.calendar.days import TermTooLong
from akimat_desk.service import Call

if TYPE_CHECKING:
    from akimat_desk.calendar.days import Day, WorkingDays

DONE: Final = 0
DAY_OFF: Final = 3


def add(parser: argparse.ArgumentParser) -> None:
    """Put the subcommands of `calendar` on `parser`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help=N_("Say whether a day is worked, and why."),
        description=N_("Exit code 0 if the day is worked, 3 if it is not."),
    )
    check.add_argument("day", metavar="DATE", help=N_("A day, such as 20.11.2026."))
    check.set_defaults(act=_check)
    workdays = commands.add_parser(
        "workdays",
        help=N_("Say on which day a term of working days ends."),
        description=N_("The day after the first one is the first that counts."),
    )
    workdays.add_argument("--from", dest="first", required=True, metavar="DATE", help=N_("The day the term begins."))
    workdays.add_argument("--days", required=True, metavar="N", help=N_("How many working days."))
    workdays.set_defaults(act=_workdays)
    terms = commands.add_parser("terms", help=N_("List the terms of law, with their source."))
    terms.add_argument("--from", dest="first", default="", metavar="DATE", help=N_("Say where each of them ends, too."))
    terms.set_defaults(act=_terms)


def run(call: Call) -> int:
    """Run the subcommand that was asked for; the value is the exit code."""
    code: int = call.arguments.act(call)
    return code


def the_calendar(call: Call) -> WorkingDays:
    """The village's calendar where there is one, else the law's."""
    if call.desk is None:
        from akimat_desk.calendar.law import by_law

        return by_law()
    from akimat_desk.calendar.records import calendar

    return calendar(call.desk.store)


def _check(call: Call) -> int:
    from akimat_desk.calendar.words import describe, full_day, unknown_orders

    day = the_calendar(call).look(read_day(call.arguments.day))
    said = [f"{full_day(day.day, call.words)}. {describe(day, call.words)}", unknown_orders(day.day.year, call.words)]
    call.out(_as_json(call, day), filter(None, said))
    return DONE if day.working else DAY_OFF


def _as_json(call: Call, day: Day) -> dict[str, object]:
    from akimat_desk.calendar.law import DECREES_KNOWN_UNTIL

    order = day.decree
    return {
        "date": day.day.isoformat(),
        "weekday": day.day.isoweekday(),
        "working": day.working,
        "why": day.why,
        "holiday": call.words(day.name) if day.name else "",
        "other": day.other.isoformat() if day.other else "",
        "estimated": day.estimated,
        "order": order.order if order else "",
        "ordered_on": order.ordered_on.isoformat() if order else "",
        "authority": order.authority if order else "",
        "orders_known": day.day.year <= DECREES_KNOWN_UNTIL,
    }


def _workdays(call: Call) -> int:
    from akimat_desk.calendar.words import full_day, unknown_orders

    first, number = read_day(call.arguments.first), call.arguments.days
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise TermTooLong
    last = the_calendar(call).after(first, int(number))
    said = [full_day(last, call.words), unknown_orders(last.year, call.words)]
    call.out({"from": first.isoformat(), "days": int(number), "last": last.isoformat()}, filter(None, said))
    return DONE


def _terms(call: Call) -> int:
    from akimat_desk.calendar.terms import TERMS, deadline
    from akimat_desk.calendar.words import basis_of, full_day, length_of

    words = call.words
    first = read_day(call.arguments.first) if call.arguments.first else None
    days = the_calendar(call) if first else None
    ends = {one.key: deadline(one, first, days) for one in TERMS} if first and days else {}
    lines = []
    for one in TERMS:
        end = f" {full_day(ends[one.key], words)}." if ends else ""
        lines.append(f"{words(one.name)}: {length_of(one, words)}.{end} {basis_of(one.basis, words)}")
    call.out(
        [
            {
                "term": one.key,
                "name": words(one.name),
                "length": one.length,
                "unit": one.unit,
                "law": words(one.basis.law),
                "article": one.basis.article,
                "source": one.basis.source,
                "checked": one.basis.checked.isoformat() if one.basis.checked else "",
                "unsourced": one.basis.unsourced,
                **({"last": ends[one.key].isoformat()} if ends else {}),
            }
            for one in TERMS
        ],
        lines,
    )
    return DONE
