"""Backups: with the file and the printed key the desk is back; with anything less nothing is touched."""

from __future__ import annotations

import errno
import io
import os
import re
import threading
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.paths import Home
from akimat_desk.store import Migration, Store
from akimat_desk.store import restore as restore_module
from akimat_desk.store.backup import (
    Backup,
    BackupDamaged,
    BackupGone,
    BackupHeader,
    NotABackup,
    WrongRecoveryKey,
    backup,
    read_header,
)
from akimat_desk.store.check import check
from akimat_desk.store.connections import connect
from akimat_desk.store.errors import Busy, DeskInUse, DiskFull, NewerFile, NoSuchFile
from akimat_desk.store.keys import KeyRing
from akimat_desk.store.recovery import NoRecoveryKey, RecoveryKey, RecoveryKeyTypo, keep_seal, kept_seal
from akimat_desk.store.restore import restore
from tests.store.notes import NOTES, add, texts

KEY = RecoveryKey("0123456789ABCDEFGHJKMNPQRSTV")


@pytest.fixture
def saved(store: Store, home: Home, tmp_path: Path, clock: FixedClock) -> Backup:
    """A backup of a desk with two notes, made with the kept seal; the desk is open and has gone on since."""
    keep_seal(home, KEY.seal)
    add(store, "one", "two")
    done = backup(store, tmp_path / "stick" / "desk.backup", about={"device": "ab12"}, clock=clock)
    add(store, "three")
    return done


@pytest.fixture(autouse=True)
def _stick(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()


@pytest.fixture
def other(tmp_path: Path) -> Home:
    """Another PC: no data, no keys."""
    return Home(tmp_path / "other", tmp_path / "other-keys")


def tree(*folders: Path) -> dict[str, bytes]:
    """Every file with its content, lock files (empty) left out."""
    return {
        str(file): content
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.is_file() and (content := file.read_bytes())
    }


def test_another_pc_is_brought_back_from_the_file_and_the_printed_key(
    saved: Backup, store: Store, other: Home, clock: FixedClock
) -> None:
    done = restore(saved.file, KEY.printed.lower(), other, clock=clock)
    assert (done.home, done.kept_aside) == (other, None)
    assert done.header == saved.header
    again = Store.open(other, migrations=[NOTES])
    assert texts(again) == ["one", "two"]
    add(again, "four")
    assert check(again).sound
    assert again.copy == done.copy != store.copy
    assert saved.header.copy == store.copy
    assert kept_seal(other) == KEY.seal
    again.close()


def test_a_restored_desk_has_a_key_of_its_own_and_leaves_no_work_behind(saved: Backup, home: Home, other: Home) -> None:
    restore(saved.file, KEY.printed, other)
    assert not set(KeyRing(home).keys()) & set(KeyRing(other).keys())
    assert sorted(file.name for file in other.data.rglob("*") if file.is_file() and file.stat().st_size) == ["desk.db"]
    assert sorted(file.name for file in home.data.glob("work/*")) == []


def test_the_header_says_what_the_backup_is_without_a_key(saved: Backup, store: Store, clock: FixedClock) -> None:
    assert read_header(saved.file) == saved.header
    assert saved.header == BackupHeader(
        made_ms=clock.now_ms(),
        sheet=KEY.seal.sheet,
        copy=store.copy,
        size=saved.header.size,
        counts={"note": 2, "store_meta": 2, "store_migration": 1},
        about={"device": "ab12"},
    )


def test_a_restore_over_a_desk_keeps_the_old_data_and_its_key(
    saved: Backup, store: Store, home: Home, clock: FixedClock
) -> None:
    store.close()
    done = restore(saved.file, KEY.printed, home, clock=clock)
    assert done.kept_aside is not None
    aside = done.kept_aside / "desk.db"
    with closing(connect(aside, KeyRing(home).key_of(aside))) as old:
        assert old.execute("SELECT text FROM note ORDER BY id").fetchall() == [("one",), ("two",), ("three",)]
    again = Store.open(home, migrations=[NOTES])
    assert texts(again) == ["one", "two"]
    again.close()


def test_a_damaged_desk_and_its_wal_are_kept_aside_too(saved: Backup, store: Store, home: Home) -> None:
    store.close()
    home.database.write_bytes(b"broken" * 1000)
    home.database.with_name("desk.db-wal").write_bytes(b"old wal" * 1000)
    done = restore(saved.file, KEY.printed, home)
    assert done.kept_aside is not None
    assert {file.name: file.read_bytes()[:6] for file in done.kept_aside.iterdir()} == {
        "desk.db": b"broken",
        "desk.db-wal": b"old wa",
    }
    again = Store.open(home, migrations=[NOTES])
    assert texts(again) == ["one", "two"]
    again.close()


def test_no_restore_while_a_desk_is_open(saved: Backup, store: Store, home: Home) -> None:
    with pytest.raises(DeskInUse):
        restore(saved.file, KEY.printed, home)
    assert texts(store) == ["one", "two", "three"]


def cut(raw: bytearray) -> None:
    del raw[-1:]


def lengthened(raw: bytearray) -> None:
    raw.append(0)


def other_magic(raw: bytearray) -> None:
    raw[0] ^= 1


def newer(raw: bytearray) -> None:
    raw[23] = 2


def long_header(raw: bytearray) -> None:
    raw[24] = 255


def without_a_calendar(raw: bytearray) -> None:
    """As if it was whole, of the year 40 000."""
    length = int.from_bytes(raw[24:28], "big")
    head, rest = bytes(raw[:28]), raw[28:]
    text = re.sub(rb'"made_ms":\d{13}', b'"made_ms":1200000000000000', bytes(rest[:length]))
    raw[:] = head[:24] + len(text).to_bytes(4, "big") + text + rest[length:]
    closed = 28 + len(text) + 128
    raw[closed : closed + 32] = sha256(bytes(raw[:closed])).digest()


def only_magic(raw: bytearray) -> None:
    del raw[22:]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (cut, BackupDamaged),
        (lengthened, BackupDamaged),
        (other_magic, NotABackup),
        (newer, NewerFile),
        (long_header, BackupDamaged),
        (only_magic, BackupDamaged),
        (without_a_calendar, BackupDamaged),
    ],
)
def test_a_changed_backup_is_refused_and_nothing_changes(
    saved: Backup, store: Store, home: Home, change: Callable[[bytearray], None], error: type[AkimatDeskError]
) -> None:
    store.close()
    raw = bytearray(saved.file.read_bytes())
    change(raw)
    saved.file.write_bytes(raw)
    before = tree(home.data, home.keys)
    with pytest.raises(error):
        restore(saved.file, KEY.printed, home)
    assert tree(home.data, home.keys) == before


def test_every_flipped_byte_is_refused(saved: Backup, other: Home) -> None:
    good = saved.file.read_bytes()
    head = len(good) - saved.header.size
    for place in [*range(head), *range(head, len(good), 997)]:
        raw = bytearray(good)
        raw[place] ^= 0x10
        saved.file.write_bytes(raw)
        with pytest.raises((BackupDamaged, NotABackup, NewerFile)):
            restore(saved.file, KEY.printed, other)
    assert tree(other.data, other.keys) == {}


def test_a_wrong_key_and_a_mistyped_key_are_told_apart(saved: Backup, other: Home) -> None:
    with pytest.raises(WrongRecoveryKey) as caught:
        restore(saved.file, RecoveryKey("Z" * 28).printed, other)
    assert caught.value.values["needed"] == KEY.seal.sheet
    with pytest.raises(RecoveryKeyTypo):
        restore(saved.file, KEY.printed.replace("0", "7"), other)
    assert tree(other.data, other.keys) == {}


def test_data_that_a_later_version_has_changed_are_refused(saved: Backup, other: Home) -> None:
    """`saved` knows test.notes; this program has another change of the same room, and not that one."""
    with pytest.raises(NewerFile):
        restore(saved.file, KEY.printed, other, migrations=[Migration("test.other", lambda _: None)])
    assert tree(other.data, other.keys) == {}
    restore(saved.file, KEY.printed, other, migrations=[NOTES, Migration("later.room", lambda _: None)])


def test_a_stick_that_is_pulled_out_is_no_fault_of_this_pc(
    saved: Backup, other: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Linux answers EIO or ENODEV for a device that has gone."""

    class Bad(io.FileIO):
        def readinto(self, buffer: object) -> int:
            if self.tell() > 4096:
                raise OSError(errno.EIO, "Input/output error")
            return super().readinto(buffer)  # type: ignore[arg-type]

    monkeypatch.setattr("akimat_desk.store.backup.io.FileIO", Bad)
    with pytest.raises(BackupGone):
        restore(saved.file, KEY.printed, other)
    monkeypatch.undo()
    assert tree(other.data, other.keys) == {}


def test_a_backup_that_is_not_there_any_more_is_named(saved: Backup, other: Home) -> None:
    saved.file.unlink()
    with pytest.raises(NoSuchFile) as caught:
        restore(saved.file, KEY.printed, other)
    assert caught.value.values["file"] == saved.file


def test_whoever_stops_a_restore_finds_the_desk_as_it_was(saved: Backup, store: Store, home: Home) -> None:
    store.close()

    class Enough(Exception):
        pass

    def stop(done: int, _: int) -> None:
        if done >= 90:
            raise Enough

    before = tree(home.data, home.keys)
    with pytest.raises(Enough):
        restore(saved.file, KEY.printed, home, progress=stop)
    assert tree(home.data, home.keys) == before


def test_a_power_cut_in_a_restore_leaves_the_old_desk_or_the_new_one(
    saved: Backup, store: Store, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(restore_module, "replace", power_cut)
    with pytest.raises(KeyboardInterrupt):
        restore(saved.file, KEY.printed, home)
    monkeypatch.undo()
    again = Store.open(home, migrations=[NOTES])
    assert texts(again) == ["one", "two", "three"]
    again.close()


def test_without_a_recovery_key_there_is_no_backup(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NoRecoveryKey):
        backup(store, tmp_path / "stick" / "desk.backup")
    assert list((tmp_path / "stick").iterdir()) == []


def test_a_backup_is_of_one_moment_while_others_write(store: Store, tmp_path: Path, other: Home) -> None:
    add(store, *(f"{number:03d} {'x' * 4000}" for number in range(600)))
    written: list[int] = []

    def meanwhile(done: int, total: int) -> None:
        if done < 50:
            writer = threading.Thread(target=add, args=(store, f"late {len(written)}"))
            writer.start()
            writer.join()
            written.append(done)

    backup(store, tmp_path / "stick" / "a", KEY.seal, progress=meanwhile)
    assert written
    restore(tmp_path / "stick" / "a", KEY.printed, other)
    again = Store.open(other, migrations=[NOTES])
    assert len(texts(again)) == 600
    assert len(texts(store)) == 600 + len(written)
    again.close()


class Cancelled(Exception):
    pass


@pytest.mark.parametrize("at", [1, 30, 80, 100])
def test_a_cancelled_backup_leaves_the_older_one_and_nothing_else(saved: Backup, store: Store, at: int) -> None:
    before = tree(saved.file.parent)

    def cancel(done: int, total: int) -> None:
        if done >= at:
            raise Cancelled

    with pytest.raises(Cancelled):
        backup(store, saved.file, progress=cancel)
    assert tree(saved.file.parent) == before
    assert list((store.home.data / "work").iterdir()) == []
    add(store, "four")


def test_progress_goes_up_to_the_whole(saved: Backup, store: Store, other: Home) -> None:
    for work in (
        lambda told: backup(store, saved.file, progress=told),
        lambda told: restore(saved.file, KEY.printed, other, progress=told),
    ):
        said: list[int] = []
        work(lambda done, total, said=said: said.append(done * 100 // total))
        assert said == sorted(said)
        assert said[-1] in (90, 100)


def test_one_backup_at_a_time(store: Store, tmp_path: Path) -> None:
    def second(done: int, total: int) -> None:
        backup(store, tmp_path / "stick" / "b", KEY.seal)

    with pytest.raises(Busy):
        backup(store, tmp_path / "stick" / "a", KEY.seal, progress=second)


def test_what_a_killed_backup_left_goes_with_the_next_one(saved: Backup, store: Store) -> None:
    left = store.home.data / "work" / "copy.db"
    left.write_bytes(b"left")
    backup(store, saved.file)
    assert not left.exists()


def test_a_stick_without_room_is_said_so_and_keeps_the_older_backup(
    saved: Backup, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(saved.file.parent)

    def full(fd: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("akimat_desk.store.backup.os", SimpleNamespace(fsync=full, path=os.path))
    with pytest.raises(DiskFull):
        backup(store, saved.file)
    assert tree(saved.file.parent) == before
