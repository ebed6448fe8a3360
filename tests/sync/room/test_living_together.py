"""News within moments, records that say where they are safe, and the host away while another is raised."""

from __future__ import annotations

import threading
from datetime import date

from akimat_desk.journal import devices
from akimat_desk.journal.receipts import places
from akimat_desk.journal.receive import members_only
from akimat_desk.journal.rulings import current_host
from akimat_desk.sync import state
from akimat_desk.sync.errors import Unreachable
from akimat_desk.sync.room_link import RoomLink
from akimat_desk.sync.watch import Watch
from tests.journal.village import BOOKED, COUNTED, PRINTED, Author, Booked, Counted, Named, Printed, rows
from tests.sync.room.conftest import LOOPBACK, OpenPc, Pc, let_join, wait


def test_what_is_written_at_one_pc_is_told_at_another_without_anybody_asking(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    kiosk, staff = open_pc("kiosk", "kiosk"), open_pc("staff")
    for pc in (kiosk, staff):
        let_join(host, pc)
        pc.switch_on()
    wait(lambda: kiosk.journal.table_hashes() == host.journal.table_hashes() == staff.journal.table_hashes())
    told: list[frozenset[str]] = []
    watch = Watch(staff.store, told.append)
    watch.start()
    try:
        kiosk.visit(7)
        wait(lambda: any("village" in areas for areas in told))
    finally:
        watch.stop()
    assert staff.visits == host.visits == [(7,)]


def test_a_second_history_alone_is_news(host: Pc, open_pc: OpenPc) -> None:
    """Of a PC that was set back and never came again: whoever withdraws its key has to know of both."""
    first, second = Author(), Author()
    first.write(COUNTED, Counted(day=date(2026, 11, 20), visits=1))
    second.write(COUNTED, Counted(day=date(2026, 11, 20), visits=2))
    with host.journal.commit() as commit:
        devices.admit(commit, first.device, first.key.public, "kiosk")
    host.journal.receive([first.batch()], admit=members_only, keeps_personal=True)
    host.switch_on()
    staff = open_pc("staff")
    let_join(host, staff)
    staff.switch_on()
    wait(lambda: staff.visits == [(1,)])
    host.journal.receive([second.batch()], admit=members_only, keeps_personal=True)
    wait(lambda: rows(staff.journal, "journal_fork", "bytes") == [(second.entries[1][1],)])
    wait(lambda: staff.exchange().digest() == host.exchange().digest())


def test_who_is_there_is_told_to_everybody(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    kiosk, staff = open_pc("kiosk", "kiosk"), open_pc("staff")
    for pc in (kiosk, staff):
        let_join(host, pc)
        pc.switch_on()

    def seen(at: Pc) -> set[str]:
        with at.store.read() as db:
            return set(state.last_seen(db))

    everybody = {host.device, kiosk.device, staff.device}
    wait(lambda: seen(staff) == everybody == seen(host))
    with staff.store.read() as db:
        assert state.last_seen(db)[kiosk.device].presence.version == "1.0"


def test_a_kiosk_drops_its_personal_parts_once_the_host_has_them(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    kiosk = open_pc("kiosk", "kiosk")
    let_join(host, kiosk)
    kiosk.journal.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
    kiosk.switch_on()
    wait(lambda: rows(host.journal, "village_printed", "title") == [("Айгүл",)])
    wait(lambda: rows(kiosk.journal, "village_printed", "title") == [(None,)])
    assert rows(kiosk.journal, "journal_personal") == []


def test_the_button_exchanges_now(host: Pc, open_pc: OpenPc) -> None:
    kiosk = open_pc("kiosk", "kiosk")
    host.switch_on()
    let_join(host, kiosk)
    address = host.address
    host.switch_off()
    kiosk.switch_on()

    def failed() -> bool:
        with kiosk.store.read() as db:
            return state.state(db).code == Unreachable.code

    wait(failed)
    room = host.switch_on()
    wait(lambda: room.port != 0)
    kiosk.knows_address(f"{LOOPBACK}:{room.port}")
    with kiosk.store.write() as db:
        state.want_exchange(db)

    def went_well() -> bool:
        with kiosk.store.read() as db:
            return state.state(db).code == "" and state.state(db).done_ms > 0

    wait(went_well)
    assert address != ""


def test_a_record_is_here_until_the_host_has_receipted_it(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    kiosk = open_pc("kiosk", "kiosk")
    let_join(host, kiosk)
    kiosk.exchange().sync(RoomLink(kiosk.journal, host.address))
    mine = kiosk.journal.append(COUNTED, Counted(day=date(2026, 11, 20), visits=1)).id
    theirs = host.journal.append(COUNTED, Counted(day=date(2026, 11, 20), visits=1)).id

    def place(pc: Pc) -> dict[str, str]:
        with pc.store.read() as db:
            return dict(places(db, [mine, theirs, "f" * 32]))

    assert (place(kiosk), place(host)) == ({mine: "here"}, {theirs: "host"})
    kiosk.exchange().sync(RoomLink(kiosk.journal, host.address))
    assert place(kiosk) == place(host) == {mine: "host", theirs: "host"}


def test_the_host_gives_a_slot_to_one_and_every_pc_says_to_whom(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    first, second = open_pc("first", "kiosk"), open_pc("second", "kiosk")
    for pc in (first, second):
        let_join(host, pc)
    early = first.journal.append(BOOKED, Booked(slot="20-11/1"))
    late = second.journal.append(BOOKED, Booked(slot="20-11/1"))
    for pc in (second, first):
        pc.switch_on()
    possible = (
        {(early.id, "granted"), (late.id, "refused")},
        {(early.id, "refused"), (late.id, "granted")},  # whoever comes to the host first
    )
    pcs = (host, first, second)
    wait(lambda: all(set(rows(pc.journal, "journal_claim", "entry, standing")) in possible for pc in pcs))
    assert len({str(rows(pc.journal, "journal_claim")) for pc in pcs}) == 1


def test_another_staff_pc_is_raised_while_the_host_is_dead_and_the_old_one_gives_way(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    staff, kiosk = open_pc("staff"), open_pc("kiosk", "kiosk")
    for pc in (staff, kiosk):
        let_join(host, pc)
        pc.exchange().sync(RoomLink(pc.journal, host.address))
    staff.exchange().sync(RoomLink(staff.journal, host.address))
    host.switch_off()
    staff.raise_host(2)
    new = staff.switch_on()
    kiosk.switch_on()
    kiosk.knows_address(staff.address)
    kiosk.visit(1)
    wait(lambda: staff.visits == [(1,)])
    with kiosk.store.read() as db:
        assert current_host(db).device == staff.device  # type: ignore[union-attr]
    old = host.switch_on()
    host.knows_address(staff.address)
    old.due()
    wait(lambda: host.visits == [(1,)] and old.port == 0 and new.port != 0)


def test_a_room_that_is_closed_leaves_no_thread(host: Pc, open_pc: OpenPc) -> None:
    before = set(threading.enumerate())
    host.switch_on()
    kiosk = open_pc("kiosk", "kiosk")
    let_join(host, kiosk)
    kiosk.switch_on()
    wait(lambda: kiosk.journal.table_hashes() == host.journal.table_hashes())
    host.switch_off()
    kiosk.switch_off()
    wait(lambda: set(threading.enumerate()) <= before)
