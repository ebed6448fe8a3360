"""From a paper on the glass to its copy: what is kept, what is asked of the scanner, what it costs."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal import Journal
from printing import actions as print_actions
from printing.ending import end
from printing.money.entries import TILL_SET, TillSet
from printing.money.prices import PriceMissing, PriceTable, Rate
from printing.money.records import LedgerRow
from printing.printers import set_paper
from printing.rules import Options
from printing.scanning import errors, rules
from printing.scanning.device import Area, SourceAbilities
from printing.scanning.flow import ScanFlow
from printing.scanning.laying import Leaf, Picture
from printing.spool import DocumentGone, Spool

from .conftest import PRICES  # type: ignore[import-not-found]
from .scripted_scanner import ScriptedScanner, breaks_off, hangs, paper, stands  # type: ignore[import-not-found]

DPMM = 4
"""Pixels a millimetre on drawn pages."""


def drawn(pdf: bytes) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=25.4 / 72 * DPMM).to_pil().convert("L") for page in document]


def dark_box(page: Image.Image, below: int = 236) -> tuple[float, ...]:
    """What is printed on the page, in millimetres: left, top, right, bottom."""
    box = page.point(lambda value: 255 if value < below else 0).getbbox()
    assert box is not None
    return tuple(side / DPMM for side in box)


def test_a_look_first_in_few_dots_then_the_frame_sharply(flow: ScanFlow, scanner: ScriptedScanner) -> None:
    flow.look_at()
    assert flow.look is not None
    assert (flow.look.whole, flow.look.frame) == (Area(0, 0, 210, 297), Area(0, 0, 210, 297))
    flow.set_frame(Area(20, 30, 100, 60))
    flow.turn_look()
    flow.take()
    (leaf,) = flow.leaves
    assert leaf.pictures[0].size_mm == pytest.approx((60, 100), abs=0.1)
    assert not leaf.sheet().lying
    assert not hasattr(flow.look, "frame")
    asked = [(order["XResolution"], order["ColorMode"], order["Width"]) for order in scanner.orders]
    assert asked == [("100", "Grayscale8", "2480"), ("300", "Grayscale8", "1181")]


def test_a_copy_has_its_original_s_size(flow: ScanFlow) -> None:
    flow.look_at()
    flow.take()
    (page,) = drawn(flow.pdf())
    # The paper's frame is drawn from 150 to 2330 and to 3350 three hundredths of an inch.
    assert dark_box(page, 128) == pytest.approx((12.7, 12.7, 197.3, 283.6), abs=0.6)


def test_both_sides_of_a_card_lie_on_one_sheet_at_true_size(flow: ScanFlow, scanner: ScriptedScanner) -> None:
    flow.what, flow.colour = "card", "colour"
    scanner.glass = paper(card=(31, 22))
    flow.look_at()
    assert flow.look is not None
    assert (flow.look.frame.left, flow.look.frame.top) == pytest.approx((29.5, 20.5), abs=1.5)
    flow.take()
    assert (flow.pages, flow.front is not None) == (0, True)
    scanner.glass = paper(card=(3, 3))
    flow.look_at()
    flow.take()
    (leaf,) = flow.leaves
    assert (leaf.is_card, flow.front) == (True, None)
    (page,) = drawn(flow.pdf())
    left, top, right, bottom = dark_box(page)
    assert (right - left, bottom - top) == pytest.approx((85.6, 54 + 100), abs=1.5)
    upper = page.crop((0, 0, page.width, 130 * DPMM))
    left, top, right, bottom = dark_box(upper)
    assert (right - left, bottom - top) == pytest.approx((85.6, 54.0), abs=1.0)
    assert (left + right) / 2 == pytest.approx(105, abs=1.5)


def test_a_card_that_is_not_found_is_framed_in_the_corner_and_moved_by_hand(
    flow: ScanFlow, scanner: ScriptedScanner
) -> None:
    flow.what = "card"
    scanner.glass = Image.new("RGB", (2550, 3508), "white")
    flow.look_at()
    assert flow.look is not None
    assert (flow.look.frame, flow.look.turns) == rules.card_frame(None)
    flow.set_frame(rules.moved(flow.look.frame, 500, 500, flow.look.whole))
    assert (flow.look.frame.left, flow.look.frame.top) == pytest.approx((150 - 88.6, 110 - 57))
    flow.turn_look()
    assert flow.look.frame.height == pytest.approx(88.6)
    flow.take()
    flow.one_side_is_enough()
    assert flow.leaves[0].pictures[0].size_mm == pytest.approx((88.6, 57), abs=0.2)
    assert [len(leaf.pictures) for leaf in flow.leaves] == [1]


def test_the_feeder_gives_all_its_sheets_and_those_before_a_jam_are_kept(
    flow: ScanFlow, scanner: ScriptedScanner
) -> None:
    flow.what = "feeder"
    told: list[int] = []
    scanner.next("document", lambda _: False, lambda _: False, stands("ScannerAdfJam"))
    with pytest.raises(errors.FeederJam):
        flow.feed(told.append)
    assert (flow.pages, told, flow.leaf) == (2, [1, 2], 1)
    scanner.adf = ""  # the sheet was taken out and is laid in again
    scanner.feeder.append(paper("three"))
    flow.feed()
    assert flow.pages == 3
    flow.leaf = 0
    flow.drop_leaf()
    flow.turn_leaf()
    assert (flow.pages, flow.leaves[0].pictures[0].turns, len(drawn(flow.pdf()))) == (2, 1, 2)


def test_a_broken_line_leaves_what_there_was(flow: ScanFlow, scanner: ScriptedScanner) -> None:
    flow.look_at()
    flow.take()
    flow.look_at()
    scanner.next("document", breaks_off())
    with pytest.raises(errors.ScanLost):
        flow.take()
    assert (flow.pages, flow.look is not None) == (1, True)
    flow.take()
    assert flow.pages == 2


def test_the_copy_is_a_job_at_the_price_of_copying(flow: ScanFlow, spool: Spool) -> None:
    flow.look_at()
    flow.take()
    flow.copies = 3
    cost = flow.copy_cost()
    assert cost is not None
    assert (cost.total, cost.sheets, cost.grey_pages, flow.scan_cost()) == (90, 3, 3, 10)
    done = flow.copy()
    assert (done.job.quote, done.job.options, done.job.paper) == (cost, Options(copies=3, pages=(1,)), None)
    assert len(drawn(spool.document(done.job.job))) == 1
    assert (flow.pages, flow.copies) == (0, 1)


def test_what_has_no_price_is_not_copied(flow: ScanFlow, journal: Journal, spool: Spool, tmp_path: Path) -> None:
    print_actions.set_prices(journal, PriceTable.of_a4(PRICES.valid_from, 20, 80, 15, 70))
    flow.open()
    flow.look_at()
    flow.take()
    assert (flow.copy_cost(), flow.scan_cost(), flow.page_price("paper", "grey")) == (None, None, None)
    with pytest.raises(PriceMissing):
        flow.copy()
    with pytest.raises(PriceMissing):
        flow.save(tmp_path, "Scan")
    assert (spool.jobs(), flow.pages, list(tmp_path.glob("*.pdf"))) == ((), 1, [])


def test_a_file_on_the_stick_is_charged_once_it_is_there(
    flow: ScanFlow, journal: Journal, tmp_path: Path, clock: FixedClock
) -> None:
    stick = tmp_path / "stick"
    flow.look_at()
    flow.take()
    with pytest.raises(errors.StickGone):
        flow.save(stick, "Скан")
    assert (flow.pages, charges(journal)) == (1, [])
    stick.mkdir()
    saved = flow.save(stick, "Скан")
    assert (saved.file.name, saved.pages, saved.tenge, len(saved.code)) == ("Скан.pdf", 1, 10, 4)
    assert charges(journal) == [("scan", 1, 10, saved.code)]
    assert [path.name for path in stick.iterdir()] == ["Скан.pdf"]
    assert (flow.pages, len(drawn(saved.file.read_bytes()))) == (0, 1)


def charges(journal: Journal) -> list[tuple[str, int, int, str]]:
    with journal.store.read() as db:
        return [(row.work, row.pages, row.charged, row.code) for row in LedgerRow.select().execute(db)]


def test_a_scan_under_way_is_stopped_and_nothing_of_it_kept(flow: ScanFlow, scanner: ScriptedScanner) -> None:
    flow.look_at()

    def leave(handler: object) -> bool:
        flow.forget()
        return bool(hangs()(handler))

    scanner.next("document", leave)
    flow.what = "feeder"
    with pytest.raises(errors.ScanStopped):
        flow.feed()
    assert (flow.pages, flow.look, flow.front) == (0, None, None)


def test_sheets_of_another_size_are_drawn_in_whole_and_copied_on_their_size(flow: ScanFlow) -> None:
    assert (flow.feeds(), flow.fed()) == (("A4", "A5"), "A4")
    flow.what, flow.feed_size = "feeder", "A5"
    flow.feed()
    assert flow.leaves[0].pictures[0].size_mm == pytest.approx((148, 210), abs=0.2)
    assert flow.sheets() == ("A4",)  # there is no price for it
    assert flow.prices is not None
    flow.prices = flow.prices.with_rates(flow.prices.valid_from, (Rate("copy", "A5", "grey", False, 20),))
    flow.can_paper = ("A4", "A5")
    assert (flow.sheets(), flow.sheet()) == (("A4", "A5"), "A4")
    flow.size = "A5"
    assert flow.options().size == "A5"


@pytest.mark.parametrize(
    ("wide", "high", "sizes"),
    [
        (303, 431, ("A4", "A3", "A5")),
        (215.9, 355.6, ("A4", "A5")),
        (208, 296, ("A4", "A5")),
        (100, 150, ("A4",)),
    ],
)
def test_what_fits_into_a_feeder(wide: float, high: float, sizes: tuple[str, ...]) -> None:
    assert rules.feedable(SourceAbilities(wide, high, (300,))) == sizes


def test_no_more_pages_than_memory_is_meant_for(flow: ScanFlow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("printing.scanning.flow.MOST_PAGES", 1)
    flow.what = "feeder"
    with pytest.raises(errors.TooManyScans):
        flow.feed()
    assert flow.pages == 1
    with pytest.raises(errors.TooManyScans):
        flow.look_at()


def test_what_comes_out_is_charged_as_copying(flow: ScanFlow, journal: Journal, spool: Spool) -> None:
    flow.look_at()
    flow.take()
    done = flow.copy()
    end(journal, spool, done.job, "printed", "done")
    assert charges(journal) == [("copy", 1, 30, done.job.code)]


def test_where_the_box_stands_the_money_goes_into_it(flow: ScanFlow, journal: Journal, tmp_path: Path) -> None:
    journal.append(TILL_SET, TillSet(open=True, by="0" * 32))
    flow.open()
    assert flow.box
    flow.look_at()
    flow.take()
    assert flow.save(tmp_path, "Scan").honest
    flow.look_at()
    flow.take()
    assert flow.copy().job.honest


def test_without_a_printer_a_paper_still_goes_to_a_stick(flow: ScanFlow, journal: Journal, tmp_path: Path) -> None:
    print_actions.remove_printer(journal.store, print_actions.paper_printer(journal.store))
    flow.open()
    assert (flow.has_printer, flow.goal) == (False, "stick")
    flow.look_at()
    flow.take()
    with pytest.raises(print_actions.NoPrinter):
        flow.copy()
    assert flow.save(tmp_path, "Scan").pages == 1


def test_a_copy_never_waits_under_a_code(flow: ScanFlow, spool: Spool) -> None:
    """The room holds documents by default; what waits outlives the session, and an identity card must not."""
    flow.look_at()
    flow.take()
    job = flow.copy().job
    assert (job.state, job.held, job.paper) == ("waiting", "", None)
    print_actions.forget_resident(flow.journal.store, spool)
    with pytest.raises(DocumentGone):
        spool.document(job.job)


A3 = Picture(b"", 3508, 4961, True, 300)
"""297 by 420 mm."""


def test_a_paper_larger_than_a4_is_copied_onto_a3_where_there_is_some_and_else_made_smaller(
    flow: ScanFlow, journal: Journal
) -> None:
    flow.leaves = [Leaf((A3,))]
    assert (flow.sheets(), flow.sheet(), flow.made_smaller()) == (("A4",), "A4", 1)
    assert flow.leaves[0].sheet().pictures[0].box == pytest.approx((0, 0, 210, 297), abs=0.1)
    table = print_actions.prices_today(journal)
    print_actions.set_prices(journal, table.with_rates(PRICES.valid_from, [Rate("copy", "A3", "grey", False, 55)]))
    set_paper(journal.store, print_actions.paper_printer(journal.store), ("A4", "A3"))
    flow.open()
    cost = flow.copy_cost()
    assert cost is not None
    assert (flow.sheets(), flow.options().size, flow.made_smaller(), cost.total) == (("A4", "A3"), "A3", 0, 55)
    assert flow.leaves[0].sheet((297, 420)).pictures[0].box == pytest.approx((0, 0, 297, 420), abs=0.2)
    flow.size = "A4"
    cost = flow.copy_cost()
    assert cost is not None
    assert (flow.options().size, flow.made_smaller(), cost.total) == ("A4", 1, 30)
    flow.goal = "stick"  # a file has paper enough
    assert flow.made_smaller() == 0


@pytest.mark.parametrize(
    ("whole", "content", "frame"),
    [
        (rules.A4, (0.0, 0.0, 1.0, 0.5), rules.A4),
        (rules.A3_GLASS, (0.0, 0.0, 0.7, 0.7), rules.A4),
        (rules.A3_GLASS, None, rules.A4),
        (rules.A3_GLASS, (0.0, 0.1, 0.9, 0.6), rules.A3_GLASS),
    ],
)
def test_on_a_large_glass_the_frame_is_a4_unless_the_paper_is_larger(
    whole: Area, content: tuple[float, float, float, float] | None, frame: Area
) -> None:
    assert rules.sheet_frame(content, whole) == frame
