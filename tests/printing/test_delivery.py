"""Jobs from the spool to the printer: nothing printed twice, nothing charged unprinted, all of it power-cut proof."""

from __future__ import annotations

import threading

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.documents.errors import TooHeavy, WorkerMissing
from akimat_desk.journal import Journal
from printing import actions, records
from printing.actions import FREE
from printing.delivery import Delivery, connect
from printing.devices.backend import JobState, PrinterJob, Submitted, Unknown
from printing.devices.errors import NotReached, OptionsRefused, PrinterBusy, ReplyLost
from printing.ending import settle
from printing.records import DayTotals, Printer
from printing.rules import Options
from printing.spool import DocumentGone, JobOver, Spool, SpooledJob, SpoolFull

from .conftest import ObedientPrinter  # type: ignore[import-not-found]

LOST = ReplyLost(address="here")


@pytest.fixture
def printer(journal: Journal) -> Printer:
    return actions.add_printer(journal.store, name="Ақ-қара", uri="ipp://here/ipp/print")


@pytest.fixture
def delivery(journal: Journal, spool: Spool, obedient: ObedientPrinter) -> Delivery:
    return Delivery(journal, spool, rasterise=lambda pdf: lambda size: (), connect=lambda printer, stop: obedient)


def put(journal: Journal, spool: Spool, pages: int = 3, options: Options | None = None) -> SpooledJob:
    return actions.print_document(
        journal, spool, document=b"%PDF pages", pages=pages, colour_pages=[1], options=options or Options()
    )


def run(delivery: Delivery, printer: Printer, steps: int = 10) -> list[str]:
    """The states a job goes through, until it rests."""
    states: list[str] = []
    for _ in range(steps):
        job = delivery.step(printer)
        if job is None:
            break
        if not states or states[-1] != job.state:
            states.append(job.state)
    return states


def day(journal: Journal) -> DayTotals:
    with journal.store.read() as db:
        return records.totals(db, 0, 2**46)


def test_a_plain_job_is_printed_once_and_charged_once(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    job = put(journal, spool)
    obedient.polls.extend([JobState("pending"), JobState("processing", impressions=1)])

    assert run(delivery, printer) == ["printing", "done"]

    assert [(ticket.uuid, ticket.copies, ticket.sides, ticket.colour) for ticket, _ in obedient.received] == [
        (job.job, 1, "one-sided", False)
    ]
    assert obedient.received[0][1] == b"%PDF pages"
    assert day(journal) == DayTotals(jobs=1, pages=3, sheets=3, tenge=60)


def test_the_document_is_destroyed_when_the_job_ends(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer
) -> None:
    job = put(journal, spool)
    run(delivery, printer)
    with pytest.raises(DocumentGone):
        spool.document(job.job)
    assert list(journal.store.home.spool.iterdir()) == []


def test_a_spooled_document_is_not_readable_on_the_disk(journal: Journal, spool: Spool, printer: Printer) -> None:
    put(journal, spool)
    assert [b"%PDF" in file.read_bytes() for file in journal.store.home.spool.iterdir()] == [False]


@pytest.mark.parametrize("why", [NotReached(address="here"), PrinterBusy(detail="busy")])
def test_a_printer_that_is_away_or_busy_gets_the_job_later(
    journal: Journal,
    spool: Spool,
    delivery: Delivery,
    printer: Printer,
    obedient: ObedientPrinter,
    why: Exception,
) -> None:
    put(journal, spool)
    obedient.submits.extend([why, why])
    assert run(delivery, printer) == ["waiting", "printing", "done"]
    assert len(obedient.received) == 1


def test_the_reason_of_waiting_is_kept_for_the_screen(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    put(journal, spool)
    obedient.submits.append(NotReached(address="here"))
    job = delivery.step(printer)
    assert job is not None
    assert (job.state, job.reason) == ("waiting", "printer-not-reached")


def test_refused_options_end_the_job_without_a_charge(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    put(journal, spool)
    obedient.submits.append(OptionsRefused(["sides"]))
    assert run(delivery, printer) == ["failed"]
    assert day(journal) == DayTotals(1, 0, 0, 0)


def test_a_lost_reply_before_the_document_left_sends_again(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    put(journal, spool)
    obedient.submits.append(Unknown(may_have_printed=False, why=LOST))
    obedient.finds.append(None)
    assert run(delivery, printer) == ["asking", "waiting", "printing", "done"]
    assert len(obedient.received) == 1


def test_a_document_that_came_in_whole_all_the_same_is_followed_and_not_sent_again(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    """Between looking and cancelling the printer has got to it."""
    job = put(journal, spool)
    obedient.submits.append(Unknown(may_have_printed=False, handle="17"))
    obedient.finds.append(PrinterJob("17", "pending", has_document=False))
    obedient.polls.extend([JobState("processing"), JobState("completed", impressions=3)])
    for _ in range(3):
        delivery.step(printer)
    assert (spool.get(job.job).state, len(obedient.received), obedient.cancelled) == ("done", 0, ["17"])


def test_a_job_without_its_document_is_dropped_at_the_printer_and_sent_again(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    put(journal, spool)
    obedient.submits.append(Unknown(may_have_printed=False, why=LOST))
    obedient.finds.append(PrinterJob("17", "pending", has_document=False))
    assert run(delivery, printer) == ["asking", "waiting", "printing", "done"]
    assert obedient.cancelled == ["17"]


def test_a_lost_reply_after_the_document_left_follows_the_job_the_printer_has(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    put(journal, spool)
    obedient.submits.append(Unknown(may_have_printed=True, handle="17", why=LOST))
    obedient.finds.extend([NotReached(address="here"), PrinterJob("17", "processing", has_document=True)])
    assert run(delivery, printer) == ["asking", "printing", "done"]
    assert len(obedient.received) == 1


def test_when_nobody_knows_staff_decide_and_nothing_is_sent_again(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    job = put(journal, spool)
    obedient.submits.append(Unknown(may_have_printed=True, handle="17", why=LOST))
    obedient.finds.append(None)
    assert run(delivery, printer) == ["asking", "uncertain"]
    assert day(journal) == DayTotals(0, 0, 0, 0)

    settle(journal, spool, spool.get(job.job), printed=True, staff="0" * 32)
    assert day(journal) == DayTotals(1, 3, 3, 60)
    assert len(obedient.received) == 1


def test_an_uncertain_job_does_not_hold_up_the_next(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    put(journal, spool)
    obedient.submits.append(Submitted("17"))
    obedient.polls.append(JobState("gone"))
    second = put(journal, spool)
    assert run(delivery, printer) == ["printing", "uncertain", "printing", "done"]
    assert spool.get(second.job).state == "done"


@pytest.mark.parametrize(("state", "then"), [("creating", "waiting"), ("sending", "uncertain")])
def test_after_a_power_cut_the_printer_is_asked_first(
    journal: Journal,
    spool: Spool,
    delivery: Delivery,
    printer: Printer,
    obedient: ObedientPrinter,
    state: records.JobState,
    then: str,
) -> None:
    job = put(journal, spool)
    with journal.store.write() as db:
        spool.mark(db, job.job, state)
    obedient.finds.append(None)
    after = delivery.step(printer)
    assert after is not None
    assert after.state == then
    assert obedient.received == []


def test_a_job_stopped_while_it_waits_never_reaches_the_printer(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    job = put(journal, spool)
    spool.ask_stop(job.job)
    assert run(delivery, printer) == ["stopped"]
    assert obedient.received == []
    assert day(journal) == DayTotals(1, 0, 0, 0)


def test_a_job_stopped_half_way_is_charged_for_what_came_out(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    job = put(journal, spool, pages=5)
    delivery.step(printer)
    spool.ask_stop(job.job)
    obedient.polls.extend([JobState("processing", impressions=2), JobState("cancelled", impressions=2)])
    assert run(delivery, printer) == ["stopped"]
    assert obedient.cancelled == ["17"]
    assert day(journal) == DayTotals(jobs=1, pages=2, sheets=2, tenge=40)


@pytest.mark.parametrize(
    ("counts", "seen", "told", "ends"),
    [
        (True, None, 0, "failed"),
        (True, None, None, "uncertain"),
        (False, None, 0, "uncertain"),
        (False, None, 3, "uncertain"),
        (True, 2, 2, "uncertain"),
        (True, 2, 0, "uncertain"),
    ],
    ids=[
        "none, says one that counts",
        "says nothing",
        "none, says one that never counts",
        "all of them came out",
        "some came out",
        "none any more",
    ],
)
def test_of_a_job_the_printer_gave_up_staff_decide_unless_it_surely_printed_nothing(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter,
    counts: bool, seen: int | None, told: int | None, ends: str,
) -> None:  # fmt: skip
    put(journal, spool)
    obedient.polls.append(JobState("completed", impressions=3 if counts else 0))
    assert run(delivery, printer)[-1] == "done"
    job = put(journal, spool)
    obedient.polls.extend([JobState("processing", impressions=seen), JobState("aborted", ("fault",), impressions=told)])
    assert run(delivery, printer)[-1] == ends
    assert day(journal).tenge == 60
    now = spool.get(job.job)
    assert (now.reason, now.printed) == ("fault", told or seen or (0 if ends == "failed" else None))
    if ends == "uncertain":
        settle(journal, spool, now, printed=True, staff=None)
        assert day(journal).tenge == 120


def test_a_paper_that_broke_off_with_pages_out_waits_for_staff(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    """The out-tray gives a failed paper again by itself, and these pages would come twice."""
    job = spool.put(b"%PDF", printer=printer.id, options=Options(), quote=FREE, paper=7)
    obedient.polls.extend([JobState("processing", impressions=1), JobState("aborted", ("fault",))])
    assert run(delivery, printer) == ["printing", "uncertain"]
    assert len(obedient.received) == 1
    settle(journal, spool, spool.get(job.job), printed=True, staff=None)
    assert spool.get(job.job).state == "done"


def test_another_job_under_our_number_is_not_taken_for_ours(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    """A printer that was reset counts from 1 again: what became of our job there nobody knows."""
    put(journal, spool)
    obedient.polls.append(JobState("completed", impressions=40, name="somebody's letter"))
    obedient.finds.append(None)
    assert run(delivery, printer) == ["printing", "asking", "uncertain"]
    assert obedient.cancelled == []
    assert day(journal) == DayTotals(0, 0, 0, 0)


def test_a_printer_that_keeps_the_beginning_of_a_name_is_believed(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    job = put(journal, spool)
    obedient.polls.append(JobState("completed", name=job.job[:20]))
    assert run(delivery, printer) == ["printing", "done"]


def test_a_finished_job_cannot_be_stopped(journal: Journal, spool: Spool, delivery: Delivery, printer: Printer) -> None:
    job = put(journal, spool)
    run(delivery, printer)
    with pytest.raises(JobOver):
        spool.ask_stop(job.job)


def test_when_the_resident_leaves_waiting_jobs_are_dropped_and_documents_destroyed(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    printing, waiting = put(journal, spool), put(journal, spool)
    obedient.polls.append(JobState("processing"))
    delivery.step(printer)

    actions.forget_resident(journal.store, spool)

    assert list(journal.store.home.spool.iterdir()) == []
    assert run(delivery, printer) == ["printing", "done", "stopped"]
    assert [spool.get(job.job).state for job in (printing, waiting)] == ["done", "stopped"]


def test_without_a_printer_nothing_is_taken(journal: Journal, spool: Spool) -> None:
    with pytest.raises(actions.NoPrinter):
        put(journal, spool)
    assert spool.jobs() == ()


def test_old_rows_and_stray_files_are_swept(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, clock: FixedClock
) -> None:
    done = put(journal, spool)
    run(delivery, printer)
    waiting = put(journal, spool)
    (journal.store.home.spool / "stray").write_bytes(b"left by a crash")
    clock.pass_seconds(86_400)

    spool.sweep(keep_since_ms=clock.now_ms())

    assert [job.job for job in spool.jobs()] == [waiting.job]
    assert [file.name for file in journal.store.home.spool.iterdir()] == [waiting.job]
    with pytest.raises(DocumentGone):
        spool.get(done.job)


# -- printers that were taken out of the list -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "then"),
    [
        ("waiting", "waiting"),
        ("creating", "waiting"),
        ("asking", "waiting"),
        ("sending", "uncertain"),
        ("printing", "uncertain"),
    ],
)
def test_jobs_of_a_removed_printer_go_to_the_next_or_to_staff(
    journal: Journal,
    spool: Spool,
    delivery: Delivery,
    printer: Printer,
    state: records.JobState,
    then: str,
) -> None:
    job = put(journal, spool)
    with journal.store.write() as db:
        spool.mark(db, job.job, state, handle="17" if state != "waiting" else None)
    other = actions.add_printer(journal.store, name="Түрлі түсті", uri="ipp://there/ipp/print")
    actions.remove_printer(journal.store, printer)

    assert delivery.adopt([other])
    now = spool.get(job.job)
    assert now.state == then
    if then == "waiting":
        assert (now.printer, now.handle) == (other.id, None)
    assert not delivery.adopt([other])


def test_without_any_printer_a_waiting_job_waits_and_can_be_stopped(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer
) -> None:
    job = put(journal, spool)
    actions.remove_printer(journal.store, printer)
    assert not delivery.adopt([])
    spool.ask_stop(job.job)
    assert delivery.adopt([])
    assert (spool.get(job.job).state, day(journal)) == ("stopped", DayTotals(1, 0, 0, 0))


# -- what goes wrong on this side -------------------------------------------------------------------------------------


def test_a_document_that_is_gone_ends_the_job_without_a_charge(
    journal: Journal, spool: Spool, delivery: Delivery, printer: Printer, obedient: ObedientPrinter
) -> None:
    job = put(journal, spool)
    (journal.store.home.spool / job.job).unlink()
    assert run(delivery, printer) == ["failed"]
    assert (spool.get(job.job).reason, obedient.received, day(journal).tenge) == ("spool-document", [], 0)


@pytest.mark.parametrize(
    ("why", "states"),
    [(WorkerMissing(), ["waiting", "printing", "done"]), (TooHeavy(), ["failed"])],
    ids=["no worker now", "too heavy"],
)
def test_pages_that_cannot_be_drawn(
    journal: Journal,
    spool: Spool,
    delivery: Delivery,
    printer: Printer,
    obedient: ObedientPrinter,
    why: Exception,
    states: list[str],
) -> None:
    put(journal, spool)
    obedient.submits.append(why)
    assert run(delivery, printer) == states


def test_an_address_that_cannot_be_one_ends_the_job(journal: Journal, spool: Spool, printer: Printer) -> None:
    job = put(journal, spool)
    with journal.store.write() as db:
        records.PrinterRow.update(uri="gopher://here").execute(db)
    with journal.store.read() as db:
        (wrong,) = records.printers(db)
    Delivery(journal, spool, rasterise=lambda pdf: lambda size: ()).step(wrong)
    assert (spool.get(job.job).state, spool.get(job.job).reason) == ("failed", "printer-address")


def test_a_store_that_cannot_write_leaves_the_job_where_it_can_be_asked_about(
    journal: Journal,
    spool: Spool,
    delivery: Delivery,
    printer: Printer,
    obedient: ObedientPrinter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The disk is full just when the printer has made the job: no page leaves before that is written."""
    job = put(journal, spool)
    mark = spool.mark

    def full(db: object, name: str, state: str, **values: object) -> None:
        if state == "sending":
            raise SpoolFull
        mark(db, name, state, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(spool, "mark", full)
    with pytest.raises(SpoolFull):
        delivery.step(printer)
    assert (spool.get(job.job).state, obedient.received) == ("creating", [])
    monkeypatch.undo()
    obedient.finds.append(PrinterJob("17", "pending", has_document=False))
    assert run(delivery, printer) == ["waiting", "printing", "done"]
    assert (len(obedient.received), day(journal).jobs) == (1, 1)


def test_the_way_to_a_printer_has_its_certificate_format_and_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, object] = {}
    monkeypatch.setattr("printing.delivery.open_backend", lambda uri, **more: asked.update(uri=uri, **more))
    stop = threading.Event()
    connect(Printer(1, "hp", "ipps://here/", "paper", 576, pin="ab", document_format="image/pwg-raster"), stop)
    assert asked.pop("patience").stop is stop  # type: ignore[attr-defined]
    assert asked == {"uri": "ipps://here/", "pin": "ab", "document_format": "image/pwg-raster"}
