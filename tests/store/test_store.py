"""The store: what is written is there, what is refused changes nothing, and errors speak our words."""

from __future__ import annotations

import os
import threading

import peewee
import pytest

from akimat_desk.base.paths import Home
from akimat_desk.base.threads import BlocksScreen, screen_thread
from akimat_desk.store import Store
from akimat_desk.store.errors import NestedWrite, NoDesk, StoreClosed, WriteInRead
from tests.store.notes import NOTES, add, texts
from tests.store.pages import on_the_disk


def test_what_was_written_is_there_after_closing_and_opening(home: Home) -> None:
    first = Store.open(home, migrations=[NOTES], create=True)
    add(first, "Ақбұлақ")
    first.close()
    second = Store.open(home, migrations=[NOTES])
    assert texts(second) == ["Ақбұлақ"]
    second.close()


def test_nothing_on_the_disk_is_readable_without_the_key(store: Store, home: Home) -> None:
    add(store, "Ақбұлақ")
    kept = b"".join(file.read_bytes() for file in home.data.iterdir() if file.is_file())
    assert "Ақбұлақ".encode() not in kept
    assert b"CREATE TABLE" not in kept
    assert store.key.key.hex() not in repr(store.key)


@pytest.mark.skipif(os.name != "posix", reason="Windows has no mode bits; DPAPI seals the file there")
def test_keys_are_readable_by_their_owner_only(store: Store, home: Home) -> None:
    assert [oct(file.stat().st_mode & 0o777) for file in home.keys.iterdir()] == ["0o600"]
    assert home.keys.stat().st_mode & 0o777 == 0o700


def test_without_a_database_and_without_create_there_is_no_desk(home: Home) -> None:
    with pytest.raises(NoDesk):
        Store.open(home)
    assert not any(file.is_file() for file in home.data.rglob("*"))


def test_every_connection_has_the_settings_that_keep_data(store: Store) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
        "mmap_size": 0,
        "wal_autocheckpoint": 200,
        "busy_timeout": 10_000,
        "temp_store": 2,
        "application_id": int.from_bytes(b"AkDk", "big"),
        "user_version": 1,
    }
    found = []

    def look() -> None:
        with store.read() as db:
            found.append({name: db.pragma(name) for name in wanted})

    look()
    other = threading.Thread(target=look)
    other.start()
    other.join()
    assert found == [wanted, wanted]


def test_an_error_inside_a_write_undoes_all_of_it(store: Store) -> None:
    add(store, "one")
    with pytest.raises(peewee.IntegrityError):
        add(store, "two", "one")
    assert texts(store) == ["one"]
    add(store, "three")
    assert texts(store) == ["one", "three"]


def test_a_callers_own_error_is_not_taken_for_a_fault_of_the_disk(store: Store) -> None:
    with pytest.raises(FileNotFoundError), store.write():
        raise FileNotFoundError
    with pytest.raises(FileNotFoundError), store.read():
        raise FileNotFoundError


def test_writes_do_not_nest(store: Store) -> None:
    with store.write(), pytest.raises(NestedWrite), store.write():
        pass
    with store.read(), pytest.raises(NestedWrite), store.write():
        pass


def test_reads_nest_and_see_the_writers_own_changes_inside_a_write(store: Store) -> None:
    with store.write() as db:
        db.execute_sql("INSERT INTO note (text) VALUES ('one')")
        assert texts(store) == ["one"]
    with store.read():
        assert texts(store) == ["one"]


def test_a_read_stays_at_its_moment(store: Store) -> None:
    add(store, "one")
    with store.read():
        other = threading.Thread(target=add, args=(store, "two"))
        other.start()
        other.join()
        assert texts(store) == ["one"]
    assert texts(store) == ["one", "two"]


def test_nothing_can_be_written_in_a_read(store: Store) -> None:
    with pytest.raises(WriteInRead), store.read() as db:
        db.execute_sql("INSERT INTO note (text) VALUES ('one')")
    assert texts(store) == []
    add(store, "two")
    assert texts(store) == ["two"]


def test_a_part_can_be_undone_alone_inside_a_write(store: Store) -> None:
    with store.write() as db:
        db.execute_sql("INSERT INTO note (text) VALUES ('one')")
        try:
            with db.atomic():
                db.execute_sql("INSERT INTO note (text) VALUES ('two')")
                db.execute_sql("INSERT INTO note (text) VALUES ('one')")
        except peewee.IntegrityError:
            pass
    assert texts(store) == ["one"]


def test_nothing_runs_on_the_screens_thread(store: Store) -> None:
    with screen_thread():
        for call in (store.read, store.write, store.exclusive):
            with pytest.raises(BlocksScreen), call():
                pass
        with pytest.raises(BlocksScreen):
            store.quick_check()


def test_threads_write_in_turn(store: Store) -> None:
    def several(name: str) -> None:
        for number in range(10):
            add(store, f"{name}{number}")

    writers = [threading.Thread(target=several, args=(name,)) for name in "abcd"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(texts(store)) == sorted(f"{name}{number}" for name in "abcd" for number in range(10))


def test_two_stores_on_one_folder_see_each_others_commits(store: Store, home: Home) -> None:
    other = Store.open(home, migrations=[NOTES], create=True)
    add(store, "one")
    add(other, "two")
    add(store, "three")
    assert texts(store) == texts(other) == ["one", "two", "three"]
    other.close()
    add(store, "four")
    assert texts(store)[-1] == "four"


def test_close_closes_the_connections_of_all_threads_and_stays_closed(store: Store, home: Home) -> None:
    go, done = threading.Event(), threading.Event()
    said: list[type[BaseException]] = []

    def work() -> None:
        add(store, "one")
        done.set()
        go.wait()
        try:
            texts(store)
        except StoreClosed as error:
            said.append(type(error))

    other = threading.Thread(target=work)
    other.start()
    done.wait()
    store.close()
    store.close()
    # SQLite removes the WAL when the last connection goes, so its absence shows that none is left open.
    assert not home.database.with_name("desk.db-wal").exists()
    go.set()
    other.join()
    assert said == [StoreClosed]
    with pytest.raises(StoreClosed), store.write():
        pass


def test_a_forked_process_may_not_use_its_parents_store(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("akimat_desk.store.store.os.getpid", lambda: -1)
    with pytest.raises(StoreClosed), store.read():
        pass


def test_close_waits_for_a_transaction_that_runs(store: Store, home: Home) -> None:
    inside, go = threading.Event(), threading.Event()

    def work() -> None:
        with store.write() as db:
            inside.set()
            go.wait()
            db.execute_sql("INSERT INTO note (text) VALUES ('one')")

    writer = threading.Thread(target=work)
    closer = threading.Thread(target=store.close)
    writer.start()
    inside.wait()
    closer.start()
    closer.join(0.1)
    waits = closer.is_alive()
    go.set()
    writer.join()
    closer.join()
    assert waits  # the data folder stays in use: nobody restores under the writer
    again = Store.open(home, migrations=[NOTES])
    assert texts(again) == ["one"]
    again.close()


def test_what_was_erased_leaves_the_disk_with_the_log(store: Store) -> None:
    add(store, "Ақбұлақ", "Бесағаш")
    with store.write() as db:
        db.execute_sql("DELETE FROM note WHERE text = 'Ақбұлақ'")
    assert "Ақбұлақ".encode() in on_the_disk(store)
    assert store.empty_log()
    assert "Ақбұлақ".encode() not in on_the_disk(store)
    assert "Бесағаш".encode() in on_the_disk(store)


def test_the_log_is_not_emptied_under_somebody_who_reads_and_nobody_waits(store: Store, home: Home) -> None:
    reader = Store.open(home, migrations=[NOTES])
    with reader.read() as db:
        add(store, "Ақбұлақ")
        assert not store.empty_log()
        assert db.execute_sql("SELECT count(*) FROM note").fetchone() == (0,)
    assert store.empty_log()
    with store.read(), pytest.raises(NestedWrite):
        store.empty_log()
    reader.close()
