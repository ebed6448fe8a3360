"""One resident's way from a file to the queue, without a screen and without a document worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from akimat_desk.base.words import Sentence
from akimat_desk.documents.inspection import Inspection
from akimat_desk.journal import Journal
from printing import actions
from printing.devices.backend import Capabilities
from printing.flow import PrintFlow
from printing.money.prices import PricesMissing
from printing.records import PriceRow
from printing.rules import Options, PagesOutside, PagesUnclear
from printing.sizes import Fit
from printing.spool import Spool, SpoolFull


def inspection(pages: int = 3, coloured: tuple[int, ...] = (2,), **more: object) -> Inspection:
    values: dict[str, object] = {
        "file": "letter.pdf", "kind": "pdf", "valid": True, "reason": "", "message": Sentence(""), "pages": pages,
        "colour_pages": coloured, "blank_pages": (), "encrypted": False, "needs_password": False,
        "printing_allowed": True, "repaired": False, "sizes_mm": ((210.0, 297.0),) * pages, "encoding": "", **more,
    }  # fmt: skip
    return Inspection(**values)  # type: ignore[arg-type]


@dataclass
class KnownDocuments:
    """A document worker that knows every file already."""

    found: Inspection = field(default_factory=inspection)
    locked_by: str = ""
    previews: list[tuple[str, int, bool]] = field(default_factory=list)
    laid_out: list[tuple[object, tuple[float, float]]] = field(default_factory=list)
    made: list[tuple[Path, tuple[int, ...], str | None]] = field(default_factory=list)

    def inspect(self, path: Path, password: str | None = None) -> Inspection:
        if self.locked_by and password != self.locked_by:
            return inspection(0, (), valid=False, needs_password=True, encrypted=True, reason="password-needed")
        return self.found

    def preview(
        self, path: Path, page: int, width_px: int, grey: bool = False, *,
        height_px: int | None = None, password: str | None = None,
    ) -> bytes:  # fmt: skip
        self.previews.append((path.name, page, grey))
        return b"PNG"

    def to_pdf(
        self, path: Path, target: Path, *, pages: tuple[int, ...] | None = None, sides: object = None,
        sheet_mm: tuple[float, float] = (0, 0), password: str | None = None,
    ) -> object:  # fmt: skip
        if sides is None:
            self.made.append((target, pages or (), password))
        else:
            self.laid_out.append((sides, sheet_mm))
        target.write_bytes(b"%PDF made")
        return None


@pytest.fixture
def documents() -> KnownDocuments:
    return KnownDocuments()


@pytest.fixture
def flow(journal: Journal, spool: Spool, documents: KnownDocuments, tmp_path: Path) -> PrintFlow:
    actions.add_printer(journal.store, name="Кеңсе", uri="ipp://here/ipp/print")
    session = tmp_path / "session"
    session.mkdir()
    return PrintFlow(journal, spool, documents, session)


def opened(flow: PrintFlow) -> PrintFlow:
    flow.open(Path("letter.pdf"), "letter.pdf")
    return flow


def test_the_plain_case_is_all_pages_once_in_grey(flow: PrintFlow) -> None:
    assert opened(flow).options() == Options()
    cost = flow.cost()
    assert cost is not None
    assert (cost.pages, cost.sheets, cost.total) == (3, 3, 60)


def test_colour_is_offered_where_there_is_any(flow: PrintFlow, documents: KnownDocuments) -> None:
    assert opened(flow).has_colour
    flow.colour = "colour"
    assert (flow.cost().total, flow.page_price("colour")) == (20 + 80 + 20, 80)  # type: ignore[union-attr]
    documents.found = inspection(3, ())
    assert not opened(flow).has_colour


def test_what_the_printer_cannot_do_is_not_offered(flow: PrintFlow, journal: Journal) -> None:
    printer = actions.paper_printer(journal.store)
    actions.keep_answers(journal.store, {printer.id: Capabilities(name="x", colour=False, copies_max=5)})
    opened(flow)
    assert (flow.can_colour, flow.can_both_sides, flow.most_copies) == (False, False, 5)


def test_while_the_pages_are_half_typed_there_is_no_price(flow: PrintFlow) -> None:
    opened(flow).which = "some"
    told = {}
    for typed in ("", "1", "1-", "1-2", "1-9"):
        flow.pages_text = typed
        cost = flow.cost()
        told[typed] = cost and cost.pages
    assert told == {"": None, "1": 1, "1-": None, "1-2": 2, "1-9": None}


@pytest.mark.parametrize(("typed", "refusal"), [("", PagesUnclear), ("x", PagesUnclear), ("4", PagesOutside)])
def test_a_choice_of_pages_that_cannot_be_is_refused_when_printing(
    flow: PrintFlow, typed: str, refusal: type[Exception]
) -> None:
    opened(flow).which, flow.pages_text = "some", typed
    with pytest.raises(refusal):
        flow.print()
    assert flow.spool.jobs() == ()


def test_before_a_file_is_chosen_nothing_is_known(flow: PrintFlow) -> None:
    assert (flow.page_count, flow.has_colour, flow.cost(), flow.page_price("grey")) == (0, False, None, None)


def test_another_file_begins_anew(flow: PrintFlow) -> None:
    opened(flow).copies, flow.colour, flow.which, flow.pages_text, flow.side = 5, "colour", "some", "2", 2
    opened(flow)
    assert (flow.copies, flow.colour, flow.which, flow.pages_text, flow.side) == (1, "grey", "all", "", 1)


def test_a_locked_file_is_opened_by_its_password_which_goes_on_to_printing(
    flow: PrintFlow, documents: KnownDocuments
) -> None:
    documents.locked_by = "құпия"
    assert flow.open(Path("locked.pdf"), "locked.pdf").needs_password
    assert not flow.unlock("wrong").can_print
    assert flow.unlock("құпия").can_print
    flow.print()
    assert [password for _, _, password in documents.made] == ["құпия"]


def test_without_a_printer_nobody_looks_into_files(journal: Journal, spool: Spool, tmp_path: Path) -> None:
    flow = PrintFlow(journal, spool, KnownDocuments(), tmp_path)
    with pytest.raises(actions.NoPrinter):
        opened(flow)


def test_without_prices_nothing_is_printed(flow: PrintFlow, journal: Journal) -> None:
    with journal.store.write() as db:
        PriceRow.delete().execute(db)
    with pytest.raises(PricesMissing):
        opened(flow)


def looked_at(flow: PrintFlow) -> int:
    """Look at the side that is shown, as the screen does; how many there are."""
    sides = flow.look()
    flow.picture(flow.side, (310, 318), flow.shown)
    return sides


def test_a_side_is_drawn_once_for_each_colour(flow: PrintFlow, documents: KnownDocuments) -> None:
    opened(flow)
    for side, colour in ((1, "grey"), (1, "grey"), (1, "colour"), (2, "grey")):
        flow.side, flow.colour = side, colour  # type: ignore[assignment]
        assert looked_at(flow) == 3
    assert documents.previews == [("letter.pdf", 1, True), ("letter.pdf", 1, False), ("letter.pdf", 2, True)]


def test_sides_are_looked_at_as_they_come_out(flow: PrintFlow, documents: KnownDocuments) -> None:
    """By the call that lays out what is printed; copies are alike and looked at once."""
    opened(flow).side = 3
    flow.layout, flow.copies, flow.which, flow.pages_text = "two", 4, "some", "3,1,2"
    assert (looked_at(flow), flow.side) == (2, 2)
    flow.pages_text = "3,1,"  # half typed: what was clear last is shown
    assert looked_at(flow) == 1
    flow.pages_text = "3-"
    assert looked_at(flow) == 1
    flow.pages_text = "3,1"
    flow.print()
    assert documents.laid_out == [(((3, 1), (2, 0)), (210, 297)), *[(((3, 1),), (210, 297))] * 2]
    assert {name for name, _, _ in documents.previews} == {"to-look.pdf"}
    assert list(flow.folder.iterdir()) == []


def test_pages_that_are_no_sheets_are_laid_on_some_and_it_is_told(flow: PrintFlow, documents: KnownDocuments) -> None:
    """Legal is longer than A4, A5 smaller; A4 itself goes to the printer as it is."""
    documents.found = inspection(3, (), sizes_mm=((216.0, 356.0), (148.0, 210.0), (210.0, 297.0)))
    opened(flow)
    assert flow.fit() == Fit(1, 83, 1)
    looked_at(flow)
    flow.print()
    assert documents.laid_out == [(((1,), (2,), (3,)), (210, 297))] * 2
    opened(flow).which, flow.pages_text = "some", "3"
    assert flow.fit() == Fit()
    flow.print()
    assert [pages for _, pages, _ in documents.made] == [(3,)]


def test_what_no_printer_has_any_more_is_refused_and_nothing_is_lost(flow: PrintFlow, journal: Journal) -> None:
    opened(flow).colour = "colour"
    printer = actions.paper_printer(journal.store)
    actions.keep_answers(journal.store, {printer.id: Capabilities(name="x", colour=False)})
    with pytest.raises(actions.NoneCan):
        flow.print()
    assert (flow.name, flow.colour, flow.spool.jobs(), list(flow.folder.iterdir())) == ("letter.pdf", "colour", (), [])


def test_the_chosen_pages_are_printed_and_priced(flow: PrintFlow, documents: KnownDocuments) -> None:
    opened(flow).which, flow.pages_text, flow.copies, flow.sides = "some", "3,1", 2, "long"
    done = flow.print()
    assert [pages for _, pages, _ in documents.made] == [(3, 1)]
    assert done.job.options == Options(2, "long", "grey", (3, 1))
    assert (done.job.quote.pages, done.job.quote.sheets, done.job.quote.total) == (4, 2, 60)
    assert done.topics == ("printing.queue",)
    assert flow.spool.document(done.job.job) == b"%PDF made"


def test_nothing_in_the_clear_is_left_once_it_is_in_the_queue(flow: PrintFlow) -> None:
    let_go = []
    flow.finished = lambda: let_go.append(True)
    opened(flow).print()
    assert (list(flow.folder.iterdir()), let_go) == ([], [True])


def test_a_full_disk_loses_neither_file_nor_choices(flow: PrintFlow, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> object:
        raise SpoolFull

    monkeypatch.setattr(flow.spool, "put", full)
    opened(flow).copies = 3
    with pytest.raises(SpoolFull):
        flow.print()
    assert (flow.name, flow.copies, list(flow.folder.iterdir())) == ("letter.pdf", 3, [])
