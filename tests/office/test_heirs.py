"""The room's only staff PC dies and is restored on another machine: the sheet is enough, no PC must join again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from akimat_desk.base.paths import Home
from akimat_desk.journal.devices import limits, member
from akimat_desk.journal.heirs import name_heir
from akimat_desk.office import room
from akimat_desk.office.care import copy_to
from akimat_desk.office.restoring import bring_back
from akimat_desk.people.zone import follow_admission
from akimat_desk.service import Desk
from akimat_desk.shell.opening import open_desk
from akimat_desk.store.recovery import RecoveryKey, keep_seal
from akimat_desk.sync.errors import KeyWithdrawn, Stranger
from akimat_desk.sync.room import exchange_of
from akimat_desk.sync.room_link import RoomLink

from .rooms import LOOPBACK, joined, switched_on, wait

KEY = RecoveryKey("0123456789ABCDEFGHJKMNPQRSTV")


@pytest.fixture
def kiosk(office: Desk, tmp_path: Path) -> Iterator[Desk]:
    keep_seal(office.home, KEY.seal)
    with joined(office, tmp_path / "kiosk") as desk:
        yield desk


def copied(desk: Desk, folder: Path) -> Path:
    folder.mkdir()
    copy_to(desk, folder, lambda _done, _total: None)
    (file,) = folder.glob("*.backup")
    return file


@contextmanager
def restored(desk: Desk, file: Path, folder: Path) -> Iterator[Desk]:
    home = Home(folder / "desk", folder / "keys").ensure()
    bring_back(file, KEY.printed, home, desk.services, clock=desk.clock)
    with open_desk(home, clock=desk.clock, words=desk.words, services=desk.services) as again:
        follow_admission(again.journal)
        yield again


def exchange(kiosk: Desk, main: Desk) -> None:
    with switched_on(main, "desk") as part:
        wait(lambda: part.port != 0)
        exchange_of(kiosk.journal, "kiosk").sync(RoomLink(kiosk.journal, f"{LOOPBACK}:{part.port}"))


def test_the_main_pc_comes_back_under_its_heirs_key_and_a_residents_pc_knows_it(
    office: Desk, kiosk: Desk, tmp_path: Path
) -> None:
    file = copied(office, tmp_path / "stick")
    exchange(kiosk, office)  # hears of the heir
    with restored(office, file, tmp_path / "again") as again:
        assert again.journal.device == office.journal.device
        assert again.journal.public_key != office.journal.public_key
        exchange(kiosk, again)
        with kiosk.store.read() as db:
            known = member(db, again.journal.device)
        assert known is not None
        assert (known.key, known.use) == (again.journal.public_key, "desk")
        view = room.room_view(again)
        assert view.main == next(pc for pc in view.pcs if pc.this)
        assert (again.home.keys / "heir.key").read_bytes() == b""


def test_without_an_heir_a_residents_pc_refuses_it_as_it_would_a_thief(
    office: Desk, kiosk: Desk, tmp_path: Path
) -> None:
    """The residents' PC was off since before the heir was named: it has to join again by code."""
    with restored(office, copied(office, tmp_path / "stick"), tmp_path / "again") as again, pytest.raises(Stranger):
        exchange(kiosk, again)


def test_a_second_staff_pc_comes_back_without_being_let_in_and_not_once_it_is_shut_out(
    office: Desk, kiosk: Desk, tmp_path: Path
) -> None:
    with joined(office, tmp_path / "staff", "desk", 3) as staff_pc:
        keep_seal(staff_pc.home, KEY.seal)
        file = copied(staff_pc, tmp_path / "stick")
        exchange_with(staff_pc, office)
    room.shut_out(office, staff_pc.journal.device)
    with office.store.read() as db:
        assert len(limits(db.connection())) == 2  # its key, and its heir's
    with restored(staff_pc, file, tmp_path / "again") as again, pytest.raises(KeyWithdrawn):
        exchange_with(again, office)


def exchange_with(staff_pc: Desk, main: Desk) -> None:
    with switched_on(main, "desk") as part:
        wait(lambda: part.port != 0)
        exchange_of(staff_pc.journal, "desk").sync(RoomLink(staff_pc.journal, f"{LOOPBACK}:{part.port}"))


def test_one_heir_for_each_sheet_and_none_on_a_residents_pc(office: Desk, kiosk: Desk) -> None:
    assert name_heir(office.journal, KEY.seal)
    assert not name_heir(office.journal, KEY.seal)
    assert name_heir(office.journal, RecoveryKey.make().seal)
    assert not name_heir(kiosk.journal, KEY.seal)
