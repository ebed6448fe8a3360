"""A time is booked once, moved, given back and booked again; numbers are never given twice; limits hold."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from akimat_desk.journal.numbers import Number
from akimat_desk.journal.prefixes import LETTERS
from akimat_desk.papers import tray
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from akimat_desk.store.errors import DiskFull
from meetings.visits import actions, number, records, room
from meetings.visits.actions import VisitOver
from meetings.visits.details import IinWrong, NameNeeded
from meetings.visits.entries import VisitDetails
from meetings.visits.free import NoReception, days_ahead
from meetings.visits.records import Visit
from meetings.visits.rules import BookedThatDay, NoSuchSlot, SlotTaken, TooManyBooked
from meetings.visits.secret import fits, make_verifier
from tests.meetings.visits.conftest import DECEMBER, JANUARY, asking, iin


def ask(room: Desk, start: int | None = 600, person: int = 1, day: date = DECEMBER, **other: object) -> Visit:
    return actions.ask(room.journal, asking(room, start, person, day, **other)).visit


def the_day(room: Desk, day: date = DECEMBER) -> list[tuple[str, int | None, str]]:
    with room.store.read() as db:
        return [(one.number, one.start, one.state) for one in records.visits_of_day(db, day)]


def free(room: Desk, day: date = DECEMBER) -> int:
    with room.store.read() as db:
        (one,) = [one for one in days_ahead(db, day) if one.day == day]
        return len(one.free(actions.now_at(room.journal)))


def test_a_time_is_booked_by_one_and_everybody_has_a_number(open_room: Desk) -> None:
    assert free(open_room) == 12
    visit = ask(open_room, 615)
    assert (visit.start, visit.end, visit.number, visit.state, visit.iin) == (615, 630, "А-01", "standing", iin(1))
    assert free(open_room) == 11
    with pytest.raises(SlotTaken):
        ask(open_room, 615, person=2)
    ask(open_room, 600, person=3)
    assert the_day(open_room) == [("А-02", 600, "standing"), ("А-01", 615, "standing")]


def test_a_time_that_was_given_back_or_moved_away_from_is_free_again(open_room: Desk) -> None:
    first = ask(open_room, 600)
    actions.cancel(open_room.journal, first.id)
    second = ask(open_room, 600, person=2)
    moved = actions.move(open_room.journal, second.id, DECEMBER, 645).visit
    assert (moved.number, moved.start) == (second.number, 645)
    third = ask(open_room, 600, person=3)
    assert (third.number, third.state) == ("А-03", "standing")  # no number is given twice, whoever had it is gone
    later = actions.move(open_room.journal, third.id, JANUARY, 600).visit
    assert (later.day, later.number) == (JANUARY, "А-01")
    with pytest.raises(VisitOver):
        actions.move(open_room.journal, first.id, DECEMBER, 600)


def test_one_person_has_one_time_a_day_and_two_ahead(open_room: Desk) -> None:
    ask(open_room, 600)
    with pytest.raises(BookedThatDay):
        ask(open_room, 615)
    second = ask(open_room, 600, day=JANUARY)
    with pytest.raises(TooManyBooked):
        ask(open_room, 600, day=date(2027, 2, 19))
    with pytest.raises(BookedThatDay):
        actions.move(open_room.journal, second.id, DECEMBER, 660)
    actions.move(open_room.journal, second.id, JANUARY, 660)
    actions.cancel(open_room.journal, second.id)
    ask(open_room, 600, day=date(2027, 2, 19))


def test_what_cannot_be_booked(open_room: Desk) -> None:
    for day in (date(2026, 11, 19), date(2026, 12, 17)):
        with pytest.raises(NoReception):
            ask(open_room, day=day)
    with pytest.raises(NoSuchSlot):
        ask(open_room, 601)
    with pytest.raises(IinWrong):
        ask(open_room, details=VisitDetails(name="Сейітова Зәуре", iin="900101300013"))
    for name in ("", "  ", "900101", "🙂", "а\u202eб"):
        with pytest.raises(NameNeeded):
            ask(open_room, details=VisitDetails(name=name, iin=iin(1)))
    assert the_day(open_room) == []


@pytest.mark.parametrize(
    "name", ["Әбдіғали Ұлы", "Иванова-Петрова Анна", "O’Brien Máire", "王小明", "प्रिया शर्मा", "محمد", "Nguyễn Thị"]
)
def test_a_name_may_be_in_any_script(open_room: Desk, name: str) -> None:
    assert ask(open_room, details=VisitDetails(name=f"  {name} ", iin=iin(1))).name == name


def test_asked_again_under_one_id_it_books_nothing_more(open_room: Desk) -> None:
    id = "0192f0c0a1b27abc8def001122334455"
    first = actions.ask(open_room.journal, asking(open_room), visit=id).visit
    assert actions.ask(open_room.journal, asking(open_room), visit=id).visit == first
    assert len(the_day(open_room)) == 1


def test_five_hundred_people_on_one_day_all_have_their_own_number(open_room: Desk) -> None:
    numbers = [ask(open_room, None, person, way="waiting").number for person in range(1, 501)]
    assert numbers == [f"А-{number:02}" for number in range(1, 501)]
    with open_room.store.read() as db:
        assert [one.number for one in records.waiting_list(db, DECEMBER)] == numbers


def test_a_number_opens_its_visit_with_the_right_code_only(open_room: Desk) -> None:
    verifier = make_verifier("582140")
    visit = actions.ask(open_room.journal, asking(open_room), verifier=verifier).visit
    with open_room.store.read() as db:
        found = records.with_secret(db, "А-01", "582140", DECEMBER)
        assert found is not None
        assert found.id == visit.id
        assert records.with_secret(db, "А-01", "582141", DECEMBER) is None
        assert records.with_secret(db, "А-01", "582140", JANUARY) is None
    assert not fits("582140", b"")


@pytest.mark.parametrize("typed", ["А-06", "A6", "а 6", "a-006", " № А-06 ", "6", "06"])
def test_a_number_is_found_however_it_is_typed(open_room: Desk, typed: str) -> None:
    asked = [actions.ask(open_room.journal, asking(open_room, None, person, way="waiting")) for person in range(1, 8)]
    with open_room.store.read() as db:
        assert records.by_number(db, DECEMBER, number.typed(typed)) == asked[5].visit


def test_the_pc_the_room_was_founded_on_has_a_letter_too_and_no_two_numbers_are_written_alike() -> None:
    prefixes = [(), (0,), (1,), (0, 0), (0, 1), (1, 0), (12,), (11, 1)]
    written = [number.called(Number(prefix, 6)) for prefix in prefixes]
    assert written == ["А-06", "АА-06", "Д-06", "ААА-06", "ААД-06", "ДА-06", "Г-06", "ЯД-06"]
    assert [number.read(one) for one in written] == [Number(prefix, 6) for prefix in prefixes]


@given(st.lists(st.integers(0, len(LETTERS) - 1), max_size=4), st.integers(1, 10**6))
def test_every_number_is_read_back(prefix: list[int], value: int) -> None:
    one = Number(tuple(prefix), value)
    assert number.read(number.called(one)) == one
    assert number.typed(number.called(one).lower()) == number.called(one)


@pytest.mark.parametrize("typed", ["", "№", "А", "0", "А-0", "6А", "Б-6", "2026-14", "😀6"])
def test_what_is_no_number(typed: str) -> None:
    assert number.typed(typed) == ""


def test_staff_give_a_walk_in_a_ticket_without_asking_for_a_name(open_room: Desk, administrator: SignedIn) -> None:
    with pytest.raises(NoReception):
        actions.ask(open_room.journal, asking(open_room, None, way="walk-in", day=date(2026, 11, 21)), by=administrator)
    wanted = asking(open_room, None, way="walk-in", day=date(2026, 11, 20), details=VisitDetails())
    walked = [actions.ask(open_room.journal, wanted, by=administrator).visit.number for _ in range(3)]
    assert walked == ["А-01", "А-02", "А-03"]


def test_the_number_stands_where_no_paper_can_be_laid_into_the_tray(
    open_room: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise DiskFull

    monkeypatch.setattr(tray, "put", full)
    ticket = room.book(open_room, asking(open_room, 600)).ticket
    assert (ticket.visit.number, ticket.visit.state, len(ticket.secret)) == ("А-01", "standing", 6)
    monkeypatch.undo()
    room.print_again(open_room, ticket.visit.id)
    (paper,) = tray.OutTray(open_room.store, open_room.clock).papers()
    assert paper.title.values == {"number": "А-01"}
