"""The long check finds what is wrong; the export is readable by anything and leaves nothing half done."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.paths import Home
from akimat_desk.store import Store
from akimat_desk.store.check import CheckReport, check
from akimat_desk.store.connections import connect
from akimat_desk.store.errors import DatabaseDamaged
from akimat_desk.store.export import FolderNotEmpty, cell, export
from tests.store.notes import NOTES, add, texts


def test_a_sound_store(store: Store, home: Home) -> None:
    add(store, "one", "two")
    counts = {"note": 2, "store_meta": 2, "store_migration": 1}
    assert check(store) == CheckReport((), (), (), counts, home.database.stat().st_size)
    assert check(store).sound


def test_a_missing_reference_is_found(store: Store) -> None:
    with store.write() as db:
        db.execute_sql("CREATE TABLE child (note INTEGER REFERENCES note (id))")
    with store.read() as db:
        db.connection().execute("COMMIT; ")
        db.connection().execute("PRAGMA query_only = OFF")
        db.connection().execute("PRAGMA foreign_keys = OFF")
        db.connection().execute("INSERT INTO child VALUES (9)")
        db.connection().execute("PRAGMA foreign_keys = ON")
        db.connection().execute("BEGIN")
    report = check(store)
    assert (report.sound, report.references) == (False, ("child 1 -> note",))


def test_pages_that_are_right_in_the_log_alone_are_no_damage(store: Store, home: Home) -> None:
    """Killed while it brought its log into the file, a process leaves holes there: what the log has newer for later
    readers was passed over.
    """
    add(store, "early")
    assert store.empty_log()
    add(store, *(f"{number} {'x' * 2000}" for number in range(40)))
    with closing(connect(home.database, store.key)) as reader, closing(connect(home.database, store.key)) as killed:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM note").fetchone()
        with store.write() as db:
            db.execute_sql("UPDATE note SET text = text || 'y' WHERE id % 5 = 0")
        killed.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        holes = killed.execute("PRAGMA cipher_integrity_check").fetchall()
        assert holes != []
        assert check(store).sound  # somebody reads: every page is read through the log
    assert check(store).sound
    with closing(connect(home.database, store.key)) as after:
        assert after.execute("PRAGMA cipher_integrity_check").fetchall() == []
    add(store, "more")


def test_one_changed_bit_of_any_page_is_found_and_nothing_more_is_written(home: Home) -> None:
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, *(f"{number} {'x' * 300}" for number in range(60)))
    store.close()
    good = home.database.read_bytes()
    found = 0
    for place in range(16, len(good), 389):
        raw = bytearray(good)
        raw[place] ^= 1 << place % 8
        home.database.write_bytes(raw)
        try:
            store = Store.open(home, migrations=[NOTES])
        except DatabaseDamaged:
            found += 1
            continue
        with pytest.raises(DatabaseDamaged):
            add(store, "more")
        report = check(store)
        store.close()
        assert report.cipher
        assert home.database.read_bytes() == raw
        found += 1
    assert found == len(range(16, len(good), 389))


def test_after_damage_was_met_nothing_more_is_written(home: Home) -> None:
    """The first write had found everything sound, and the second would not touch the page that went bad since."""
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, *(f"{number} {'x' * 300}" for number in range(60)))
    assert store.empty_log()
    raw = bytearray(home.database.read_bytes())
    raw[-2000] ^= 1
    home.database.write_bytes(raw)
    assert not check(store).sound
    with pytest.raises(DatabaseDamaged), store.write():
        raise AssertionError("the block must not be entered")
    store.close()


def test_the_quick_check_runs_before_the_first_write_of_a_process(home: Home) -> None:
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, *(f"{number} {'x' * 300}" for number in range(60)))
    store.close()
    raw = bytearray(home.database.read_bytes())
    raw[-2000] ^= 1
    home.database.write_bytes(raw)
    store = Store.open(home, migrations=[NOTES])
    with pytest.raises(DatabaseDamaged), store.write():
        raise AssertionError("the block must not be entered")
    with pytest.raises(DatabaseDamaged):
        store.quick_check()
    with store.read() as db:
        assert db.execute_sql("SELECT count(*) FROM store_migration").fetchone() == (1,)
    store.close()


def test_every_table_becomes_a_csv_that_says_what_it_is(store: Store, tmp_path: Path, clock: FixedClock) -> None:
    with store.write() as db:
        db.execute_sql(
            "CREATE TABLE mixed (id INTEGER PRIMARY KEY, note INTEGER REFERENCES note (id), raw BLOB, sum REAL)"
        )
        db.execute_sql("INSERT INTO mixed VALUES (1, NULL, X'00ff', -1.5)")
    add(store, 'Ақбұлақ, "ә"\nжаңа жол', "", "=1+1")
    done = export(store, tmp_path / "out", clock=clock)
    assert done.counts == {"mixed": 1, "note": 3, "store_meta": 2, "store_migration": 1}
    assert sorted(file.name for file in done.folder.iterdir()) == [
        "README.txt",
        "mixed.csv",
        "note.csv",
        "schema.json",
        "store_meta.csv",
        "store_migration.csv",
    ]
    assert (done.folder / "note.csv").read_bytes().decode("utf-8-sig") == (
        '"id","text"\r\n1,"Ақбұлақ, ""ә""\nжаңа жол"\r\n2,""\r\n3,"\'=1+1"\r\n'
    )
    assert (done.folder / "mixed.csv").read_bytes().decode("utf-8-sig") == '"id","note","raw","sum"\r\n1,,00ff,-1.5\r\n'
    schema = json.loads((done.folder / "schema.json").read_text(encoding="utf-8"))
    assert schema["tables"][0] == {
        "table": "mixed",
        "file": "mixed.csv",
        "rows": 1,
        "columns": [
            {"name": "id", "type": "integer", "may_be_empty": False, "key": True},
            {"name": "note", "type": "integer", "may_be_empty": True, "key": False, "refers_to": "note.id"},
            {"name": "raw", "type": "bytes", "may_be_empty": True, "key": False},
            {"name": "sum", "type": "real", "may_be_empty": True, "key": False},
        ],
    }
    assert "2026-11-20 10:00" in (done.folder / "README.txt").read_text(encoding="utf-8")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_cell_reads_back_and_no_spreadsheet_runs_it(text: str) -> None:
    ((read,),) = csv.reader(io.StringIO(cell(text), newline=""), strict=True)
    assert not read.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert (read[1:] if read.startswith("'") else read) == text


def test_a_folder_that_holds_something_is_left_alone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").touch()
    with pytest.raises(FolderNotEmpty):
        export(store, tmp_path / "out")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["mine"]


def test_a_cancelled_export_leaves_nothing(store: Store, tmp_path: Path) -> None:
    add(store, *(str(number) for number in range(2500)))
    said: list[tuple[int, int]] = []

    def cancel(done: int, total: int) -> None:
        said.append((done, total))
        if done == 2000:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        export(store, tmp_path / "out", progress=cancel)
    assert said == [(1000, 2503), (2000, 2503)]
    assert not [file for file in tmp_path.iterdir() if "out" in file.name]
    assert len(texts(store)) == 2500
