"""`akimat-desk receptions protocol` and `receptions assignments`.

By themselves they name nobody and tell nobody's words: a terminal is read over shoulders, and its output lands in files
and logs. With `--names`, and when a paper is written, they ask for a PIN.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.given import read_day
from akimat_desk.base.locale import format_date
from akimat_desk.base.words import N_
from akimat_desk.office.terminal import add_who, staff_at_terminal
from meetings.cases import legal

if TYPE_CHECKING:
    from datetime import date

    from akimat_desk.base.words import Translator
    from akimat_desk.calendar.days import WorkingDays
    from akimat_desk.service import Call, Desk
    from meetings.cases.records import Assignment, Case

DONE: Final = 0


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Put both subcommands beside the others of `receptions`."""
    protocol = commands.add_parser(
        "protocol",
        help=N_("List the minutes of a day or of one number, and write them as a PDF file."),
        description=N_("Without a day or a number, today’s."),
    )
    protocol.add_argument(
        "--day", type=read_day, default=None, metavar="DATE", help=N_("The day of the reception, such as 20.11.2026.")
    )
    protocol.add_argument("--number", default="", metavar="NUMBER", help=N_("The number of one resident’s minutes."))
    protocol.add_argument("--out", metavar="FILE", type=Path, help=N_("The PDF file to write."))
    _names(protocol)
    protocol.set_defaults(act=_protocol, needs_village=True)
    assignments = commands.add_parser(
        "assignments",
        help=N_("List what residents have not confirmed yet, the overdue first."),
        description=N_("With --out, the agenda of the weekly meeting is written as a PDF file."),
    )
    assignments.add_argument("--overdue", action="store_true", help=N_("Only what is overdue."))
    assignments.add_argument("--who", default="", metavar="NAME", help=N_("Only what one person has to do."))
    assignments.add_argument("--out", metavar="FILE", type=Path, help=N_("The PDF file to write."))
    _names(assignments)
    assignments.set_defaults(act=_assignments, needs_village=True)


def _names(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--names",
        action="store_true",
        help=N_("With names and words; this and --out ask for the PIN of a member of staff."),
    )
    add_who(command)


def _may_name(call: Call) -> bool:
    """Whether names and words are told: they were asked for, by somebody who has proved who they are. A paper holds
    them, too. Raises as `staff_at_terminal` does.
    """
    given = call.arguments
    if given.names or given.out is not None:
        staff_at_terminal(call)
    return bool(given.names)


def _desk(call: Call) -> Desk:
    assert call.desk is not None
    return call.desk


def _protocol(call: Call) -> int:
    from akimat_desk.calendar.records import calendar_of
    from meetings.cases import papers, printing, records
    from meetings.cases.actions import CaseUnknown

    desk, given, names = _desk(call), call.arguments, _may_name(call)
    today = local_date(desk.clock.now_ms())
    day = given.day or today
    with desk.store.read() as db:
        days = calendar_of(db)
        cases = records.with_number(db, given.number) if given.number else records.cases_of_day(db, day, day)
        if given.number and not cases:
            raise CaseUnknown
        found = [(case, records.assignments_of(db, case.id, days)) for case in cases]
    if given.out is not None:
        pdf = papers.protocol(*found[0], printing.house(desk)) if given.number else printing.day_pdf(desk, day)
        _write(given.out, pdf)
    rows = [
        {**_case(case, names), "assignments": [_assignment(one, days, today, names) for one in mine]}
        for case, mine in found
    ]
    t = call.words
    lines = [f"№ {case.number}: {_shown(case, names, t)}" for case, _ in found]
    if given.out is not None:
        lines.append(t("Written: {file}.", file=str(given.out)))
    call.out(rows, lines or [t("No minutes of this day.")])
    return DONE


def _assignments(call: Call) -> int:
    from akimat_desk.calendar.records import calendar_of
    from meetings.cases import printing, records
    from meetings.cases.words import state_of

    desk, given, names = _desk(call), call.arguments, _may_name(call)
    today = local_date(desk.clock.now_ms())
    with desk.store.read() as db:
        days = calendar_of(db)
        found: Sequence[Assignment] = records.living(db, days, today)
    if given.overdue:
        found = [one for one in found if one.life.late(today, days)]
    if given.who:
        found = [one for one in found if one.who == " ".join(given.who.split())]
    if given.out is not None:
        _write(given.out, printing.agenda_pdf(desk))
    t, lines = call.words, []
    for one in found:
        due = format_date(one.life.due, t.language, "short")
        what = f"{one.who}: {one.what}" if names else t("assignment {n}", n=one.place)
        lines.append(f"№ {one.case.number}  {due}  {what} ({t(state_of(one, today)[2])})")
    if given.out is not None:
        lines.append(t("Written: {file}.", file=str(given.out)))
    call.out([_assignment(one, days, today, names) for one in found], lines or [t("No open assignments.")])
    return DONE


def _shown(case: Case, names: bool, t: Translator) -> str:
    if names:
        return f"{case.name or t('A resident')}. {case.asked}"
    return t(legal.name_of(legal.KINDS, case.kind))


def _case(case: Case, names: bool) -> dict[str, object]:
    words = {line: getattr(case, line) for line in ("name", "asked", "explained", "promised")}
    return {
        "number": case.number,
        "received": case.received.isoformat(),
        "corrected": case.corrected.isoformat() if case.corrected else None,
        "visit": case.visit,
        "kind": case.kind,
        "answer": case.answer,
        "subject": case.subject,
        **(words if names else {}),
    }


def _assignment(one: Assignment, days: WorkingDays, today: date, names: bool) -> dict[str, object]:
    return {
        "number": one.case.number,
        "place": one.place,
        **({"what": one.what, "who": one.who} if names else {}),
        "state": one.life.state,
        "given": one.life.given.isoformat(),
        "due": one.life.due.isoformat(),
        "late": one.life.late(today, days),
        "weeks": one.life.weeks(today),
        "moved": one.life.moved,
        "reopened": one.life.reopened,
        "tell_by": one.life.tell_by.isoformat() if one.life.tell_by else None,
    }


def _write(file: Path, data: bytes) -> None:
    from akimat_desk.store.errors import faults

    with faults():
        file.write_bytes(data)
