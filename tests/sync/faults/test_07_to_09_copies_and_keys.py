"""PCs that were set back, copied, or shut out.

A key of the room never expires by itself: with clocks a month off, a date would shut out honest PCs and no others.
It is withdrawn through a place in its chain.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from akimat_desk.journal.devices import DeviceIsRevoked, admit, found, revoke, trust
from akimat_desk.journal.forks import forks
from akimat_desk.journal.parked import waiting
from akimat_desk.journal.receive import members_only
from akimat_desk.journal.tables import heads
from akimat_desk.sync import Exchange
from tests.sync.conftest import Pc
from tests.sync.faults.conftest import Folders
from tests.sync.faults.room import line, same, visit, visits, whole


def epochs(pc: Pc, device: str) -> list[int]:
    with pc.journal.store.read() as db:
        return [head.epoch for head in heads(db.connection()) if head.device == device]


# ---- 7: a backup brought back


@pytest.mark.parametrize("written_again", [0, 1, 4], ids=["nothing", "less than before", "more than before"])
@pytest.mark.parametrize("host_knew", [True, False], ids=["the host had it", "nobody had it"])
def test_07_data_set_back_go_on_in_a_new_epoch_and_what_the_host_had_comes_back(
    folders: Folders, host: Pc, written_again: int, host_knew: bool
) -> None:
    desk = folders.on("desk")
    visit(desk)
    desk.exchange.sync(line(host))
    desk.journal.store.close()
    folders.copy("desk", "backup")
    desk = folders.on("desk")
    visit(desk, 2)
    if host_knew:
        desk.exchange.sync(line(host))
    desk.journal.store.close()
    folders.copy_data("backup", "desk")
    desk = folders.on("desk")
    visit(desk, written_again)
    desk.exchange.sync(line(host))
    assert desk.exchange.sync(line(host)).receipted
    assert visits(desk) == visits(host) == 1 + written_again + (2 if host_knew else 0)
    assert epochs(host, desk.journal.device) == [1, 2]
    assert same(desk, host)
    assert whole(desk, host)


def test_07_a_host_set_back_gets_everything_from_the_desks_again(folders: Folders, desk: Pc) -> None:
    host = folders.on("host")
    visit(desk, 3)
    desk.exchange.sync(line(host))
    host.journal.store.close()
    folders.copy("host", "backup")
    host = folders.on("host")
    visit(desk, 3)
    visit(host)
    desk.exchange.sync(line(host))
    host.journal.store.close()
    folders.copy_data("backup", "host")
    host = folders.on("host")
    assert visits(host) == 3
    assert desk.exchange.sync(line(host)).receipted
    assert visits(host) == visits(desk) == 7
    assert whole(desk, host)


def test_07_a_disk_image_put_back_while_the_host_is_away_writes_the_same_numbers_and_nothing_is_lost(
    folders: Folders, host: Pc
) -> None:
    """Keys and mark are as old as the data: nothing shows it until the host is back."""
    desk = folders.on("desk")
    desk.journal.store.close()
    folders.copy("desk", "image")
    desk = folders.on("desk")
    visit(desk, 2)
    desk.exchange.sync(line(host))
    desk.journal.store.close()
    folders.copy("image", "desk")
    desk = folders.on("desk")
    visit(desk, 5)
    report = desk.exchange.sync(line(host))
    assert report.forks
    desk.exchange.sync(line(host))
    assert visits(desk) == visits(host) == 7
    assert same(desk, host)
    assert whole(desk, host)
    for pc in (desk, host):
        with pc.journal.store.read() as db:
            assert [(fork.device, fork.epoch, fork.seq) for fork in forks(db)] == [(desk.journal.device, 1, 2)]


# ---- 8: a copy of a PC, both alive


@pytest.mark.parametrize("machine", ["desk", "another"], ids=["machines that look alike", "another machine"])
def test_08_two_that_were_one_end_with_both_histories(folders: Folders, host: Pc, machine: str) -> None:
    desk = folders.on("desk")
    visit(desk)
    desk.journal.store.close()
    folders.copy("desk", "copy")
    desk, copy = folders.on("desk"), folders.on("copy", machine=machine)
    visit(desk, 10)
    visit(copy, 20)
    for _ in range(3):
        for pc in (desk, copy):
            pc.exchange.sync(line(host))
    assert visits(desk) == visits(copy) == visits(host) == 31
    assert same(desk, copy, host)
    assert whole(desk, copy, host)
    visit(desk)
    visit(copy)
    for pc in (desk, copy, desk):
        pc.exchange.sync(line(host))
    assert visits(desk) == visits(copy) == visits(host) == 33
    with host.journal.store.read() as db:
        assert len(forks(db)) == (1 if machine == "desk" else 0)  # from then on each writes an epoch of its own


# ---- 9: keys that are lost or withdrawn


def member(pc: Pc) -> Exchange:
    return Exchange(pc.journal, admit=members_only, keeps_personal=True, piece=2000)


@pytest.fixture
def room(folders: Folders) -> tuple[Pc, Pc]:
    """The founder's PC, which is the host, and a desk it let in."""
    host, desk = folders.on("host"), folders.on("desk")
    with host.journal.commit() as commit:
        found(commit, "desk")
        admit(commit, desk.journal.device, desk.journal.public_key, "desk")
    with desk.journal.store.write() as db:
        trust(db, host.journal.device, host.journal.public_key)
    for pc in (host, desk):
        pc.exchange = member(pc)
    return host, desk


def test_09_a_lost_key_with_entries_waiting_loses_none_of_them(folders: Folders, room: tuple[Pc, Pc]) -> None:
    """The PC opens an epoch under a new key; the host takes it in once staff say so."""
    host, desk = room
    desk.exchange.sync(line(host))
    visit(desk, 3)
    desk.journal.store.close()
    (folders.home("desk").keys / "device.key").unlink()
    desk = folders.on("desk")
    desk.exchange = member(desk)
    visit(desk)
    report = desk.exchange.sync(line(host))
    assert {(one.verdict, one.why) for one in report.refused} == {("refused", "not-admitted")}
    assert visits(host) == 3  # what the old key had signed
    with host.journal.commit() as commit:
        admit(commit, desk.journal.device, desk.journal.public_key, "desk")
    assert desk.exchange.sync(line(host)).refused == ()
    assert visits(host) == 4
    assert same(desk, host)


@pytest.mark.parametrize("first", ["the entries", "the withdrawal"])
def test_09_a_key_withdrawn_while_its_pc_was_away_counts_as_far_as_the_host_knew(
    folders: Folders, room: tuple[Pc, Pc], first: str
) -> None:
    host, desk = room
    visit(desk, 2)
    desk.exchange.sync(line(host))
    third = folders.on("third")
    visit(desk, 100)  # away, and not known to the host
    steps: list[Callable[[], object]] = [
        lambda: third.exchange.sync(line(desk)),
        lambda: third.exchange.sync(line(host)),
    ]
    with host.journal.commit() as commit:
        revoke(commit, desk.journal.device)
    for step in steps if first == "the entries" else reversed(steps):
        step()
    desk.exchange.sync(line(host))
    assert visits(host) == visits(third) == visits(desk) == 2
    for pc in (host, third, desk):
        with pc.journal.store.read() as db:
            assert {one.reason for one in waiting(db)} == {"revoked"}
            assert len(waiting(db)) == 100
    with pytest.raises(DeviceIsRevoked):
        visit(desk)
    assert whole(host, third, desk)
