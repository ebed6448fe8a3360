"""`akimat-desk print printers …`: the printers of this PC, on the command line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, Final

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.service import Call, Desk
from printing import printers, records
from printing.naming import happened, supply_name
from printing.sizes import SIZES
from printing.spool import Spool

if TYPE_CHECKING:
    from printing.devices.backend import Capabilities
    from printing.printers import PrinterReport, PrinterState
    from printing.records import Printer

WIDTHS: Final = {"58": 384, "80": 576}
"""Millimetres of paper and the dots across it."""


class PrinterUnnamed(Refused):
    """No printer, or more than one, answers to what was typed."""

    code = "printer-unnamed"
    staff_text = N_("No single printer is called “{typed}”.")
    next_text = N_("Name it by its number or its whole name: the list of printers shows both.")


class SheetUnknown(Refused):
    """A size that documents are not printed on."""

    code = "sheet-unknown"
    staff_text = N_("“{typed}” is none of the sheets A4, A3 and A5.")
    next_text = N_("Write the sizes with spaces between them: A4 A3.")


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """The arguments of `print printers` and what it can do."""
    parser = commands.add_parser(
        "printers",
        help=N_("The printers of this PC: look, find, add, remove, try out."),
        description=N_("Alone it lists them. A printer is named by its number or its name, as the list shows them."),
    )
    parser.set_defaults(act=run_list, needs_village=True)
    parts = parser.add_subparsers(metavar="COMMAND")

    def part(name: str, help: str, act: Any) -> argparse.ArgumentParser:
        made = parts.add_parser(name, help=help)
        made.set_defaults(act=act, needs_village=True)
        return made

    part("list", N_("Every printer of this PC, and how it is now."), run_list)
    part("find", N_("Printers on the network, at this computer, and what receipts may hang on."), run_find)
    added = part("add", N_("Ask what stands at an address, and keep it when it is a printer."), run_add)
    added.add_argument("address", metavar="ADDRESS")
    added.add_argument("--name", default="", metavar="NAME", help=N_("What it is called; otherwise its own name."))
    added.add_argument("--receipts", action="store_true", help=N_("It prints receipts, and is not asked."))
    added.add_argument("--width", choices=tuple(WIDTHS), default="80", help=N_("Millimetres of its paper."))
    for name, said, act in (
        ("remove", N_("Take a printer out of the list, with its past."), run_remove),
        ("test", N_("Print a test page, or a test receipt."), run_test),
        ("levels", N_("What is left in it, its counters, and what it has been through."), run_levels),
    ):
        part(name, said, act).add_argument("printer", metavar="PRINTER")
    group = part("group", N_("Let printers of one group share the work."), run_group)
    group.add_argument("printer", metavar="PRINTER")
    group.add_argument("group", metavar="GROUP", nargs="?", default="", help=N_("Nothing: it stands alone."))
    paper = part("paper", N_("Say which sheets lie in it."), run_paper)
    paper.add_argument("printer", metavar="PRINTER")
    paper.add_argument(
        "sheets", metavar="SHEET", nargs="*", help=N_("A4, A3, A5: all that lie in it. Nothing: what it says itself.")
    )
    letters = part("letters", N_("Say what the test receipt has shown."), run_letters)
    letters.add_argument("printer", metavar="PRINTER")
    letters.add_argument("letters", choices=("text", "picture"), help=N_("Its own letters are right, or they are not."))


def run_list(call: Call) -> int:
    """Every printer and how it is."""
    states = printers.states(_desk(call).store, _desk(call).clock)
    lines = [_line(call, state) for state in states] or [call.words("No printer is set up on this PC.")]
    call.out([_state_json(call, state) for state in states], lines)
    return 0


def run_find(call: Call) -> int:
    """What can be found without typing."""
    from printing.devices.finding import find_printers, receipt_lines

    found = [("paper", each) for each in find_printers()] + [("receipt", each) for each in receipt_lines()]
    values = [
        {"purpose": purpose, "name": each.name, "address": each.uri, "model": each.model} for purpose, each in found
    ]
    call.out(values, [f"{each.name}: {each.uri}" for _, each in found] or [call.words("No printer was found.")])
    return 0


def run_add(call: Call) -> int:
    """Keep a printer. Raises what `printers.add_typed` raises."""
    given, store = call.arguments, _desk(call).store
    if given.receipts:
        added = printers.add_receipt_printer(store, given.name, given.address, WIDTHS[given.width])
    else:
        added = printers.add_typed(store, given.name, given.address)
    call.out(_json(added), [call.words("Printer {number} is in the list: {name}.", number=added.id, name=_name(added))])
    return 0


def run_remove(call: Call) -> int:
    """Take it out of the list."""
    printer = _named(call)
    printers.remove(_desk(call).store, printer)
    call.out(_json(printer), [call.words("Printer {number} is no longer in the list.", number=printer.id)])
    return 0


def run_test(call: Call) -> int:
    """Print a test page or receipt."""
    desk, printer = _desk(call), _named(call)
    printers.print_test_page(desk, Spool(desk.store, desk.clock), printer)
    words = call.words
    said = words("The test page is in the queue.") if printer.purpose == "paper" else words("The test receipt is sent.")
    call.out(_json(printer), [said])
    return 0


def run_levels(call: Call) -> int:
    """What is left in it, and what it has been through."""
    desk, words = _desk(call), call.words
    report = printers.report(desk.store, desk.clock, _named(call))
    lines = [_line(call, report.state)]
    if report.state.able is not None:
        for supply in report.state.able.supplies:
            left = words("not known") if supply.percent is None else f"{supply.percent} %"
            lines.append(f"  {supply_name(words, supply)}: {left}")
    if report.compared.counter is not None:
        lines.append(f"  {words('Its own counter')}: {report.compared.counter}")
    if report.compared.jobs:
        lines.append(f"  {words('Pages by our count')}: {report.compared.ours}")
        lines.append(f"  {words('Pages by its count')}: {report.compared.theirs}")
    lines += [f"  {when}  {what}" for when, what in (happened(words, words.language, each) for each in report.past)]
    call.out(_report_json(call, report), lines)
    return 0


def run_group(call: Call) -> int:
    """Put it into a group, or take it out of one."""
    printer = printers.set_group(_desk(call).store, _named(call), call.arguments.group)
    call.out(_json(printer), [call.words("It is saved.")])
    return 0


def run_paper(call: Call) -> int:
    """Keep which sheets lie in it. Raises `SheetUnknown`."""
    typed = [sheet.upper() for sheet in call.arguments.sheets]
    sizes = tuple(size for size in SIZES if size in typed)
    if set(sizes) != set(typed):
        raise SheetUnknown(typed=" ".join(call.arguments.sheets))
    printer = printers.set_paper(_desk(call).store, _named(call), sizes)
    call.out(_json(printer), [call.words("It prints on: {sizes}.", sizes=", ".join(printer.paper) or "–")])
    return 0


def run_letters(call: Call) -> int:
    """Keep what the test receipt has shown."""
    printer = printers.set_letters(_desk(call).store, _named(call), call.arguments.letters)
    call.out(_json(printer), [call.words("It is saved.")])
    return 0


def _desk(call: Call) -> Desk:
    assert call.desk is not None  # these commands need the village
    return call.desk


def _named(call: Call) -> Printer:
    """The printer meant by what was typed. Raises `PrinterUnnamed`."""
    typed: str = call.arguments.printer
    with _desk(call).store.read() as db:
        known = records.printers(db)
    meant = [each for each in known if str(each.id) == typed] or [
        each for each in known if each.name.casefold() == typed.strip().casefold()
    ]
    if len(meant) != 1:
        raise PrinterUnnamed(typed=typed)
    return meant[0]


def _name(printer: Printer) -> str:
    return printer.name or printer.uri


def _line(call: Call, state: PrinterState) -> str:
    words, printer = call.words, state.printer
    if state.trouble is not None:
        said = f"{words.say(state.trouble.for_staff)} {words.say(state.trouble.next_step)}"
    else:
        said = words("Ready") if printer.purpose == "paper" else words("Receipts and slips")
    group = f" [{printer.group}]" if printer.group else ""
    return f"{printer.id}  {_name(printer)}{group}: {said}"


def _json(printer: Printer) -> dict[str, object]:
    return {
        "number": printer.id,
        "name": printer.name,
        "address": printer.uri,
        "purpose": printer.purpose,
        "group": printer.group,
        **(
            {"width": printer.width, "letters": printer.letters}
            if printer.purpose == "receipt"
            else {"sheets": list(printer.paper), "sheets_by_staff": bool(printer.own_sizes)}
        ),
    }


def _state_json(call: Call, state: PrinterState) -> dict[str, object]:
    trouble = state.trouble
    return {
        **_json(state.printer),
        "trouble": None if trouble is None else {"code": trouble.code, "text": call.words.say(trouble.for_staff)},
        "able": None if state.able is None else _able_json(state.able),
    }


def _able_json(able: Capabilities) -> dict[str, object]:
    return {
        "model": able.model,
        "state": able.state,
        "reasons": list(able.reasons),
        "colour": able.colour,
        "both_sides": len(able.sides) > 1,
        "paper": list(able.media_ready),
        "formats": list(able.formats),
        "levels": [{"name": each.name, "colour": each.colour, "percent": each.percent} for each in able.supplies],
        "counter": able.impressions,
    }


def _report_json(call: Call, report: PrinterReport) -> dict[str, object]:
    compared = report.compared
    return {
        **_state_json(call, report.state),
        "counts": {
            "jobs": compared.jobs,
            "ours": compared.ours,
            "the_printers": compared.theirs,
            "difference": compared.difference,
            "counter": compared.counter,
        },
        "past": [
            {"at_ms": each.at_ms, "what": each.what, "code": each.code, "pages": each.pages, "counted": each.count}
            for each in report.past
        ],
    }
