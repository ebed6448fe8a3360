"""The ticket on paper: number, day, time, place, the secret code. No name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from akimat_desk.base.clock import local, local_date
from akimat_desk.base.locale import format_date, format_time
from akimat_desk.base.words import N_, Sentence
from akimat_desk.papers.receipt import Code, Emblem, Line, Number, Pair, Receipt, Rule, Text
from akimat_desk.papers.tray import Paper
from akimat_desk.people.zone import ZoneUnknown, zone
from meetings.plan import clock_of
from meetings.visits import scan
from meetings.visits.records import Visit
from meetings.visits.secret import grouped

if TYPE_CHECKING:
    from akimat_desk.base.words import Translator
    from akimat_desk.store import Store
    from meetings.content import SeriesContent


@dataclass(frozen=True, slots=True)
class Ticket:
    """A visit with all that stands on its paper. `secret` is known only when it is given, "" later."""

    visit: Visit
    content: SeriesContent
    secret: str
    room: str = ""
    """What the village's room is called."""
    was: str = ""
    """The number it had before it was moved to another day, "" where it has that one still."""
    may_change: bool = False
    """The day is not settled (`Day.may_change`)."""


def paper(ticket: Ticket, words: Translator, now_ms: int) -> Paper:
    """What is laid into the out-tray."""
    title = Sentence(N_("Ticket {number}"), {"number": ticket.visit.number})
    return Paper(title, receipt=receipt(ticket, words, now_ms))


def receipt(ticket: Ticket, words: Translator, now_ms: int) -> Receipt:
    """The lines, in the language the person chose."""
    visit, content = ticket.visit, ticket.content
    place = content.place(words.language)
    lines: list[Line] = [
        Emblem(),
        *((Text(ticket.room, bold=True),) if ticket.room else ()),
        Text(content.title(words)),
        Text(content.official(words.language)),
        Rule(),
        Text(words("Ticket number")),
        Number(visit.number),
        Text(format_date(visit.day, words.language), "large", bold=True),
        Text(when(visit, words), "large", bold=True),
        *((Text(place, "large", bold=True),) if place else ()),
        Rule(),
        *((Text(renumbered(visit, ticket.was, words), bold=True),) if ticket.was else ()),
        *((Text(doubt(words), bold=True),) if ticket.may_change else ()),
        Text(remark(visit, words)),
    ]
    if ticket.secret:
        lines += [
            Rule(),
            Code(scan.content(visit.day, visit.number, ticket.secret)),
            Pair(words("Secret code"), grouped(ticket.secret)),
            Text(
                words("With the number and this code you cancel the ticket at our computers.")
                if visit.way == "walk-in"
                else words("With the number and this code you move or cancel your time at our computers.")
            ),
        ]
    stamp = f"{format_date(local_date(now_ms), words.language, 'short')} {format_time(local(now_ms))}"
    return Receipt((*lines, Text(stamp, size="small")))


def when(visit: Visit, words: Translator) -> str:
    """The time, or in words why there is none."""
    if visit.start is not None:
        return words("at {time}", time=format_time(clock_of(visit.start)))
    return words("on the waiting list") if visit.way == "waiting" else words("without a booking")


def remark(visit: Visit, words: Translator) -> str:
    """What the person should know: the same words on the screen and on the paper."""
    if visit.state == "cancelled":
        return words("This ticket does not count any more.")
    if visit.state == "refused":
        return words("Somebody else had asked for this time before. Choose another time with the number and the code.")
    if visit.state == "requested":
        return words("The time is asked for. The main computer confirms it when the computers are connected again.")
    if visit.waits_for_a_time:
        return words("When a time becomes free, staff call you in the order of this list.")
    if visit.way == "walk-in":
        return words("You are called by this number.")
    return words("Come ten minutes before your time and say your number to staff.")


def told_by_staff(visit: Visit, words: Translator) -> str:
    """What staff tell the person who is given the ticket; `remark` as staff read it."""
    if visit.state == "requested":
        return remark(visit, words)
    if visit.waits_for_a_time:
        return words("When a time becomes free, it is shown in the list: call them.")
    if visit.way == "walk-in":
        return words("They are called by this number.")
    return words("Tell them to come ten minutes before the time and to say the number.")


def renumbered(visit: Visit, was: str, words: Translator) -> str:
    """What is said where a move to another day gave another number, "" where it did not."""
    if not was:
        return ""
    return words("Your number is now {number}. The secret code stays the same.", number=visit.number)


def doubt(words: Translator) -> str:
    """What is said of a day that is not settled."""
    return words("The day of this reception may change.")


def room_name(store: Store, words: Translator) -> str:
    """What the village's room is called, "" where it has no name yet (blocks)."""
    try:
        return zone(store).name(words.language)
    except ZoneUnknown:
        return ""
