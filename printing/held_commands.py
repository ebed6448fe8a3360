"""`akimat-desk print queue`, `hold`, `release`, `cancel`: what staff do at the printer desk, on the command line.

Whoever may run the program on this PC may do it, so what it does is nobody's by name. Where another PC is the room's
main one, it is asked.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from akimat_desk.base.clock import local
from akimat_desk.base.errors import Refused
from akimat_desk.base.locale import format_money, format_time
from akimat_desk.base.typed import count
from akimat_desk.base.words import N_
from akimat_desk.documents.worker import Worker
from akimat_desk.people.session import Session
from akimat_desk.service import Call, Desk
from printing import held_moves
from printing.flow import PrintFlow
from printing.held import CodeUnknown
from printing.held_job import HeldJob
from printing.printer_commands import PrinterUnnamed
from printing.room import Room, room_of, since_midnight
from printing.rules import Colour, Layout, Options, Quote, Sides, Size, parse_pages

if TYPE_CHECKING:
    from printing.release import Holder
    from printing.spool import SpooledJob

WORDS: Final = {
    "held": N_("waits to be released"),
    "handing": N_("on its way to the main PC"),
    "handed": N_("on the main PC"),
    "coming": N_("on its way to the main PC"),
    "released": N_("being printed"),
    "done": N_("printed"),
    "cancelled": N_("destroyed, not printed"),
    "expired": N_("its time is over, destroyed"),
}


AT_ONCE: Final = {
    "waiting": N_("waits for the printer"),
    "uncertain": N_("decide: did it print?"),
    "done": N_("printed"),
    "stopped": N_("stopped"),
    "failed": N_("not printed"),
}
"""Of what is printed at once; the other states are "being printed"."""


class NotPrintable(Refused):
    """The file cannot be printed; the reason is the inspection's."""

    code = "hold-file"
    staff_text = N_("{why}")
    next_text = N_("Look into the file with “print inspect”.")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of the four commands."""
    queue = commands.add_parser(
        "queue",
        help=N_("The documents that wait for release, print, and were printed today."),
        description=N_("What needs a person comes first. No file's name is kept, so none is told."),
    )
    queue.add_argument("--code", default="", metavar="CODE", help=N_("Only documents whose code begins so."))
    queue.add_argument("--most", type=count, default=200, metavar="N", help=N_("How many at most; otherwise 200."))
    queue.set_defaults(act=run_queue, needs_village=True)
    hold = commands.add_parser(
        "hold",
        help=N_("Let a file wait under a code."),
        description=N_("As a resident does at a PC of the room. The code is told."),
    )
    hold.add_argument("file", metavar="FILE")
    hold.add_argument("--password", metavar="PASSWORD", help=N_("The file's own password, where it has one."))
    _options(hold)
    hold.set_defaults(act=run_hold, needs_village=True)
    release = commands.add_parser(
        "release",
        help=N_("Print the document that waits under a code."),
        description=N_(
            "Everything may still be changed; what is not said stays as the resident chose. The other options say what"
            " becomes of a document that was released before, or is on its way to the main PC."
        ),
    )
    release.add_argument("document", metavar="CODE")
    release.add_argument("--printer", default="", metavar="NAME", help=N_("Another printer than the first that can."))
    held_moves.add_to_release(release)
    _options(release)
    release.set_defaults(act=run_release, needs_village=True)
    cancel = commands.add_parser(
        "cancel",
        help=N_("Destroy the document that waits under a code; it is not printed."),
        description=N_("It cannot be brought back."),
    )
    cancel.add_argument("document", metavar="CODE")
    held_moves.add_to_cancel(cancel)
    cancel.set_defaults(act=run_cancel, needs_village=True)


def _options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--copies", type=int, metavar="N", help=N_("How many copies; otherwise one."))
    parser.add_argument("--pages", metavar="1-3,5", help=N_("Only these pages; otherwise all."))
    parser.add_argument(
        "--sides", choices=get_args(Sides), help=N_("One side, or both, turned at the long or short edge.")
    )
    parser.add_argument("--colour", choices=get_args(Colour), help=N_("In grey or in colour."))
    parser.add_argument(
        "--layout", choices=get_args(Layout), help=N_("One, two or four pages on a side of paper, or a booklet.")
    )
    parser.add_argument("--size", choices=get_args(Size), help=N_("The sheet of paper; otherwise as the pages are."))


def run_queue(call: Call) -> int:
    """List documents."""
    arguments, here = call.arguments, _room(call)
    found = here.holder().find(arguments.code, arguments.most)
    spooled = here.spool.jobs(since_ms=since_midnight(_desk(call)))
    at_once = [job for job in spooled if not job.held and job.code.startswith(arguments.code)][: arguments.most]
    lines = [_line(call, job) for job in found.jobs]
    if at_once:
        lines += [call.words("Printed at once at this PC:"), *(_line_at_once(call, job) for job in at_once)]
    lines.append(call.words("Waiting for release: {n}", n=found.waiting))
    value = {
        "waiting": found.waiting,
        "total": found.total,
        "jobs": [_json(job) for job in found.jobs],
        "at_once": [_json_at_once(job) for job in at_once],
    }
    call.out(value, lines)
    return 0


def run_hold(call: Call) -> int:
    """Let a file wait; tell its code."""
    here, arguments, desk = _room(call), call.arguments, _desk(call)
    with _thrown_away(desk) as folder, Worker(folder) as worker:
        flow = PrintFlow(desk.journal, here.spool, worker, folder, hold=here.hold, waits=True)
        file = Path(arguments.file)
        flow.file, flow.name, flow.password = file, file.name, arguments.password or ""
        flow.inspection = worker.inspect(file, arguments.password)
        if not flow.inspection.can_print:
            raise NotPrintable(why=call.words.say(flow.inspection.message))
        wanted = _wanted(arguments, Options(), flow.page_count)
        flow.copies, flow.sides, flow.colour, flow.layout = wanted.copies, wanted.sides, wanted.colour, wanted.layout
        flow.size, flow.can_sizes = arguments.size, here.way().sizes
        if wanted.pages:
            flow.which, flow.pages_text = "some", ", ".join(map(str, wanted.pages))
        job = flow.print().job
    assert isinstance(job, HeldJob)
    now = here.follow(job.held)
    call.out(_json(now), [_line(call, now)])
    return 0


def run_release(call: Call) -> int:
    """Print what waits under a code, or say what becomes of what was released."""
    arguments, here = call.arguments, _room(call)
    code = arguments.document
    now: HeldJob | SpooledJob | None = None
    if arguments.move:
        if not arguments.printer:
            raise PrinterUnnamed(typed="")
        now = held_moves.move(here, code, lambda holder: _printer(holder, arguments.printer))
    elif arguments.printed or arguments.not_printed or arguments.sheets is not None:
        journal, sheets = _desk(call).journal, arguments.sheets
        now = held_moves.decide(journal, here, code, printed=arguments.printed, sheets=sheets)
    elif arguments.hand_over:
        now = held_moves.hand_over(here, code)
    elif arguments.take_back:
        now = held_moves.take_back(here, code)
    if now is not None:
        return _told(call, now)
    holder = here.holder()
    job = _by_code(holder, arguments.document, again=arguments.again)
    options = _wanted(arguments, job.options, job.pages.count)
    moved = holder.release(
        job.held, options, printer=_printer(holder, arguments.printer), again=arguments.again
    )  # fmt: skip
    return _told(call, moved.job)


def run_cancel(call: Call) -> int:
    """Destroy what waits under a code, or stop what is printed."""
    here = _room(call)
    if call.arguments.stop:
        return _told(call, held_moves.stop(here, call.arguments.document))
    holder = here.holder()
    return _told(call, holder.cancel(holder.open(call.arguments.document).held).job)


def _told(call: Call, job: HeldJob | SpooledJob) -> int:
    if isinstance(job, HeldJob):
        call.out(_json(job), [_line(call, job)])
    else:
        call.out(_json_at_once(job), [_line_at_once(call, job)])
    return 0


def _by_code(holder: Holder, code: str, *, again: bool) -> HeldJob:
    if not again:
        return holder.open(code)
    kept = [job for job in holder.find(code).jobs if job.code == code and job.can_again]
    if len(kept) != 1:
        raise CodeUnknown
    return kept[0]


def _printer(holder: Holder, name: str) -> int:
    if not name:
        return 0
    meant = [each.id for each in holder.offer().printers if name in (each.name, str(each.id))]
    if len(meant) != 1:
        raise PrinterUnnamed(typed=name)
    return meant[0]


def _wanted(arguments: argparse.Namespace, now: Options, count: int) -> Options:
    """`now`, but for what is said."""
    pages = parse_pages(arguments.pages, count) if arguments.pages else now.pages
    layout = arguments.layout or now.layout
    sides = arguments.sides or (now.sides if now.sides != "short" or layout in ("two", "booklet") else "long")
    copies = now.copies if arguments.copies is None else arguments.copies
    wanted = Options(copies, sides, arguments.colour or now.colour, pages, layout, arguments.size or now.size)
    return wanted.after(now)


@contextmanager
def _thrown_away(desk: Desk) -> Iterator[Path]:
    """A session's folder: what a killed call leaves in it is destroyed at the next start."""
    session = Session.start(desk.home, desk.clock)
    try:
        yield session.folder
    finally:
        session.wipe()


def _desk(call: Call) -> Desk:
    assert call.desk is not None
    return call.desk


def _room(call: Call) -> Room:
    return room_of(_desk(call))


def _line(call: Call, job: HeldJob) -> str:
    words, language = call.words, call.words.language
    told = [
        words(WORDS[job.state]),
        words("Pages: {n}", n=job.quote.pages),
        format_money(job.quote.total, language),
        format_time(local(job.created_ms)),
    ]
    if job.options.out:
        told.append(words("Sheets out already: {n}", n=job.options.out))
    if job.seat:
        told.append(words("PC {seat}", seat=job.seat))
    return f"{job.code}  {'  '.join(told)}"


def _line_at_once(call: Call, job: SpooledJob) -> str:
    words = call.words
    told = [
        words(AT_ONCE.get(job.state, WORDS["released"])),
        words("Pages: {n}", n=job.quote.pages),
        format_money(job.quote.total, words.language),
        format_time(local(job.created_ms)),
    ]
    return f"{job.code}  {'  '.join(told)}"


def _json_at_once(job: SpooledJob) -> dict[str, object]:
    return {
        "code": job.code,
        "printing": job.state,
        "trouble": job.reason or None,
        **_choices(job.quote, job.options),
        "brought_ms": job.created_ms,
    }


def _choices(quote: Quote, options: Options) -> dict[str, object]:
    return {
        "pages": quote.pages,
        "sheets": quote.sheets,
        "copies": options.copies,
        "sides": options.sides,
        "colour": options.colour,
        "layout": options.layout,
        "size": options.size,
        "sheets_out": options.out,
        "tenge": quote.total,
    }


def _json(job: HeldJob) -> dict[str, object]:
    return {
        "code": job.code,
        "state": job.state,
        "printing": job.job.state if job.job is not None and job.state == "released" else None,
        "seat": job.seat,
        **_choices(job.quote, job.options),
        "can_print_again": job.can_again,
        "held_ms": job.created_ms,
        "due_ms": job.due_ms,
    }
