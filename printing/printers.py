"""The printers of this PC: how each is now, adding one that was found or typed, trying one out. All of it blocks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from akimat_desk.base.errors import AkimatDeskError, Refused
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_, Sentence
from printing import actions, records
from printing.devices.addresses import probe_typed, uri_from_typed
from printing.devices.backend import Capabilities, PrinterBackend
from printing.devices.ipp.transport import Patience
from printing.devices.lines import open_line
from printing.devices.opening import open_backend
from printing.money.prices import PricesMissing, PriceTable, a4_rates
from printing.records import Printer

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.service import Desk
    from akimat_desk.store import Store
    from printing.spool import Spool

PLAIN_SCHEMES: Final = ("folder:",)
"""Addresses that are taken as they are typed."""

QUICK: Final = Patience(connect=3.0, silence=6.0, total=10.0)
"""Somebody waits in front of the screen."""


class PriceUnclear(Refused):
    """A price field is empty or no whole number."""

    code = "price-unclear"
    staff_text = N_("Write every price as a whole number of tenge.")
    next_text = N_("Fill in the prices.")


@dataclass(frozen=True, slots=True)
class PrinterState:
    """A printer and how it answered just now: what it is `able` to do, or what the trouble is."""

    printer: Printer
    able: Capabilities | None
    trouble: AkimatDeskError | None


def states(store: Store) -> tuple[PrinterState, ...]:
    """Ask every printer how it is, all at once; what each can do is kept for the residents' choices.

    Receipt printers are not asked: many never answer.
    """
    with store.read() as db:
        known = records.printers(db)
    with ThreadPoolExecutor(max_workers=max(1, len(known)), thread_name_prefix="printer-state") as pool:
        found = tuple(pool.map(_state, known))
    answers = {state.printer.id: state.able for state in found if state.able is not None}
    if any(_says_other(state.printer, state.able) for state in found if state.able is not None):
        actions.keep_answers(store, answers)
    return found


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
    """Keep a receipt printer `width` dots wide, at "192.168.1.60", "socket://host:9100" or "file:///dev/usb/lp0".

    Cheap ones answer nothing, so nobody is asked: its test receipt tells. Raises `AddressRefused`, `PrinterKnown`.
    """
    must_not_block("add_receipt_printer")
    typed = typed.strip()
    uri = typed if "://" in typed else f"socket://{urlsplit(uri_from_typed(typed)).netloc}"
    open_line(uri)
    return actions.add_printer(store, name=name, uri=uri, purpose="receipt", width=width)


def print_test_page(desk: Desk, spool: Spool, printer: Printer) -> None:
    """Put a page that shows letters, lines and greys into the printer's queue, or a receipt into the out-tray."""
    from akimat_desk.papers.tray import OutTray, Paper
    from printing import papers

    if printer.purpose == "receipt":
        title = Sentence(N_("Test receipt"))
        OutTray(desk.store, desk.clock).put("printing", Paper(title, receipt=papers.make_test_receipt(desk.words)))
    else:
        actions.print_test_page(spool, printer, papers.make_test_page(printer.name, desk.words))


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
