"""What people do with scanners. Each checks the rules, writes, and returns what is now so."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import peewee

from akimat_desk.base.ids import short_code, uuid7
from printing import actions
from printing.money.entries import CHARGED, Charged
from printing.rules import Colour, Options
from printing.scanning import records, stick
from printing.scanning.device import Abilities
from printing.scanning.errors import NoScanner, ScannerKnown
from printing.scanning.records import KnownScanner, ScannerRow
from printing.scanning.rules import copy_quote, scan_price

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from akimat_desk.store import Store
    from printing.spool import Spool, SpooledJob


def add_scanner(store: Store, *, name: str, uri: str, able: Abilities | None = None) -> KnownScanner:
    """Put a scanner into this PC's list; the first is the one used. Raises `ScannerKnown`."""
    pin = able.fingerprint if able is not None else ""
    with store.write() as db:
        rank = ScannerRow.select(peewee.fn.COALESCE(peewee.fn.MAX(ScannerRow.rank), -1) + 1).scalar(db)
        try:
            number = ScannerRow.insert(name=name, uri=uri, pin=pin, rank=rank).execute(db)
        except peewee.IntegrityError as why:
            raise ScannerKnown from why
    return KnownScanner(number, name, uri, pin)


def remove_scanner(store: Store, scanner: KnownScanner) -> None:
    """Take a scanner out of the list."""
    with store.write() as db:
        ScannerRow.delete().where(ScannerRow.id == scanner.id).execute(db)


def use_first(store: Store, scanner: KnownScanner) -> None:
    """Make `scanner` the one residents copy with."""
    with store.write() as db:
        least = ScannerRow.select(peewee.fn.COALESCE(peewee.fn.MIN(ScannerRow.rank), 0) - 1).scalar(db)
        ScannerRow.update(rank=least).where(ScannerRow.id == scanner.id).execute(db)


def the_scanner(store: Store) -> KnownScanner:
    """The scanner that is used. Raises `NoScanner`."""
    with store.read() as db:
        found = records.scanners(db)
    if not found:
        raise NoScanner
    return found[0]


def copy(journal: Journal, spool: Spool, *, document: bytes, pages: int, options: Options) -> SpooledJob:
    """Put a resident's copy into the queue of this PC's printer, at today's price of copying; what comes out is paid
    like any job.

    It never waits under a code, whatever the room's rules: what waits outlives the session, and a stored copy of an
    identity document must not. Who copies stands at the machine.

    Raises `NoPrinter`, `NoneCan`, `PricesMissing`, `PriceMissing`, `SpoolFull`.
    """
    cost = copy_quote(pages, options, actions.prices_today(journal))
    printer = actions.paper_printer(journal.store, options)
    return spool.put(
        document,
        printer=printer.id,
        group=printer.group,
        options=options,
        quote=cost,
        honest=actions.box_is_there(journal),
        work="copy",
    )


@dataclass(frozen=True, slots=True)
class Saved:
    """A scan is on the stick. `code` is what the resident tells at the desk, "" where there is nothing to pay; `honest`
    where the money goes into the box instead.
    """

    file: Path
    pages: int
    tenge: int
    code: str
    honest: bool = False
    topics: tuple[str, ...] = ("printing.queue", "printing.money")


def save(journal: Journal, *, folder: Path, stem: str, document: bytes, pages: int, colour: Colour) -> Saved:
    """Put a scan onto the resident's stick, and charge it only once it is there.

    Raises `PricesMissing`, `PriceMissing`, and what `stick.save` raises; then nothing is on the stick and nothing is
    charged.
    """
    tenge = scan_price(pages, colour, actions.prices_today(journal))
    file = stick.save(folder, stem, document)
    if not tenge:
        return Saved(file, pages, 0, "")
    now = journal.clock.now_ms()
    code, honest = short_code(4), actions.box_is_there(journal)
    try:
        journal.append(
            CHARGED,
            Charged(
                charge=uuid7(now),
                ms=max(0, now),
                work="scan",
                pages=pages,
                sheets=0,
                colour_pages=pages if colour == "colour" else 0,
                tenge=tenge,
                colour=colour,
                code=code,
                honest=honest,
            ),
        )
    except BaseException:
        stick.take_back(file)
        raise
    return Saved(file, pages, tenge, code, honest)
