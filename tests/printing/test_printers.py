"""The printers of this PC: asked how they are, added by address, tried out."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from akimat_desk.service import Desk
from printing import actions, printers, records
from printing.actions import PrinterKnown
from printing.devices.discovery import FoundPrinter
from printing.devices.errors import AddressRefused, NotAPrinter, NotReached, OtherPrinter, PaperOut, PrinterOffline
from printing.devices.ipp.codec import Tag, attribute
from printing.devices.ipp.words import Operation
from printing.money.prices import PriceOutside
from printing.printers import PriceUnclear, PrinterGone
from printing.records import Printer
from printing.spool import Spool
from tests.printing.certificates import certificate, fingerprint_of
from tests.printing.decoders import decode_receipt
from tests.printing.misbehaviours import answers_http
from tests.printing.receipt_sink import ReceiptSink
from tests.printing.scripted_printer import ScriptedPrinter

PRICES = {"grey": "20", "grey_two_sided": "15", "colour": "80", "colour_two_sided": "70"}
TODAY = date(2026, 11, 20)


@pytest.fixture
def device() -> Iterator[ScriptedPrinter]:
    with ScriptedPrinter() as device:
        yield device


def known(desk: Desk) -> tuple[Printer, ...]:
    with desk.store.read() as db:
        return records.printers(db)


def test_a_typed_address_is_asked_and_kept_under_the_printers_own_name(desk: Desk, device: ScriptedPrinter) -> None:
    added = printers.add_typed(desk.store, "", f"  127.0.0.1:{device.port} ")
    assert (added.name, added.uri) == ("Кеңсе принтері", device.uri)
    assert known(desk) == (added,)


def test_what_is_no_printer_is_not_kept(desk: Desk, device: ScriptedPrinter) -> None:
    device.next(Operation.GET_PRINTER_ATTRIBUTES, *(answers_http(200) for _ in range(3)))
    with pytest.raises(NotAPrinter):
        printers.add_typed(desk.store, "", f"127.0.0.1:{device.port}")
    device.vanish()
    with pytest.raises(PrinterOffline):
        printers.add_typed(desk.store, "", device.uri)
    for typed in ("", "not an address", "192.168.1"):
        with pytest.raises(AddressRefused):
            printers.add_typed(desk.store, "", typed)
    assert known(desk) == ()


def test_a_folder_can_be_the_printer(desk: Desk, tmp_path: Path) -> None:
    added = printers.add_typed(desk.store, "Бума", tmp_path.as_uri().replace("file:", "folder:"))
    assert (added.name, added.colour) == ("Бума", True)


@pytest.mark.parametrize(
    ("typed", "uri"),
    [
        ("192.168.1.60", "socket://192.168.1.60"),
        (" printer.local:9101 ", "socket://printer.local:9101"),
        ("socket://192.168.1.60:9100", "socket://192.168.1.60:9100"),
        ("file:///dev/usb/lp0", "file:///dev/usb/lp0"),
    ],
)
def test_a_receipt_printer_is_kept_without_being_asked(desk: Desk, typed: str, uri: str) -> None:
    added = printers.add_receipt_printer(desk.store, "", typed, 384)
    assert (added.uri, added.purpose, added.width) == (uri, "receipt", 384)
    with pytest.raises(PrinterKnown):
        printers.add_receipt_printer(desk.store, "", typed, 576)


@pytest.mark.parametrize("typed", ["", "two words", "ipp://host/ipp/print", "socket://", "file:relative"])
def test_what_is_no_address_of_a_receipt_printer_is_refused(desk: Desk, typed: str) -> None:
    with pytest.raises(AddressRefused):
        printers.add_receipt_printer(desk.store, "", typed, 576)
    assert known(desk) == ()


def test_every_printer_is_asked_how_it_is(desk: Desk, device: ScriptedPrinter) -> None:
    device.reasons = ("media-empty-error",)
    here = actions.add_printer(desk.store, name="here", uri=device.uri)
    with ScriptedPrinter() as gone:
        away = actions.add_printer(desk.store, name="away", uri=gone.uri)
    tickets = printers.add_receipt_printer(desk.store, "", "192.168.1.60", 576)
    first, second, third = printers.states(desk.store, desk.clock)
    assert (first.printer, first.able is not None, type(first.trouble)) == (here, True, PaperOut)
    assert (second.printer, second.able, isinstance(second.trouble, PrinterOffline)) == (away, None, True)
    assert (third.printer, third.able, third.trouble) == (tickets, None, None)


def test_what_a_printer_says_now_is_what_residents_are_offered(desk: Desk, device: ScriptedPrinter) -> None:
    actions.add_printer(desk.store, name="here", uri=device.uri)
    device.attributes["sides-supported"] = attribute("sides-supported", Tag.KEYWORD, "one-sided")
    device.attributes["color-supported"] = attribute("color-supported", Tag.BOOLEAN, False)
    printers.states(desk.store, desk.clock)
    printer = actions.paper_printer(desk.store)
    assert (printer.colour, printer.both_sides) == (False, False)


def test_a_test_page_goes_into_the_queue_of_that_printer(desk: Desk, device: ScriptedPrinter) -> None:
    actions.add_printer(desk.store, name="first", uri="ipp://elsewhere/ipp/print")
    second = actions.add_printer(desk.store, name="second", uri=device.uri)
    spool = Spool(desk.store, desk.clock)
    printers.print_test_page(desk, spool, second)
    (job,) = spool.jobs()
    assert (job.printer, job.quote.total, spool.document(job.job)[:5]) == (second.id, 0, b"%PDF-")


def test_a_test_receipt_shows_the_letters_both_ways(desk: Desk) -> None:
    with ReceiptSink() as sink:
        tickets = printers.add_receipt_printer(desk.store, "", sink.uri, 384)
        printers.print_test_page(desk, Spool(desk.store, desk.clock), tickets)
    picture, others = decode_receipt(sink.kept[0])
    assert picture.width == 384
    assert "Ққ Ңң".encode("kz1048") in others
    with pytest.raises(NotReached):
        printers.print_test_receipt(tickets, desk.words)


def test_what_the_test_receipt_has_shown_is_kept_with_the_printer(desk: Desk) -> None:
    tickets = printers.add_receipt_printer(desk.store, "", "192.168.1.60", 576)
    assert tickets.letters == ""
    learned = printers.set_letters(desk.store, tickets, "text")
    assert (known(desk), learned.letters) == ((learned,), "text")


def test_printers_are_put_into_a_group_by_name(desk: Desk) -> None:
    for name in ("a", "b"):
        actions.add_printer(desk.store, name=name, uri=f"ipp://{name}/ipp/print")
    printers.set_group(desk.store, known(desk)[0], "  үлкен   зал ")
    assert [printer.group for printer in known(desk)] == ["үлкен зал", ""]
    assert len(printers.set_group(desk.store, known(desk)[1], "x" * 99).group) == printers.MOST_GROUP


def test_a_report_tells_past_counters_and_groups(desk: Desk, device: ScriptedPrinter) -> None:
    here = actions.add_printer(desk.store, name="here", uri=device.uri)
    printers.set_group(desk.store, here, "зал")
    device.attributes["printer-impressions-completed"] = attribute("printer-impressions-completed", Tag.INTEGER, 4310)
    device.reasons = ("media-empty-error",)
    told = printers.report(desk.store, desk.clock, here)
    assert (told.compared.counter, told.groups, type(told.state.trouble)) == (4310, ("зал",), PaperOut)
    assert [(line.what, line.code) for line in told.past] == [("fault", "printer-paper-out")]
    printers.report(desk.store, desk.clock, here)
    device.reasons = ("none",)
    assert [line.code for line in printers.report(desk.store, desk.clock, here).past] == ["printer-paper-out"]
    printers.remove(desk.store, here)
    with pytest.raises(PrinterGone):
        printers.report(desk.store, desk.clock, here)


def test_a_new_certificate_is_trusted_when_staff_say_so(desk: Desk, device: ScriptedPrinter, tmp_path: Path) -> None:
    first, second = (certificate(tmp_path, name) for name in ("first", "second"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(first)
    device.encrypt(context)
    printer = printers.add_typed(desk.store, "", device.uri)
    assert printer.pin == fingerprint_of(first)
    context.load_cert_chain(second)  # the printer was reset, and made itself another
    (state,) = printers.states(desk.store, desk.clock)
    assert isinstance(state.trouble, OtherPrinter)
    assert printers.trust_again(desk.store, printer).pin == fingerprint_of(second)
    (state,) = printers.states(desk.store, desk.clock)
    assert state.trouble is None


def test_what_receipts_may_hang_on_is_found_without_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    port = SimpleNamespace(device="/dev/ttyUSB0", description="CH340")
    monkeypatch.setattr("serial.tools.list_ports.comports", lambda: [port])
    found = printers.find_receipt_printers()
    assert FoundPrinter("/dev/ttyUSB0", "serial:///dev/ttyUSB0", model="CH340") in found


@pytest.mark.parametrize("wrong", ["", "1.5", "x", "١x"])
def test_prices_that_are_no_whole_numbers_are_refused(desk: Desk, wrong: str) -> None:
    with pytest.raises(PriceUnclear):
        printers.set_typed_prices(desk.journal, {**PRICES, "colour": wrong}, TODAY)


def test_the_first_set_up_keeps_prices_and_printer_together(desk: Desk, device: ScriptedPrinter) -> None:
    printers.set_up(desk.store, desk.journal, "Кеңсе", device.uri, PRICES, TODAY)
    assert (actions.prices_today(desk.journal).page_price("colour", "one"), known(desk)[0].name) == (80, "Кеңсе")


def test_a_printer_may_come_later_but_prices_may_not(desk: Desk) -> None:
    printers.set_up(desk.store, desk.journal, "", " ", PRICES, TODAY)
    assert known(desk) == ()
    with pytest.raises(PriceOutside):
        printers.set_up(desk.store, desk.journal, "", "", {**PRICES, "grey": "99999"}, TODAY)
