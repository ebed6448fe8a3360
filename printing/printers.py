"""The printers of this PC: how each is now, adding one that was found or typed, trying one out. All of it blocks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from akimat_desk.base.errors import AkimatDeskError, Refused
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_
from printing import actions, past, records
from printing.devices.addresses import probe_typed, uri_from_typed
from printing.devices.backend import Capabilities, PrinterBackend, Unknown
from printing.devices.errors import ReplyLost
from printing.devices.ipp.transport import Patience
from printing.devices.lines import open_line
from printing.devices.opening import open_backend
from printing.money.prices import PricesMissing, PriceTable, PriceUnclear, a4_rates
from printing.past import Compared, Past
from printing.records import Letters, Printer, PrinterRow
from printing.sizes import SIZES, as_text

if TYPE_CHECKING:
    from akimat_desk.base.clock import Clock
    from akimat_desk.base.words import Translator
    from akimat_desk.journal import Journal
    from akimat_desk.service import Desk
    from akimat_desk.store import Store
    from printing.devices.discovery import FoundPrinter
    from printing.rules import Size
    from printing.spool import Spool

PLAIN_SCHEMES: Final = ("folder:", "windows:", "raw:")
"""Addresses that are taken as they are typed."""

MOST_GROUP: Final = 40
"""Letters in the name of a group."""

LOW: Final = 15
"""Percent of toner or ink from which on it is told as low."""

QUICK: Final = Patience(connect=3.0, silence=6.0, total=10.0)
"""Somebody waits in front of the screen."""


class PrinterGone(Refused):
    """It was taken out of the list meanwhile."""

    code = "printer-gone"
    staff_text = N_("This printer is no longer in the list.")
    next_text = N_("Look at the list again.")


@dataclass(frozen=True, slots=True)
class PrinterState:
    """A printer and how it answered just now: what it is `able` to do, or what the trouble is."""

    printer: Printer
    able: Capabilities | None
    trouble: AkimatDeskError | None


@dataclass(frozen=True, slots=True)
class PrinterReport:
    """All that is known of one printer: how it is now, what it has been through, and what groups there are."""

    state: PrinterState
    past: tuple[Past, ...] = ()
    compared: Compared = field(default_factory=Compared)
    groups: tuple[str, ...] = ()


def states(store: Store, clock: Clock) -> tuple[PrinterState, ...]:
    """Ask every printer how it is, all at once; what each can do is kept for the residents' choices, a fault and its
    counter for its past.

    Receipt printers are not asked: many never answer.
    """
    with store.read() as db:
        known = records.printers(db)
    with ThreadPoolExecutor(max_workers=max(1, len(known)), thread_name_prefix="printer-state") as pool:
        found = tuple(pool.map(_state, known))
    _keep(store, clock, found)
    return found


def report(store: Store, clock: Clock, printer: Printer) -> PrinterReport:
    """Ask one printer, and tell all that is known of it. Raises `PrinterGone` when it was taken out of the list."""
    with store.read() as db:
        here = next((each for each in records.printers(db) if each.id == printer.id), None)
    if here is None:
        raise PrinterGone
    state = _state(here)
    _keep(store, clock, (state,))
    with store.read() as db:
        groups = sorted({each.group for each in records.printers(db, here.purpose) if each.group})
        return PrinterReport(state, past.past_of(db, here.id), past.compared(db, here.id), tuple(groups))


def _keep(store: Store, clock: Clock, found: tuple[PrinterState, ...]) -> None:
    answers = {state.printer.id: state.able for state in found if state.able is not None}
    if any(_says_other(state.printer, state.able) for state in found if state.able is not None):
        actions.keep_answers(store, answers)
    told = [state for state in found if state.trouble is not None or (state.able and state.able.impressions)]
    if told:
        now = clock.now_ms()
        with store.write() as db:
            for state in told:
                if state.trouble is not None:
                    past.note_fault(db, state.printer.id, now, state.trouble.code)
                if state.able is not None and state.able.impressions:
                    past.note_counter(db, state.printer.id, now, state.able.impressions)


def _says_other(printer: Printer, able: Capabilities) -> bool:
    return any(getattr(printer, name) != value for name, value in actions.what_it_said(able).items())


def _state(printer: Printer) -> PrinterState:
    from printing.devices.reasons import trouble

    if printer.purpose == "receipt":
        return PrinterState(printer, None, None)
    try:
        able = _backend(printer).probe()
    except AkimatDeskError as why:
        return PrinterState(printer, None, why)
    return PrinterState(printer, able, trouble(able.reasons, address=printer.uri))


def _backend(printer: Printer) -> PrinterBackend:
    return open_backend(printer.uri, patience=QUICK, pin=printer.pin, document_format=printer.document_format)


def add_typed(store: Store, name: str, typed: str) -> Printer:
    """Ask what stands at the typed address, and keep it when it is a printer; its own name serves where none is given.

    Raises `AddressRefused`, `NotAPrinter`, `PrinterOffline`, `PrinterKnown`.
    """
    must_not_block("add_typed")
    typed = typed.strip()
    if typed.startswith(PLAIN_SCHEMES):
        uri, able = typed, open_backend(typed).probe()
    else:
        uri, able = probe_typed(typed, patience=QUICK)
    return actions.add_printer(store, name=name or able.name, uri=uri, able=able)


def add_receipt_printer(store: Store, name: str, typed: str, width: int) -> Printer:
    """Keep a receipt printer `width` dots wide, at "192.168.1.60" or an address of `lines.open_line`.

    Cheap ones answer nothing, so nobody is asked: its test receipt tells. Raises `AddressRefused`, `PrinterKnown`.
    """
    must_not_block("add_receipt_printer")
    typed = typed.strip()
    uri = typed if "://" in typed else f"socket://{urlsplit(uri_from_typed(typed)).netloc}"
    open_line(uri)
    return actions.add_printer(store, name=name, uri=uri, purpose="receipt", width=width)


def find_receipt_printers() -> list[FoundPrinter]:
    """What a receipt printer may hang on at this PC: USB, serial ports, printers of Windows. None of them is asked."""
    from printing.devices.finding import receipt_lines

    return receipt_lines()


def set_group(store: Store, printer: Printer, group: str) -> Printer:
    """Let `printer` share the load of those of the same `group`; "" stands alone."""
    group = " ".join(group.split())[:MOST_GROUP]
    with store.write() as db:
        PrinterRow.update(group=group).where(PrinterRow.id == printer.id).execute(db)
    return replace(printer, group=group)


def set_paper(store: Store, printer: Printer, sizes: tuple[Size, ...]) -> Printer:
    """Keep which sheets lie in `printer`, as staff say; none leaves it to what the printer says."""
    said = as_text(size for size in SIZES if size in sizes)
    with store.write() as db:
        PrinterRow.update(own_sizes=said).where(PrinterRow.id == printer.id).execute(db)
    return replace(printer, own_sizes=said)


def set_letters(store: Store, printer: Printer, letters: Letters) -> Printer:
    """Keep what the test receipt has shown: the printer's own letters are right ("text"), or not ("picture")."""
    with store.write() as db:
        PrinterRow.update(letters=letters).where(PrinterRow.id == printer.id).execute(db)
    return replace(printer, letters=letters)


def trust_again(store: Store, printer: Printer) -> Printer:
    """Staff know why the certificate of `printer` has changed: remember the one it shows now.

    Raises what asking the printer raises.
    """
    must_not_block("trust_again")
    pin = open_backend(printer.uri, patience=QUICK).probe().fingerprint
    with store.write() as db:
        PrinterRow.update(pin=pin).where(PrinterRow.id == printer.id).execute(db)
    return replace(printer, pin=pin)


def remove(store: Store, printer: Printer) -> None:
    """Take a printer out of the list, with its past."""
    actions.remove_printer(store, printer)
    with store.write() as db:
        past.forget(db, printer.id)


def print_test_page(desk: Desk, spool: Spool, printer: Printer) -> None:
    """Put a page that shows letters, lines and greys into the printer's queue, or send a test receipt."""
    from printing import papers

    if printer.purpose == "receipt":
        print_test_receipt(printer, desk.words)
    else:
        actions.print_test_page(spool, printer, papers.make_test_page(printer.name, desk.words))


def print_test_receipt(printer: Printer, words: Translator) -> None:
    """Send a receipt that shows every letter as a picture and in the printer's own letters, to be compared.

    It goes to the printer at once, past the tray: whoever tries a printer stands before it and sees what comes of it.
    Raises `NotReached`, or `ReplyLost` where only a part of it may have come out.
    """
    from akimat_desk.papers.receipt import NARROW, WIDE
    from printing import papers
    from printing.devices.receipt_text import sample

    must_not_block("print_test_receipt")
    data = sample(papers.make_test_receipt(words), papers.LETTERS, NARROW if printer.width == NARROW else WIDE)
    sent = open_line(printer.uri).send(data)
    if isinstance(sent, Unknown):
        raise sent.why or ReplyLost(address=printer.uri)


def set_typed_prices(journal: Journal, typed: dict[str, str], today: date) -> PriceTable:
    """The prices as they were typed, from today. Raises `PriceUnclear`, `PriceOutside`."""
    try:
        grey, colour, grey_two, colour_two = (
            int(typed.get(key, "")) for key in ("grey", "colour", "grey_two_sided", "colour_two_sided")
        )
    except ValueError as why:
        raise PriceUnclear from why
    a4 = a4_rates(grey, colour, grey_two, colour_two)
    try:
        table = actions.prices_today(journal).with_rates(today, a4)
    except PricesMissing:
        table = PriceTable(today, a4)
    return actions.set_prices(journal, table)


def set_up(store: Store, journal: Journal, name: str, typed: str, prices: dict[str, str], today: date) -> None:
    """A PC's first printer and prices; an empty address leaves the printer for later.

    Raises what `add_typed` and `set_typed_prices` raise; the prices are set first, so that nothing is asked twice.
    """
    set_typed_prices(journal, prices, today)
    if typed.strip():
        add_typed(store, name, typed)
