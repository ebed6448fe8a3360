"""What a PC of the room is for is changed at a staff PC, stands in the journal, and the PC follows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from akimat_desk.journal.devices import Use, member
from akimat_desk.office import room, uses
from akimat_desk.office.demo import ZONE
from akimat_desk.office.part import Part
from akimat_desk.people.details import Details
from akimat_desk.people.residents import register
from akimat_desk.people.staff import SignedIn
from akimat_desk.people.zone import ThisPc, follow_admission, this_pc, zone
from akimat_desk.service import Desk
from akimat_desk.sync.room import Room

from .rooms import LOOPBACK, joined, switched_on, wait

NAME = "Сыздықова"


@pytest.fixture
def kiosk(office: Desk, tmp_path: Path) -> Iterator[Desk]:
    with joined(office, tmp_path / "kiosk") as desk:
        yield desk


@pytest.fixture
def staff_pc(office: Desk, administrator: SignedIn, tmp_path: Path) -> Iterator[Desk]:
    with joined(office, tmp_path / "staff", "desk") as desk:
        yield replace(desk, signed_in=lambda: administrator)


@contextmanager
def together(main: Desk, other: Desk) -> Iterator[None]:
    """Both are on; the other takes part as what the journal says it is."""

    def begin(use: Use) -> Room:
        return Room(other.journal, use, describe=lambda: room.presence(other), listen=LOOPBACK, port=0)

    with switched_on(main, "desk") as part:
        wait(lambda: part.port != 0)
        room.say_where(other, f"{LOOPBACK}:{part.port}")
        takes_part = Part(other.journal, begin)
        takes_part.start()
        try:
            yield
        finally:
            takes_part.stop()


def use_of(desk: Desk, device: str) -> tuple[str, int]:
    with desk.store.read() as db:
        known = member(db, device)
        assert known is not None
        return known.use, known.seat


def names(desk: Desk) -> int:
    """How many personal parts lie on the PC."""
    with desk.store.read() as db:
        (count,) = db.execute_sql("SELECT count(*) FROM journal_personal").fetchone()
        (named,) = db.execute_sql("SELECT count(*) FROM people_resident WHERE surname > ''").fetchone()
        return int(count) + int(named)


def test_a_residents_pc_becomes_a_staff_pc_and_names_come_to_it(office: Desk, kiosk: Desk) -> None:
    register(office.journal, Details(surname=NAME, given="Зәуре"))
    assert names(kiosk) == 0
    uses.change(office, kiosk.journal.device, "desk", 3)
    with together(office, kiosk):
        wait(lambda: this_pc(kiosk.store).role == "desk" and names(kiosk) == names(office))
    assert this_pc(kiosk.store) == ThisPc(this_pc(office.store).zone, "desk", 3)


def test_a_staff_pc_becomes_a_residents_pc_and_all_names_leave_it(office: Desk, staff_pc: Desk) -> None:
    with together(office, staff_pc):
        register(office.journal, Details(surname=NAME, given="Зәуре"))
        register(staff_pc.journal, Details(surname=NAME, given="Айгүл"))
        wait(lambda: names(staff_pc) == names(office) > 0)
        uses.save_settings(staff_pc, zone(staff_pc.store), ZONE, replace(this_pc(staff_pc.store), role="kiosk"))
        wait(lambda: names(staff_pc) == 0)
        wait(lambda: use_of(office, staff_pc.journal.device) == ("kiosk", 2))
    assert this_pc(staff_pc.store).role == "kiosk"
    assert names(office) > 0


def test_a_residents_pc_does_not_make_itself_a_staff_pc(office: Desk, kiosk: Desk, administrator: SignedIn) -> None:
    here = replace(kiosk, signed_in=lambda: administrator)
    content = msgspec.structs.replace(ZONE, wifi="Alan")
    with pytest.raises(uses.UseIsGivenByStaff):
        uses.save_settings(here, zone(kiosk.store), content, replace(this_pc(kiosk.store), role="desk"))
    assert this_pc(kiosk.store).role == use_of(kiosk, kiosk.journal.device)[0] == "kiosk"
    assert zone(kiosk.store).content == ZONE


def test_the_main_pc_stays_for_staff_while_others_exchange_with_it(office: Desk, kiosk: Desk) -> None:
    with pytest.raises(uses.MainPcIsForStaff):
        uses.change(office, office.journal.device, "kiosk", 1)
    assert use_of(office, office.journal.device) == ("desk", 0)


def test_the_last_staff_pc_stays_one(office: Desk, kiosk: Desk, staff_pc: Desk) -> None:
    with together(office, staff_pc):
        wait(lambda: len(room.room_view(staff_pc).pcs) == 3)
    room.shut_out(staff_pc, office.journal.device)
    with pytest.raises(uses.LastStaffPc):
        uses.change(staff_pc, staff_pc.journal.device, "board", 0)


def test_a_pc_that_was_shut_out_is_nothing(office: Desk, kiosk: Desk) -> None:
    room.shut_out(office, kiosk.journal.device)
    with pytest.raises(uses.NotOfTheRoom):
        uses.change(office, kiosk.journal.device, "desk", 1)


def test_the_only_pc_of_a_room_may_be_for_residents_and_for_staff_again(office: Desk) -> None:
    for role in ("kiosk", "desk"):
        uses.save_settings(office, zone(office.store), ZONE, replace(this_pc(office.store), role=role))
        assert this_pc(office.store).role == use_of(office, office.journal.device)[0] == role


def test_the_same_use_again_writes_nothing(office: Desk) -> None:
    with office.store.read() as db:
        (before,) = db.execute_sql("SELECT count(*) FROM journal_entry").fetchone()
    uses.change(office, office.journal.device, "desk", 0)
    with office.store.read() as db:
        assert db.execute_sql("SELECT count(*) FROM journal_entry").fetchone() == (before,)


def test_a_code_for_another_use_changes_it_too(office: Desk, kiosk: Desk) -> None:
    with switched_on(office, "desk") as part:
        code = room.give_code(office, "desk", 5).code
        wait(lambda: part.port != 0)
        room.join(kiosk.journal, f"{LOOPBACK}:{part.port}", code)
    assert use_of(office, kiosk.journal.device) == ("desk", 5)
    assert follow_admission(kiosk.journal) == this_pc(kiosk.store)
    assert this_pc(kiosk.store).role == "desk"
