"""What people do with printing. Each checks the rules, writes, and returns what is now so."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import msgspec
import peewee

from akimat_desk.base.clock import local_date
from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_, Sentence
from printing import records
from printing.entries import PRICES_SET, PricesSet
from printing.layout import Pages, quoted
from printing.money.prices import COLOURS, PriceTable, check_table, table_on
from printing.money.records import till_is_open
from printing.records import FolderRow, Printer, PrinterRow, Purpose, SpoolRow
from printing.rules import MOST_COPIES, Options, Quote, quote
from printing.sizes import as_text, can, sizes_of
from printing.spool import JobOver, Spool, SpooledJob

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from akimat_desk.journal import Journal
    from akimat_desk.store import Store
    from printing.devices.backend import Capabilities


class NoPrinter(Refused):
    """This PC has no printer yet."""

    code = "no-printer"
    resident_text = N_("This computer has no printer yet. Call a member of staff.")
    staff_text = N_("No printer is set up on this PC.")
    next_text = N_("Add a printer on the page “Printers”.")


class NoneCan(Refused):
    """There are printers, but none of them does all of it at once: this sheet, so coloured, on so many sides."""

    code = "no-printer-can"
    resident_text = N_("No printer here can print this: {size}, {colour}, {sides}. Nothing was printed or charged.")
    staff_text = N_("No printer here can print this: {size}, {colour}, {sides}. Nothing was printed or charged.")
    next_text = N_("Choose another sheet, one side, or black and white.")

    def __init__(self, options: Options) -> None:
        super().__init__(
            size=options.size,
            colour=Sentence(COLOURS[options.colour]),
            sides=Sentence(ONE_SIDE if options.sides == "one" else BOTH_SIDES),
        )


ONE_SIDE: Final = N_("one side")
BOTH_SIDES: Final = N_("both sides")


class PrinterKnown(Refused):
    """The address is in the list already."""

    code = "printer-known"
    staff_text = N_("A printer with this address is in the list already.")
    next_text = N_("Choose another address, or use the printer in the list.")


TEST_PAGE: Final = 0
FREE: Final = Quote(pages=1, sheets=1, grey_pages=1, colour_pages=0, grey_price=0, colour_price=0, total=0)
"""What the room's own papers come to."""


def set_prices(journal: Journal, table: PriceTable) -> PriceTable:
    """A new price table; earlier days keep theirs. Raises `PriceOutside`, `FreePagesOutside`."""
    check_table(table)
    journal.append(PRICES_SET, msgspec.convert(msgspec.to_builtins(table), PricesSet))
    return table


def prices_today(journal: Journal) -> PriceTable:
    """The table that holds today. Raises `PricesMissing`."""
    with journal.store.read() as db:
        return table_on(local_date(journal.clock.now_ms()), records.price_tables(db))


def add_printer(
    store: Store,
    *,
    name: str,
    uri: str,
    purpose: Purpose = "paper",
    width: int = 576,
    able: Capabilities | None = None,
) -> Printer:
    """Put a printer into this PC's list; the first of a purpose is the one used. Raises `PrinterKnown`.

    `able` is what it says of itself; its certificate is remembered from now on.
    """
    told = what_it_said(able)
    if able is not None:
        told["pin"] = able.fingerprint
    with store.write() as db:
        rank = PrinterRow.select(peewee.fn.COALESCE(peewee.fn.MAX(PrinterRow.rank), -1) + 1).scalar(db)
        try:
            number = PrinterRow.insert(name=name, uri=uri, purpose=purpose, width=width, rank=rank, **told).execute(db)
        except peewee.IntegrityError as why:
            raise PrinterKnown from why
    return Printer(number, name, uri, purpose, width, **told)


def what_it_said(able: Capabilities | None) -> dict[str, Any]:
    """What is kept of a printer's answer, as columns of `PrinterRow`."""
    if able is None:
        return {}
    return {
        "colour": able.colour,
        "both_sides": len(able.sides) > 1,
        "most_copies": max(1, min(able.copies_max, MOST_COPIES)),
        "sizes": as_text(sizes_of(able)),
    }


def keep_answers(store: Store, answers: Mapping[int, Capabilities]) -> None:
    """What printers (by id) have just said they can do: that is what residents are offered from now on."""
    with store.write() as db:
        for number, able in answers.items():
            PrinterRow.update(**what_it_said(able)).where(PrinterRow.id == number).execute(db)


def choose_format(store: Store, printer: Printer, document_format: str) -> None:
    """Send documents to `printer` in this format whatever it says it takes; "" asks the printer again."""
    with store.write() as db:
        PrinterRow.update(document_format=document_format).where(PrinterRow.id == printer.id).execute(db)


def remove_printer(store: Store, printer: Printer) -> None:
    """Take a printer out of the list. What waits for it goes to the next printer (`Delivery.adopt`)."""
    with store.write() as db:
        PrinterRow.delete().where(PrinterRow.id == printer.id).execute(db)


def use_first(store: Store, printer: Printer) -> None:
    """Make `printer` the one that is used for its purpose."""
    with store.write() as db:
        least = PrinterRow.select(peewee.fn.COALESCE(peewee.fn.MIN(PrinterRow.rank), 0) - 1).scalar(db)
        PrinterRow.update(rank=least).where(PrinterRow.id == printer.id).execute(db)


def open_folder(store: Store, folder: Path) -> Path:
    """Let residents take files from a folder of this PC."""
    with store.write() as db:
        FolderRow.insert(path=str(folder)).on_conflict_ignore().execute(db)
    return folder


def paper_printer(store: Store, options: Options | None = None) -> Printer:
    """The printer documents go to: the first, or the first that can print so. Raises `NoPrinter`, `NoneCan`."""
    with store.read() as db:
        found = records.printers(db, "paper")
    if not found:
        raise NoPrinter
    return found[0] if options is None else first_that_can(found, options)


def first_that_can(printers: Sequence[Printer], options: Options) -> Printer:
    """The first of `printers` that can print so. Raises `NoneCan`."""
    for printer in printers:
        if can(printer, options):
            return printer
    raise NoneCan(options)


def price(journal: Journal, *, pages: int, colour_pages: Sequence[int], options: Options) -> Quote:
    """What the document would cost today with `options`."""
    return quote(pages, colour_pages, options, prices_today(journal))


def print_document(
    journal: Journal,
    spool: Spool,
    *,
    document: bytes,
    pages: int,
    colour_pages: Sequence[int],
    options: Options,
    blank_pages: Sequence[int] = (),
) -> SpooledJob:
    """Put a resident's document into the queue at today's price.

    `document` is a PDF of exactly the chosen pages as they lie on paper; `pages`, `colour_pages` and `blank_pages` tell
    of the whole file, from which `options.pages` were chosen. Raises `NoPrinter`, `NoneCan`, `PricesMissing`,
    `SpoolFull`.
    """
    file = Pages(pages, tuple(colour_pages), tuple(blank_pages))
    cost = quoted(file, options, prices_today(journal))
    printer = paper_printer(journal.store, options)
    return spool.put(
        document,
        printer=printer.id,
        group=printer.group,
        options=options,
        quote=cost,
        honest=box_is_there(journal),
    )


def box_is_there(journal: Journal) -> bool:
    """Whether residents who print by themselves put the money into the honest till's box."""
    with journal.store.read() as db:
        return till_is_open(db)


def print_test_page(spool: Spool, printer: Printer, page: bytes) -> SpooledJob:
    """Put a test page into the queue of `printer`; it costs nobody anything."""
    options = Options(colour="colour" if printer.colour else "grey")
    return spool.put(page, printer=printer.id, options=options, quote=FREE, paper=TEST_PAGE)


def forget_resident(store: Store, spool: Spool) -> None:
    """The resident leaves: what waits is dropped, what the printer already has goes on without us holding it.

    Documents that wait under a code, and what was released of them, were handed over: they stay.
    """
    with store.read() as db:
        rows = list(
            SpoolRow.select(SpoolRow.job, SpoolRow.state)
            .where(SpoolRow.paper.is_null() & (SpoolRow.held == "") & SpoolRow.key.is_null(False))
            .execute(db)
        )
    for row in rows:
        if row.state == "waiting":
            with suppress(JobOver):  # it has ended meanwhile
                spool.ask_stop(row.job)
        spool.forget_document(row.job)
