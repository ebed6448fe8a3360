"""`akimat-desk receptions`: the dates of the third Fridays, the plan, and the plan as a calendar file.

Without a village the law's days and the usual rule count; in one, its series, its orders and what people were told.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.locale import format_range
from akimat_desk.base.words import LANGUAGES, N_
from akimat_desk.office.commands_calendar import the_calendar
from akimat_desk.service import Call
from meetings.cases import commands as case_commands
from meetings.day import commands as day_commands
from meetings.figures import commands as figures_commands
from meetings.visits import commands as visit_commands

if TYPE_CHECKING:
    from datetime import date

    from meetings.plan import SeriesPlan
    from meetings.records import Series

DONE: Final = 0


def add(parser: argparse.ArgumentParser) -> None:
    """Put the subcommands of `receptions` on `parser`."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    dates = commands.add_parser(
        "dates",
        help=N_("List the third Fridays, and on which day each reception is held."),
        description=N_("For every month from the first to the last."),
    )
    _span(dates, required=True)
    dates.add_argument(
        "--shift",
        choices=("next", "previous", "none"),
        default="next",
        help=N_("Where a day off moves it: to the next working day, to the one before, or not at all."),
    )
    dates.set_defaults(act=_dates)
    plan = commands.add_parser("plan", help=N_("Show the plan of the next twelve months, and what waits."))
    _span(plan, required=False)
    plan.set_defaults(act=_plan)
    ics = commands.add_parser(
        "ics",
        help=N_("Write the plan as a calendar file for phones and mail programs."),
        description=N_("Imported again, it moves its own events and doubles none."),
    )
    ics.add_argument("--out", required=True, metavar="FILE", type=Path, help=N_("The file to write."))
    ics.add_argument("--language", choices=LANGUAGES, default="", help=N_("The language of the events."))
    _span(ics, required=False)
    ics.set_defaults(act=_ics)
    visit_commands.add(commands)
    day_commands.add(commands)
    figures_commands.add(commands)
    case_commands.add(commands)


def _span(parser: argparse.ArgumentParser, *, required: bool) -> None:
    for option, name, text in (
        ("--from", "first", N_("The first month: the year, a hyphen, the month.")),
        ("--to", "last", N_("The last month, written in the same way.")),
    ):
        parser.add_argument(option, dest=name, default="", required=required, metavar="MONTH", help=text)


def run(call: Call) -> int:
    """Run the subcommand that was asked for; the value is the exit code."""
    code: int = call.arguments.act(call)
    return code


def _dates(call: Call) -> int:
    from akimat_desk.calendar.words import describe, full_day, unknown_orders
    from meetings.rules import Plan, Rule, months_between
    from meetings.words import tell

    given, words = call.arguments, call.words
    first, last = months_between(given.first, given.last)
    found = Plan(Rule(shift=given.shift)).occurrences(first, last, the_calendar(call))
    rows, lines = [], []
    for one in found:
        held_on = one.held_on.isoformat() if one.held_on else None
        rows.append(
            {
                "month": f"{one.of:%Y-%m}",
                "third_friday": one.of.isoformat(),
                "working": one.day.working,
                "held_on": held_on,
                "reason": tell(one, words) or describe(one.day, words),
                "why": one.day.why,
                "because": one.because,
            }
        )
        on = full_day(one.held_on, words) if one.held_on else words("not set")
        lines.append(f"{one.of:%Y-%m}: {on}. {tell(one, words)}".rstrip())
    call.out(rows, [*lines, *filter(None, [unknown_orders(last.year, words)])])
    return DONE


def _the_plan(call: Call) -> tuple[SeriesPlan, ...]:
    """Every series in the span asked for."""
    from meetings.plan import series_plan, usual_series
    from meetings.rules import months_between, twelve_months

    given = call.arguments
    now_ms = call.desk.clock.now_ms() if call.desk else time.time_ns() // 1_000_000
    today = local_date(now_ms)
    first, last = twelve_months(today)
    if given.first or given.last:
        begin, end = given.first or f"{today:%Y-%m}", given.last or f"{last:%Y-%m}"
        first, last = months_between(begin, end)
    days = the_calendar(call)
    series: tuple[Series, ...] = (usual_series(),)
    if call.desk is not None:
        from meetings.records import all_series

        series = all_series(call.desk.store)
    return tuple(series_plan(one, first, last, days, today) for one in series)


def _plan(call: Call) -> int:
    from akimat_desk.calendar.words import full_day
    from meetings.plan import clock_of
    from meetings.words import tell, tell_rule

    words, rows, lines = call.words, [], []
    plans = _the_plan(call)
    for one in plans:
        content, promised = one.series.content, one.series.promised
        times = format_range(clock_of(content.start), clock_of(content.end))
        proposed = {each.of for each in one.proposals}
        rows.append(
            {
                "series": one.series.id,
                "title": content.title(words),
                "official": content.official(words.language),
                "place": content.place(words.language),
                "rule": tell_rule(content.rule, words),
                "shift": content.shift,
                "times": times,
                "sequence": one.series.sequence,
                "dates": [
                    {
                        "date": each.of.isoformat(),
                        "held_on": each.held_on.isoformat() if each.held_on else None,
                        "because": each.because,
                        "reason": tell(each, words),
                        "order": each.order.order if each.order else "",
                        "told": each.of in promised,
                        "told_day": _iso(promised.get(each.of)),
                        "proposed": each.of in proposed,
                    }
                    for each in one.occurrences
                ],
            }
        )
        lines.append(f"{content.title(words)}: {tell_rule(content.rule, words)}, {times}")
        for each in one.occurrences:
            on = full_day(each.held_on, words) if each.held_on else words("not set")
            told = promised.get(each.of) if each.of in proposed else None
            note = words("People were told: {date}.", date=full_day(told, words)) if told else ""
            lines.append(f"  {on}. {tell(each, words)} {note}".rstrip())
    call.out(rows, lines or [words("Nothing is planned yet.")])
    return DONE


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _ics(call: Call) -> int:
    from akimat_desk.store.errors import faults
    from meetings.publishing import plan_as_calendar

    plans = _the_plan(call)
    words = call.words.in_language(call.arguments.language) if call.arguments.language else call.words
    now_ms = call.desk.clock.now_ms() if call.desk else time.time_ns() // 1_000_000
    data = plan_as_calendar(plans, words, now_ms)
    out: Path = call.arguments.out
    with faults():
        out.write_bytes(data)
    dates = sum(len([each for each in one.published if each.held_on]) for one in plans)
    call.out(
        {"file": str(out), "series": len(plans), "dates": dates},
        [call.words("Written: {file}. Dates in it: {n}.", file=str(out), n=dates)],
    )
    return DONE
