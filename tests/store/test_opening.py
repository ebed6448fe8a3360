"""What is refused at opening is refused in our words, and nothing is touched; nothing comes out on standard error."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing

import pytest

from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.paths import Home
from akimat_desk.store import Database, Migration, Store
from akimat_desk.store.connections import connect
from akimat_desk.store.errors import (
    DatabaseDamaged,
    NewerFile,
    NoKey,
    NotADesk,
    OldSqlite,
    WrongKey,
)
from akimat_desk.store.keys import KeyRing
from tests.store.notes import NOTES, add, make_notes, texts


@pytest.fixture
def closed(home: Home) -> Home:
    """A desk with one note, closed."""
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, "one")
    store.close()
    return home


def another_desk(home: Home) -> None:
    """The database of another desk is put in its place."""
    other = Home(home.data.parent / "other", home.keys.parent / "other-keys")
    Store.open(other, create=True).close()
    home.database.write_bytes(other.database.read_bytes())


def plain_sqlite(home: Home) -> None:
    home.database.unlink()
    with closing(sqlite3.connect(home.database)) as plain:
        plain.execute("CREATE TABLE thing (a)")


def other_application(home: Home) -> None:
    pragma(home, "application_id = 7")


def newer_version(home: Home) -> None:
    pragma(home, "user_version = 2")


def no_ring(home: Home) -> None:
    (home.keys / "database.keys").unlink()


def noise(home: Home) -> None:
    home.database.write_bytes(bytes(range(256)) * 64)


def emptied(home: Home) -> None:
    home.database.write_bytes(b"")


def cut(home: Home) -> None:
    home.database.write_bytes(home.database.read_bytes()[:6000])


def first_page_changed(home: Home) -> None:
    raw = bytearray(home.database.read_bytes())
    raw[1000] ^= 1
    home.database.write_bytes(raw)


def pragma(home: Home, text: str) -> None:
    with closing(connect(home.database, KeyRing(home).key_of(home.database))) as connection:
        connection.execute(f"PRAGMA {text}")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (another_desk, WrongKey),
        (plain_sqlite, NotADesk),
        (other_application, NotADesk),
        (newer_version, NewerFile),
        (no_ring, NoKey),
        (noise, WrongKey),
        (emptied, DatabaseDamaged),
        (cut, DatabaseDamaged),
        (first_page_changed, DatabaseDamaged),
    ],
)
def test_each_trouble_has_its_own_error_and_changes_nothing(
    closed: Home, change: Callable[[Home], None], error: type[AkimatDeskError], capfd: pytest.CaptureFixture[str]
) -> None:
    change(closed)
    before = closed.database.read_bytes()
    with pytest.raises(error) as caught:
        Store.open(closed, migrations=[NOTES], create=True)
    assert type(caught.value) is error
    assert "sqlite" not in str(caught.value).lower()
    assert closed.database.read_bytes() == before
    assert capfd.readouterr() == ("", "")


def test_a_migration_of_a_later_version_is_refused(closed: Home) -> None:
    later = Store.open(closed, migrations=[NOTES, Migration("test.later", lambda db: None)])
    later.close()
    with pytest.raises(NewerFile):
        Store.open(closed, migrations=[NOTES])


def test_tables_of_a_room_that_is_not_installed_do_not_stand_in_the_way(closed: Home) -> None:
    Store.open(closed, migrations=[NOTES, Migration("gone.tables", lambda db: None)]).close()
    store = Store.open(closed, migrations=[NOTES])
    assert texts(store) == ["one"]
    store.close()


def test_a_lost_database_whose_wal_is_left_is_not_silently_replaced(closed: Home) -> None:
    closed.database.rename(closed.database.with_name("desk.db-wal"))
    with pytest.raises(DatabaseDamaged):
        Store.open(closed, create=True)
    assert not closed.database.exists()


def test_the_key_is_on_the_disk_before_the_database(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("akimat_desk.store.layout.connect", power_cut)
    with pytest.raises(KeyboardInterrupt):
        Store.open(home, create=True)
    assert len(KeyRing(home).keys()) == 1
    assert not home.database.exists()
    monkeypatch.undo()
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, "one")
    store.close()


def test_an_sqlite_with_the_wal_reset_fault_is_refused(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("akimat_desk.store.connections.sqlcipher.sqlite_version_info", (3, 51, 2))
    with pytest.raises(OldSqlite) as caught:
        Store.open(home, create=True)
    assert caught.value.values["needed"] == "3.51.3"


def test_migrations_apply_once_in_their_order(home: Home) -> None:
    calls: list[str] = []
    steps = [Migration(f"test.{name}", lambda db, name=name: calls.append(name)) for name in ("a", "b")]  # type: ignore[misc]
    Store.open(home, migrations=steps, create=True).close()
    third = Migration("test.c", lambda db: calls.append("c"))
    store = Store.open(home, migrations=[*steps, third])
    assert calls == ["a", "b", "c"]
    assert store.pending([*steps, third, NOTES]) == (NOTES,)
    store.close()


def test_making_an_old_copy_comes_before_a_migration_of_a_desk_with_data(closed: Home) -> None:
    more = Migration("test.more", lambda db: db.execute_sql("ALTER TABLE note ADD COLUMN at_ms INTEGER"))
    Store.open(closed, migrations=[NOTES, more]).close()
    (copy,) = (closed.data / "copies").iterdir()
    assert copy.name == "000001-before-test.more.db"
    with closing(connect(copy, KeyRing(closed).key_of(copy))) as old:
        assert old.execute("SELECT * FROM note").fetchall() == [(1, "one")]


def test_an_empty_desk_is_migrated_without_a_copy(home: Home) -> None:
    Store.open(home, create=True).close()
    Store.open(home, migrations=[NOTES]).close()
    assert not (home.data / "copies").exists()


def test_three_copies_before_migrations_are_kept(closed: Home) -> None:
    steps = [NOTES]
    for name in ("a", "b", "c", "d"):
        steps.append(Migration(f"test.{name}", lambda db: None))
        Store.open(closed, migrations=steps).close()
    assert sorted(file.name for file in (closed.data / "copies").iterdir()) == [
        "000002-before-test.b.db",
        "000003-before-test.c.db",
        "000004-before-test.d.db",
    ]


@pytest.mark.parametrize("fault", ["raises", "dangles"])
def test_a_failing_migration_rolls_back_all_of_them(closed: Home, fault: str) -> None:
    def child(db: Database) -> None:
        db.execute_sql("CREATE TABLE child (note INTEGER NOT NULL REFERENCES note (id) DEFERRABLE INITIALLY DEFERRED)")
        if fault == "raises":
            make_notes(db)
        else:
            db.execute_sql("INSERT INTO child VALUES (99)")

    good = Migration("test.good", lambda db: db.execute_sql("CREATE TABLE good (a)"))
    with pytest.raises(AkimatDeskError) as caught:
        Store.open(closed, migrations=[NOTES, good, Migration("test.child", child)])
    assert (caught.value.code, caught.value.values["change"]) == ("migration-failed", "test.child")
    store = Store.open(closed, migrations=[NOTES])
    with store.read() as db:
        assert db.get_tables() == ["note", "store_meta", "store_migration"]
    store.close()


def test_two_desks_that_start_together_make_one_database(home: Home) -> None:
    opened: list[Store] = []
    ready = threading.Barrier(4)

    def start() -> None:
        ready.wait()
        opened.append(Store.open(home, migrations=[NOTES], create=True))

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({store.copy for store in opened}) == 1
    assert len(KeyRing(home).keys()) == 1
    for store in opened:
        store.close()
