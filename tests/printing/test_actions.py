"""Prices, printers and folders: what staff do."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal import Journal
from printing import actions, records
from printing.actions import NoPrinter, PrinterKnown
from printing.devices.backend import Capabilities
from printing.money.prices import PriceOutside, PriceTable
from printing.records import Printer
from printing.rules import Options
from printing.spool import DocumentGone, Spool

ABLE = Capabilities(
    name="HP", colour=False, sides=("one-sided", "two-sided-long-edge"), copies_max=9999, fingerprint="ab" * 32
)


def printers(journal: Journal, purpose: str | None = None) -> list[str]:
    with journal.store.read() as db:
        return [printer.name for printer in records.printers(db, purpose)]


def add(journal: Journal, name: str, **more: object) -> Printer:
    return actions.add_printer(journal.store, name=name, uri=f"ipp://{name}/ipp/print", **more)  # type: ignore[arg-type]


def test_new_prices_hold_from_their_day_on(journal: Journal, clock: FixedClock) -> None:
    tomorrow = date(2026, 11, 21)
    actions.set_prices(journal, PriceTable.of_a4(tomorrow, 25, 90, 20, 80))
    assert actions.prices_today(journal).page_price("grey", "one") == 20
    clock.pass_seconds(timedelta(days=1).total_seconds())
    assert actions.prices_today(journal).page_price("grey", "one") == 25


def test_prices_corrected_on_the_same_day_win(journal: Journal) -> None:
    for grey in (30, 22):
        actions.set_prices(journal, PriceTable.of_a4(date(2026, 11, 20), grey, 90, 20, 80))
    assert actions.prices_today(journal).page_price("grey", "one") == 22


@pytest.mark.parametrize("tenge", [-1, 10_001])
def test_a_price_with_a_digit_too_many_is_refused(journal: Journal, tenge: int) -> None:
    with pytest.raises(PriceOutside):
        actions.set_prices(journal, PriceTable.of_a4(date(2026, 11, 20), tenge, 0, 0, 0))


def test_what_a_printer_says_of_itself_is_kept_with_it(journal: Journal) -> None:
    added = add(journal, "hp", able=ABLE)
    assert (added.colour, added.both_sides, added.most_copies, added.pin) == (False, True, 99, "ab" * 32)
    assert actions.paper_printer(journal.store) == added


def test_a_printer_that_was_never_asked_is_believed_to_do_everything(journal: Journal) -> None:
    printer = add(journal, "unknown")
    assert (printer.colour, printer.both_sides, printer.most_copies, printer.pin) == (True, True, 99, "")


def test_an_address_stands_in_the_list_once(journal: Journal) -> None:
    add(journal, "hp")
    with pytest.raises(PrinterKnown):
        add(journal, "hp")
    assert printers(journal) == ["hp"]


def test_the_first_printer_is_used_until_staff_choose_another(journal: Journal) -> None:
    with pytest.raises(NoPrinter):
        actions.paper_printer(journal.store)
    add(journal, "first")
    second = add(journal, "second")
    assert actions.paper_printer(journal.store).name == "first"
    actions.use_first(journal.store, second)
    assert printers(journal) == ["second", "first"]
    actions.remove_printer(journal.store, second)
    assert printers(journal) == ["first"]


def test_receipt_printers_are_their_own_list(journal: Journal) -> None:
    add(journal, "tickets", purpose="receipt", width=384)
    assert (printers(journal, "paper"), printers(journal, "receipt")) == ([], ["tickets"])
    with pytest.raises(NoPrinter):
        actions.paper_printer(journal.store)


def test_answers_and_the_format_staff_chose_change_the_way(journal: Journal) -> None:
    printer = add(journal, "hp")
    actions.keep_answers(journal.store, {printer.id: ABLE})
    actions.choose_format(journal.store, printer, "image/pwg-raster")
    now = actions.paper_printer(journal.store)
    assert (now.colour, now.both_sides, now.pin) == (False, True, "")  # a certificate is remembered when it is added
    assert printer.way == (printer.uri, "", "")
    assert now.way == (printer.uri, "", "image/pwg-raster")


def test_an_opened_folder_is_kept_once(journal: Journal, tmp_path: Path) -> None:
    for _ in range(2):
        actions.open_folder(journal.store, tmp_path)
    with journal.store.read() as db:
        assert records.folders(db) == (tmp_path,)


def test_a_document_goes_to_the_printer_in_use_at_the_price_of_today(journal: Journal, spool: Spool) -> None:
    printer = add(journal, "hp")
    job = actions.print_document(
        journal, spool, document=b"%PDF", pages=4, colour_pages=[1], options=Options(sides="long")
    )
    assert (job.printer, job.quote.total, job.quote.sheets, job.paper) == (printer.id, 60, 2, None)


@pytest.mark.parametrize(("colour", "chosen"), [(True, "colour"), (False, "grey")])
def test_a_test_page_costs_nothing_and_shows_what_the_printer_can(
    journal: Journal, spool: Spool, colour: bool, chosen: str
) -> None:
    printer = add(journal, "hp", able=Capabilities(name="hp", colour=colour))
    job = actions.print_test_page(spool, printer, b"%PDF")
    assert (job.paper, job.quote.total, job.options.colour, job.printer) == (0, 0, chosen, printer.id)


def test_papers_of_the_room_outlive_the_resident(journal: Journal, spool: Spool) -> None:
    printer = add(journal, "hp")
    paper = actions.print_test_page(spool, printer, b"%PDF of the room")
    own = actions.print_document(journal, spool, document=b"%PDF", pages=1, colour_pages=[], options=Options())
    actions.forget_resident(journal.store, spool)
    assert spool.document(paper.job) == b"%PDF of the room"
    assert spool.get(own.job).stop_wanted
    with pytest.raises(DocumentGone):
        spool.document(own.job)
