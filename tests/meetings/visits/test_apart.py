"""PCs that book while they are apart: one ruling, both people told, the loser offered the nearest time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.errors import AkimatDeskError
from akimat_desk.base.paths import Home
from akimat_desk.journal import MIGRATIONS, Journal, Registry
from akimat_desk.journal.rulings import HOST_RAISED, HostRaised
from akimat_desk.office import journalled
from akimat_desk.people.entries import STAFF_ADDED, StaffAdded, StaffSecrets
from akimat_desk.people.staff import SignedIn
from akimat_desk.store import Store
from akimat_desk.sync.host import rule
from meetings import actions as plans
from meetings import entries, records
from meetings.plan import USUAL
from meetings.records import all_series
from meetings.rules import Occurrence
from meetings.visits import actions
from meetings.visits.actions import Asking
from meetings.visits.entries import VisitDetails
from meetings.visits.free import doubles, nearest_free, refused
from meetings.visits.records import Visit, visit_of
from meetings.visits.room_calls import There, answered
from meetings.visits.rules import BookedThatDay, Slot, SlotTaken
from meetings.visits.secret import make_verifier
from tests.calendar.conftest import give
from tests.meetings.visits.conftest import DECEMBER, iin

BY = SignedIn("0192f0c0a1b27abc8def001122334455", "Айгүл", "staff")
ID = "0192f0c0a1b27abc8def001122334499"


@pytest.fixture
def pcs(tmp_path: Path, clock: FixedClock) -> Iterator[tuple[Journal, Journal]]:
    """The room's main PC and another one; people were told of one reception."""
    with contextlib.ExitStack() as stack:
        both = []
        for name in ("first", "second"):
            home = Home(tmp_path / name / "desk", tmp_path / name / "keys").ensure()
            store = Store.open(home, migrations=MIGRATIONS, create=True)
            stack.callback(store.close)
            registry = Registry((*journalled.KINDS, *entries.KINDS), (*journalled.PROJECTIONS, *records.PROJECTIONS))
            both.append(Journal.open(store, registry, clock, machine=name))
        first, second = both
        first.append(STAFF_ADDED, StaffAdded(staff=BY.staff, role=BY.role), StaffSecrets(name=BY.name, pin="x"))
        first.append(HOST_RAISED, HostRaised(device=first.device, term=1))
        plans.begin(first, USUAL, by=BY)
        (series,) = all_series(first.store)
        day = Occurrence(DECEMBER, DECEMBER, "rule", None)  # type: ignore[arg-type]
        plans.publish(first, series, [day], by=BY)
        exchange(first, second)
        yield first, second


def exchange(first: Journal, second: Journal) -> None:
    give(first, second)
    give(second, first)
    rule(first)
    give(first, second)


def asking(pc: Journal, person: int, start: int | None = 600, day: date = DECEMBER) -> Asking:
    (series,) = all_series(pc.store)
    return Asking(series.id, day, "kiosk", "land", start, details=VisitDetails(name="Иманов", iin=iin(person)))


def now(pc: Journal, visit: Visit) -> Visit:
    with pc.store.read() as db:
        return visit_of(db, visit.id)


def test_two_pcs_gave_one_time_away_and_both_people_hear_one_ruling(
    pcs: tuple[Journal, Journal], clock: FixedClock
) -> None:
    first, second = pcs
    early = actions.ask(second, asking(second, 1)).visit
    assert early.state == "requested"  # told so, since the main PC was not asked
    clock.pass_seconds(60)
    late = actions.ask(first, asking(first, 2)).visit
    assert late.state == "standing"
    assert early.number != late.number
    exchange(first, second)
    for pc in pcs:
        assert (now(pc, early).state, now(pc, late).state) == ("refused", "standing")
        with pc.store.read() as db:
            assert [one.id for one in refused(db, actions.now_at(pc))] == [early.id]
            assert nearest_free(db, now(pc, early), actions.now_at(pc)) == Slot(DECEMBER, 615, 630)
    actions.move(second, early.id, DECEMBER, 615)
    exchange(first, second)
    for pc in pcs:
        moved = now(pc, early)
        assert (moved.state, moved.start, moved.moved, moved.number) == ("standing", 615, "ruling", early.number)


def test_of_two_requests_whoever_asked_first_has_the_time(pcs: tuple[Journal, Journal], clock: FixedClock) -> None:
    first, second = pcs
    asked = actions.ask(second, asking(second, 1)).visit
    give(second, first)
    with pytest.raises(SlotTaken):
        actions.ask(first, asking(first, 2))
    exchange(first, second)
    assert [now(pc, asked).state for pc in pcs] == ["standing", "standing"]


def test_one_person_who_booked_twice_on_two_pcs_is_shown_to_staff(pcs: tuple[Journal, Journal]) -> None:
    first, second = pcs
    one = actions.ask(first, asking(first, 1, 600)).visit
    other = actions.ask(second, asking(second, 1, 660)).visit
    with first.store.read() as db:
        assert doubles(db, actions.now_at(first)) == ()
    exchange(first, second)
    for pc in pcs:
        with pc.store.read() as db:
            assert [[each.id for each in group] for group in doubles(db, actions.now_at(pc))] == [[one.id, other.id]]


class Cable:
    """A line to the main PC that may lose an answer."""

    def __init__(self, host: Journal, *, staff_pc: bool = False) -> None:
        self.host, self.staff_pc = host, staff_pc

    def ask(self, body: bytes) -> bytes:
        answered(self.host, staff_pc=self.staff_pc, body=body)  # the first answer was lost
        return answered(self.host, staff_pc=self.staff_pc, body=body)


def test_the_main_pc_answers_a_kiosk_once_and_names_nobody(pcs: tuple[Journal, Journal]) -> None:
    first, second = pcs
    there = There(second, Cable(first))
    verifier = make_verifier("123456")
    visit = there.ask(asking(second, 1), ID, verifier, BY)
    assert (visit.id, visit.state, visit.name, visit.iin) == (ID, "standing", "", "")
    assert now(first, visit).way == "kiosk"  # whatever a residents' PC says of who sits there
    with pytest.raises(BookedThatDay):
        there.ask(asking(second, 1, 660), ID[:-1] + "8", verifier, None)
    with pytest.raises(SlotTaken):
        there.ask(asking(second, 2, 600), ID[:-1] + "7", verifier, None)
    exchange(first, second)
    assert there.move(ID, DECEMBER, 645, None).start == 645
    with pytest.raises(AkimatDeskError):
        There(second, Broken()).move(ID, DECEMBER, 660, None)


class Broken:
    """Something that is no main PC."""

    def ask(self, body: bytes) -> bytes:
        return b"\xc1" + body


def test_a_visit_without_its_personal_part_counts_all_the_same(pcs: tuple[Journal, Journal]) -> None:
    first, _ = pcs
    visit = actions.ask(first, asking(first, 1)).visit
    with first.store.read() as db:
        (entry,) = db.execute_sql("SELECT entry FROM meetings_visit WHERE id = ?", (visit.id,)).fetchone()
    first.erase([entry])
    left = now(first, visit)
    assert (left.name, left.iin, left.number, left.start, left.state) == ("", "", visit.number, 600, "standing")
