"""Papers of cases on their way: into the out-tray, and as bytes for a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.errors import Unavailable
from akimat_desk.base.words import N_, Sentence
from akimat_desk.calendar.records import calendar_of
from akimat_desk.files import FileStore
from akimat_desk.papers.tray import OutTray, Paper, put
from akimat_desk.people.zone import zone
from meetings.cases import papers, records
from meetings.cases.papers import House
from meetings.cases.rules import AT_WORK

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from akimat_desk.store import Database
    from meetings.cases.records import Assignment, Case

SERVICE: Final = "meetings"


class NothingToPrint(Unavailable):
    """There is nothing such a paper would say."""

    code = "cases-nothing"
    staff_text = N_("There is nothing to print.")
    next_text = N_("Look at the list of assignments.")


class NoMinutes(NothingToPrint):
    """Nobody was heard on that day, or nothing of it is recorded yet."""

    code = "cases-no-minutes"
    staff_text = N_("There are no minutes of this day.")
    next_text = N_("Choose another day.")


def house(desk: Desk) -> House:
    """Whose papers these are, as of today (blocks)."""
    with desk.store.read() as db:
        days = calendar_of(db)
    return House(zone(desk.store).content, desk.words, days, local_date(desk.clock.now_ms()))


def title(msgid: str, number: str) -> Sentence:
    """What staff read in the tray; it names nobody."""
    return Sentence(msgid, {"number": number})


def lay_in(desk: Desk, whose: House, db: Database, case: Case, assignments: Sequence[Assignment]) -> None:
    """Minutes and coupon of a case that is being recorded: into the tray in the same commit."""
    lay_in_minutes(desk, whose, db, case, assignments)
    receipt = papers.coupon(case, whose)
    put(db, desk.clock, SERVICE, Paper(title(N_("Coupon {number}"), case.number), receipt=receipt))


def lay_in_minutes(desk: Desk, whose: House, db: Database, case: Case, assignments: Sequence[Assignment]) -> None:
    """Minutes alone, when they are corrected: the coupon's number and code stay."""
    pdf = papers.protocol(case, assignments, whose)
    put(db, desk.clock, SERVICE, Paper(title(N_("Minutes {number}"), case.number), pdf=pdf))


def print_case(desk: Desk, case: Case, assignments: Sequence[Assignment], what: str) -> int:
    """Minutes ("protocol"), "coupon" or "answer" of a case once more (blocks); the paper's number in the tray."""
    whose = house(desk)
    if what == "coupon":
        paper = Paper(title(N_("Coupon {number}"), case.number), receipt=papers.coupon(case, whose))
    elif what == "answer":
        paper = Paper(title(N_("Answer {number}"), case.number), pdf=papers.answer(case, assignments, whose))
    else:
        paper = Paper(title(N_("Minutes {number}"), case.number), pdf=papers.protocol(case, assignments, whose))
    return OutTray(desk.store, desk.clock).put(SERVICE, paper)


def print_scans(desk: Desk, case: Case) -> int:
    """What was scanned for a case, once more on paper (blocks); how many papers.

    Raises `NothingToPrint`, and `FileNotHere` while a scan made at another PC has not come.
    """
    files = FileStore(desk.store, desk.clock)
    with desk.store.read() as db:
        kept = [ref for ref, media in records.papers_of(db, case.id) if media == "application/pdf"]
    if not kept:
        raise NothingToPrint
    tray = OutTray(desk.store, desk.clock)
    for ref in kept:
        with files.open(ref.hash) as scan:
            tray.put(SERVICE, Paper(title(N_("Papers of minutes {number}"), case.number), pdf=scan.read()))
    return len(kept)


def print_notice(desk: Desk, one: Assignment) -> int:
    """The notice of a moved date (blocks)."""
    paper = Paper(title(N_("Notice {number}"), one.case.number), pdf=papers.notice(one, house(desk)))
    return OutTray(desk.store, desk.clock).put(SERVICE, paper)


def day_pdf(desk: Desk, day: date) -> bytes:
    """The minutes of a day (blocks). Raises `NoMinutes`."""
    whose = house(desk)
    with desk.store.read() as db:
        cases = records.cases_of_day(db, day, day)
        found = [(case, records.assignments_of(db, case.id, whose.days)) for case in cases]
    if not found:
        raise NoMinutes
    return papers.day_protocol(day, found, whose)


def print_day(desk: Desk, day: date) -> int:
    """The minutes of a day into the tray (blocks). Raises `NoMinutes`."""
    paper = Paper(Sentence(N_("Minutes of the reception day")), pdf=day_pdf(desk, day))
    return OutTray(desk.store, desk.clock).put(SERVICE, paper)


def agenda_pdf(desk: Desk) -> bytes:
    """All that is not confirmed (blocks)."""
    whose = house(desk)
    with desk.store.read() as db:
        found = records.living(db, whose.days, whose.today)
    return papers.agenda(found, whose)


def print_agenda(desk: Desk) -> int:
    """The agenda into the tray (blocks)."""
    paper = Paper(Sentence(N_("Agenda of the meeting on open problems")), pdf=agenda_pdf(desk))
    return OutTray(desk.store, desk.clock).put(SERVICE, paper)


def reminders(desk: Desk) -> dict[str, bytes]:
    """A reminder for everybody who has something to do, by name, in the order of urgency (blocks)."""
    whose = house(desk)
    with desk.store.read() as db:
        found = [one for one in records.living(db, whose.days, whose.today) if one.life.state in AT_WORK and one.who]
    names = dict.fromkeys(one.who for one in found)
    return {who: papers.reminder(who, [one for one in found if one.who == who], whose) for who in names}


def print_reminders(desk: Desk) -> int:
    """All reminders into the tray (blocks); how many. Raises `NothingToPrint`."""
    made = reminders(desk)
    if not made:
        raise NothingToPrint
    with desk.store.write() as db:
        for pdf in made.values():
            put(db, desk.clock, SERVICE, Paper(Sentence(N_("Reminder of assignments")), pdf=pdf))
    return len(made)
