"""Staff: who may what, and that there is always an administrator who can sign in."""

from __future__ import annotations

import pytest

from akimat_desk.journal import Journal
from akimat_desk.people.details import NameForm, NameMissing
from akimat_desk.people.pin import PinEasy, PinForm
from akimat_desk.people.sign_in import WrongPin, sign_in
from akimat_desk.people.staff import (
    LastAdministrator,
    NotAllowed,
    SignedIn,
    StaffExists,
    StaffUnknown,
    WrongSheet,
    add_administrator_by_sheet,
    add_first_administrator,
    add_staff,
    change_staff,
    has_staff,
    rename_staff,
    set_pin,
    staff,
)
from akimat_desk.store import Store
from akimat_desk.store.recovery import NoRecoveryKey, RecoveryKey, RecoveryKeyTypo, keep_seal


@pytest.fixture
def aigul(journal: Journal) -> SignedIn:
    return add_first_administrator(journal, name="Айгүл Сәдуақасова", pin="582741")


@pytest.fixture
def dauren(journal: Journal, aigul: SignedIn) -> SignedIn:
    added = add_staff(journal, by=aigul, name="Дәурен Әлібеков", role="staff", pin="190427")
    return SignedIn(added.id, added.name, added.role)


def test_the_first_of_all_is_an_administrator(journal: Journal, store: Store) -> None:
    assert not has_staff(store)
    first = add_first_administrator(journal, name=" Айгүл  Сәдуақасова ", pin="582741")
    assert (first.name, first.role) == ("Айгүл Сәдуақасова", "administrator")
    assert has_staff(store)


def test_there_is_one_first(journal: Journal, aigul: SignedIn) -> None:
    with pytest.raises(StaffExists):
        add_first_administrator(journal, name="Басқа", pin="190427")


@pytest.mark.parametrize(
    ("name", "pin", "refused"),
    [
        ("", "582741", NameMissing),
        ("A1", "582741", NameForm),
        ("Айгүл", "58274", PinForm),
        ("Айгүл", "123456", PinEasy),
    ],
)
def test_name_and_pin_are_checked_and_nothing_is_written(
    journal: Journal, store: Store, name: str, pin: str, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        add_first_administrator(journal, name=name, pin=pin)
    assert not has_staff(store)


def test_the_list_is_in_kazakh_order_without_those_who_left(
    journal: Journal, store: Store, aigul: SignedIn, dauren: SignedIn
) -> None:
    asel = add_staff(journal, by=aigul, name="Әсел", role="trainer", pin="307518")
    assert [one.name for one in staff(store)] == ["Айгүл Сәдуақасова", "Әсел", "Дәурен Әлібеков"]
    change_staff(journal, by=aigul, staff=asel.id, role="trainer", active=False)
    assert [one.name for one in staff(store)] == ["Айгүл Сәдуақасова", "Дәурен Әлібеков"]
    assert [one.active for one in staff(store, also_former=True)] == [True, False, True]


def test_only_an_administrator_changes_staff(journal: Journal, aigul: SignedIn, dauren: SignedIn) -> None:
    with pytest.raises(NotAllowed):
        add_staff(journal, by=dauren, name="Басқа", role="administrator", pin="307518")
    with pytest.raises(NotAllowed):
        change_staff(journal, by=dauren, staff=dauren.staff, role="administrator", active=True)
    with pytest.raises(NotAllowed):
        rename_staff(journal, by=dauren, staff=aigul.staff, name="Басқа")
    with pytest.raises(NotAllowed):
        set_pin(journal, by=dauren, staff=aigul.staff, pin="307518")


def test_what_counts_is_the_role_of_now_not_of_the_sign_in(journal: Journal, aigul: SignedIn, dauren: SignedIn) -> None:
    change_staff(journal, by=aigul, staff=dauren.staff, role="administrator", active=True)
    change_staff(journal, by=dauren, staff=aigul.staff, role="staff", active=True)
    with pytest.raises(NotAllowed):
        add_staff(journal, by=aigul, name="Басқа", role="staff", pin="307518")


@pytest.mark.parametrize(("role", "active"), [("staff", True), ("administrator", False)])
def test_the_last_administrator_stays(
    journal: Journal, aigul: SignedIn, dauren: SignedIn, role: str, active: bool
) -> None:
    with pytest.raises(LastAdministrator):
        change_staff(journal, by=aigul, staff=aigul.staff, role=role, active=active)  # type: ignore[arg-type]
    change_staff(journal, by=aigul, staff=dauren.staff, role="administrator", active=True)
    change_staff(journal, by=aigul, staff=aigul.staff, role=role, active=active)  # type: ignore[arg-type]


def test_a_former_administrator_is_not_another_one(journal: Journal, aigul: SignedIn, dauren: SignedIn) -> None:
    change_staff(journal, by=aigul, staff=dauren.staff, role="administrator", active=True)
    change_staff(journal, by=aigul, staff=dauren.staff, role="administrator", active=False)
    with pytest.raises(LastAdministrator):
        change_staff(journal, by=aigul, staff=aigul.staff, role="staff", active=True)


def test_a_name_is_corrected(journal: Journal, store: Store, aigul: SignedIn) -> None:
    rename_staff(journal, by=aigul, staff=aigul.staff, name="Айгүл Ким")
    assert [one.name for one in staff(store)] == ["Айгүл Ким"]


def test_everybody_changes_their_own_pin(journal: Journal, store: Store, dauren: SignedIn) -> None:
    set_pin(journal, by=dauren, staff=dauren.staff, pin="307518")
    with pytest.raises(WrongPin):
        sign_in(store, journal.clock, staff=dauren.staff, pin="190427")
    assert sign_in(store, journal.clock, staff=dauren.staff, pin="307518") == dauren


def test_nobody_else(journal: Journal, aigul: SignedIn) -> None:
    with pytest.raises(StaffUnknown):
        rename_staff(journal, by=aigul, staff="f" * 32, name="Басқа")


class TestTheRecoverySheet:
    def test_whoever_holds_it_makes_an_administrator(self, journal: Journal, store: Store, aigul: SignedIn) -> None:
        key = RecoveryKey.make()
        keep_seal(store.home, key.seal)
        new = add_administrator_by_sheet(journal, recovery_key=key.printed.lower(), name="Әсел", pin="307518")
        assert sign_in(store, journal.clock, staff=new.staff, pin="307518") == new
        assert new.role == "administrator"

    def test_another_rooms_sheet_does_not(self, journal: Journal, store: Store, aigul: SignedIn) -> None:
        keep_seal(store.home, RecoveryKey.make().seal)
        with pytest.raises(WrongSheet):
            add_administrator_by_sheet(journal, recovery_key=RecoveryKey.make().printed, name="Әсел", pin="307518")
        assert len(staff(store)) == 1

    def test_a_typing_mistake_is_named(self, journal: Journal, store: Store) -> None:
        key = RecoveryKey.make()
        keep_seal(store.home, key.seal)
        wrong = key.printed[:-1] + ("0" if key.printed[-1] != "0" else "1")
        with pytest.raises(RecoveryKeyTypo):
            add_administrator_by_sheet(journal, recovery_key=wrong, name="Әсел", pin="307518")

    def test_without_a_key_there_is_no_way(self, journal: Journal) -> None:
        with pytest.raises(NoRecoveryKey):
            add_administrator_by_sheet(journal, recovery_key=RecoveryKey.make().printed, name="Әсел", pin="307518")
