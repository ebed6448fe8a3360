"""Booking at whatever PC somebody sits: the main PC decides where it answers, else the time is asked for here and
decided later. Either way a ticket with a number is printed at this PC. Everything here blocks.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.errors import Refused, Unavailable
from akimat_desk.base.ids import uuid7
from akimat_desk.base.words import N_
from akimat_desk.papers import tray
from akimat_desk.sync.asking import is_host
from meetings.guesses import begin_guess, guessed_right
from meetings.records import Series, all_series_of
from meetings.visits import actions, records, secret
from meetings.visits import number as numbers
from meetings.visits.free import Day, NoReception, day_of, days_ahead, nearest_free
from meetings.visits.records import TOPIC, Visit, VisitUnknown
from meetings.visits.room_calls import There
from meetings.visits.ticket import Ticket, paper, room_name

if TYPE_CHECKING:
    from akimat_desk.people.staff import SignedIn
    from akimat_desk.service import Desk
    from akimat_desk.store import Database
    from meetings.visits.actions import Asking
    from meetings.visits.room_calls import Line
    from meetings.visits.rules import Slot

SERVICE: Final = "meetings"


class TicketUnknown(Refused):
    """No ticket with this number and code, from today on. Which of the two is wrong is not told."""

    code = "ticket-unknown"
    resident_text = N_("There is no ticket with this number and code. Look at your paper once more.")
    staff_text = N_("There is no ticket with this number and code.")
    next_text = N_("Correct the number or the code, or ask staff.")


@dataclass(frozen=True, slots=True)
class Given:
    """A ticket that was given, with what this PC knows of it."""

    ticket: Ticket
    topics: tuple[str, ...] = (TOPIC,)


@dataclass(frozen=True, slots=True)
class Own:
    """One's own visit, looked up: `offered` is the nearest free time where theirs was given to another."""

    visit: Visit
    series: Series
    offered: Slot | None = None
    was: str = ""
    """The number it had until just now, where the move to another day gave it another one."""
    may_change: bool = False
    heard: bool = True
    """Whether the main PC knows of what was just done."""
    topics: tuple[str, ...] = (TOPIC,)


def days(desk: Desk, series: str | None = None) -> tuple[Day, ...]:
    """The reception days people may book, the nearest first."""
    with desk.store.read() as db:
        return days_ahead(db, local_date(desk.clock.now_ms()), series)


def book(desk: Desk, asking: Asking, *, by: SignedIn | None = None, line: Line | None = None) -> Given:
    """Book, and lay the ticket into the out-tray. Raises what `actions.ask` raises; an absent main PC refuses nothing.

    The visit has its id from the start: where the main PC's answer is lost on the way, it is booked here under the same
    one, and both PCs mean one visit when they meet.
    """
    code = secret.new_secret()
    verifier = secret.make_verifier(code)
    visit, id, asked = None, uuid7(desk.clock.now_ms()), False
    if line is not None or not is_host(desk.journal):
        asked = True
        with suppress(Unavailable):
            visit = There(desk.journal, line).ask(asking, id, verifier, by)
    if visit is None:
        visit = actions.ask(desk.journal, asking, verifier=verifier, by=by, visit=id, unheard=asked).visit
    return Given(_print(desk, visit, code))


def move(desk: Desk, visit: str, day: date, start: int, *, by: SignedIn | None = None, line: Line | None = None) -> Own:
    """Another time. The ticket's code stays; a new paper is printed, since the number of another day is another one."""
    moved, was = None, ""
    with suppress(VisitUnknown), desk.store.read() as db:
        was = records.visit_of(db, visit).number
    if line is not None or not is_host(desk.journal):
        try:
            moved = There(desk.journal, line).move(visit, day, start, by)
        except Unavailable:
            moved = None
    if moved is None:
        moved = actions.move(desk.journal, visit, day, start, by=by).visit
    was = "" if was == moved.number else was
    ticket = _print(desk, moved, "", was)
    with desk.store.read() as db:
        return Own(moved, _series(db, moved), was=was, may_change=ticket.may_change)


def cancel(desk: Desk, visit: str, *, line: Line | None = None) -> Own:
    """A resident gives their time back: the main PC frees it at once; while it is away, when the PCs meet."""
    gone, heard = None, True
    if line is not None or not is_host(desk.journal):
        try:
            gone = There(desk.journal, line).cancel(visit)
        except Unavailable:
            heard = False
    if gone is None:
        gone = actions.cancel(desk.journal, visit).visit
    with desk.store.read() as db:
        return Own(gone, _series(db, gone), heard=heard)


def new_code(desk: Desk, visit: str, *, by: SignedIn) -> Given:
    """A fresh ticket with a fresh secret code, for somebody who has lost theirs; the old code counts no more."""
    code = secret.new_secret()
    found = actions.recode(desk.journal, visit, secret.make_verifier(code), by=by).visit
    return Given(_print(desk, found, code))


def print_again(desk: Desk, visit: str) -> object:
    """The ticket once more, without the code, which nobody knows but its owner."""
    with desk.store.read() as db:
        found = records.visit_of(db, visit)
    return Given(_print(desk, found, ""), topics=())


def look_up(desk: Desk, number: str, typed: str) -> Own:
    """One's own visit by number and code. Raises `TicketUnknown`, `GuessedTooOften`."""
    number, code = numbers.typed(number), secret.typed(typed)
    if not (number and secret.is_code(code)):
        raise TicketUnknown
    begin_guess(desk, "meetings.tickets", number)
    with desk.store.read() as db:
        visit = records.with_secret(db, number, code, local_date(desk.clock.now_ms()))
    if visit is None:
        raise TicketUnknown
    guessed_right(desk, "meetings.tickets", number)
    return own(desk, visit.id)


def own(desk: Desk, visit: str) -> Own:
    """A visit as it stands, with what is offered instead of a time that was given to another."""
    with desk.store.read() as db:
        found = records.visit_of(db, visit)
        offered = nearest_free(db, found, actions.now_at(desk.journal)) if found.state == "refused" else None
        return Own(found, _series(db, found), offered, may_change=_may_change(db, found))


def _series(db: Database, visit: Visit) -> Series:
    return next(one for one in all_series_of(db) if one.id == visit.series)


def _may_change(db: Database, visit: Visit) -> bool:
    try:
        return day_of(db, visit.series, visit.day).may_change
    except NoReception:  # people were told already that it is not held on that day
        return False


def _print(desk: Desk, visit: Visit, code: str, was: str = "") -> Ticket:
    """The ticket, laid into the out-tray. The number stands whatever becomes of the paper: where even the tray cannot
    be written to, the screen still shows the number and the code.
    """
    words = desk.words.in_language(visit.language)
    room = room_name(desk.store, words)
    with desk.store.read() as db:
        content, doubt = _series(db, visit).content, _may_change(db, visit)
    ticket = Ticket(visit, content, code, room, was=was, may_change=doubt)
    with suppress(Unavailable), desk.store.write() as db:
        tray.put(db, desk.clock, SERVICE, paper(ticket, words, desk.clock.now_ms()))
    return ticket
