"""Documents on their way lie on the disk encrypted, whole or not at all, and are gone when their key is."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal import Journal
from printing import spool as module
from printing.records import SpoolRow
from printing.rules import Options, Quote
from printing.spool import DocumentGone, JobOver, Spool, SpooledJob, SpoolFull

DOCUMENT = b"%PDF " + "Өтініш: көше шамдары".encode() * 100
QUOTE = Quote(pages=3, sheets=3, grey_pages=3, colour_pages=0, grey_price=20, colour_price=80, total=60)


def put(spool: Spool, *, printer: int = 1, paper: int | None = None) -> SpooledJob:
    return spool.put(DOCUMENT, printer=printer, options=Options(copies=1), quote=QUOTE, paper=paper)


def files(journal: Journal) -> list[Path]:
    return sorted(journal.store.home.spool.iterdir())


def test_a_document_comes_back_as_it_was_put_in(spool: Spool) -> None:
    assert spool.document(put(spool).job) == DOCUMENT


def test_a_job_has_a_code_to_say_aloud_and_waits(spool: Spool, clock: FixedClock) -> None:
    job = put(spool)
    assert (len(job.code), job.code.isdigit(), job.state, job.created_ms) == (4, True, "waiting", clock.now_ms())


def test_codes_of_a_day_differ(spool: Spool) -> None:
    assert len({put(spool).code for _ in range(30)}) == 30


def test_on_the_disk_is_one_unreadable_file_under_a_name_that_says_nothing(spool: Spool, journal: Journal) -> None:
    job = put(spool)
    (file,) = files(journal)
    assert (file.name, file.stat().st_mode & 0o077) == (job.job, 0)
    sealed = file.read_bytes()
    assert [piece in sealed for piece in (b"%PDF", "шамдары".encode())] == [False, False]


def test_two_copies_of_one_document_look_different(spool: Spool, journal: Journal) -> None:
    put(spool), put(spool)
    first, second = files(journal)
    assert first.read_bytes()[-64:] != second.read_bytes()[-64:]


@pytest.mark.parametrize("change", ["removed", "cut", "changed", "swapped"])
def test_a_file_that_was_changed_is_never_printed(spool: Spool, journal: Journal, change: str) -> None:
    job, other = put(spool), put(spool)
    file = journal.store.home.spool / job.job
    data = bytearray(file.read_bytes())
    if change == "removed":
        file.unlink()
    elif change == "cut":
        file.write_bytes(data[:5])
    elif change == "changed":
        data[-1] ^= 1
        file.write_bytes(data)
    else:
        (journal.store.home.spool / other.job).replace(file)
    with pytest.raises(DocumentGone):
        spool.document(job.job)


def test_a_full_disk_leaves_nothing_behind(spool: Spool, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: Path, data: bytes) -> None:
        file.with_name(file.name + ".part").write_bytes(data[:9])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(module, "write_file", full)
    with pytest.raises(SpoolFull):
        put(spool)
    assert (spool.jobs(), files(journal)) == ((), [])


def test_a_document_is_gone_with_its_key(spool: Spool, journal: Journal) -> None:
    job = put(spool)
    kept = (journal.store.home.spool / job.job).read_bytes()
    spool.forget_document(job.job)
    assert files(journal) == []
    (journal.store.home.spool / job.job).write_bytes(kept)  # the disk's old blocks, found again
    with pytest.raises(DocumentGone):
        spool.document(job.job)


def test_one_job_at_a_time_the_oldest_first(spool: Spool, journal: Journal, clock: FixedClock) -> None:
    first = put(spool)
    clock.pass_seconds(1)
    put(spool)
    assert spool.next_for(1) == first
    with journal.store.write() as db:
        spool.mark(db, first.job, "printing")
    clock.pass_seconds(1)
    put(spool)
    assert spool.next_for(1) == spool.get(first.job)
    assert spool.next_for(2) is None


def test_a_job_that_is_over_stays_over(spool: Spool, journal: Journal) -> None:
    job = put(spool)
    with journal.store.write() as db:
        spool.mark(db, job.job, "done")
    with pytest.raises(JobOver), journal.store.write() as db:
        spool.mark(db, job.job, "waiting")
    assert spool.get(job.job).state == "done"


def test_a_stop_is_asked_for_while_there_is_something_to_stop(spool: Spool, journal: Journal) -> None:
    job = put(spool)
    assert not spool.stop_wanted(job.job)
    spool.ask_stop(job.job)
    assert (spool.stop_wanted(job.job), spool.get(job.job).stop_wanted) == (True, True)
    with journal.store.write() as db:
        spool.mark(db, job.job, "uncertain")
    with pytest.raises(JobOver):
        spool.ask_stop(job.job)


def test_jobs_of_printers_that_are_gone_are_found(spool: Spool) -> None:
    left, kept = put(spool, printer=1), put(spool, printer=2)
    assert [job.job for job in spool.without_printer([2])] == [left.job]
    assert {job.job for job in spool.without_printer([])} == {left.job, kept.job}


def test_the_last_job_of_a_paper(spool: Spool, clock: FixedClock) -> None:
    put(spool, paper=7)
    clock.pass_seconds(1)
    again = put(spool, paper=7)
    assert (spool.of_paper(7), spool.of_paper(8)) == (again, None)


def test_a_sweep_removes_what_a_crash_left_and_nothing_else(spool: Spool, journal: Journal) -> None:
    job = put(spool)
    folder = journal.store.home.spool
    (folder / f"{job.job}.part").write_bytes(b"half")
    (folder / "draw-1.pdf").write_bytes(b"%PDF in the clear")
    (folder / "worker").mkdir()
    (folder / "worker" / "page").write_bytes(b"pixels")
    spool.sweep(keep_since_ms=0)
    assert files(journal) == [folder / job.job]
    assert spool.document(job.job) == DOCUMENT


def test_a_sweep_forgets_yesterdays_ended_jobs_and_keeps_open_ones(
    spool: Spool, journal: Journal, clock: FixedClock
) -> None:
    ended, waits = put(spool), put(spool)
    with journal.store.write() as db:
        spool.mark(db, ended.job, "done")
    clock.pass_seconds(86_400)
    spool.sweep(keep_since_ms=clock.now_ms())
    assert [job.job for job in spool.jobs()] == [waits.job]


def test_no_row_names_a_document_or_a_person(spool: Spool, journal: Journal) -> None:
    put(spool)
    with journal.store.read() as db:
        (row,) = SpoolRow.select().dicts().execute(db)
    assert set(row) == {
        "job", "code", "printer", "state", "paper", "options", "quote", "file", "key", "handle", "may_have_printed",
        "stop_wanted", "printed", "reason", "told", "created_ms", "changed_ms", "held", "group", "again",
        "honest", "by", "work",
    }  # fmt: skip
