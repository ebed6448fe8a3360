"""A PC that starts from a copy: there are no snapshots and nothing is pruned, so a backup is the copy there is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal.forks import forks
from akimat_desk.store.backup import Backup, BackupDamaged, backup
from akimat_desk.store.recovery import RecoveryKey
from akimat_desk.store.restore import restore
from tests.sync.conftest import Pc
from tests.sync.faults.conftest import Folders
from tests.sync.faults.room import line, print_for, same, titles, visit, visits, whole

KEY = RecoveryKey("0123456789ABCDEFGHJKMNPQRSTV")


def saved(host: Pc, folder: Path) -> Backup:
    return backup(host.journal.store, folder / "room.backup", seal=KEY.seal)


def test_16_a_stale_copy_is_brought_up_to_date_by_the_room(folders: Folders, host: Pc, tmp_path: Path) -> None:
    visit(host, 3)
    copy = saved(host, tmp_path)
    visit(host, 4)
    restore(copy.file, KEY.printed, folders.home("new"))
    new = folders.on("new")
    assert visits(new) == 3
    visit(new)
    new.exchange.sync(line(host))
    assert visits(new) == visits(host) == 8
    assert same(new, host)
    assert whole(new, host)


def _cut(raw: bytearray) -> None:
    del raw[-4096:]


def _changed(raw: bytearray) -> None:
    raw[-3000] ^= 1


@pytest.mark.parametrize("harm", [_cut, _changed], ids=["interrupted", "tampered with"])
def test_16_a_copy_that_is_not_whole_is_no_start(
    harm: Callable[[bytearray], None], folders: Folders, host: Pc, tmp_path: Path
) -> None:
    visit(host, 3)
    file, new = saved(host, tmp_path).file, folders.home("new")
    good = file.read_bytes()
    raw = bytearray(good)
    harm(raw)
    file.write_bytes(raw)
    with pytest.raises(BackupDamaged):
        restore(file, KEY.printed, new)
    assert not (new.data / "desk.db").exists()
    file.write_bytes(good)
    restore(file, KEY.printed, new)
    assert same(folders.on("new"), host)


def test_16_what_was_erased_before_a_fork_stays_erased_on_both_sides(
    folders: Folders, host: Pc, clock: FixedClock
) -> None:
    desk = folders.on("desk")
    name = print_for(desk, "Айгүл")
    desk.exchange.sync(line(host))
    desk.journal.store.close()
    folders.copy("desk", "image")
    desk = folders.on("desk")
    host.journal.erase([name])
    desk.exchange.sync(line(host))
    visit(desk)
    desk.exchange.sync(line(host))
    desk.journal.store.close()
    folders.copy("image", "desk")  # with its keys: it does not know that it was set back
    desk = folders.on("desk")
    assert titles(desk) == ["Айгүл"]
    visit(desk, 2)
    for _ in range(3):
        desk.exchange.sync(line(host))
    with host.journal.store.read() as db:
        assert len(forks(db)) == 1
    assert titles(desk) == titles(host) == [None]
    assert visits(desk) == visits(host) == 3
    assert same(desk, host)
    assert whole(desk, host)
