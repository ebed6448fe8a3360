"""A room of PCs on one network: joining by a code, news within moments, the host away and another raised."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from msgspec.msgpack import encode

from akimat_desk.base.clock import FixedClock, SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.files import FileStore
from akimat_desk.journal import MIGRATIONS, Journal, devices
from akimat_desk.journal.devices import Use
from akimat_desk.journal.receipts import places
from akimat_desk.journal.receive import members_only
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised, current_host
from akimat_desk.store import Store
from akimat_desk.sync import enrol, knocks, local, state, transfer
from akimat_desk.sync.calls import seal_call
from akimat_desk.sync.errors import CodeRefused, KeyWithdrawn, NotAdmitted, OtherRoom, Stranger, Unreachable
from akimat_desk.sync.exchange import Exchange
from akimat_desk.sync.presence import Presence
from akimat_desk.sync.room import Room, exchange_of
from akimat_desk.sync.room_link import RoomLink
from akimat_desk.sync.watch import Watch
from tests.journal.village import BOOKED, COUNTED, PRINTED, REGISTRY, Author, Booked, Counted, Named, Printed, rows

LOOPBACK = "127.0.0.1"
ZONE = "0" * 32
PATIENCE = 30.0


class Pc:
    """One PC: its journal, and its part in the room while it is switched on."""

    def __init__(self, name: str, folder: Path, use: Use) -> None:
        self.name, self.use = name, use
        self.home = Home(folder / name / "desk", folder / name / "keys").ensure()
        self.store = Store.open(self.home, migrations=(*MIGRATIONS, *local.MIGRATIONS), create=True)
        self.journal = Journal.open(self.store, REGISTRY, SystemClock(), machine=name)
        self.room: Room | None = None

    @property
    def device(self) -> str:
        return self.journal.device

    def exchange(self) -> Exchange:
        return exchange_of(self.journal, self.use)

    def switch_on(self) -> Room:
        self.room = Room(
            self.journal,
            self.use,
            describe=lambda: Presence(version="1.0", free_mb=500),
            listen=LOOPBACK,
            port=0,
        )
        self.room.start()
        return self.room

    def switch_off(self) -> None:
        if self.room is not None:
            self.room.stop()
            self.room = None

    def raise_host(self, term: int) -> None:
        self.journal.append(HOST_RAISED, HostRaised(device=self.device, term=term))

    def visit(self, visits: int = 1) -> None:
        self.journal.append(COUNTED, Counted(day=date(2026, 11, 20), visits=visits))

    @property
    def visits(self) -> list[tuple[Any, ...]]:
        return rows(self.journal, "village_day", "visits")

    @property
    def address(self) -> str:
        assert self.room is not None
        wait(lambda: self.room is not None and self.room.port != 0)
        return f"{LOOPBACK}:{self.room.port}"

    def knows_address(self, address: str) -> None:
        with self.store.write() as db:
            state.type_address(db, address, 0)


def wait(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


OpenPc = Callable[..., Pc]


@pytest.fixture
def open_pc(tmp_path: Path) -> Iterator[OpenPc]:
    with contextlib.ExitStack() as stack:

        def open_one(name: str, use: Use = "desk") -> Pc:
            pc = Pc(name, tmp_path, use)
            stack.callback(pc.store.close)
            stack.callback(pc.switch_off)
            return pc

        yield open_one


@pytest.fixture
def host(open_pc: OpenPc) -> Pc:
    """The PC that has founded the room and is its host."""
    pc = open_pc("host")
    with pc.journal.commit() as commit:
        devices.found(commit, "desk")
        commit.append(HOST_RAISED, HostRaised(device=pc.device, term=1))
    return pc


def let_join(host: Pc, pc: Pc, seat: int = 0) -> None:
    """As two people at two screens do it."""
    code = enrol.give_code(host.journal, ZONE, pc.use, seat)
    joined = enrol.join(pc.journal, host.address, code)
    assert (joined.zone, joined.use, joined.seat, joined.host) == (ZONE, pc.use, seat, host.device)
    pc.knows_address(host.address)


class TestJoining:
    def test_a_pc_joins_by_a_code_and_has_the_room_with_its_first_exchange(self, host: Pc, open_pc: OpenPc) -> None:
        host.visit(3)
        host.switch_on()
        kiosk = open_pc("kiosk", "kiosk")
        let_join(host, kiosk, seat=2)
        report = kiosk.exchange().sync(RoomLink(kiosk.journal, host.address))
        assert report.receipted
        assert kiosk.visits == [(3,)]
        assert kiosk.journal.table_hashes() == host.journal.table_hashes()
        with host.store.read() as db:
            assert [(each.device, each.use, each.seat) for each in devices.members(db)] == [
                (host.device, "desk", 0),
                (kiosk.device, "kiosk", 2),
            ]

    def test_a_lonely_host_opens_its_door_only_while_a_code_is_out(self, host: Pc) -> None:
        room = host.switch_on()
        time.sleep(0.2)
        assert room.port == 0
        enrol.give_code(host.journal, ZONE, "kiosk")
        wait(lambda: room.port != 0)
        enrol.withdraw_code(host.journal)
        wait(lambda: room.port == 0)

    @pytest.mark.parametrize("typed", ["", "0000", "ABCDE-FGHJKMN-PQRS", "пароль-пароль"])
    def test_what_is_no_code_is_refused_before_anybody_is_asked(self, host: Pc, open_pc: OpenPc, typed: str) -> None:
        with pytest.raises(CodeRefused):
            enrol.join(open_pc("kiosk").journal, "127.0.0.1:1", typed)

    def test_a_code_is_typed_as_people_type(self, host: Pc, open_pc: OpenPc) -> None:
        host.switch_on()
        code = enrol.give_code(host.journal, ZONE, "kiosk")
        typed = code.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
        assert enrol.join(open_pc("kiosk").journal, host.address, typed).zone == ZONE

    def test_the_code_of_another_host_is_not_told_to_this_one(self, host: Pc, open_pc: OpenPc) -> None:
        """A machine in the host's place would learn the secret."""
        other = open_pc("other")
        code = enrol.give_code(other.journal, ZONE, "kiosk")
        enrol.give_code(host.journal, ZONE, "kiosk")
        host.switch_on()
        with pytest.raises(Stranger):
            enrol.join(open_pc("kiosk").journal, host.address, code)

    def test_a_code_is_good_for_one_pc(self, host: Pc, open_pc: OpenPc) -> None:
        host.switch_on()
        code = enrol.give_code(host.journal, ZONE, "kiosk")
        first = open_pc("first")
        enrol.join(first.journal, host.address, code)
        enrol.join(first.journal, host.address, code)  # the answer was lost: the same PC may ask again
        with pytest.raises(CodeRefused):
            enrol.join(open_pc("second").journal, host.address, code)

    def test_five_wrong_tries_end_a_code(self, host: Pc, open_pc: OpenPc) -> None:
        host.switch_on()
        code = enrol.give_code(host.journal, ZONE, "kiosk")
        kiosk, address = open_pc("kiosk"), host.address
        wrong = ("0" if code[0] != "0" else "1") + code[1:]
        for _ in range(enrol.TRIES):
            with pytest.raises(CodeRefused):
                enrol.join(kiosk.journal, address, wrong)
        with pytest.raises((CodeRefused, Unreachable)):  # with the code its door may have closed by now
            enrol.join(kiosk.journal, address, code)

    def test_a_code_lives_for_a_quarter_of_an_hour(self, host: Pc, open_pc: OpenPc) -> None:
        """Also when the clock is turned back."""
        clock = FixedClock(datetime(2026, 11, 23, 10, tzinfo=UTC))
        journal = Journal.open(host.store, REGISTRY, clock, machine="host")
        kiosk, channel = open_pc("kiosk"), bytes(32)

        def ask(code: str) -> bytes:
            secret = enrol._Ask(code.replace("-", "")[:5])
            return enrol.answer(journal, channel, seal_call(kiosk.journal, channel, enrol.PATH, encode(secret)))

        for seconds in (enrol.MINUTES * 60 + 1, -1):
            code = enrol.give_code(journal, ZONE, "kiosk")
            clock.pass_seconds(seconds)
            with journal.store.read() as db:
                assert not enrol.code_is_out(db, clock.now_ms())
            with pytest.raises(CodeRefused):
                ask(code)
        code = enrol.give_code(journal, ZONE, "kiosk")
        clock.pass_seconds(enrol.MINUTES * 60)
        assert ask(code)

    def test_a_newer_code_ends_an_older_one(self, host: Pc, open_pc: OpenPc) -> None:
        host.switch_on()
        old = enrol.give_code(host.journal, ZONE, "kiosk")
        enrol.give_code(host.journal, ZONE, "kiosk")
        with pytest.raises(CodeRefused):
            enrol.join(open_pc("kiosk").journal, host.address, old)

    def test_a_pc_that_was_shut_out_joins_again_with_another_key(self, host: Pc, open_pc: OpenPc) -> None:
        """What it wrote after that counts nowhere, what it writes now does; everybody agrees."""
        host.switch_on()
        kiosk = open_pc("kiosk", "kiosk")
        let_join(host, kiosk)
        kiosk.visit(1)
        kiosk.exchange().sync(RoomLink(kiosk.journal, host.address))
        old_key = kiosk.journal.public_key
        with host.journal.commit() as commit:
            devices.revoke(commit, kiosk.device)
        kiosk.visit(10)
        with pytest.raises(KeyWithdrawn):
            kiosk.exchange().sync(RoomLink(kiosk.journal, host.address))
        code = enrol.give_code(host.journal, ZONE, "kiosk", 4)
        enrol.join(kiosk.journal, host.address, code, zone=ZONE)
        assert kiosk.journal.public_key != old_key
        kiosk.visit(100)
        assert kiosk.exchange().sync(RoomLink(kiosk.journal, host.address)).receipted
        assert kiosk.visits == host.visits == [(101,)]
        assert kiosk.journal.table_hashes() == host.journal.table_hashes()
        assert (kiosk.journal.verify(), host.journal.verify()) == ([], [])
        again = Journal.open(kiosk.store, REGISTRY, SystemClock(), machine="kiosk")
        assert again.public_key == kiosk.journal.public_key

    def test_a_pc_with_a_village_of_its_own_joins_no_other(self, host: Pc, open_pc: OpenPc) -> None:
        host.switch_on()
        other = open_pc("other")
        code = enrol.give_code(host.journal, ZONE, "desk")
        with pytest.raises(OtherRoom):
            enrol.join(other.journal, host.address, code, zone="f" * 32)
        assert rows(other.journal, "journal_root") == []


class TestTrust:
    def test_a_pc_nobody_let_in_is_told_nothing_and_seen(self, host: Pc, open_pc: OpenPc) -> None:
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

    def test_a_copied_pc_is_seen_and_takes_part_once_it_is_let_in(
        self, host: Pc, open_pc: OpenPc, tmp_path: Path
    ) -> None:
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

    def test_a_pc_tells_nothing_to_a_host_it_does_not_know(self, host: Pc, open_pc: OpenPc) -> None:
        host.switch_on()
        let_join(host, open_pc("kiosk", "kiosk"))
        with pytest.raises(Stranger):
            open_pc("stranger").exchange().sync(RoomLink(open_pc("other").journal, host.address))

    def test_a_kiosk_does_not_pass_for_the_host(self, host: Pc, open_pc: OpenPc) -> None:
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

    def test_personal_parts_go_to_staff_pcs_only(self, host: Pc, open_pc: OpenPc) -> None:
        host.journal.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
        host.switch_on()
        kiosk, staff = open_pc("kiosk", "kiosk"), open_pc("staff")
        for pc in (kiosk, staff):
            let_join(host, pc)
            pc.exchange().sync(RoomLink(pc.journal, host.address))
        assert rows(kiosk.journal, "village_printed", "title") == [(None,)]
        assert rows(staff.journal, "village_printed", "title") == [("Айгүл",)]

    def test_files_go_to_whom_they_are_for(self, host: Pc, open_pc: OpenPc) -> None:
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


class TestNews:
    def test_what_is_written_at_one_pc_is_told_at_another_without_anybody_asking(
        self, host: Pc, open_pc: OpenPc
    ) -> None:
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

    def test_a_second_history_alone_is_news(self, host: Pc, open_pc: OpenPc) -> None:
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

    def test_who_is_there_is_told_to_everybody(self, host: Pc, open_pc: OpenPc) -> None:
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

    def test_a_kiosk_drops_its_personal_parts_once_the_host_has_them(self, host: Pc, open_pc: OpenPc) -> None:
        host.switch_on()
        kiosk = open_pc("kiosk", "kiosk")
        let_join(host, kiosk)
        kiosk.journal.append(PRINTED, Printed(pages=1, tenge=20), Named(name="Айгүл"))
        kiosk.switch_on()
        wait(lambda: rows(host.journal, "village_printed", "title") == [("Айгүл",)])
        wait(lambda: rows(kiosk.journal, "village_printed", "title") == [(None,)])
        assert rows(kiosk.journal, "journal_personal") == []

    def test_the_button_exchanges_now(self, host: Pc, open_pc: OpenPc) -> None:
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


class TestPlaces:
    def test_a_record_is_here_until_the_host_has_receipted_it(self, host: Pc, open_pc: OpenPc) -> None:
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


class TestHost:
    def test_the_host_gives_a_slot_to_one_and_every_pc_says_to_whom(self, host: Pc, open_pc: OpenPc) -> None:
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

    def test_another_staff_pc_is_raised_while_the_host_is_dead_and_the_old_one_gives_way(
        self, host: Pc, open_pc: OpenPc
    ) -> None:
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
