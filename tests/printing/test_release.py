"""A held document is released: by whom, as what, for how much, once; again after a jam; moved, stopped, decided."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from akimat_desk.journal import Journal
from printing import actions, clear, records
from printing.clear import erase_left_over
from printing.delivery import Delivery
from printing.devices.backend import Capabilities, JobState, Submitted, Unknown
from printing.devices.errors import NotReached, ReplyLost
from printing.held import CodeUnknown, HeldOver
from printing.held_job import HeldJob
from printing.holding import Holding
from printing.layout import quoted, sides_of
from printing.money.entries import TILL_SET, TillSet
from printing.money.prices import Rate
from printing.records import DayTotals, Printer
from printing.release import WRONG_CODES, Here, NotForResidents, TooManyCodes, Tries
from printing.rules import Options, PagesOutside
from printing.sizes import MEDIA, SIZES
from printing.spool import Spool
from tests.documents import files
from tests.printing.releasing import DOCUMENT, PAGES, STAFF, Paper, Room, day, let_residents, run

from .conftest import ObedientPrinter  # type: ignore[import-not-found]

CAN_ALL = Capabilities(name="x", colour=True, sides=("one-sided", "two-sided-long-edge", "two-sided-short-edge"))


# -- released as it is, or changed ------------------------------------------------------------------------------------


def test_a_document_nobody_changed_is_printed_as_it_came(
    here: Here, room: Room, job: HeldJob, printer: Printer, delivery: Delivery, obedient: ObedientPrinter,
    journal: Journal,
) -> None:  # fmt: skip
    moved = here.release(job.held, job.options, by=STAFF)
    assert (moved.job.state, moved.topics, room.woken) == ("released", ("printing.queue",), 1)
    assert day(journal) == DayTotals(0, 0, 0, 0)
    run(delivery, printer)
    ((ticket, sent),) = obedient.received
    assert (sent, ticket.copies) == (DOCUMENT, 1)
    assert room.release_worker.asked == []
    assert here.get(job.held).state == "done"
    assert day(journal) == DayTotals(1, 4, 4, 80)


@pytest.mark.parametrize(
    ("options", "asked", "tenge"),
    [
        (Options(copies=2), None, 160),
        (Options(pages=(3, 1)), ("pages", (3, 1)), 40),
        (Options(sides="long"), None, 60),
        (Options(colour="colour"), None, 140),
        (Options(layout="two"), ("sides", ((1, 2), (3, 4))), 40),
        (Options(layout="four", colour="colour"), ("sides", ((1, 2, 3, 4),)), 80),
        (Options(layout="booklet"), ("sides", ((4, 1), (2, 3))), 30),
    ],
)
def test_what_is_changed_at_the_desk_has_its_own_pages_and_price(
    here: Here, room: Room, job: HeldJob, printer: Printer, options: Options, asked: object, tenge: int
) -> None:
    assert here.price(job.held, options).total == tenge
    moved = here.release(job.held, options, by=STAFF).job
    assert (moved.options, moved.quote.total) == (options, tenge)
    assert room.release_worker.asked == ([] if asked is None else [asked])
    assert moved.job is not None
    assert (moved.job.options.pages, moved.job.options.layout, moved.job.quote.total) == ((), "single", tenge)


def test_the_worker_really_lays_out_a_booklet(
    here: Here, room: Room, job: HeldJob, printer: Printer, tmp_path: Path, spool: Spool
) -> None:
    from akimat_desk.documents.worker import Worker

    with Worker(tmp_path) as worker:
        room.release_worker = worker  # type: ignore[assignment]
        released = here.release(job.held, Options(layout="booklet")).job.job
    assert released is not None
    document = pypdfium2.PdfDocument(io.BytesIO(spool.document(released.job)))
    assert [tuple(map(round, page.get_size())) for page in document] == [(842, 595)] * 2
    document.close()


@pytest.mark.parametrize(
    "options",
    [
        Options(pages=(3, 1), colour="colour"),
        Options(layout="two"),
        Options(layout="four", pages=(4, 2, 1)),
        Options(layout="booklet", copies=3, pages=(2, 3, 1)),
        Options(size="A5"),
        Options(size="A3", pages=(2, 1)),
    ],
)
def test_what_is_looked_at_is_what_is_printed(
    journal: Journal, room: Room, here: Here, printer: Printer, tmp_path: Path, spool: Spool, options: Options
) -> None:
    """The first page is upright, the second lies across, and so on: laid out alone a side would come out otherwise."""
    from akimat_desk.documents.worker import Worker

    def draw(canvas: Canvas, page: int) -> None:
        canvas.setPageSize((842, 595) if page % 2 else (595, 842))
        canvas.rect(100, 100, 90 * page, 300, fill=1)

    actions.keep_answers(journal.store, {printer.id: replace(CAN_ALL, media=tuple(MEDIA.values()))})
    table = actions.prices_today(journal)
    more = [Rate("print", size, colour, False, 50) for size in SIZES for colour in ("grey", "colour")]
    actions.set_prices(journal, table.with_rates(table.valid_from, more))
    document = files.pdf(4, draw)
    across, upright = (297.0, 210.0), (210.0, 297.0)
    pages = replace(PAGES, sizes_mm=(across, upright) * 2)
    cost = quoted(pages, options, actions.prices_today(journal))
    job = room.held.hold(document, device=journal.device, seat=3, pages=pages, options=options, quote=cost)
    sides = len(sides_of(pages, options))
    with Worker(tmp_path) as worker:
        room.release_worker = worker  # type: ignore[assignment]
        looked_at = [here.picture(job.held, side, (90, 80), options) for side in range(1, sides + 1)]
        with pytest.raises(PagesOutside):
            here.picture(job.held, sides + 1, (90, 80), options)
        released = here.release(job.held, options).job.job
        assert released is not None
        (tmp_path / "printed.pdf").write_bytes(spool.document(released.job))
        grey = options.colour == "grey"
        printed = [
            worker.preview(tmp_path / "printed.pdf", page, 90, grey, height_px=80) for page in range(1, sides + 1)
        ]
    assert looked_at == printed
    assert len(set(looked_at)) > 1 or sides == 1


def test_a_booklet_of_a3_is_priced_laid_out_and_sent_as_a3(
    journal: Journal, here: Here, room: Room, job: HeldJob, printer: Printer, delivery: Delivery,
    obedient: ObedientPrinter,
) -> None:  # fmt: skip
    assert here.offer().sizes == ("A4",)
    actions.keep_answers(journal.store, {printer.id: replace(CAN_ALL, media_ready=tuple(MEDIA.values()))})
    assert here.offer().sizes == ("A4",)  # nobody has said what it costs
    table = actions.prices_today(journal)
    rates = [Rate("print", "A3", "grey", two_sided, tenge) for two_sided, tenge in ((False, 50), (True, 40))]
    actions.set_prices(journal, table.with_rates(table.valid_from, rates))
    assert here.offer().sizes == ("A4", "A3")
    booklet = Options(layout="booklet", size="A3")
    assert (here.price(job.held, Options(layout="booklet")).total, here.price(job.held, booklet).total) == (30, 80)
    here.release(job.held, booklet)
    assert room.release_worker.sheets == [(297, 420)]
    run(delivery, actions.paper_printer(journal.store))
    ((ticket, _),) = obedient.received
    assert (ticket.media, day(journal)) == ("iso_a3_297x420mm", DayTotals(1, 2, 1, 80))


def test_a_document_lies_in_the_clear_only_while_the_worker_looks(
    here: Here, job: HeldJob, journal: Journal, printer: Printer
) -> None:
    assert here.picture(job.held, 2, (300, 400), Options()) == b"page 2, 300, True, 400"
    assert here.picture(job.held, 2, (300, 400), Options(layout="two", colour="colour")) == b"side 2, 300, False, 400"
    here.release(job.held, Options(layout="two"))
    assert not any(b"%PDF" in file.read_bytes() for file in journal.store.home.spool.iterdir())


def test_what_a_killed_process_left_in_the_clear_is_erased(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("clear-old", "clear-new", "sealed"):
        (tmp_path / name).write_bytes(b"%PDF")
    now = (tmp_path / "clear-new").stat().st_mtime
    import os

    os.utime(tmp_path / "clear-old", (now - 3600, now - 3600))
    erase_left_over(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["clear-new", "sealed"]
    monkeypatch.setattr(clear.time, "time", lambda: now - 86_400)  # the clock was turned back
    erase_left_over(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["sealed"]


def test_when_it_cannot_be_made_it_waits_as_before(here: Here, room: Room, job: HeldJob, printer: Printer) -> None:
    def fails(*_: object, **__: object) -> None:
        raise NotReached(address="worker")

    room.release_worker.to_pdf = fails  # type: ignore[method-assign]
    with pytest.raises(NotReached):
        here.release(job.held, Options(layout="two"))
    assert here.get(job.held) == job
    assert room.spool.jobs() == ()


def test_without_a_printer_it_waits(here: Here, job: HeldJob) -> None:
    with pytest.raises(actions.NoPrinter):
        here.release(job.held, job.options)
    assert here.get(job.held).waits


# -- once -------------------------------------------------------------------------------------------------------------


def test_of_two_staff_at_two_pcs_the_second_is_told(here: Here, room: Room, job: HeldJob, printer: Printer) -> None:
    class Second(Paper):
        """While the pages of the first are made, another is faster."""

        def to_pdf(self, path: Path, target: Path, **how: object) -> None:
            room.release_worker = Paper()
            here.release(job.held, Options(layout="four"), by=STAFF)
            target.write_bytes(b"%PDF of the slower")

    room.release_worker = Second()
    with pytest.raises(HeldOver):
        here.release(job.held, Options(layout="two"), by=STAFF)
    (only,) = room.spool.jobs()
    assert (only.held, here.get(job.held).options.layout) == (job.held, "four")
    for late in (lambda: here.release(job.held, Options()), lambda: here.cancel(job.held)):
        with pytest.raises(HeldOver):
            late()


def test_after_a_jam_it_is_printed_again_and_paid_once(
    here: Here, room: Room, job: HeldJob, printer: Printer, delivery: Delivery, obedient: ObedientPrinter,
    journal: Journal,
) -> None:  # fmt: skip
    with pytest.raises(HeldOver):
        here.release(job.held, job.options, again=True)
    here.release(job.held, job.options, by=STAFF)
    run(delivery, printer)
    again = here.release(job.held, Options(pages=(3,)), again=True, by=STAFF).job
    assert again.quote.total == 80
    run(delivery, printer)
    assert len(obedient.received) == 2
    assert day(journal) == DayTotals(2, 5, 5, 80)
    with journal.store.read() as db:
        rows = list(
            records.PrintedJob.select()
            .order_by(records.PrintedJob.ended_ms, records.PrintedJob.pages.desc())
            .execute(db)
        )
    assert [(row.job, row.tenge, row.decided_by) for row in rows] == [(job.held, 80, None), (job.held, 0, STAFF)]


def test_nothing_is_printed_again_by_itself(
    here: Here, job: HeldJob, printer: Printer, delivery: Delivery, obedient: ObedientPrinter, journal: Journal
) -> None:
    here.release(job.held, job.options)
    obedient.submits.append(Unknown(True, "17", ReplyLost(address="here")))
    obedient.finds.append(None)
    run(delivery, printer)
    stands = here.get(job.held)
    assert stands.job is not None
    assert (stands.state, stands.job.state, day(journal)) == ("released", "uncertain", DayTotals(0, 0, 0, 0))
    run(delivery, printer)
    assert len(obedient.received) == 1
    assert here.settle(job.held, printed=False, by=STAFF).job.waits
    here.release(job.held, job.options)
    run(delivery, printer)
    assert (len(obedient.received), day(journal).tenge) == (2, 80)


def test_a_printer_that_is_silent_with_the_document_inside_can_be_decided_about(
    here: Here, job: HeldJob, printer: Printer, delivery: Delivery, obedient: ObedientPrinter, journal: Journal
) -> None:
    here.release(job.held, job.options)
    obedient.submits.append(Unknown(True, "17", ReplyLost(address="here")))
    obedient.finds.extend([NotReached(address="here")] * 5)
    for _ in range(3):
        delivery.step(printer)
    assert here.settle(job.held, printed=True, by=STAFF).job.state == "done"
    assert day(journal).tenge == 80
    assert delivery.step(printer) is None


def test_a_stopped_document_waits_again(
    here: Here, job: HeldJob, printer: Printer, delivery: Delivery, obedient: ObedientPrinter, journal: Journal
) -> None:
    here.release(job.held, job.options)
    here.stop(job.held)
    run(delivery, printer)
    assert (here.get(job.held).waits, obedient.received, day(journal).tenge) == (True, [], 0)
    here.release(job.held, job.options)
    obedient.submits.append(Submitted("17"))
    obedient.polls.append(JobState("processing", impressions=1))
    delivery.step(printer)
    here.stop(job.held)
    obedient.polls.extend([JobState("processing", impressions=2), JobState("cancelled", impressions=2)])
    run(delivery, printer)
    assert (here.get(job.held).state, day(journal).tenge) == ("done", 40)


# -- residents --------------------------------------------------------------------------------------------------------


def test_residents_release_only_where_the_room_lets_them(
    resident: Here, job: HeldJob, printer: Printer, journal: Journal
) -> None:
    for rules in (Holding(), Holding(self_release="some", pcs=("b" * 32,))):
        let_residents(journal, rules)
        for what in (lambda: resident.open(job.code), lambda: resident.release(job.held, job.options)):
            with pytest.raises(NotForResidents):
                what()
    let_residents(journal, Holding(self_release="some", pcs=(journal.device,)))
    assert resident.open(f" {job.code} ") == job


@pytest.mark.parametrize("box", [True, False])
def test_what_a_resident_releases_is_paid_into_the_box_where_there_is_one(
    resident: Here, job: HeldJob, printer: Printer, delivery: Delivery, journal: Journal, box: bool
) -> None:
    let_residents(journal, Holding(self_release="all"))
    journal.append(TILL_SET, TillSet(open=box, by=STAFF))
    moved = resident.release(job.held, job.options, again=True, by=STAFF).job.job
    assert moved is not None
    assert (moved.honest, moved.by, moved.again, moved.quote.total) == (box, None, False, 80)


def test_codes_cannot_be_tried_out(resident: Here, here: Here, job: HeldJob, journal: Journal) -> None:
    let_residents(journal, Holding(self_release="all"))
    for _ in range(WRONG_CODES):
        with pytest.raises(CodeUnknown):
            resident.open("no such code")
    with pytest.raises(TooManyCodes):
        resident.open(job.code)
    assert here.open(job.code) == job  # staff see the list anyway


def test_a_right_code_begins_the_count_anew() -> None:
    tries = Tries()
    for _ in range(3):
        for _ in range(WRONG_CODES - 1):
            tries.note("pc", right=False)
        tries.note("pc", right=True)
    tries.check("pc")


def test_a_slip_is_asked_of_the_room(here: Here, room: Room, job: HeldJob) -> None:
    here.slip(job.held)
    assert room.slips == [job]


def test_a_cancelled_document_is_destroyed_and_costs_nothing(here: Here, job: HeldJob, journal: Journal) -> None:
    assert here.cancel(job.held, by=STAFF).job == replace(
        job, state="cancelled", there=False, changed_ms=journal.clock.now_ms()
    )
    assert list(journal.store.home.spool.iterdir()) == []
    assert day(journal).jobs == 0
