"""`akimat-desk receptions book`, `ticket` and `cancel`: what a resident does at a PC, without its window.

Who comes, and the secret code, are read from standard input or asked on the terminal, never taken from the command
line, which other programs of the PC can see.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.given import read_day, read_time
from akimat_desk.base.locale import format_date, format_time
from akimat_desk.base.words import N_
from meetings.visits.subjects import SUBJECTS

if TYPE_CHECKING:
    from akimat_desk.service import Call, Desk
    from meetings.visits.records import Visit

DONE: Final = 0


class WhichReception(Refused):
    """No reception is announced, or several officials receive."""

    code = "visits-which-reception"
    staff_text = N_("It is not clear which reception is meant.")
    next_text = N_("Name the day with --day and the official’s series with --series.")


def add(commands: Any) -> None:
    """Put the three subcommands on `receptions`."""
    book = commands.add_parser(
        "book",
        help=N_("Book a time at a reception, or a place on the waiting list; the ticket is printed."),
        description=N_("Reads three lines from standard input: the name, the IIN, the phone."),
    )
    book.add_argument("--day", type=read_day, default=None, metavar="DATE", help=N_("The day; else the next."))
    book.add_argument("--time", dest="at", type=read_time, default=None, metavar="TIME", help=N_("The time, as 10:45."))
    book.add_argument("--wait", action="store_true", help=N_("No time: a place on the waiting list."))
    book.add_argument("--subject", choices=[one.key for one in SUBJECTS], default="other", help=N_("What it is about."))
    book.add_argument("--series", default="", metavar="ID", help=N_("The beginning of the official’s series."))
    book.set_defaults(act=_book, needs_village=True)
    for name, act, text in (
        ("ticket", _ticket, N_("Show how a ticket stands; its secret code is read from standard input.")),
        ("cancel", _cancel, N_("Give a ticket’s time back; its secret code is read from standard input.")),
    ):
        one = commands.add_parser(name, help=text)
        one.add_argument("number", metavar="NUMBER", help=N_("The number on the ticket."))
        one.set_defaults(act=act, needs_village=True)


def _book(call: Call) -> int:
    from meetings.visits.actions import Asking, now_at
    from meetings.visits.entries import VisitDetails
    from meetings.visits.room import book, days
    from meetings.visits.rules import NoSuchSlot

    desk, given, words = _desk(call), call.arguments, call.words
    open_days = [one for one in days(desk) if one.series.id.startswith(given.series)]
    if given.day is not None:
        open_days = [one for one in open_days if one.day == given.day]
    if not open_days or len({one.series.id for one in open_days}) > 1:
        raise WhichReception
    day = next((one for one in open_days if given.wait or one.free(now_at(desk.journal))), open_days[0])
    start = None
    if not given.wait:
        free = day.free(now_at(desk.journal))
        if given.at is None and not free:
            raise NoSuchSlot
        start = free[0].start if given.at is None else given.at.hour * 60 + given.at.minute
    name, iin, phone = (_line(words(asked)) for asked in (N_("Surname, name, patronymic"), N_("IIN"), N_("Phone")))
    details = VisitDetails(name=name, iin=iin, phone=phone)
    way: Any = "waiting" if given.wait else "kiosk"
    asking = Asking(day.series.id, day.day, way, given.subject, start, words.language, details=details)
    ticket = book(desk, asking).ticket
    told = {**_told(ticket.visit), "secret": ticket.secret}
    call.out(told, [*_lines(call, ticket.visit), words("Secret code: {code}", code=ticket.secret)])
    return DONE


def _ticket(call: Call) -> int:
    from meetings.visits.room import look_up

    own = look_up(_desk(call), call.arguments.number, _line(call.words("Secret code")))
    offered = own.offered
    told = {
        **_told(own.visit),
        "offered": None if offered is None else [offered.day.isoformat(), _clock(offered.start)],
    }
    call.out(told, _lines(call, own.visit))
    return DONE


def _cancel(call: Call) -> int:
    from meetings.visits.room import cancel, look_up

    desk = _desk(call)
    own = look_up(desk, call.arguments.number, _line(call.words("Secret code")))
    visit = cancel(desk, own.visit.id).visit
    call.out(_told(visit), _lines(call, visit))
    return DONE


def _desk(call: Call) -> Desk:
    assert call.desk is not None
    return call.desk


def _line(asked: str) -> str:
    if sys.stdin.isatty():
        return input(f"{asked}: ")
    return sys.stdin.readline().strip()


def _told(visit: Visit) -> dict[str, object]:
    """Without anybody's name."""
    return {
        "visit": visit.id,
        "number": visit.number,
        "day": visit.day.isoformat(),
        "time": None if visit.start is None else _clock(visit.start),
        "state": visit.state,
        "subject": visit.subject,
    }


def _lines(call: Call, visit: Visit) -> list[str]:
    from meetings.visits.ticket import remark, when

    words = call.words
    told = words("Ticket {number}", number=visit.number)
    return [f"{told}: {format_date(visit.day, words.language)}, {when(visit, words)}", remark(visit, words)]


def _clock(minutes: int) -> str:
    from meetings.plan import clock_of

    return format_time(clock_of(minutes))
