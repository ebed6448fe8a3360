"""The sums of a day, and what of the tables is this PC's alone."""

from __future__ import annotations

import pytest

from akimat_desk.journal import Journal
from printing import records
from printing.ending import end
from printing.records import (
    IN_FLIGHT,
    LOCAL_TABLES,
    OPEN,
    PROJECTIONS,
    DayTotals,
    FolderRow,
    HeldRow,
    PrinterRow,
    SpoolRow,
)
from printing.rules import Options, quote
from printing.spool import Spool

from .test_rules import TABLE  # type: ignore[import-not-found]


def test_a_day_sums_what_ended_in_it(journal: Journal, spool: Spool) -> None:
    now = journal.clock.now_ms()
    for pages in (2, 3):
        job = spool.put(b"%PDF", printer=1, options=Options(), quote=quote(pages, (), Options(), TABLE))
        end(journal, spool, job, "printed", "done")
    with journal.store.read() as db:
        assert records.totals(db, now, now + 1) == DayTotals(2, 5, 5, 100)
        assert records.totals(db, now + 1, 2**46) == DayTotals(0, 0, 0, 0)
        assert records.totals(db, 0, now) == DayTotals(0, 0, 0, 0)


def test_the_sums_are_the_same_after_the_journal_is_replayed(journal: Journal, spool: Spool) -> None:
    job = spool.put(b"%PDF", printer=1, options=Options(), quote=quote(2, (), Options(), TABLE))
    end(journal, spool, job, "printed", "done")
    journal.replay()
    with journal.store.read() as db:
        assert records.totals(db, 0, 2**46) == DayTotals(1, 2, 2, 40)
        assert [table.page_price("grey", "one") for table in records.price_tables(db)] == [20]


@pytest.mark.parametrize("model", [PrinterRow, SpoolRow, HeldRow, FolderRow])
def test_addresses_and_jobs_on_their_way_never_travel(model: object) -> None:
    assert model not in PROJECTIONS


def test_a_file_of_an_earlier_version_gets_its_new_columns(journal: Journal) -> None:
    grouped = LOCAL_TABLES[1]
    with journal.store.write() as db:
        db.execute_sql("DROP TABLE printing_printer")
        db.execute_sql("CREATE TABLE printing_printer (id INTEGER PRIMARY KEY, name TEXT)")
        db.execute_sql("INSERT INTO printing_printer (name) VALUES ('Кеңсе')")
        grouped.apply(db)
        grouped.apply(db)  # in a new file they are there before
        rows = db.execute_sql('SELECT name, "group", letters FROM printing_printer').fetchall()
    assert rows == [("Кеңсе", "", "")]


def test_the_queue_of_an_earlier_version_can_hold_documents(journal: Journal) -> None:
    held = next(each for each in LOCAL_TABLES if each.name == "printing.held")
    with journal.store.write() as db:
        for table in ("printing_spool", "printing_held"):
            db.execute_sql(f"DROP TABLE {table}")
        db.execute_sql("CREATE TABLE printing_spool (job TEXT PRIMARY KEY)")
        db.execute_sql("INSERT INTO printing_spool (job) VALUES ('4821')")
        held.apply(db)
        assert db.execute_sql('SELECT job, held, "group", again, honest, "by" FROM printing_spool').fetchall() == [
            ("4821", "", "", 0, 0, None)
        ]
        assert db.execute_sql("SELECT count(*) FROM printing_held").fetchone() == (0,)


def test_a_job_in_flight_is_open() -> None:
    assert set(IN_FLIGHT) < set(OPEN)
