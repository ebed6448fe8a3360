"""Of a damaged database, everything outside the damage comes out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from akimat_desk.base.paths import Home
from akimat_desk.store import Store
from akimat_desk.store.errors import DatabaseDamaged, DeskInUse
from akimat_desk.store.export import Export, export, salvage
from akimat_desk.store.layout import IN_USE
from akimat_desk.store.lock import FileLock
from akimat_desk.store.salvage import _open
from tests.store.notes import NOTES, add
from tests.store.pages import PAGE

TEXTS = [f"{number} {'x' * 600}" for number in range(100)]
WORDS = [f"{number:03} {'y' * 600}" for number in range(40)]
PAGE_OF_THE_LIST_OF_TABLES = 1


@pytest.fixture
def closed(home: Home) -> Home:
    """A desk with a table in the order of its rows' numbers, one in the order of its words, and an empty one."""
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, *TEXTS)
    with store.write() as db:
        db.execute_sql("CREATE TABLE word (word TEXT PRIMARY KEY) WITHOUT ROWID")
        db.execute_sql("CREATE TABLE empty (id INTEGER PRIMARY KEY)")
        for word in reversed(WORDS):
            db.execute_sql("INSERT INTO word VALUES (?)", (word,))
    store.close()
    return home


def damage(home: Home, page: int) -> None:
    with home.database.open("r+b") as file:
        file.seek((page - 1) * PAGE + 2000)
        file.write(b"broken")


def column(done: Export, table: str, number: int) -> list[str]:
    with (done.folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return [row[number] for row in list(csv.reader(stream))[1:]]


def test_one_bad_page_costs_the_rows_on_it_and_no_other(closed: Home, tmp_path: Path) -> None:
    good = closed.database.read_bytes()
    lost: dict[str, list[int]] = {}
    for page in range(2, len(good) // PAGE + 1):
        closed.database.write_bytes(good)
        damage(closed, page)
        done = salvage(closed, tmp_path / f"out{page}")
        texts, words = column(done, "note", 1), column(done, "word", 0)
        assert texts == [text for text in TEXTS if text in texts]
        assert words == [word for word in WORDS if word in words]
        assert (done.counts["note"], done.counts["word"]) == (len(texts), len(words))
        for table, all_rows, rows in (("note", TEXTS, texts), ("word", WORDS, words)):
            if len(rows) < len(all_rows):
                assert table in done.torn
                lost.setdefault(table, []).append(len(all_rows) - len(rows))
        if done.torn:
            assert f"missing here: {', '.join(done.torn)}" in (done.folder / "README.txt").read_text("utf-8")
    # A page holds six notes, and the table's first page only says where they are.
    assert sorted(lost["note"]) == [4, *[6] * 16, 100]
    # Where a table has no row numbers, pages of pointers hold rows of their own.
    assert sorted(lost["word"]) == [3, 3, 3, 3, 3, 6, 6, 6, 15, 24, 40]


def test_the_export_of_a_desk_that_met_damage_gives_what_can_be_read(closed: Home, tmp_path: Path) -> None:
    store = Store.open(closed, migrations=[NOTES])
    with store.read() as db:
        (root,) = db.execute_sql("SELECT rootpage FROM sqlite_schema WHERE name = 'word'").fetchone()
    damage(closed, root)
    done = export(store, tmp_path / "out")
    assert (column(done, "note", 1), column(done, "word", 0), done.torn) == (TEXTS, [], ("word",))
    with pytest.raises(DatabaseDamaged), store.write():
        raise AssertionError("nothing more is written")
    store.close()


def test_a_whole_desk_is_exported_whole(closed: Home, tmp_path: Path) -> None:
    store = Store.open(closed, migrations=[NOTES])
    plain, careful = export(store, tmp_path / "plain"), salvage(closed, tmp_path / "careful")
    store.close()
    assert careful.counts == plain.counts
    assert careful.torn == plain.torn == ()
    for file in plain.folder.glob("*.csv"):
        assert (careful.folder / file.name).read_bytes() == file.read_bytes()


def test_without_the_list_of_tables_nothing_can_be_read_and_nothing_is_left(closed: Home, tmp_path: Path) -> None:
    damage(closed, PAGE_OF_THE_LIST_OF_TABLES)
    with pytest.raises(DatabaseDamaged):
        salvage(closed, tmp_path / "out")
    assert [file.name for file in tmp_path.iterdir() if "out" in file.name] == []


def test_nothing_is_read_while_another_database_is_put_in_its_place(
    closed: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("akimat_desk.store.salvage.BUSY_SECONDS", 0)
    restoring = FileLock(closed.data / IN_USE)
    assert restoring.acquire()
    with pytest.raises(DeskInUse):
        salvage(closed, tmp_path / "out")
    restoring.release()


def test_a_disk_that_reads_again_what_it_did_not_gives_each_row_once(
    closed: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stumbling:
        """Answers forty rows of the first table that is read, and fails then."""

        def __init__(self, connection: Any) -> None:
            self._connection = connection

        def execute(self, query: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
            for number, row in enumerate(self._connection.execute(query, values)):
                if 'FROM "note"' in query and "DESC" not in query and "LIMIT" not in query and number == 40:
                    raise sqlcipher.DatabaseError("disk I/O error")
                yield row

        def close(self) -> None:
            self._connection.close()

    first = [_open]  # the connection for the schema

    def opened(home: Home) -> Any:
        return first.pop()(home) if first else Stumbling(_open(home))

    monkeypatch.setattr("akimat_desk.store.salvage._open", opened)
    done = salvage(closed, tmp_path / "out")
    assert (column(done, "note", 1), done.torn) == (TEXTS, ("note",))
