"""Whoever carries a residents' PC away, and even has its key, finds no resident in it once the host has receipted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from akimat_desk.base.clock import SystemClock
from akimat_desk.base.paths import Home
from akimat_desk.base.words import Translator
from akimat_desk.office import room as office_room
from akimat_desk.office.demo import invented
from akimat_desk.people import residents
from akimat_desk.people.details import Details
from akimat_desk.people.zone import this_pc
from akimat_desk.service import Desk, find_services
from akimat_desk.shell.opening import open_desk
from akimat_desk.sync import enrol, state
from akimat_desk.sync.presence import Presence
from akimat_desk.sync.room import Room
from tests.shell.conftest import found_village
from tests.store.pages import on_the_disk
from tests.sync.room.conftest import LOOPBACK, wait

pytestmark = pytest.mark.real


@pytest.fixture
def open_pc(tmp_path: Path) -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def desk_in(stack: ExitStack, home: Home) -> Desk:
    services = find_services()
    words = Translator([])
    return stack.enter_context(open_desk(home, clock=SystemClock(), words=words, services=services, create=True))


def everything(desk: Desk) -> bytes:
    """The database and its log page by page, free pages too, and every other file as it lies there."""
    files = [path for folder in (desk.home.data, desk.home.keys) for path in folder.rglob("*") if path.is_file()]
    others = [path.read_bytes() for path in files if not path.name.startswith(desk.home.database.name)]
    return on_the_disk(desk.store) + b"".join(others)


def traces(desk: Desk, people: list[Details]) -> list[str]:
    """Words of these people that can be read on the PC."""
    found = everything(desk)
    words = {word for one in people for word in (one.surname, one.given, one.iin, one.phone) if len(word) > 4}
    return sorted(word for word in words if word.encode() in found)


def test_no_name_and_no_number_is_left_on_a_kiosk_after_the_receipt(tmp_path: Path, open_pc: ExitStack) -> None:
    rng = Random(7)
    # A village's own five digits are met by chance among keys and times; eleven are nobody else's.
    people = [replace(invented(rng, number), phone=f"+7705{rng.randrange(10**7):07}") for number in range(40)]
    there, here, later = people[:25], people[25:39], people[39]

    main_home = found_village(Home(tmp_path / "main", tmp_path / "main-keys"), SystemClock(), "desk")
    main = desk_in(open_pc, main_home)
    for one in there:
        residents.register(main.journal, one)
    room = Room(main.journal, "desk", describe=Presence, listen=LOOPBACK, port=0)
    room.start()
    open_pc.callback(room.stop)

    kiosk = desk_in(open_pc, Home(tmp_path / "kiosk", tmp_path / "kiosk-keys"))
    code = enrol.give_code(main.journal, this_pc(main.store).zone, "kiosk", 1)
    wait(lambda: room.port != 0)
    address = f"{LOOPBACK}:{room.port}"
    office_room.join(kiosk.journal, address, code)

    written = [residents.register(kiosk.journal, one) for one in here]
    residents.change(kiosk.journal, written[0], later)
    residents.erase(kiosk.journal, written[1].id)
    assert traces(kiosk, here) != []  # before the host has them, and the search is not blind
    with kiosk.store.read() as db:
        assert state.addresses(db) == [address]
    report = office_room.exchange_once(kiosk)

    assert report.receipted
    assert traces(kiosk, people) == []
    kept = [one for one in here if one not in (here[0], here[1])] + [later]
    words = {word for one in kept for word in (one.surname, one.given, one.iin, one.phone) if len(word) > 4}
    assert set(traces(main, kept)) == words
    assert main.journal.verify() == []
    assert kiosk.journal.verify() == []
