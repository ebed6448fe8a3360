"""`akimat-desk receptions report`: what a month, a year or more of receptions came to."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.words import N_

if TYPE_CHECKING:
    from datetime import date

    from akimat_desk.service import Call

DONE: Final = 0


def add(commands: Any) -> None:
    """Put the subcommand on `receptions`."""
    report = commands.add_parser(
        "report",
        help=N_("What a month, a year or more of receptions came to."),
        description=N_("This year, if nothing else is said. Nobody but officials is named in it."),
    )
    report.add_argument(
        "--from", dest="first", default="", metavar="MONTH", help=N_("The first month: the year, a hyphen, the month.")
    )
    report.add_argument(
        "--to", dest="last", default="", metavar="MONTH", help=N_("The last month, written in the same way.")
    )
    report.add_argument(
        "--save",
        type=Path,
        default=None,
        metavar="FOLDER",
        help=N_("Save the report as PDF and as CSV in this folder."),
    )
    report.set_defaults(act=_report, needs_village=True)


def _report(call: Call) -> int:
    from meetings.figures import room
    from meetings.figures.report import day_facts, period_name, report_json, share_text, work_facts
    from meetings.visits.subjects import subject

    desk, words = call.desk, call.words
    assert desk is not None
    begin, end = _span(call, local_date(desk.clock.now_ms()))
    told = room.told(desk, begin, end)
    figures = told.figures
    saved = room.save_report(desk, told, call.arguments.save) if call.arguments.save else ()
    value = {**report_json(told), "files": [str(file) for file in saved]}
    lines = [period_name(figures, words.language)]
    lines += [f"  {label}: {shown}" for label, shown in day_facts(figures.day, words)]
    lines += [f"  {label}: {shown}" for label, shown in work_facts(figures.work, words)]
    lines += [f"  {words('Received by')}: {name}, {served}" for name, served in told.served()]
    lines += [f"  {words(subject(one.subject).name)}: {one.times}" for one in figures.subjects]
    if len(figures.months) > 1:
        for one in figures.months:
            if one.day.expected or one.work.cases:
                share = share_text(one.work.share_in_time, words.language)
                said = words("received {served}, in time {share}", served=one.day.served, share=share)
                lines.append(f"{one.first:%Y-%m}: {said}")
    call.out(value, [*lines, *map(str, saved)])
    return DONE


def _span(call: Call, today: date) -> tuple[date, date]:
    """The first day and the day after the last. Raises `MonthForm`, `SpanForm`."""
    from meetings.rules import months_between

    given = call.arguments
    first = given.first or (given.last if given.last else f"{today.year}-01")
    last = given.last or (given.first if given.first else f"{today.year}-12")
    begin, until = months_between(first, last)
    return begin, until + timedelta(days=1)
