"""`akimat-desk receptions queue`, `call` and `board`: the day from the command line, by numbers and never by names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.given import read_day
from akimat_desk.base.locale import format_date
from akimat_desk.base.words import N_
from akimat_desk.office.terminal import add_who, staff_at_terminal

if TYPE_CHECKING:
    from datetime import date

    from akimat_desk.service import Call, Desk
    from meetings.day.queue import DayNow, Person
    from meetings.records import Series

DONE: Final = 0
MOST_ROOMS: Final = 999


class WhichOfficial(Refused):
    """Several officials receive on this day, or none whose series begins so."""

    code = "day-which-official"
    staff_text = N_("It is not clear whose queue is meant.")
    next_text = N_("Name one of them with --series.")


class NotARoom(Refused):
    """What was given is no number of a room."""

    code = "day-not-a-room"
    staff_text = N_("A room is a number from 0 to {most}; 0 is no room.")
    next_text = N_("Correct the number.")


class NoSuchNumber(Refused):
    """No ticket of this number on this day."""

    code = "day-no-such-number"
    staff_text = N_("There is no ticket {number} on this day.")
    next_text = N_("Look at the list and choose again.")


def add(commands: Any) -> None:
    """Put the three subcommands on `receptions`."""
    queue = commands.add_parser("queue", help=N_("Show the queue of the day: numbers, rooms and the wait."))
    queue.add_argument("--day", type=read_day, default=None, metavar="DATE", help=N_("Another day."))
    queue.set_defaults(act=_queue, needs_village=True)
    call = commands.add_parser(
        "call",
        help=N_("Call the next ticket, or the one named."),
        description=N_("Asks for the PIN of a member of staff, on the terminal or as a line of standard input."),
    )
    call.add_argument("number", nargs="?", default="", metavar="NUMBER", help=N_("A ticket out of the order."))
    call.add_argument("--room", type=_room, default=None, metavar="N", help=N_("The room it is called to."))
    call.add_argument("--series", default="", metavar="ID", help=N_("The beginning of the official’s series."))
    add_who(call)
    call.set_defaults(act=_call, needs_village=True)
    board = commands.add_parser("board", help=N_("Open the board in a window of its own; Escape closes it."))
    board.add_argument("--window", action="store_true", help=N_("In a window that does not fill the screen."))
    board.set_defaults(act=_board, needs_village=True)


def _room(typed: str) -> int:
    """Raises `NotARoom`."""
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else -1
    if number < 0:
        raise NotARoom(most=MOST_ROOMS)
    return number


def _desk(call: Call) -> Desk:
    assert call.desk is not None
    return call.desk


def _day(call: Call, day: date | None = None) -> tuple[DayNow, dict[str, Series]]:
    from meetings.day.board import day_of_the_queue
    from meetings.day.queue import day_now
    from meetings.records import all_series_of

    desk = _desk(call)
    clock_ms = desk.clock.now_ms()
    with desk.store.read() as db:
        now = day_now(db, day or day_of_the_queue(db, clock_ms), clock_ms)
        return now, {one.id: one for one in all_series_of(db)}


def _queue(call: Call) -> int:
    words = call.words
    now, series = _day(call, call.arguments.day)
    rows, lines = [], [format_date(now.day, words.language)]
    for id, queue in sorted((now.queues or {}).items()):
        official = series[id].content.official(words.language) if id in series else id
        wait = queue.wait(len(queue.waiting))
        rows.append(
            {
                "series": id,
                "official": official,
                "waiting": [one.visit.number for one in queue.waiting],
                "attended": [_told(one) for one in queue.attended],
                "next": queue.waiting[0].visit.number if queue.next else None,
                "line": queue.next.line if queue.next else None,
                "wait_minutes": None if wait is None else [wait.low, wait.high],
            }
        )
        lines.append(official)
        lines += [
            "  " + words("{number}, room {room}", number=one.visit.number, room=one.turn.room) for one in queue.attended
        ]
        waiting = ", ".join(one.visit.number for one in queue.waiting) or "–"
        lines.append("  " + words("Waiting: {numbers}", numbers=waiting))
        if wait is not None:
            said = words("A newcomer waits {low}–{high} minutes.", low=wait.low, high=wait.high)
            lines.append("  " + (said if wait.high else words("A newcomer is received at once.")))
    found = {"day": now.day.isoformat(), "officials": rows, "tickets": [_told(one) for one in now.people]}
    call.out(found, lines if rows else [*lines, words("Nobody is booked for this day")])
    return DONE


def _told(one: Person) -> dict[str, object]:
    return {
        "number": one.visit.number,
        "series": one.series,
        "start": one.visit.start,
        "state": one.turn.state,
        "room": one.turn.room,
        "calls": one.turn.calls,
        "line": one.turn.line,
        "overtaken": len(one.turn.overtaken),
    }


def _call(call: Call) -> int:
    from meetings.day import actions
    from meetings.day.board import held_on, room_of_place
    from meetings.day.records import last_place
    from meetings.visits.number import is_meant

    desk, given = _desk(call), call.arguments
    by = staff_at_terminal(call)
    now, series = _day(call)
    with desk.store.read() as db:
        was_series, was_room = last_place(db, desk.journal.device)
    there = {one.id for one in held_on(tuple(series.values()), now.day)} | {one.series for one in now.people}
    meant = [id for id in sorted(there) if id.startswith(given.series)]
    if len(meant) != 1 and was_series not in meant:
        raise WhichOfficial
    chosen = meant[0] if len(meant) == 1 else was_series
    room = given.room
    if room is None and chosen in series:
        room = room_of_place(series[chosen].content.place_kk) if was_room is None else was_room
    if given.number:
        found = [one for one in now.people if is_meant(given.number, one.visit.number)]
        if len(found) != 1:
            raise NoSuchNumber(number=given.number)
        called = actions.call(desk.journal, found[0].id, room=room or 0, by=by)
    else:
        called = actions.call_next(desk.journal, now.day, chosen, room=room or 0, by=by)
    told = {"number": called.number, "room": room or 0, "line": called.line, "series": chosen}
    call.out(told, [call.words("Called: {number}, room {room}", number=called.number, room=room or 0)])
    return DONE


def _board(call: Call) -> int:
    from meetings.day.board_window import show_board

    show_board(_desk(call), full=not call.arguments.window)
    return DONE
