"""In which order files, names and folders are flushed, so that a power cut leaves the old content or the new one.

The operating system keeps what was written in memory for seconds; `disk` writes down what is told to the disk itself.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.store import Database, Store
from akimat_desk.store.backup import backup
from akimat_desk.store.check import check
from akimat_desk.store.copies import copy_database
from akimat_desk.store.durable import make_folder, sync_folder, write_file
from akimat_desk.store.errors import DatabaseDamaged
from akimat_desk.store.keys import DatabaseKey
from akimat_desk.store.recovery import RecoveryKey
from akimat_desk.store.restore import restore
from tests.store.notes import NOTES, add, texts

KEY = RecoveryKey.make()


class Disk:
    """What was flushed ("flush", name) and what got a name ("name", name), in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.told: list[tuple[str, str]] = []
        fsync, replace = os.fsync, os.replace

        def flush(fd: int) -> None:
            self.told.append(("flush", Path(os.readlink(f"/proc/self/fd/{fd}")).name))
            fsync(fd)

        def name(source: Any, target: Any) -> None:
            self.told.append(("name", Path(target).name))
            replace(source, target)

        monkeypatch.setattr(os, "fsync", flush)
        monkeypatch.setattr(os, "replace", name)

    def round(self, name: str) -> list[tuple[str, str]]:
        """What was told to the disk right before and after something got `name`."""
        at = self.told.index(("name", name))
        return self.told[at - 1 : at + 2]


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def test_a_file_is_flushed_before_it_gets_its_name_and_the_name_after(tmp_path: Path, disk: Disk) -> None:
    write_file(tmp_path / "mark", b"1")
    assert disk.told == [("flush", "mark.part"), ("name", "mark"), ("flush", tmp_path.name)]


def test_a_folder_that_had_to_be_made_is_flushed_into_the_one_above(tmp_path: Path, disk: Disk) -> None:
    make_folder(tmp_path / "keys" / "room")
    assert disk.told == [("flush", tmp_path.name), ("flush", "keys")]
    make_folder(tmp_path / "keys" / "room")
    assert len(disk.told) == 2


def test_a_new_desk_has_its_folders_its_key_and_then_its_database(tmp_path: Path, disk: Disk) -> None:
    home = Home(tmp_path / "desk", tmp_path / "kept" / "keys")
    Store.open(home, create=True).close()
    assert disk.told == [
        ("flush", tmp_path.name),  # desk
        ("flush", tmp_path.name),  # kept
        ("flush", "kept"),  # keys
        ("flush", "database.keys.part"),
        ("name", "database.keys"),
        ("flush", "keys"),
        ("name", "desk.db"),  # its content was flushed by SQLite
        ("flush", "desk"),
    ]


def test_a_backup_is_whole_on_the_disk_before_it_takes_the_place_of_the_older_one(
    home: Home, tmp_path: Path, disk: Disk
) -> None:
    file = tmp_path / "backup"
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, "one")
    backup(store, file, KEY.seal)
    store.close()
    ((_, part), *rest) = disk.round("backup")
    assert part.startswith("backup.")
    assert part.endswith(".part")
    assert rest == [("name", "backup"), ("flush", tmp_path.name)]


def test_a_restored_desk_has_its_key_and_its_old_self_aside_before_its_database(
    home: Home, tmp_path: Path, disk: Disk
) -> None:
    file = tmp_path / "backup"
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, "one")
    backup(store, file, KEY.seal)
    store.close()
    disk.told.clear()
    done = restore(file, KEY.printed, home)
    assert done.kept_aside is not None
    assert disk.told == [
        ("flush", "received.db"),
        ("flush", "new.db"),
        ("flush", "database.keys.part"),
        ("name", "database.keys"),
        ("flush", home.keys.name),
        ("flush", home.data.name),  # the folder "aside" is in it
        ("flush", "aside"),  # the folder of this restore is in it
        ("flush", done.kept_aside.name),
        ("flush", home.data.name),  # the old log is gone
        ("name", "desk.db"),
        ("flush", home.data.name),
        ("flush", "recovery.public.part"),
        ("name", "recovery.public"),
        ("flush", home.keys.name),
    ]


@pytest.mark.parametrize(("says", "told"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)])
def test_where_a_folder_cannot_be_flushed_nothing_is_amiss_but_a_fault_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: int, told: bool
) -> None:
    def refuse(fd: int) -> None:
        raise OSError(says, os.strerror(says))

    monkeypatch.setattr(os, "fsync", refuse)
    if told:
        with pytest.raises(OSError, match=os.strerror(says)):
            sync_folder(tmp_path)
    else:
        sync_folder(tmp_path)


# ---- a restore over a desk that was killed: its last commits are in its log (WAL) only


@pytest.fixture
def killed(home: Home, tmp_path: Path) -> Home:
    """A desk as a kill left it, with the note "two" in its log only; `tmp_path / "backup"` holds "one"."""
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, "one")
    backup(store, tmp_path / "backup", KEY.seal)
    assert store.empty_log()
    add(store, "two")
    left = Home(tmp_path / "killed", home.keys).ensure()
    for name in ("desk.db", "desk.db-wal"):
        (left.data / name).write_bytes((home.data / name).read_bytes())
    store.close()
    return left


def test_a_power_cut_before_the_last_rename_leaves_the_old_desk_with_its_last_commits(
    killed: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def power_cut(source: Path, target: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("akimat_desk.store.restore.replace", power_cut)
    with pytest.raises(KeyboardInterrupt):
        restore(tmp_path / "backup", KEY.printed, killed)
    store = Store.open(killed, migrations=[NOTES])
    assert texts(store) == ["one", "two"]
    store.close()


def test_the_log_of_a_damaged_desk_is_not_played_into_the_restored_one(killed: Home, tmp_path: Path) -> None:
    killed.database.write_bytes(b"broken" * 1000)
    restore(tmp_path / "backup", KEY.printed, killed)
    store = Store.open(killed, migrations=[NOTES])
    assert texts(store) == ["one"]
    assert check(store).sound
    store.close()


def test_a_copy_that_came_out_damaged_does_not_become_a_backup(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad_disk(db: Database, key: DatabaseKey, target: Path, progress: Any = None) -> None:
        copy_database(db, key, target, progress)
        with target.open("r+b") as file:
            file.seek(5000)
            file.write(b"broken")

    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, "one")
    backup(store, tmp_path / "backup", KEY.seal)
    older = (tmp_path / "backup").read_bytes()
    monkeypatch.setattr("akimat_desk.store.backup.copy_database", bad_disk)
    with pytest.raises(DatabaseDamaged):
        backup(store, tmp_path / "backup", KEY.seal)
    assert (tmp_path / "backup").read_bytes() == older
    store.close()
