"""In which order files, names and folders are flushed: after a power cut there is the old content or the new one.

The operating system keeps what was written in memory for seconds; `disk` writes down what is told to the disk itself.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.store import Store
from akimat_desk.store.backup import backup
from akimat_desk.store.durable import make_folder, sync_folder, write_file
from akimat_desk.store.recovery import RecoveryKey
from akimat_desk.store.restore import restore
from tests.store.notes import NOTES, add


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
    key, file = RecoveryKey.make(), tmp_path / "backup"
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, "one")
    backup(store, file, key.seal)
    store.close()
    ((_, part), *rest) = disk.round("backup")
    assert part.startswith("backup.")
    assert part.endswith(".part")
    assert rest == [("name", "backup"), ("flush", tmp_path.name)]


def test_a_restored_desk_has_its_key_and_its_old_self_aside_before_its_database(
    home: Home, tmp_path: Path, disk: Disk
) -> None:
    key, file = RecoveryKey.make(), tmp_path / "backup"
    store = Store.open(home, migrations=[NOTES], create=True)
    add(store, "one")
    backup(store, file, key.seal)
    store.close()
    disk.told.clear()
    done = restore(file, key.printed, home)
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
