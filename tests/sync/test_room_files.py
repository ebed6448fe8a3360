"""Files follow their entries through the room: from the host to a kiosk, and from a kiosk to the host."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path

import pytest

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.files import FileStore, Ref
from akimat_desk.journal import MIGRATIONS, Journal
from akimat_desk.journal.devices import Use, admit, found, trust
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised
from akimat_desk.store import Database, Store
from akimat_desk.sync import local
from akimat_desk.sync.courier import Courier
from akimat_desk.sync.host import Host
from akimat_desk.sync.http import serve
from akimat_desk.sync.presence import Presence
from akimat_desk.sync.room import exchange_of
from akimat_desk.sync.tls import open_channel
from tests.journal.village import REGISTRY

ENTRIES: list[Ref] = []
"""What the entries of this room name."""


def named(_: Database) -> list[Ref]:
    return ENTRIES


class Pc:
    def __init__(self, name: str, folder: Path, use: Use) -> None:
        home = Home(folder / name / "desk", folder / name / "keys").ensure()
        self.store = Store.open(home, migrations=(*MIGRATIONS, *local.MIGRATIONS), create=True)
        self.journal = Journal.open(self.store, REGISTRY, SystemClock(), machine=name)
        self.exchange = exchange_of(self.journal, use)
        self.files = FileStore(self.store, SystemClock(), spare=0)

    def put(self, *, personal: bool = False) -> Ref:
        ref = self.files.put(BytesIO(os.urandom(300_000)), personal=personal)
        ENTRIES.append(ref)
        return ref

    def holds(self, *refs: Ref) -> list[bool]:
        return [self.files.has(ref.hash) and self.files.verify(ref.hash) for ref in refs]


@pytest.fixture
def room(tmp_path: Path) -> Iterator[tuple[Pc, Pc, Courier]]:
    """A host that answers, a kiosk, and the kiosk's courier."""
    ENTRIES.clear()
    with ExitStack() as stack:
        host, kiosk = Pc("host", tmp_path, "desk"), Pc("kiosk", tmp_path, "kiosk")
        for pc in (host, kiosk):
            stack.callback(pc.store.close)
        with host.journal.commit() as commit:
            found(commit, "desk")
            admit(commit, kiosk.journal.device, kiosk.journal.public_key, "kiosk")
            commit.append(HOST_RAISED, HostRaised(device=host.journal.device, term=1))
        with kiosk.store.write() as db:
            trust(db, host.journal.device, host.journal.public_key)
        describe: Callable[[], Presence] = lambda: Presence(version="1.0", free_mb=500)  # noqa: E731
        channel = open_channel(host.journal)
        answers = Host(host.journal, host.exchange, describe, named).answers(channel.id)
        port = stack.enter_context(serve(answers, tls=channel.context))
        courier = Courier(
            kiosk.journal,
            kiosk.exchange,
            addresses=lambda: [f"127.0.0.1:{port}"],
            describe=describe,
            keeps_personal=False,
            named=named,
        )
        courier.once()
        yield host, kiosk, courier


def test_a_course_comes_to_the_kiosk_and_a_scan_goes_to_the_host(room: tuple[Pc, Pc, Courier]) -> None:
    host, kiosk, courier = room
    course, scan = host.put(), kiosk.put(personal=True)
    assert courier.carry_files().came == [course.hash]
    assert host.holds(course, scan) == kiosk.holds(course, scan) == [True, True]
    expected = host.files.ref(scan.hash)
    assert expected is not None
    assert expected.personal


def test_what_is_for_staff_pcs_does_not_come_to_a_kiosk(room: tuple[Pc, Pc, Courier]) -> None:
    host, kiosk, courier = room
    scan = host.put(personal=True)
    assert courier.carry_files().not_there == [scan.hash]
    assert kiosk.holds(scan) == [False]


def test_nobody_is_asked_again_when_all_is_there(room: tuple[Pc, Pc, Courier], monkeypatch: pytest.MonkeyPatch) -> None:
    host, _, courier = room
    host.put()
    courier.carry_files()
    monkeypatch.setattr("akimat_desk.sync.room_link.RoomLink.ask", None)
    assert courier.carry_files().came == []


def test_entries_go_first(room: tuple[Pc, Pc, Courier]) -> None:
    host, kiosk, courier = room
    course = host.put()
    courier.due()
    assert courier.carry_files().came == []
    assert kiosk.holds(course) == [False]
    courier.once()


def test_a_host_that_no_entry_told_of_a_file_does_not_take_it(room: tuple[Pc, Pc, Courier]) -> None:
    host, kiosk, courier = room
    scan = kiosk.put()
    ENTRIES.clear()
    courier.carry_files()
    assert host.holds(scan) == [False]
