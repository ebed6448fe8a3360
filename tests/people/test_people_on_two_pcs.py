"""People known on several PCs of the room, which were apart for a while."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal import Journal
from akimat_desk.journal.merge import conflicts
from akimat_desk.people.details import Details
from akimat_desk.people.residents import change, doubles, erase, erase_latecomers, find, how_many, register, resident
from akimat_desk.people.sign_in import sign_in
from akimat_desk.people.staff import StaffUnknown, add_first_administrator, add_staff, change_staff, set_pin, staff

OpenPc = Callable[[str], Journal]
Exchange = Callable[..., None]

BAGDAT = Details("Ерғалиева", "Бағдат", iin="650101500016")


@pytest.fixture
def second(open_pc: OpenPc) -> Journal:
    return open_pc("second")


def names(journal: Journal) -> list[str]:
    return [one.details.full_name for one in find(journal.store, "").residents]


def same(first: Journal, second: Journal) -> bool:
    return first.table_hashes() == second.table_hashes()


def test_who_is_registered_here_is_found_there(journal: Journal, second: Journal, exchange: Exchange) -> None:
    register(journal, BAGDAT)
    exchange(journal, second)
    assert names(second) == ["Ерғалиева Бағдат"]
    assert same(journal, second)


def test_two_corrections_at_once_stand_as_a_conflict_until_somebody_looks(
    journal: Journal, second: Journal, exchange: Exchange, clock: FixedClock
) -> None:
    bagdat = register(journal, BAGDAT)
    exchange(journal, second)
    change(journal, resident(journal.store, bagdat.id), Details("Ерғалиева", "Бағдат", phone="32145"))
    clock.pass_seconds(60)
    change(second, resident(second.store, bagdat.id), Details("Ерғалиева", "Бағдат", phone="54321"))
    exchange(journal, second)
    assert resident(journal.store, bagdat.id).details.phone == "54321"
    with journal.store.read() as db:
        assert {conflict.field for conflict in conflicts(db)} >= {"phone"}
    change(journal, resident(journal.store, bagdat.id), Details("Ерғалиева", "Бағдат", phone="54321"))
    exchange(journal, second)
    assert same(journal, second)
    with second.store.read() as db:
        assert conflicts(db) == []


def test_one_person_registered_on_both_is_shown_as_a_double(
    journal: Journal, second: Journal, exchange: Exchange
) -> None:
    here, there = register(journal, BAGDAT), register(second, BAGDAT)
    exchange(journal, second)
    assert [set(group) for group in doubles(journal.store)] == [{here.id, there.id}]
    erase(second, here.id)
    exchange(journal, second)
    assert doubles(journal.store) == ()


def test_an_erasure_reaches_the_other_pc(journal: Journal, second: Journal, exchange: Exchange) -> None:
    bagdat = register(journal, BAGDAT)
    exchange(journal, second)
    erase(second, bagdat.id)
    exchange(journal, second)
    assert names(journal) == []
    with journal.store.read() as db:
        assert db.execute_sql("SELECT count(*) FROM journal_personal").fetchone() == (0,)


def test_what_a_pc_wrote_not_knowing_of_the_erasure_is_erased_too(
    journal: Journal, second: Journal, exchange: Exchange
) -> None:
    bagdat = register(journal, BAGDAT)
    exchange(journal, second)
    erase(journal, bagdat.id)
    change(second, resident(second.store, bagdat.id), Details("Ерғалиева", "Бағдат", phone="54321"))
    exchange(journal, second)
    assert names(journal) == names(second) == []
    assert erase_latecomers(journal) == 1
    assert erase_latecomers(journal) == 0
    exchange(journal, second)
    for pc in (journal, second):
        with pc.store.read() as db:
            assert db.execute_sql("SELECT count(*) FROM journal_personal").fetchone() == (0,)
    assert same(journal, second)


def test_a_kiosk_knows_how_many_but_not_who(journal: Journal, open_pc: OpenPc, exchange: Exchange) -> None:
    kiosk = open_pc("kiosk")
    register(journal, BAGDAT)
    exchange(journal, kiosk, second_keeps_personal=False)
    assert how_many(kiosk.store) == 1
    assert names(kiosk) == []


def test_staff_sign_in_on_any_staff_pc_and_on_no_kiosk(
    journal: Journal, second: Journal, open_pc: OpenPc, exchange: Exchange, clock: FixedClock
) -> None:
    kiosk = open_pc("kiosk")
    aigul = add_first_administrator(journal, name="Айгүл", pin="582741")
    exchange(journal, second)
    exchange(journal, kiosk, second_keeps_personal=False)
    assert sign_in(second.store, clock, staff=aigul.staff, pin="582741") == aigul
    with pytest.raises(StaffUnknown):
        sign_in(kiosk.store, clock, staff=aigul.staff, pin="582741")


def test_a_new_pin_and_the_end_of_work_travel(
    journal: Journal, second: Journal, exchange: Exchange, clock: FixedClock
) -> None:
    aigul = add_first_administrator(journal, name="Айгүл", pin="582741")
    exchange(journal, second)
    set_pin(second, by=aigul, staff=aigul.staff, pin="190427")
    exchange(journal, second)
    assert sign_in(journal.store, clock, staff=aigul.staff, pin="190427") == aigul
    dauren = add_staff(journal, by=aigul, name="Дәурен", role="staff", pin="307518")
    change_staff(journal, by=aigul, staff=dauren.id, role="staff", active=False)
    exchange(journal, second)
    assert [one.name for one in staff(second.store)] == ["Айгүл"]
