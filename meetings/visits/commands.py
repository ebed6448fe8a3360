"""`akimat-desk receptions book`, `ticket` and `cancel`: what a resident does at a PC, without its window.

Who comes, and the secret code, are read from standard input or asked on the terminal, never taken from the command
line, which other programs of the PC can see. What staff do with a ticket asks for their PIN instead of its code.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.given import read_day, read_time
from akimat_desk.base.locale import format_date, format_time
from akimat_desk.base.words import N_
from akimat_desk.office.terminal import add_who, staff_at_terminal
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


class WhichTicket(Refused):
    """No ticket of that number, or one on several days."""

    code = "visits-which-ticket"
    staff_text = N_("It is not clear which ticket is meant.")
    next_text = N_("Name the whole number, and the day with --day.")


class NothingToTell(Refused):
    """Neither was the day of this visit moved, nor was it called off."""

    code = "visits-nothing-to-tell"
    staff_text = N_("Ticket {number} stands as its person knows it: there is nothing to tell.")
    next_text = N_("Look at the list of bookings: there stands who has to be told.")


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
        if name == "ticket":
            _add_what_staff_do(one)


def _add_what_staff_do(ticket: Any) -> None:
    what = ticket.add_mutually_exclusive_group()
    what.add_argument(
        "--told",
        action="store_true",
        help=N_("Write down that the person was told of the new day, or that it is called off; asks for a PIN."),
    )
    what.add_argument(
        "--new-code",
        action="store_true",
        help=N_("Of a lost ticket: a new paper with a new secret code; the old code counts no more. Asks for a PIN."),
    )
    ticket.add_argument(
        "--day", type=read_day, default=None, metavar="DATE", help=N_("With these two: the day, where it is not clear.")
    )
    add_who(ticket)


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

    if call.arguments.told:
        return _tell(call)
    if call.arguments.new_code:
        return _new_code(call)
    own = look_up(_desk(call), call.arguments.number, _line(call.words("Secret code")))
    offered = own.offered
    told = {
        **_told(own.visit),
        "offered": None if offered is None else [offered.day.isoformat(), _clock(offered.start)],
    }
    call.out(told, _lines(call, own.visit))
    return DONE


def _tell(call: Call) -> int:
    from meetings.visits import actions
    from meetings.visits.listed import told_of

    desk, by = _desk(call), staff_at_terminal(call)
    visit = _meant(call)
    if not told_of(visit):
        raise NothingToTell(number=visit.number)
    actions.tell(desk.journal, visit.id, by=by)
    call.out({**_told(visit), "told": True}, [call.words("It is written down that they were told.")])
    return DONE


def _new_code(call: Call) -> int:
    from meetings.visits.room import new_code

    desk, words, by = _desk(call), call.words, staff_at_terminal(call)
    ticket = new_code(desk, _meant(call).id, by=by).ticket
    told = {**_told(ticket.visit), "secret": ticket.secret}
    call.out(told, [*_lines(call, ticket.visit), words("Secret code: {code}", code=ticket.secret)])
    return DONE


def _meant(call: Call) -> Visit:
    """The visit from today on that staff mean: by its number, and the day where several days have it."""
    from meetings.visits import records
    from meetings.visits.actions import now_at
    from meetings.visits.number import is_meant

    desk, given = _desk(call), call.arguments
    today = now_at(desk.journal).date()
    with desk.store.read() as db:
        visits = (*records.left_without(db, today), *records.coming(db, today))
    found = [one for one in visits if is_meant(given.number, one.number) and given.day in (None, one.day)]
    if len(found) != 1:
        raise WhichTicket
    return found[0]


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
