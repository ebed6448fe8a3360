"""`akimat-desk print inspect` and `print send`. Neither needs a village; nothing is journalled or charged."""

from __future__ import annotations

import argparse
import time
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import Refused, Unavailable
from akimat_desk.base.ids import uuid7
from akimat_desk.base.words import N_
from akimat_desk.documents.errors import PasswordNeeded, PasswordWrong, PrintingForbidden
from akimat_desk.documents.inspection import Inspection, inspection_json
from akimat_desk.documents.worker import Worker
from akimat_desk.people.erasing import thrown_away
from akimat_desk.service import Call
from printing import held_commands, laid_out, printer_commands
from printing.delivery import SIDES
from printing.devices.addresses import probe_typed
from printing.devices.backend import Document, JobState, JobTicket, PrinterBackend, Unknown
from printing.devices.errors import AddressRefused, DeviceUnavailable
from printing.devices.opening import open_backend
from printing.layout import pages_of
from printing.money import commands as money
from printing.places import shown
from printing.printers import PLAIN_SCHEMES
from printing.rasterise import rasterise
from printing.rules import Options, parse_pages, sheets_of
from printing.scanning import commands as scanning
from printing.sizes import MEDIA, SIZES, by_itself, sizes_of

if TYPE_CHECKING:
    from printing.layout import Pages
    from printing.rules import Colour, Sides, Size

SOME_REFUSED: Final = 3
PATIENCE_S: Final = 60.0
"""How long a printer that has the job may be silent while --wait asks how it stands."""

_POLL_S: Final = 0.2
_COLOURS: Final = ("auto", "grey", "colour")
_SIDE_WORDS: Final[Mapping[str, Sides]] = {
    **{word: word for word in SIDES},
    **{ipp: word for word, ipp in SIDES.items()},
}
"""Our words for the sides, and IPP's."""


class FileRefused(Refused):
    """A file given to `print send` cannot be printed; the reason is the inspection's."""

    code = "file-refused"
    staff_text = N_("{why}")
    next_text = N_("Look into the file with “print inspect”.")


class FateUnknown(Unavailable):
    """The printer does not answer what became of the job."""

    code = "job-unknown"
    staff_text = N_("We cannot tell whether it printed. Look in the tray.")
    next_text = N_("Do not send it again before you have looked.")


def add(parser: argparse.ArgumentParser) -> None:
    """The arguments of both commands."""
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    password = N_("The file's own password, where it has one.")
    inspect = commands.add_parser(
        "inspect",
        help=N_("Look into files: what they are, pages, colour, and whether they can be printed."),
        description=N_("Exit code 0 if every file can be printed, 3 if any cannot. Nothing is kept."),
    )
    inspect.add_argument("files", nargs="+", metavar="FILE")
    inspect.add_argument("--password", metavar="PASSWORD", help=password)
    inspect.set_defaults(act=run_inspect)
    send = commands.add_parser(
        "send",
        help=N_("Print a file at once, without a village, a queue or a price."),
        description=N_("For trying a printer out. Nothing is written down."),
    )
    send.add_argument("file", metavar="FILE")
    send.add_argument(
        "--printer",
        required=True,
        metavar="ADDRESS",
        help=N_(
            "The printer's address, such as ipp://192.168.1.20/ipp/print; with folder:///… PDF files are left there."
        ),
    )
    send.add_argument("--copies", type=int, default=1, metavar="N", help=N_("How many copies; otherwise one."))
    send.add_argument(
        "--sides",
        choices=tuple(_SIDE_WORDS),
        default="one",
        metavar="one|long|short",
        help=N_("On one side, or on both, turned at the long or the short edge; otherwise on one."),
    )
    send.add_argument(
        "--colour", choices=_COLOURS, default="auto", help=N_("As the file is (auto), in grey, or in colour.")
    )
    send.add_argument("--pages", default="", metavar="1-3,5", help=N_("Only these pages; otherwise all."))
    send.add_argument("--size", choices=SIZES, help=N_("The sheet of paper; otherwise as the pages are."))
    send.add_argument("--password", metavar="PASSWORD", help=password)
    send.add_argument("--wait", action="store_true", help=N_("Wait until it is printed, and say how it ended."))
    send.set_defaults(act=run_send)
    money.add(commands)
    scanning.add(commands)
    printer_commands.add(commands)
    held_commands.add(commands)


def run(call: Call) -> int:
    """Run the chosen command."""
    code: int = call.arguments.act(call)
    return code


def run_inspect(call: Call) -> int:
    """Report on every file; 0 when all can be printed, 3 when some are refused."""
    arguments, words = call.arguments, call.words
    with thrown_away() as folder, Worker(folder) as worker:
        found = [worker.inspect(Path(file), arguments.password) for file in arguments.files]
    rows = [inspection_json(each, words) for each in found]
    call.out(rows, [_line(call, each) for each in found])
    return 0 if all(each.can_print for each in found) else SOME_REFUSED


def _line(call: Call, found: Inspection) -> str:
    words, name = call.words, shown(found.file)
    if not found.can_print:
        return f"{name}: {words.say(found.message)}"
    said = words.count("{n} page", "{n} pages", found.pages)
    note = f" {words.say(found.message)}" if found.message else ""
    return f"{name}: {said}.{note}"


def run_send(call: Call) -> int:
    """Print one file; with --wait until the printer is done with it. 0 printed or taken, 1 not."""
    began = time.monotonic()
    arguments = call.arguments
    with thrown_away() as folder, Worker(folder) as worker:
        inspection = worker.inspect(Path(arguments.file), arguments.password)
        _must_print(call, inspection)
        printer = _printer(arguments.printer)
        file, pages = Path(arguments.file), pages_of(inspection)
        options = _options(arguments, pages, printer)
        printable = folder / "document.pdf"
        laid_out.write(worker, file, printable, pages, options, password=arguments.password)
        ticket = JobTicket(
            uuid=uuid7(time.time_ns() // 1_000_000),
            copies=options.copies,
            sides=SIDES[options.sides],
            colour=options.colour == "colour",
            media=MEDIA[options.size],
        )
        pdf = printable.read_bytes()
        sent = printer.submit(ticket, Document(pdf=pdf, bitmaps=rasterise(lambda: nullcontext(worker), folder)(pdf)))
        handle = _handle(printer, ticket.uuid, sent) if isinstance(sent, Unknown) else sent.handle
        state = _follow(printer, handle) if arguments.wait else _asked(printer, handle)
    return _report(call, options, state, time.monotonic() - began)


def _must_print(call: Call, inspection: Inspection) -> None:
    if not inspection.can_print:
        for kind in (PasswordNeeded, PasswordWrong, PrintingForbidden):
            if inspection.reason == kind.code:
                raise kind
        raise FileRefused(why=call.words.say(inspection.message))


def _options(arguments: argparse.Namespace, file: Pages, printer: PrinterBackend) -> Options:
    """What was asked for; "auto" prints colour where there is any and the printer can. Pages larger than A4 come on A3
    where the printer has it.
    """
    pages = parse_pages(arguments.pages, file.count)
    colour: Colour = "colour" if arguments.colour == "colour" else "grey"
    if arguments.colour == "auto" and not set(pages).isdisjoint(file.colour) and printer.probe().colour:
        colour = "colour"
    size: Size = arguments.size or by_itself(file, pages, "single", SIZES)
    if size == "A3" and not arguments.size and size not in sizes_of(printer.probe()):
        size = "A4"
    return Options(arguments.copies, _SIDE_WORDS[arguments.sides], colour, pages, size=size)


def _printer(address: str) -> PrinterBackend:
    """The printer at an address as staff would type it, "folder:///…" among them."""
    if address.startswith(PLAIN_SCHEMES):
        return open_backend(address)
    if not address.strip():
        raise AddressRefused(typed=address)
    return open_backend(probe_typed(address)[0])


def _handle(printer: PrinterBackend, uuid: str, sent: Unknown) -> str:
    """What the printer knows of a job whose reply was lost. It is never sent again from here."""
    try:
        found = printer.find(uuid)
        without_pages = found is not None and found.has_document is False
        if found is not None and without_pages:
            printer.cancel(found.handle)
    except DeviceUnavailable as why:
        raise FateUnknown from why
    if found is not None and not without_pages:
        return found.handle
    if sent.why is None or (sent.may_have_printed and not without_pages):
        raise FateUnknown from sent.why
    raise sent.why


def _asked(printer: PrinterBackend, handle: str) -> JobState:
    """How the job stands; a printer that has it and is silent now has it all the same."""
    try:
        return printer.poll(handle)
    except DeviceUnavailable:
        return JobState("pending")


def _follow(printer: PrinterBackend, handle: str) -> JobState:
    """The end of the job."""
    heard = time.monotonic()
    while True:
        try:
            state = printer.poll(handle)
        except DeviceUnavailable as why:
            if time.monotonic() - heard > PATIENCE_S:
                raise FateUnknown from why
        else:
            heard = time.monotonic()
            if state.ended:
                return state
        time.sleep(_POLL_S)


def _report(call: Call, options: Options, state: JobState, seconds: float) -> int:
    words = call.words
    pages = len(options.pages) * options.copies
    sheets = sheets_of(len(options.pages), options.sides) * options.copies
    said = {
        "pending": N_("The printer has the document."),
        "processing": N_("The printer has the document."),
        "stopping": N_("Printing was stopped."),
        "completed": N_("Printed. Pages: {pages}, sheets: {sheets}."),
        "cancelled": N_("Printing was stopped."),
        "aborted": N_("The printer gave the document up."),
        "gone": N_("We cannot tell whether it printed. Look in the tray."),
        "sent": N_("The printer has the document."),
    }
    call.out(
        {"state": state.state, "pages": pages, "sheets": sheets, "size": options.size, "seconds": round(seconds, 3)},
        [words(said[state.state], pages=pages, sheets=sheets)],
    )
    return 0 if state.state in ("pending", "processing", "completed", "sent") else 1
