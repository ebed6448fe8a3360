"""Documents that wait under a code: taken in whole or not at all, released once, destroyed when their time is over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, FixedClock
from akimat_desk.journal import Journal
from printing import held as holding_rooms
from printing.ending import end, settle
from printing.held import Arrival, CodeUnknown, Held, HeldOver, in_pieces
from printing.held_job import HeldJob
from printing.holding import HOLDING_SET, HoldingSet
from printing.layout import Pages
from printing.records import HeldRow
from printing.rules import Options, Quote
from printing.sealing import DocumentGone
from printing.spool import Spool, SpooledJob

DOCUMENT = b"%PDF " + bytes(range(256)) * 20
COST = Quote(pages=2, sheets=2, grey_pages=2, colour_pages=0, grey_price=20, colour_price=80, total=40)
HERE, THERE = "a" * 32, "b" * 32


@pytest.fixture
def held(journal: Journal, spool: Spool) -> Held:
    return Held(journal.store, journal.clock, spool)


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding_rooms, "PIECE", 1000)


def put(held: Held, document: bytes = DOCUMENT) -> HeldJob:
    return held.hold(document, device=HERE, seat=3, pages=Pages(2, (1,), (2,)), options=Options(), quote=COST)


def files(journal: Journal) -> list[bytes]:
    return [file.read_bytes() for file in journal.store.home.spool.iterdir()]


def release(held: Held, spool: Spool, job: HeldJob, *, again: bool = False) -> SpooledJob:
    before: tuple[holding_rooms.State, ...] = ("done",) if again else ("held",)
    return spool.put(
        b"%PDF laid out", printer=1, options=Options(), quote=COST, held=job.held, again=again,
        first=lambda db, name: held.mark(db, job.held, "released", before=before, job=name),
    )  # fmt: skip


def test_what_is_held_comes_back_and_cannot_be_read_on_the_disk(held: Held, journal: Journal) -> None:
    job = put(held)
    assert (job.state, job.waits, len(job.code), job.seat) == ("held", True, 4, 3)
    assert (job.pages, job.quote) == (Pages(2, (1,), (2,)), COST)
    assert held.document(job.held) == DOCUMENT
    assert len(files(journal)) == 6
    assert not any(DOCUMENT[:16] in piece or DOCUMENT[500:516] in piece for piece in files(journal))


def test_a_row_names_no_file_and_no_person(held: Held, journal: Journal) -> None:
    put(held)
    with journal.store.read() as db:
        (row,) = HeldRow.select().dicts().execute(db)
    assert set(row) == {
        "held", "code", "device", "seat", "state", "pages", "options", "quote", "size", "digest", "pieces", "key",
        "job", "released_by", "back", "back_by", "created_ms", "changed_ms", "due_ms", "left_s",
    }  # fmt: skip


def test_it_is_found_by_the_beginning_of_its_code_and_opened_by_all_of_it(held: Held) -> None:
    first, second = put(held), put(held)
    assert {job.held for job in held.find().jobs} == {first.held, second.held}
    found = held.find(first.code[:2])
    assert first in found.jobs
    assert (held.find("no such code").total, held.find().waiting) == (0, 2)
    assert held.by_code(second.code) == second
    for typed in ("", first.code[:2], "' OR 1=1"):
        with pytest.raises(CodeUnknown):
            held.by_code(typed)


def test_a_code_two_pcs_gave_at_once_opens_neither(held: Held) -> None:
    job = put(held)
    digest = hashlib.sha256(b"%PDF").digest()
    held.begin(Arrival("c" * 32, job.code, THERE, 4, Pages(1), Options(), COST, 4, digest))
    held.take("c" * 32, 0, b"%PDF")
    held.finish("c" * 32)
    with pytest.raises(CodeUnknown):
        held.by_code(job.code)
    assert held.find(job.code).total == 2


# -- pieces -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def coming(held: Held) -> Arrival:
    new = Arrival(
        "c" * 32, "34821", THERE, 3, Pages(2), Options(), COST, len(DOCUMENT), hashlib.sha256(DOCUMENT).digest()
    )
    held.begin(new)
    return new


def test_pieces_come_again_and_in_any_order_and_only_the_next_is_taken(held: Held, coming: Arrival) -> None:
    pieces = list(in_pieces(DOCUMENT))
    assert held.take(coming.held, 1, pieces[1]) == 0
    assert held.take(coming.held, 0, pieces[0]) == 1
    assert held.take(coming.held, 0, b"another") == 1
    assert held.begin(coming) == 1  # after a cut it goes on from there
    for number, piece in enumerate(pieces):
        held.take(coming.held, number, piece)
    assert held.finish(coming.held).waits
    assert held.finish(coming.held).waits
    assert held.document(coming.held) == DOCUMENT
    assert held.take(coming.held, len(pieces), b"more") == len(pieces)


def test_what_does_not_become_the_document_that_was_told_of_is_not_held(
    held: Held, coming: Arrival, journal: Journal
) -> None:
    held.take(coming.held, 0, b"something else")
    with pytest.raises(DocumentGone):
        held.finish(coming.held)
    assert files(journal) == []
    with pytest.raises(HeldOver):
        held.get(coming.held)


def test_what_is_still_coming_is_neither_shown_nor_opened(held: Held, coming: Arrival) -> None:
    assert held.find().total == 0
    with pytest.raises(CodeUnknown):
        held.by_code(coming.code)


# -- released ---------------------------------------------------------------------------------------------------------


def test_whoever_comes_second_releases_nothing(held: Held, spool: Spool) -> None:
    job = put(held)
    first = release(held, spool, job)
    with pytest.raises(HeldOver):
        release(held, spool, job)
    assert [each.job for each in spool.jobs()] == [first.job]
    now = held.get(job.held)
    assert (now.state, now.job) == ("released", first)
    with pytest.raises(HeldOver):
        held.cancel(job.held)


def test_after_printing_it_is_kept_for_a_jam_and_then_destroyed(
    held: Held, spool: Spool, journal: Journal, clock: FixedClock
) -> None:
    job = put(held)
    end(journal, spool, release(held, spool, job), "printed", "done")
    assert held.get(job.held).can_again
    clock.pass_seconds(9 * 60)
    held.pass_time()
    assert held.document(job.held) == DOCUMENT
    clock.pass_seconds(61)
    assert held.pass_time() == (job.held,)
    assert (held.get(job.held).state, held.get(job.held).there, files(journal)) == ("done", False, [])
    with pytest.raises(DocumentGone):
        held.document(job.held)


def test_printing_again_after_a_jam_costs_nothing_more(held: Held, spool: Spool, journal: Journal) -> None:
    job = put(held)
    end(journal, spool, release(held, spool, job), "printed", "done")
    second = release(held, spool, job, again=True)
    end(journal, spool, second, "not_printed", "failed")
    assert held.get(job.held).can_again  # and again, until it is there


def test_a_room_that_keeps_nothing_destroys_it_with_the_last_page(held: Held, spool: Spool, journal: Journal) -> None:
    journal.append(HOLDING_SET, HoldingSet(hold=True, minutes=120, keep_minutes=0))
    job = put(held)
    end(journal, spool, release(held, spool, job), "printed", "done")
    assert files(journal) == []
    assert not held.get(job.held).there


def nothing_came_out(journal: Journal, spool: Spool, job: SpooledJob) -> None:
    end(journal, spool, job, "not_printed", "failed", reason="fault")


def stopped_in_time(journal: Journal, spool: Spool, job: SpooledJob) -> None:
    end(journal, spool, job, "stopped", "stopped", printed=0)


def staff_found_nothing(journal: Journal, spool: Spool, job: SpooledJob) -> None:
    with journal.store.write() as db:
        spool.mark(db, job.job, "uncertain")
    settle(journal, spool, spool.get(job.job), printed=False, staff=None)


@pytest.mark.parametrize("ending", [nothing_came_out, stopped_in_time, staff_found_nothing])
def test_when_nothing_came_out_it_waits_again(
    held: Held, spool: Spool, journal: Journal, clock: FixedClock, ending: Callable[..., None]
) -> None:
    job = put(held)
    released = release(held, spool, job)
    clock.pass_seconds(86_400)  # the printer was away for a day
    assert held.pass_time() == ()
    ending(journal, spool, released)
    now = held.get(job.held)
    assert (now.waits, held.document(job.held) == DOCUMENT) == (True, True)
    assert held.pass_time() == ()
    assert release(held, spool, job).state == "waiting"


# -- time -------------------------------------------------------------------------------------------------------------


def test_after_two_hours_nobody_can_release_it(held: Held, spool: Spool, journal: Journal, clock: FixedClock) -> None:
    job = put(held)
    clock.pass_seconds(2 * 3600 - 1)
    assert held.pass_time() == ()
    clock.pass_seconds(1)
    assert held.pass_time() == (job.held,)
    assert (held.get(job.held).state, files(journal)) == ("expired", [])
    with pytest.raises(HeldOver):
        release(held, spool, job)
    assert spool.jobs() == ()


def test_at_midnight_it_is_over_also_when_the_clock_was_turned_back(
    held: Held, journal: Journal, clock: FixedClock
) -> None:
    journal.append(HOLDING_SET, HoldingSet(hold=True, minutes=0, keep_minutes=10))
    clock.turn_to(datetime(2026, 11, 30, 23, 50, tzinfo=KAZAKHSTAN))
    job = put(held)
    assert job.due_ms == int(datetime(2026, 12, 1, tzinfo=KAZAKHSTAN).timestamp() * 1000)
    clock.turn_to(datetime(2026, 11, 1, 9, 0, tzinfo=KAZAKHSTAN))
    clock.pass_seconds(599)
    assert held.pass_time() == ()
    clock.pass_seconds(1)
    assert held.pass_time() == (job.held,)


def test_a_pc_that_was_off_overnight_expires_it_at_its_start(
    held: Held, spool: Spool, journal: Journal, clock: FixedClock
) -> None:
    job = put(held)
    clock.turn_to(datetime(2026, 11, 21, 9, 0, tzinfo=KAZAKHSTAN))
    started = Held(journal.store, clock, spool)
    assert started.pass_time() == (job.held,)


def test_other_rules_do_not_shorten_the_time_of_what_waits(held: Held, journal: Journal, clock: FixedClock) -> None:
    put(held)
    journal.append(HOLDING_SET, HoldingSet(hold=True, minutes=1, keep_minutes=10))
    clock.pass_seconds(timedelta(hours=1).total_seconds())
    assert held.pass_time() == ()


# -- the start --------------------------------------------------------------------------------------------------------


def test_a_start_removes_what_a_crash_cut_short_here_and_keeps_what_comes_from_another_pc(
    held: Held, spool: Spool, journal: Journal, coming: Arrival
) -> None:
    held.take(coming.held, 0, DOCUMENT[:1000])
    mine = Arrival("d" * 32, "1", HERE, 1, Pages(1), Options(), COST, 5, b"\0" * 32)
    held.begin(mine)
    held.take(mine.held, 0, b"%PDF ")
    kept = put(held)
    held.sweep(device=HERE, keep_since_ms=0)
    spool.sweep(keep_since_ms=0)
    assert held.document(kept.held) == DOCUMENT
    assert held.begin(coming) == 1
    with pytest.raises(HeldOver):
        held.get(mine.held)
    assert len(files(journal)) == 6 + 1


def test_rows_of_yesterday_are_swept(held: Held, journal: Journal, clock: FixedClock) -> None:
    job = put(held)
    held.cancel(job.held)
    waits = put(held)
    clock.pass_seconds(60)
    held.sweep(device=HERE, keep_since_ms=clock.now_ms())
    assert [each.held for each in held.find().jobs] == [waits.held]
    with pytest.raises(HeldOver):
        held.get(job.held)


def test_the_list_shows_what_needs_a_person_first(held: Held, spool: Spool, journal: Journal) -> None:
    waits, printed, cancelled, newer = put(held), put(held), put(held), put(held)
    end(journal, spool, release(held, spool, printed), "printed", "done")
    held.cancel(cancelled.held)
    found = held.find(limit=3)
    assert [job.held for job in found.jobs] == [newer.held, waits.held, cancelled.held]
    assert (found.total, found.waiting) == (4, 2)
    assert held.find(since_ms=2**46).total == 2
