"""A document of which some sheets came out: the parts are the whole, on paper and in money."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.journal import Journal
from printing import records
from printing.begun import SheetsOutside
from printing.ending import decidable, settle_some
from printing.held_job import HeldJob
from printing.holding import Holding
from printing.layout import LAYOUTS, Pages, as_printed, on_paper, quoted, sides_of
from printing.money.entries import TILL_SET, TillSet
from printing.money.prices import PriceTable
from printing.records import DayTotals, Printer
from printing.release import Here, NotForResidents
from printing.rules import Options, Quote
from printing.spool import JobOver, Spool, SpooledJob
from tests.printing.releasing import STAFF, Room, day, let_residents

PRICES = PriceTable.of_a4(date(2026, 1, 1), 20, 80, 15, 70)
FREE_BLANKS = replace(PRICES, blank_free=True)


@st.composite
def documents(draw: st.DrawFn) -> tuple[Pages, Options, PriceTable]:
    count = draw(st.integers(1, 9))
    some = st.sets(st.integers(1, count)).map(lambda pages: tuple(sorted(pages)))
    options = Options(
        copies=draw(st.integers(1, 4)),
        sides=draw(st.sampled_from(["one", "long"])),
        colour=draw(st.sampled_from(["grey", "colour"])),
        pages=draw(some),
        layout=draw(st.sampled_from(LAYOUTS)),
    )
    return Pages(count, draw(some), draw(some)), options, draw(st.sampled_from([PRICES, FREE_BLANKS]))


def counted(cost: Quote) -> tuple[int, ...]:
    return cost.pages, cost.sheets, cost.grey_pages, cost.colour_pages, cost.free_pages, cost.total


@given(documents(), st.data())
def test_cut_anywhere_the_rest_costs_what_the_whole_does_without_what_came_out(
    document: tuple[Pages, Options, PriceTable], data: st.DataObject
) -> None:
    file, options, table = document
    whole = quoted(file, options, table)
    before = whole
    for out in sorted(data.draw(st.sets(st.integers(1, max(1, whole.sheets - 1))))):
        if out >= whole.sheets:
            continue
        rest = quoted(file, replace(options, out=out), table)
        assert rest.sheets == whole.sheets - out
        assert all(0 <= less <= more for less, more in zip(counted(rest), counted(before), strict=True))
        assert rest.grey_pages + rest.colour_pages + rest.free_pages == rest.pages
        before = rest


@given(documents(), st.data())
def test_printed_in_two_parts_every_side_lies_on_its_sheet_as_printed_at_once(
    document: tuple[Pages, Options, PriceTable], data: st.DataObject
) -> None:
    file, options, _ = document
    per = 1 if options.sides == "one" else 2
    copy = [*sides_of(file, options)]
    copy += [(0,) * len(copy[0])] * (-len(copy) % per)
    at_once = copy * options.copies
    sheets = len(at_once) // per
    out = data.draw(st.integers(1, sheets))
    if out < sheets:
        rest = [*sides_of(file, replace(options, out=out))]
        rest += [(0,) * len(copy[0])] * (-len(rest) % per)
        assert rest == at_once[out * per :]
        assert as_printed(replace(options, out=out)).copies == 1


def test_an_empty_back_costs_nothing() -> None:
    file, options = Pages(3), Options(copies=2, sides="long", out=1)
    assert sides_of(file, options) == ((3,), (0,), (1,), (2,), (3,))
    assert counted(quoted(file, options, PRICES)) == (4, 3, 4, 0, 0, 60)
    assert on_paper(file, replace(options, out=0)).sides == 3


def test_whoever_changes_the_sheets_has_it_printed_from_the_beginning() -> None:
    waits = Options(copies=2, out=3)
    assert Options(copies=2).after(waits).out == 3
    assert Options(copies=2, colour="colour").after(waits).out == 3
    for changed in (Options(copies=1), Options(copies=2, sides="long"), Options(copies=2, pages=(1,))):
        assert changed.after(waits).out == 0


# -- with a printer that nobody can ask -------------------------------------------------------------------------------


def in_doubt(here: Here, spool: Spool, journal: Journal, job: HeldJob, options: Options) -> SpooledJob:
    released = here.release(job.held, options, by=STAFF).job.job
    assert released is not None
    with journal.store.write() as db:
        spool.mark(db, released.job, "uncertain")
    found = spool.get(released.job)
    assert decidable(found)
    return found


def test_what_came_out_is_charged_and_the_rest_waits_under_its_code(
    here: Here, spool: Spool, journal: Journal, job: HeldJob, printer: Printer, room: Room
) -> None:
    in_doubt(here, spool, journal, job, Options(colour="colour"))  # pages 1, 3, 4 grey, 2 in colour: 140
    now = here.settle(job.held, printed=True, by=STAFF, sheets=2).job
    assert (now.state, now.code, now.options.out, now.quote.total) == ("held", job.code, 2, 40)
    assert day(journal) == DayTotals(1, 2, 2, 100)  # the page in colour is among them
    with journal.store.read() as db:
        (entry,) = records.PrintedJob.select().dicts().execute(db)
    assert (entry["outcome"], entry["decided_by"], entry["colour_pages"]) == ("stopped", STAFF, 1)

    in_doubt(here, spool, journal, now, now.options)
    assert room.release_worker.asked == [("pages", (3, 4))]
    now = here.settle(job.held, printed=True, by=STAFF, sheets=1).job
    assert (now.state, now.options.out, now.quote.pages, now.quote.total) == ("held", 3, 1, 20)
    in_doubt(here, spool, journal, now, now.options)
    now = here.settle(job.held, printed=True, by=STAFF, sheets=1).job
    assert now.state == "done"
    assert day(journal).tenge == 140  # as if it had come out at once


@pytest.mark.parametrize(("sheets", "state", "tenge"), [(0, "held", 0), (4, "done", 80)])
def test_none_and_all_are_what_they_were(
    here: Here, spool: Spool, journal: Journal, job: HeldJob, printer: Printer, sheets: int, state: str, tenge: int
) -> None:
    in_doubt(here, spool, journal, job, Options())
    now = here.settle(job.held, printed=True, by=STAFF, sheets=sheets).job
    assert (now.state, now.options.out, day(journal).tenge) == (state, 0, tenge)


@pytest.mark.parametrize("sheets", [-1, 5])
def test_more_sheets_than_were_to_come_change_nothing(
    here: Here, spool: Spool, journal: Journal, job: HeldJob, printer: Printer, sheets: int
) -> None:
    in_doubt(here, spool, journal, job, Options())
    with pytest.raises(SheetsOutside):
        here.settle(job.held, printed=True, by=STAFF, sheets=sheets)
    assert here.get(job.held).job.state == "uncertain"  # type: ignore[union-attr]
    assert day(journal) == DayTotals(0, 0, 0, 0)


def test_it_is_decided_once(here: Here, spool: Spool, journal: Journal, job: HeldJob, printer: Printer) -> None:
    paper = in_doubt(here, spool, journal, job, Options())
    here.settle(job.held, printed=True, by=STAFF, sheets=1)
    with pytest.raises(JobOver):
        settle_some(journal, spool, paper, sheets=2, staff=STAFF)
    assert day(journal).tenge == 20


def test_of_a_free_reprint_nothing_is_charged_however_much_came_out(
    here: Here, spool: Spool, journal: Journal, job: HeldJob, printer: Printer
) -> None:
    in_doubt(here, spool, journal, job, Options())
    here.settle(job.held, printed=True, by=STAFF)
    released = here.release(job.held, Options(), again=True, by=STAFF).job.job
    assert released is not None
    with journal.store.write() as db:
        spool.mark(db, released.job, "uncertain")
    now = here.settle(job.held, printed=True, by=STAFF, sheets=1).job
    assert (now.state, now.can_again, now.options.out, day(journal).tenge) == ("done", True, 0, 80)


@pytest.mark.parametrize("first", [True, False])
def test_all_of_a_document_is_paid_in_one_place(
    here: Here, resident: Here, spool: Spool, journal: Journal, job: HeldJob, printer: Printer, first: bool
) -> None:
    let_residents(journal, Holding(self_release="all"))
    journal.append(TILL_SET, TillSet(open=True, by=STAFF))
    begins, other = (resident, here) if first else (here, resident)
    paper = begins.release(job.held, Options()).job.job
    assert paper is not None
    with journal.store.write() as db:
        spool.mark(db, paper.job, "uncertain")
    now = here.settle(job.held, printed=True, by=STAFF, sheets=1).job
    if first:
        rest = other.release(job.held, now.options).job.job
        assert rest is not None
        assert rest.honest is True
    else:
        with pytest.raises(NotForResidents):
            other.release(job.held, now.options)
