"""A PC joins the room by a code that somebody reads from one screen and types at another."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from msgspec.msgpack import encode

from akimat_desk.base.clock import FixedClock, SystemClock
from akimat_desk.journal import Journal, devices
from akimat_desk.sync import enrol
from akimat_desk.sync.calls import seal_call
from akimat_desk.sync.errors import CodeRefused, KeyWithdrawn, OtherRoom, Stranger, Unreachable
from akimat_desk.sync.room_link import RoomLink
from tests.journal.village import REGISTRY, rows
from tests.sync.room.conftest import ZONE, OpenPc, Pc, let_join, wait


def test_a_pc_joins_by_a_code_and_has_the_room_with_its_first_exchange(host: Pc, open_pc: OpenPc) -> None:
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


def test_a_lonely_host_opens_its_door_only_while_a_code_is_out(host: Pc) -> None:
    room = host.switch_on()
    time.sleep(0.2)
    assert room.port == 0
    enrol.give_code(host.journal, ZONE, "kiosk")
    wait(lambda: room.port != 0)
    enrol.withdraw_code(host.journal)
    wait(lambda: room.port == 0)


@pytest.mark.parametrize("typed", ["", "0000", "ABCDE-FGHJKMN-PQRS", "пароль-пароль"])
def test_what_is_no_code_is_refused_before_anybody_is_asked(host: Pc, open_pc: OpenPc, typed: str) -> None:
    with pytest.raises(CodeRefused):
        enrol.join(open_pc("kiosk").journal, "127.0.0.1:1", typed)


def test_a_code_is_typed_as_people_type(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    code = enrol.give_code(host.journal, ZONE, "kiosk")
    typed = code.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert enrol.join(open_pc("kiosk").journal, host.address, typed).zone == ZONE


def test_the_code_of_another_host_is_not_told_to_this_one(host: Pc, open_pc: OpenPc) -> None:
    """A machine in the host's place would learn the secret."""
    other = open_pc("other")
    code = enrol.give_code(other.journal, ZONE, "kiosk")
    enrol.give_code(host.journal, ZONE, "kiosk")
    host.switch_on()
    with pytest.raises(Stranger):
        enrol.join(open_pc("kiosk").journal, host.address, code)


def test_a_code_is_good_for_one_pc(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    code = enrol.give_code(host.journal, ZONE, "kiosk")
    first = open_pc("first")
    enrol.join(first.journal, host.address, code)
    enrol.join(first.journal, host.address, code)  # the answer was lost: the same PC may ask again
    with pytest.raises(CodeRefused):
        enrol.join(open_pc("second").journal, host.address, code)


def test_five_wrong_tries_end_a_code(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    code = enrol.give_code(host.journal, ZONE, "kiosk")
    kiosk, address = open_pc("kiosk"), host.address
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    for _ in range(enrol.TRIES):
        with pytest.raises(CodeRefused):
            enrol.join(kiosk.journal, address, wrong)
    with pytest.raises((CodeRefused, Unreachable)):  # with the code its door may have closed by now
        enrol.join(kiosk.journal, address, code)


def test_a_code_lives_for_a_quarter_of_an_hour(host: Pc, open_pc: OpenPc) -> None:
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


def test_a_newer_code_ends_an_older_one(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    old = enrol.give_code(host.journal, ZONE, "kiosk")
    enrol.give_code(host.journal, ZONE, "kiosk")
    with pytest.raises(CodeRefused):
        enrol.join(open_pc("kiosk").journal, host.address, old)


def test_a_pc_that_was_shut_out_joins_again_with_another_key(host: Pc, open_pc: OpenPc) -> None:
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


def test_a_pc_with_a_village_of_its_own_joins_no_other(host: Pc, open_pc: OpenPc) -> None:
    host.switch_on()
    other = open_pc("other")
    code = enrol.give_code(host.journal, ZONE, "desk")
    with pytest.raises(OtherRoom):
        enrol.join(other.journal, host.address, code, zone="f" * 32)
    assert rows(other.journal, "journal_root") == []
