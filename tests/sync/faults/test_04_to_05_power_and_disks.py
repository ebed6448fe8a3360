"""Power that goes at any step, on either side, and disks without room."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from akimat_desk.journal.tables import here
from akimat_desk.store.errors import DiskFull
from akimat_desk.sync.errors import TheirTrouble
from akimat_desk.sync.messages import Push, pack
from akimat_desk.sync.simulation.faults import CUTS, PowerCut, full_disk, power_cut
from tests.sync.conftest import Pc
from tests.sync.faults.conftest import Folders
from tests.sync.faults.room import batches, entries, line, print_for, same, visit, visits, whole

ROOT = Path(__file__).parents[3]

# ---- 4: kill -9, of the host that takes in; of the PC that pulls; and a log that was not flushed

STEPS = (
    ("akimat_desk.journal.receive:open_chain", 1),
    ("akimat_desk.journal.receive:insert", 3),
    ("akimat_desk.journal.receive:seal", 2),
    ("akimat_desk.journal.receive:Receiver.finish", 1),
    ("akimat_desk.journal.journal:Journal.receive", 1),
    ("akimat_desk.journal.receipts:write_receipt", 1),
    ("akimat_desk.sync.exchange:pack", 1),
)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("step", "count"), STEPS)
def test_04_a_host_killed_while_it_takes_in_has_all_of_a_push_or_nothing(
    folders: Folders, desk: Pc, tmp_path: Path, step: str, count: int, when: str
) -> None:
    visit(desk, 6)
    host = folders.on("host")
    before = entries(host)
    host.journal.store.close()
    push = tmp_path / "push"
    push.write_bytes(pack(Push(batches(desk.journal))))
    home = folders.home("host")
    words = [sys.executable, "-m", "tests.sync.faults.killed_child", str(home.data), str(home.keys), str(push)]
    done = subprocess.run([*words, step, when, str(count)], capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert (done.returncode, done.stdout) == (-9, ""), done.stderr
    host = folders.on("host")
    assert entries(host) in (before, before + 7)
    assert desk.exchange.sync(line(host)).receipted
    assert visits(host) == 6
    assert same(desk, host)
    assert whole(desk, host)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("place", [place for place in CUTS if ".journal.journal" in place or ".receive" in place])
def test_04_a_pc_that_loses_power_while_it_pulls_goes_on(folders: Folders, host: Pc, place: str, when: str) -> None:
    visit(host, 30)
    desk = folders.on("desk")
    visit(desk, 2)
    try:
        with power_cut(place, "before" if when == "before" else "after", 1):
            desk.exchange.sync(line(host))
    except PowerCut:
        desk.journal.store.close()
        desk = folders.on("desk")
    assert desk.exchange.sync(line(host)).receipted
    assert visits(desk) == visits(host) == 32
    assert whole(desk, host)


def test_04_a_log_that_was_cut_anywhere_leaves_whole_commits_and_the_host_gives_the_rest_back(
    folders: Folders, host: Pc
) -> None:
    """What a disk without flushing loses: the end of the log. The mark knows better, and a new epoch opens."""
    desk = folders.on("desk")
    desk.journal.store.empty_log()
    for number in range(4):
        print_for(desk, f"Name {number}")
    desk.exchange.sync(line(host))
    log = folders.home("desk").data / "desk.db-wal"
    size = log.stat().st_size
    frame = 4096 + 24
    kept = folders.home("desk").data.parent
    lost = 0
    frames = range(0, size // frame + 1, 3)
    for cut in sorted({*(32 + frame * n for n in frames), *range(100, size, size // 5)}):
        shutil.rmtree(kept.with_name("cut"), ignore_errors=True)
        shutil.copytree(kept, kept.with_name("cut"), ignore=shutil.ignore_patterns("*-shm", "*.lock"))
        with (folders.home("cut").data / "desk.db-wal").open("rb+") as stream:
            stream.truncate(cut)
        cut_desk = folders.on("cut", machine="desk")
        with cut_desk.journal.store.read() as db:
            now = here(db.connection())
        assert now.head is not None
        behind = now.head.epoch == 2
        lost += behind
        cut_desk.exchange.sync(line(host))
        assert same(cut_desk, host)
        assert cut_desk.journal.verify() == []
        cut_desk.journal.store.close()
    assert lost > 2
    assert host.journal.verify() == []


# ---- 5: no room


@pytest.mark.parametrize("spare", [0, 1, 3])
def test_05_a_full_disk_keeps_what_was_acknowledged_and_goes_on_when_there_is_room(
    desk: Pc, host: Pc, spare: int
) -> None:
    with full_disk(desk.journal.store, spare_pages=spare), pytest.raises(DiskFull):
        visit(desk, 1000)
    done = visits(desk)
    assert done < 1000
    visit(desk)
    assert desk.exchange.sync(line(host)).receipted
    assert visits(host) == done + 1
    assert whole(desk, host)


def test_05_a_host_without_room_says_so_and_signs_for_nothing(desk: Pc, host: Pc) -> None:
    desk.exchange.sync(line(host))
    visit(desk, 200)
    with full_disk(host.journal.store), pytest.raises(TheirTrouble) as told:
        desk.exchange.sync(line(host))
    assert told.value.values["their_code"] == "disk-full"
    with desk.journal.store.read() as db:
        from akimat_desk.journal.receipts import held_elsewhere

        assert held_elsewhere(db, desk.journal.device, 1) < 201
    assert desk.exchange.sync(line(host)).receipted
    assert visits(host) == 200
    assert whole(desk, host)


def test_05_a_pc_without_room_for_what_it_pulls_has_it_later(desk: Pc, host: Pc) -> None:
    visit(host, 200)
    with full_disk(desk.journal.store), pytest.raises(DiskFull):
        desk.exchange.sync(line(host))
    assert desk.exchange.sync(line(host)).receipted
    assert visits(desk) == 200
    assert whole(desk, host)
