"""Staff: added, given a new PIN or another role, ended and brought back; never without an administrator."""

from __future__ import annotations

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal import devices
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised
from akimat_desk.office import actions
from akimat_desk.office.demo import PIN
from akimat_desk.office.screens.enter import the_staff
from akimat_desk.office.screens.staff_form import DIFFERENT, StaffForm
from akimat_desk.people.sign_in import sign_in
from akimat_desk.people.staff import StaffMember, staff
from akimat_desk.service import Desk

from .conftest import ADMINISTRATOR, Seen

pytestmark = pytest.mark.screen

TRAINER = "Өтегенова Шолпан"
OTHER_PIN = "830416"


@pytest.fixture
def trainer(office: Desk) -> StaffMember:
    return actions.add_staff(office, TRAINER, "trainer", PIN)


def test_the_list_says_who_works_here(office: Desk, trainer: StaffMember, seen: Seen) -> None:
    seen.show(the_staff(office))
    assert seen.rows("people") == [TRAINER, ADMINISTRATOR]
    assert seen.wrong() == {}


def test_in_a_room_of_several_the_card_says_where_it_is_safe(office: Desk, trainer: StaffMember, seen: Seen) -> None:
    seen.show(the_staff(office), "en")
    assert "Saved" not in seen.texts
    with office.journal.commit() as commit:
        devices.admit(commit, "a" * 32, bytes(32), "desk", 2)
        commit.append(HOST_RAISED, HostRaised(device="a" * 32, term=2))
    seen.show(the_staff(office), "en")
    assert {"Saved", "only on this PC so far"} <= set(seen.texts)
    assert seen.wrong() == {}


def test_a_person_is_added_with_the_keyboard_alone_and_can_sign_in(office: Desk, seen: Seen) -> None:
    seen.show(the_staff(office))
    seen.press("add")
    assert seen.page.focused() == "name"
    for line, text in (("name", "Мұратов Ерлан"), ("pin", OTHER_PIN), ("again", OTHER_PIN)):
        seen.type(line, text)
    seen.press("role-trainer")
    seen.enter("again")
    assert seen.rows("people") == ["Мұратов Ерлан", ADMINISTRATOR]
    (added,) = [one for one in staff(office.store) if one.role == "trainer"]
    assert sign_in(office.store, office.clock, staff=added.id, pin=OTHER_PIN).name == "Мұратов Ерлан"


def test_an_easy_pin_and_two_different_ones_are_told_at_their_lines(office: Desk, seen: Seen) -> None:
    seen.show(the_staff(office), "en")
    seen.press("add")
    seen.type("pin", "111111")
    seen.press("save")
    assert seen.field("pin").error == "This PIN is easy to guess: its digits repeat or stand in a row."
    assert seen.field("name").error
    seen.type("name", "Мұратов Ерлан")
    seen.type("pin", OTHER_PIN)
    seen.type("again", PIN)
    seen.press("save")
    assert seen.field("again").error == DIFFERENT
    assert (seen.field("pin").value, seen.field("again").value) == (OTHER_PIN, "")
    assert len(staff(office.store)) == 1
    assert seen.wrong() == {}


def test_a_new_pin_holds_at_once(office: Desk, trainer: StaffMember, seen: Seen, clock: FixedClock) -> None:
    seen.show(the_staff(office))
    seen.press("new-pin")
    assert TRAINER in seen.texts
    seen.type("pin", OTHER_PIN)
    seen.type("again", OTHER_PIN)
    seen.press("save")
    assert sign_in(office.store, clock, staff=trainer.id, pin=OTHER_PIN).staff == trainer.id
    assert seen.window.screen.name == "office.staff"


def test_a_name_is_corrected(office: Desk, trainer: StaffMember, seen: Seen) -> None:
    seen.show(the_staff(office))
    seen.press("rename")
    assert seen.field("name").value == TRAINER
    seen.type("name", "Өтеген Шолпан")
    seen.enter("name")
    assert seen.rows("people") == ["Өтеген Шолпан", ADMINISTRATOR]


def test_another_role(office: Desk, trainer: StaffMember, seen: Seen) -> None:
    seen.show(the_staff(office))
    seen.press("role-administrator")
    assert {one.role for one in staff(office.store)} == {"administrator"}


def test_the_last_administrator_stays_one(office: Desk, seen: Seen) -> None:
    seen.show(the_staff(office), "en")
    seen.press("role-staff")
    assert any("This is the only administrator." in text for text in seen.texts)
    assert [one.role for one in staff(office.store)] == ["administrator"]


def test_nobody_ends_their_own_work(office: Desk, seen: Seen) -> None:
    seen.show(the_staff(office))
    assert "end" not in seen.page.controls


def test_work_ends_and_begins_again(office: Desk, trainer: StaffMember, seen: Seen) -> None:
    seen.show(the_staff(office))
    seen.press("end")
    assert seen.page.focused() == "safe"
    seen.press("danger")
    assert [one.name for one in staff(office.store)] == [ADMINISTRATOR]
    assert seen.rows("people") == [ADMINISTRATOR, TRAINER]
    seen.press("return")
    assert [one.name for one in staff(office.store)] == [TRAINER, ADMINISTRATOR]


def test_no_pin_outlives_its_page(office: Desk, seen: Seen) -> None:
    seen.show(the_staff(office))
    seen.press("add")
    seen.type("pin", OTHER_PIN)
    form = seen.window.screen.form
    assert isinstance(form, StaffForm)
    seen.press("cancel")
    assert (form.pin, form.again) == ("", "")
