"""The printers of this PC: how each is now, adding one that was found or typed, trying one out. All of it blocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from akimat_desk.base.errors import AkimatDeskError, Refused
from akimat_desk.base.ids import uuid7
from akimat_desk.base.threads import must_not_block
from akimat_desk.base.words import N_, Translator
from printing import actions, records
from printing.devices.addresses import probe_typed
from printing.devices.backend import Capabilities, Document, JobTicket, open_backend
from printing.records import Printer
from printing.rules import PriceTable

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.store import Store

PLAIN_SCHEMES: Final = ("folder:",)
"""Addresses that are taken as they are typed."""


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
    """Ask every printer how it is."""
    with store.read() as db:
        known = records.printers(db, "paper")
    return tuple(_state(printer) for printer in known)


def _state(printer: Printer) -> PrinterState:
    from printing.devices.reasons import trouble

    try:
        able = open_backend(printer.uri).probe()
    except AkimatDeskError as why:
        return PrinterState(printer, None, why)
    return PrinterState(printer, able, trouble(able.reasons, address=printer.uri))


def add_typed(store: Store, name: str, typed: str) -> Printer:
    """Ask what stands at the typed address, and keep it when it is a printer; its own name serves where none is given.

    Raises `AddressRefused`, `NotAPrinter`, `PrinterOffline`, `PrinterKnown`.
    """
    must_not_block("add_typed")
    if typed.startswith(PLAIN_SCHEMES):
        uri, able = typed, open_backend(typed).probe()
    else:
        uri, able = probe_typed(typed)
    return actions.add_printer(store, name=name or able.name, uri=uri)


def print_test_page(printer: Printer, words: Translator) -> None:
    """Send one page that shows letters, lines and greys. Raises `DeviceError`."""
    from printing.papers import make_test_page

    backend = open_backend(printer.uri)
    backend.submit(JobTicket(uuid=uuid7(0)), Document(pdf=make_test_page(printer.name, words)))


def set_typed_prices(journal: Journal, typed: dict[str, str], today: date) -> PriceTable:
    """The prices as they were typed, from today. Raises `PriceUnclear`, `PriceOutside`."""
    try:
        grey, colour, grey_two, colour_two = (
            int(typed.get(key, "")) for key in ("grey", "colour", "grey_two_sided", "colour_two_sided")
        )
    except ValueError as why:
        raise PriceUnclear from why
    return actions.set_prices(journal, PriceTable(today, grey, colour, grey_two, colour_two))


def set_up(store: Store, journal: Journal, name: str, typed: str, prices: dict[str, str], today: date) -> None:
    """A PC's first printer and prices; an empty address leaves the printer for later.

    Raises what `add_typed` and `set_typed_prices` raise; the prices are set first, so that nothing is asked twice.
    """
    set_typed_prices(journal, prices, today)
    if typed.strip():
        add_typed(store, name, typed)
