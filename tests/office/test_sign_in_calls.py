"""At a residents' PC lies no name and no PIN of the staff: they sign in there by the main PC."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal.devices import member
from akimat_desk.office import room
from akimat_desk.office.demo import PIN
from akimat_desk.office.sign_in_calls import MainPcNewer, SignIn, answer
from akimat_desk.people.sign_in import PinWait, WrongPin, sign_in
from akimat_desk.people.staff import SignedIn, StaffUnknown, staff
from akimat_desk.service import Desk
from akimat_desk.shell.screens.sign_in import SignInPresenter, SignInScreen
from akimat_desk.sync.errors import Unreachable
from akimat_desk.ui.inspect import settle

from .conftest import ADMINISTRATOR, Seen
from .rooms import LOOPBACK, joined, switched_on, wait

WRONG = "000000"


@pytest.fixture
def kiosk(office: Desk, tmp_path: Path) -> Iterator[Desk]:
    with joined(office, tmp_path / "kiosk") as desk:
        yield desk


class Answers:
    """The room's line without the network between."""

    def __init__(self, main: Desk, device: str) -> None:
        self._main, self._device = main, device

    def ask(self, body: bytes) -> bytes:
        with self._main.store.read() as db:
            who = member(db, self._device)
        assert who is not None
        return answer(self._main, who, body)


@pytest.fixture
def way(office: Desk, kiosk: Desk) -> SignIn:
    return SignIn(kiosk, Answers(office, kiosk.journal.device))


def test_names_are_fetched_and_the_right_pin_opens(kiosk: Desk, way: SignIn, administrator: SignedIn) -> None:
    assert [one.name for one in staff(kiosk.store)] == [""]
    assert [(one.id, one.name, one.role) for one in way.people()] == [
        (administrator.staff, ADMINISTRATOR, "administrator")
    ]
    assert way.sign_in(administrator.staff, PIN) == administrator


def test_wrong_pins_wait_there_and_keep_nobody_waiting_at_the_main_pc(
    office: Desk, way: SignIn, administrator: SignedIn
) -> None:
    said = []
    for _ in range(4):
        with pytest.raises(WrongPin) as wrong:
            way.sign_in(administrator.staff, WRONG)
        said.append(wrong.value.values["left"])
    assert said == [4, 3, 2, 1]
    for _ in range(2):
        with pytest.raises(PinWait):
            way.sign_in(administrator.staff, WRONG)
    with pytest.raises(PinWait):
        way.sign_in(administrator.staff, PIN)
    assert sign_in(office.store, office.clock, staff=administrator.staff, pin=PIN) == administrator
    assert isinstance(office.clock, FixedClock)
    office.clock.pass_seconds(61)
    assert way.sign_in(administrator.staff, PIN) == administrator


def test_somebody_unknown_and_a_question_of_another_version_are_refused(kiosk: Desk, way: SignIn) -> None:
    with pytest.raises(StaffUnknown):
        way.sign_in("0" * 32, PIN)

    class Older:
        def ask(self, body: bytes) -> bytes:
            return b"\xc1"

    with pytest.raises(MainPcNewer):
        SignIn(kiosk, Older()).people()


def shown_after(seen: Seen, holds: Callable[[], bool]) -> None:
    """The window works until it is so."""

    def after() -> bool:
        settle(seen.window)
        return holds()

    wait(after)


def test_over_the_rooms_line_and_what_is_said_while_it_is_cut(
    office: Desk, kiosk: Desk, administrator: SignedIn, seen: Seen
) -> None:
    way = SignIn(kiosk)
    signed: list[SignedIn] = []
    shown = SignInScreen(SignInPresenter(way.people, way.waiting, way.sign_in, signed.append, lambda: None))
    with pytest.raises(Unreachable):
        way.people()
    seen.show(shown)
    shown_after(seen, lambda: "again" in seen.page.controls)
    with switched_on(office, "desk") as part:
        wait(lambda: part.port != 0)
        room.say_where(kiosk, f"{LOOPBACK}:{part.port}")
        seen.press("again")
        shown_after(seen, lambda: "pin" in seen.page.controls)
        seen.type("pin", PIN)
        seen.press("continue")
        shown_after(seen, lambda: bool(signed))
    assert signed == [administrator]
