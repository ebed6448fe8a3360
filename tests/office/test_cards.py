"""A card shows what lost on another PC, and who else has the same IIN."""

from __future__ import annotations

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.ids import uuid7
from akimat_desk.journal import devices
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised
from akimat_desk.office import actions
from akimat_desk.office.cards import Lost, card, to_settle, waiting
from akimat_desk.people.details import Details
from akimat_desk.people.entries import RESIDENT_REGISTERED, ResidentDetails, ResidentRegistered
from akimat_desk.people.residents import Resident, resident
from akimat_desk.service import Desk

BAGDAT = Details("Ерғалиева", "Бағдат", iin="650101500016", phone="32145")


def split(office: Desk, clock: FixedClock, first: Details, second: Details) -> Resident:
    """Two PCs change one person, neither knowing of the other's change."""
    person = actions.register(office, BAGDAT)
    seen = resident(office.store, person.id)
    actions.change(office, seen, first)
    clock.pass_seconds(60)
    actions.change(office, seen, second)
    return person


def test_a_plain_card_has_nothing_to_settle(office: Desk) -> None:
    person = actions.register(office, BAGDAT)
    found = card(office.store, person.id)
    assert found.resident.details == BAGDAT
    assert (found.lost, found.same_iin) == ((), ())
    assert to_settle(office.store) == ()


def test_what_lost_is_shown_beside_what_stands(office: Desk, clock: FixedClock) -> None:
    at = clock.now_ms()
    first, second = Details("Ерғалиева", "Бағдат", phone="11111"), Details("Ерғалиева", "Бағдат", phone="22222")
    person = split(office, clock, first, second)
    found = card(office.store, person.id)
    assert found.resident.details == second
    assert found.lost == (Lost("phone", "22222", "11111", at),)
    assert found.other() == first
    assert waiting(office) == 1


def test_two_pcs_that_wrote_the_same_disagree_on_nothing(office: Desk, clock: FixedClock) -> None:
    same = Details("Ерғалиева", "Бағдат", phone="22222")
    person = split(office, clock, same, same)
    assert card(office.store, person.id).lost == ()
    assert to_settle(office.store) == ()


def test_it_is_settled_by_writing_the_details_again(office: Desk, clock: FixedClock) -> None:
    first, second = Details("Ерғалиева", "Бағдат", phone="11111"), Details("Ерғалиева", "Бағдат", phone="22222")
    found = card(office.store, split(office, clock, first, second).id)
    actions.change(office, found.resident, found.other())
    after = card(office.store, found.resident.id)
    assert (after.resident.details, after.lost) == (first, ())
    assert waiting(office) == 0


def test_what_is_erased_is_not_shown_as_lost(office: Desk, clock: FixedClock) -> None:
    first, second = Details("Ерғалиева", "Бағдат", phone="11111"), Details("Ерғалиева", "Бағдат", phone="22222")
    actions.erase(office, split(office, clock, first, second))
    assert to_settle(office.store) == ()


def test_one_person_registered_on_two_pcs_waits_on_both_cards(office: Desk) -> None:
    here = actions.register(office, BAGDAT)
    facts, personal = ResidentRegistered(resident=uuid7(0)), ResidentDetails(surname="Ерғалиева", iin=BAGDAT.iin)
    office.journal.append(RESIDENT_REGISTERED, facts, personal)  # as it arrives from the other PC
    assert [one.id for one in card(office.store, here.id).same_iin] == [facts.resident]
    assert {one.id for one in to_settle(office.store)} == {here.id, facts.resident}
    actions.erase(office, here)
    assert to_settle(office.store) == ()


def test_where_a_card_is_safe_is_told_in_a_room_of_several(office: Desk) -> None:
    person = actions.register(office, BAGDAT)
    assert card(office.store, person.id).place is None
    with office.journal.commit() as commit:
        devices.admit(commit, "a" * 32, bytes(32), "desk", 2)
    assert card(office.store, person.id).place == "host"  # this PC is the main one
    with office.journal.commit() as commit:
        commit.append(HOST_RAISED, HostRaised(device="a" * 32, term=2))
    assert card(office.store, person.id).place == "here"
