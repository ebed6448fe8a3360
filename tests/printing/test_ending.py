"""What a job comes to when it is over: told once, charged for what came out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.journal import Journal
from printing import records
from printing.ending import due, end, settle, what_it_came_to
from printing.money.prices import PriceTable
from printing.records import DayTotals, JobState
from printing.rules import Options, Sides, quote
from printing.spool import JobOver, Spool, SpooledJob

from .test_rules import TABLE  # type: ignore[import-not-found]


def job_of(options: Options, pages: int, coloured: tuple[int, ...] = (), **more: object) -> SpooledJob:
    table: PriceTable = TABLE
    values: dict[str, object] = {
        "job": "0" * 32, "code": "4821", "printer": 1, "state": "waiting", "paper": None, "options": options,
        "quote": quote(pages, coloured, options, table), "reason": "", "printed": None, "handle": None,
        "may_have_printed": False, "stop_wanted": False, "created_ms": 0, "changed_ms": 0, **more,
    }  # fmt: skip
    return SpooledJob(**values)  # type: ignore[arg-type]


def came_to(job: SpooledJob, outcome: str, printed: int | None = None) -> tuple[int, int, int]:
    facts = what_it_came_to(job, outcome, printed=printed, printer_count=None, staff=None, ended_ms=0)  # type: ignore[arg-type]
    return facts.pages, facts.sheets, facts.tenge


def test_a_printed_job_costs_what_was_told_before() -> None:
    assert came_to(job_of(Options(copies=2), 3, ()), "printed") == (6, 6, 120)


def test_a_job_that_was_not_printed_costs_nothing() -> None:
    assert came_to(job_of(Options(), 3), "not_printed") == (0, 0, 0)


@pytest.mark.parametrize(
    ("sides", "printed", "expected"),
    [
        ("one", 0, (0, 0, 0)),
        ("one", 4, (4, 4, 80)),
        ("one", 99, (6, 6, 120)),
        ("one", None, (0, 0, 0)),
        ("long", 1, (1, 1, 15)),
        ("long", 3, (3, 2, 45)),
        ("long", 4, (4, 3, 60)),  # the second copy begins on a sheet of its own
        ("long", 6, (6, 4, 90)),
    ],
)
def test_a_stopped_job_costs_what_came_out(sides: Sides, printed: int | None, expected: tuple[int, int, int]) -> None:
    assert came_to(job_of(Options(copies=2, sides=sides), 3), "stopped", printed) == expected


def test_of_a_stopped_colour_job_the_cheap_pages_are_charged_first() -> None:
    job = job_of(Options(colour="colour"), 4, (1, 2))
    assert [came_to(job, "stopped", pages)[2] for pages in range(5)] == [0, 20, 40, 120, 200]


@given(
    pages=st.integers(1, 30), copies=st.integers(1, 9), printed=st.integers(0, 400), both=st.booleans(), data=st.data()
)
def test_a_stopped_job_never_costs_more_than_the_whole(
    pages: int, copies: int, printed: int, both: bool, data: st.DataObject
) -> None:
    coloured = tuple(sorted(data.draw(st.sets(st.integers(1, pages)))))
    job = job_of(Options(copies=copies, sides="long" if both else "one", colour="colour"), pages, coloured)
    whole, part = came_to(job, "printed"), came_to(job, "stopped", printed)
    assert all(low <= high for low, high in zip(part, whole, strict=True))
    if printed >= job.quote.pages:
        assert part == whole


@pytest.mark.parametrize(
    ("state", "printed", "tenge"), [("waiting", None, 60), ("done", 3, 60), ("stopped", 2, 40), ("failed", 0, 0)]
)
def test_what_is_owed_for_a_job_as_it_stands(state: JobState, printed: int | None, tenge: int) -> None:
    assert due(job_of(Options(), 3, (), state=state, printed=printed)).tenge == tenge


def day(journal: Journal) -> DayTotals:
    with journal.store.read() as db:
        return records.totals(db, 0, 2**46)


def put(spool: Spool, paper: int | None = None) -> SpooledJob:
    return spool.put(b"%PDF", printer=1, options=Options(), quote=quote(3, (), Options(), TABLE), paper=paper)


def test_a_job_ends_once(journal: Journal, spool: Spool) -> None:
    job = put(spool)
    end(journal, spool, job, "printed", "done")
    with pytest.raises(JobOver):
        end(journal, spool, job, "printed", "done")
    assert day(journal) == DayTotals(1, 3, 3, 60)


def test_two_members_of_staff_who_decide_at_once_charge_once(journal: Journal, spool: Spool) -> None:
    job = put(spool)
    with journal.store.write() as db:
        spool.mark(db, job.job, "uncertain")
    settle(journal, spool, job, printed=True, staff="0" * 32)
    with pytest.raises(JobOver):
        settle(journal, spool, job, printed=False, staff="1" * 32)
    assert (spool.get(job.job).state, day(journal).tenge) == ("done", 60)


def test_only_a_job_nobody_knows_about_is_decided_by_staff(journal: Journal, spool: Spool) -> None:
    job = put(spool)
    with pytest.raises(JobOver):
        settle(journal, spool, job, printed=True, staff="0" * 32)
    assert (spool.get(job.job).state, day(journal)) == ("waiting", DayTotals(0, 0, 0, 0))


def test_papers_of_the_room_cost_nobody_anything_and_leave_no_entry(journal: Journal, spool: Spool) -> None:
    end(journal, spool, put(spool, paper=3), "printed", "done")
    assert day(journal) == DayTotals(0, 0, 0, 0)
