"""Who is told what: PCs of the room, each what it may have, and nobody else anything."""

from __future__ import annotations

import os
import shutil
from datetime import date
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import cast

import pytest

from akimat_desk.base.clock import SystemClock
from akimat_desk.files import FileStore
from akimat_desk.journal import devices
from akimat_desk.journal.devices import Use
from akimat_desk.journal.receive import members_only
from akimat_desk.sync import InProcessLink, knocks, transfer
from akimat_desk.sync.errors import NotAdmitted, Stranger
from akimat_desk.sync.presence import Presence
from akimat_desk.sync.room_link import RoomLink
from tests.journal.village import COUNTED, PRINTED, Author, Counted, Named, Printed, rows
from tests.sync.room.conftest import LOOPBACK, OpenPc, Pc, let_join


def test_a_pc_nobody_let_in_is_told_nothing_and_seen(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    kiosk, stranger = open_pc("kiosk", "kiosk"), open_pc("stranger")
    let_join(host, kiosk)
    with stranger.store.write() as db:
        devices.trust(db, host.device, host.journal.public_key)
    with pytest.raises(NotAdmitted):
        stranger.exchange().sync(RoomLink(stranger.journal, host.address))
    with host.store.read() as db:
        assert [(each.device, each.public_key) for each in knocks.knocks(db)] == [
            (stranger.device, stranger.journal.public_key)
        ]


def test_a_copied_pc_is_seen_and_takes_part_once_it_is_let_in(host: Pc, open_pc: OpenPc, tmp_path: Path) -> None:
    """Its data came to another machine, with or without the first one: it speaks under a key nobody knows yet."""
    host.switch_on()
    kiosk = open_pc("kiosk", "kiosk")
    let_join(host, kiosk)
    kiosk.exchange().sync(RoomLink(kiosk.journal, host.address))
    kiosk.visit(1)
    shutil.copytree(kiosk.home.data, tmp_path / "copy" / "desk")
    shutil.copytree(kiosk.home.keys, tmp_path / "copy" / "keys")
    copy = open_pc("copy", "kiosk")
    assert (copy.device, copy.journal.public_key) != (kiosk.device, kiosk.journal.public_key)
    copy.visit(10)
    with pytest.raises(NotAdmitted):
        copy.exchange().sync(RoomLink(copy.journal, host.address))
    with host.store.read() as db:
        (knock,) = knocks.knocks(db)
    assert (knock.device, knock.public_key) == (kiosk.device, copy.journal.public_key)
    with host.journal.commit() as commit:
        devices.admit(commit, knock.device, knock.public_key, "kiosk", 3)
    for pc in (copy, kiosk, copy):
        pc.exchange().sync(RoomLink(pc.journal, host.address))
    assert kiosk.visits == copy.visits == host.visits == [(11,)]
    with host.store.read() as db:
        assert knocks.knocks(db) == []


def test_a_pc_that_was_let_in_by_one_who_is_out_is_seen_by_whoever_refuses_its_entries(
    host: Pc, open_pc: OpenPc
) -> None:
    """It is dead since, and knocks nowhere itself; another PC had taken its entries in before the withdrawal came."""
    stray = Author("stray")
    stray.write(COUNTED, Counted(day=date(2026, 11, 20), visits=7))
    host.switch_on()
    copied, other = open_pc("copied"), open_pc("other")
    for pc in (copied, other):
        let_join(host, pc)
        pc.exchange().sync(RoomLink(pc.journal, host.address))
    with copied.journal.commit() as commit:
        devices.admit(commit, stray.device, stray.key.public, "kiosk")
    copied.journal.receive([stray.batch()], admit=members_only, keeps_personal=True)
    other.exchange().sync(InProcessLink(copied.exchange(), audience="room", here="room"))
    assert other.visits == [(7,)]
    with host.journal.commit() as commit:
        devices.revoke(commit, copied.device)
    report = other.exchange().sync(RoomLink(other.journal, host.address))
    assert [(one.at.device, one.why) for one in report.refused] == [(stray.device, "not-admitted")]
    with host.store.read() as db:
        (knock,) = knocks.knocks(db)
    assert (knock.device, knock.public_key) == (stray.device, stray.key.public)
    with host.journal.commit() as commit:
        devices.admit(commit, knock.device, knock.public_key, "kiosk")
    assert other.exchange().sync(RoomLink(other.journal, host.address)).receipted
    assert host.visits == other.visits == [(7,)]
    assert host.journal.table_hashes() == other.journal.table_hashes()


def test_a_pc_tells_nothing_to_a_host_it_does_not_know(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    let_join(host, open_pc("kiosk", "kiosk"))
    with pytest.raises(Stranger):
        open_pc("stranger").exchange().sync(RoomLink(open_pc("other").journal, host.address))


def test_a_kiosk_does_not_pass_for_the_host(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    kiosk, other = open_pc("kiosk", "kiosk"), open_pc("other", "kiosk")
    for pc in (kiosk, other):
        let_join(host, pc)
        pc.exchange().sync(RoomLink(pc.journal, host.address))
    other.exchange().sync(RoomLink(other.journal, host.address))
    from akimat_desk.sync.host import Host
    from akimat_desk.sync.http import serve
    from akimat_desk.sync.tls import open_channel

    channel = open_channel(kiosk.journal)
    answers = Host(kiosk.journal, kiosk.exchange(), Presence).answers(channel.id)
    with serve(answers, tls=channel.context) as port, pytest.raises(Stranger):
        other.exchange().sync(RoomLink(other.journal, f"{LOOPBACK}:{port}"))


def test_personal_parts_go_to_staff_pcs_only(host: Pc, open_pc: OpenPc) -> None:
    host.journal.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
    host.switch_on()
    kiosk, staff = open_pc("kiosk", "kiosk"), open_pc("staff")
    for pc in (kiosk, staff):
        let_join(host, pc)
        pc.exchange().sync(RoomLink(pc.journal, host.address))
    assert rows(kiosk.journal, "village_printed", "title") == [(None,)]
    assert rows(staff.journal, "village_printed", "title") == [("Айгүл",)]


def test_files_go_to_whom_they_are_for(host: Pc, open_pc: OpenPc) -> None:
    course, scan = (
        FileStore(host.store, SystemClock(), spare=0).put(BytesIO(os.urandom(300_000)), personal=personal)
        for personal in (False, True)
    )
    host.switch_on()
    came = {}
    for name, use in (("kiosk", "kiosk"), ("staff", "desk")):
        pc = open_pc(name, cast(Use, use))
        let_join(host, pc)
        link, files = RoomLink(pc.journal, host.address), FileStore(pc.store, SystemClock(), spare=0)
        fetched = transfer.fetch(partial(link.ask, transfer.PATH), files, [course, scan])
        came[name] = set(fetched.came)
        assert all(files.verify(hash) for hash in fetched.came)
    assert came == {"kiosk": {course.hash}, "staff": {course.hash, scan.hash}}
