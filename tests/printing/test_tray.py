"""Papers leave the out-tray: receipts to their printer, sheets by the spool, nothing twice by itself."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pypdfium2
import pytest
from PIL import ImageChops

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.words import Sentence
from akimat_desk.papers.receipt import NARROW, WIDE, Dots, Emblem, Number, Receipt, Row, Text
from akimat_desk.papers.receipt_drawing import draw_picture
from akimat_desk.papers.tray import OutTray, Paper
from akimat_desk.service import Desk
from printing import actions, printers
from printing.delivery import Delivery
from printing.ending import settle
from printing.records import Printer
from printing.spool import Spool
from printing.tray import TrayDelivery
from tests.printing.conftest import ObedientPrinter
from tests.printing.decoders import decode_receipt
from tests.printing.receipt_sink import ReceiptSink

TICKET = Receipt((Emblem(), Text("Әкімнің қабылдауы", bold=True), Number("Қ-17"), Row("Құны", "1 240 ₸")))
PDF = b"%PDF a protocol"


@pytest.fixture
def spool(desk: Desk) -> Spool:
    return Spool(desk.store, desk.clock)


@pytest.fixture
def out(desk: Desk) -> OutTray:
    return OutTray(desk.store, desk.clock)


@pytest.fixture
def tray(desk: Desk, spool: Spool) -> TrayDelivery:
    return TrayDelivery(desk.store, desk.clock, spool)


@pytest.fixture
def sheets(desk: Desk) -> Printer:
    return actions.add_printer(desk.store, name="Кеңсе", uri="ipp://here/ipp/print")


@pytest.fixture
def sink() -> Iterator[ReceiptSink]:
    with ReceiptSink() as sink:
        yield sink


def put(out: OutTray, *, copies: int = 1, pdf: bytes | None = None) -> int:
    title = Sentence("Ticket")
    return out.put("meetings", Paper(title, pdf=pdf, receipt=None if pdf else TICKET, copies=copies))


def states(out: OutTray) -> list[tuple[str, str]]:
    return [(paper.state, paper.why) for paper in out.papers()]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_receipt_comes_out_as_it_was_drawn(
    desk: Desk, out: OutTray, tray: TrayDelivery, sink: ReceiptSink, width: Dots
) -> None:
    actions.add_printer(desk.store, name="", uri=sink.uri, purpose="receipt", width=width)
    put(out)
    assert tray.step()
    (commands,) = sink.kept
    picture, _ = decode_receipt(commands)
    drawn = draw_picture(TICKET, width)
    assert picture.size == drawn.size
    assert ImageChops.difference(picture.convert("L"), drawn.convert("L")).getbbox() is None
    assert (states(out), tray.step()) == ([], False)


def test_a_receipt_is_written_in_the_printers_own_letters_once_staff_have_seen_them(
    desk: Desk, out: OutTray, tray: TrayDelivery, sink: ReceiptSink
) -> None:
    printer = actions.add_printer(desk.store, name="", uri=sink.uri, purpose="receipt", width=NARROW)
    for letters in ("picture", "text"):
        printers.set_letters(desk.store, printer, letters)
        put(out)
        tray.step()
    drawn, written = sink.kept
    assert "Әкімнің қабылдауы".encode("kz1048") in written
    assert len(written) < len(drawn) / 2


def test_all_copies_of_a_receipt_leave_together(
    desk: Desk, out: OutTray, tray: TrayDelivery, sink: ReceiptSink
) -> None:
    actions.add_printer(desk.store, name="", uri=sink.uri, purpose="receipt")
    put(out, copies=2)
    tray.step()
    (commands,) = sink.kept
    assert decode_receipt(commands)[0].height == 2 * draw_picture(TICKET, WIDE).height


def test_a_receipt_printer_that_is_off_gets_it_after_a_pause(
    desk: Desk, out: OutTray, tray: TrayDelivery, clock: FixedClock
) -> None:
    with ReceiptSink() as gone:
        uri = gone.uri
    actions.add_printer(desk.store, name="", uri=uri, purpose="receipt")
    put(out)
    assert tray.step()
    assert states(out) == [("waiting", "printer-not-reached")]
    assert not tray.step()
    clock.pass_seconds(10)
    assert tray.step()
    assert [paper.tries for paper in out.papers()] == [2]


def test_a_receipt_printer_that_takes_nothing_is_not_waited_for_when_the_desk_closes(
    desk: Desk, out: OutTray, spool: Spool
) -> None:
    closing = threading.Event()
    long = Receipt(tuple(Number(str(number)) for number in range(60)))
    with ReceiptSink(stalls=True) as stalled:
        actions.add_printer(desk.store, name="", uri=stalled.uri, purpose="receipt")
        out.put("meetings", Paper(Sentence("Long"), receipt=long, copies=60))
        tray = TrayDelivery(desk.store, desk.clock, spool, closing=closing)
        closer = threading.Timer(0.3, closing.set)
        closer.start()
        tray.step()
        closer.join()
    assert states(out) == [("asking", "printer-reply-lost")]


def test_without_a_receipt_printer_a_receipt_goes_on_a_sheet(
    out: OutTray, tray: TrayDelivery, spool: Spool, sheets: Printer
) -> None:
    number = put(out)
    assert tray.step()
    job = spool.of_paper(number)
    assert job is not None
    with pypdfium2.PdfDocument(spool.document(job.job)) as document:
        assert "Әкімнің қабылдауы" in document[0].get_textpage().get_text_range()
    assert (job.paper, job.quote.total, job.printer) == (number, 0, sheets.id)


def test_without_any_printer_papers_wait(out: OutTray, tray: TrayDelivery) -> None:
    put(out), put(out, pdf=PDF)
    assert not tray.step()
    assert states(out) == [("waiting", ""), ("waiting", "")]


def test_a_sheet_waits_for_a_sheet_printer(desk: Desk, out: OutTray, tray: TrayDelivery, sink: ReceiptSink) -> None:
    actions.add_printer(desk.store, name="", uri=sink.uri, purpose="receipt")
    put(out, pdf=PDF)
    assert not tray.step()


@pytest.fixture
def delivery(desk: Desk, spool: Spool, obedient: ObedientPrinter) -> Delivery:
    return Delivery(desk.journal, spool, rasterise=lambda pdf: lambda size: (), connect=lambda printer, stop: obedient)


def test_a_sheet_is_printed_once_and_its_content_is_dropped(
    out: OutTray,
    tray: TrayDelivery,
    delivery: Delivery,
    sheets: Printer,
    obedient: ObedientPrinter,
) -> None:
    put(out, pdf=PDF, copies=2)
    tray.step()
    while delivery.step(sheets) is not None:
        pass
    assert tray.step()
    assert (states(out), tray.step()) == ([], False)
    assert [(ticket.copies, pdf) for ticket, pdf in obedient.received] == [(2, PDF)]


def test_a_sheet_nobody_knows_about_is_decided_in_the_queue(
    desk: Desk, out: OutTray, tray: TrayDelivery, spool: Spool, sheets: Printer
) -> None:
    number = put(out, pdf=PDF)
    tray.step()
    job = spool.of_paper(number)
    assert job is not None
    with desk.store.write() as db:
        spool.mark(db, job.job, "uncertain")
    tray.step()
    assert states(out) == [("asking", "")]
    settle(desk.journal, spool, spool.get(job.job), printed=True, staff=None)
    tray.step()
    assert states(out) == []


def test_a_sheet_the_printer_gave_up_is_tried_again_after_a_pause(
    desk: Desk, out: OutTray, tray: TrayDelivery, spool: Spool, sheets: Printer, clock: FixedClock
) -> None:
    number = put(out, pdf=PDF)
    tray.step()
    first = spool.of_paper(number)
    assert first is not None
    with desk.store.write() as db:
        spool.mark(db, first.job, "failed", reason="fault")
    clock.pass_seconds(1)
    tray.step()
    assert states(out) == [("waiting", "fault")]
    clock.pass_seconds(10)
    tray.step()
    again = spool.of_paper(number)
    assert again is not None
    assert again.job != first.job


def test_a_sheet_that_staff_stopped_is_not_tried_again(
    desk: Desk, out: OutTray, tray: TrayDelivery, spool: Spool, sheets: Printer
) -> None:
    number = put(out, pdf=PDF)
    tray.step()
    job = spool.of_paper(number)
    assert job is not None
    with desk.store.write() as db:
        spool.mark(db, job.job, "stopped")
    tray.step()
    assert states(out) == []


def test_after_a_power_cut_a_receipt_in_hand_is_asked_about(out: OutTray, tray: TrayDelivery, sheets: Printer) -> None:
    put(out)
    out.take("receipt")
    tray.recover()
    assert states(out) == [("asking", "desk-went-down")]


def test_after_a_power_cut_the_spool_knows_what_became_of_a_sheet(
    desk: Desk, out: OutTray, tray: TrayDelivery, spool: Spool, sheets: Printer
) -> None:
    number = put(out, pdf=PDF)
    tray.step()
    job = spool.of_paper(number)
    assert job is not None
    with desk.store.write() as db:
        spool.mark(db, job.job, "done")
    tray.recover()
    assert states(out) == []


def test_a_paper_no_printer_can_be_fed_with_does_not_hold_up_the_others(
    desk: Desk, out: OutTray, tray: TrayDelivery, sheets: Printer, sink: ReceiptSink
) -> None:
    actions.add_printer(desk.store, name="", uri="socket://host.invalid:9100", purpose="receipt")
    put(out), put(out, pdf=PDF)
    assert (tray.step(), tray.step()) == (True, True)
    assert [state for state, _ in states(out)] == ["waiting", "taken"]
