"""A resident books in four steps and finds the ticket again; staff book for somebody, and give tickets to walk-ins."""

from __future__ import annotations

import pytest

from akimat_desk.papers.tray import OutTray
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from meetings.visits import actions, records, room
from meetings.visits.screens import enter
from tests.meetings.visits.conftest import DECEMBER, Seen, asking, iin

pytestmark = pytest.mark.screen


def everybody(desk: Desk) -> list[tuple[str, int | None, str]]:
    with desk.store.read() as db:
        return [(one.name, one.start, one.way) for one in records.coming(db, DECEMBER)]


def type_person(seen: Seen, number: int = 7) -> None:
    for name, text in (("name", "Қасымова Гүлнар"), ("iin", iin(number)), ("phone", "87010000000")):
        seen.type(name, text)


def test_a_resident_books_in_four_steps(open_room: Desk, seen: Seen) -> None:
    actions.ask(open_room.journal, asking(open_room, 630))
    seen.show(enter.book(open_room), "en")
    seen.press("subject-land")
    seen.press("day-2026-12-18")
    assert "slot-630" not in seen.page.controls  # taken: seen, and not to be pressed
    seen.press("continue")
    assert "Press one of the free times." in seen.texts
    seen.press("slot-645")
    seen.press("continue")
    seen.press("continue")
    assert seen.page.focused() == "name"
    type_person(seen)
    seen.press("need-interpreter")
    seen.press("continue")
    assert {"Your number stands", "2", "at 10:45"} <= set(seen.texts)
    assert everybody(open_room) == [("Сейітова Зәуре І", 630, "kiosk"), ("Қасымова Гүлнар", 645, "kiosk")]
    (paper,) = OutTray(open_room.store, open_room.clock).papers()
    assert (paper.kind, paper.title.values) == ("receipt", {"number": "2"})


def test_a_time_that_was_taken_meanwhile_is_chosen_anew_and_nothing_typed_is_lost(open_room: Desk, seen: Seen) -> None:
    seen.show(enter.book(open_room), "en")
    for name in ("subject-land", "day-2026-12-18", "slot-645", "continue"):
        seen.press(name)
    type_person(seen)
    actions.ask(open_room.journal, asking(open_room, 645))
    seen.press("continue")
    assert "This time is taken by now. Choose another one." in " ".join(seen.texts)
    seen.press("slot-660")
    seen.press("continue")
    assert seen.field("name").value == "Қасымова Гүлнар"
    seen.press("continue")
    assert ("Қасымова Гүлнар", 660, "kiosk") in everybody(open_room)


def test_ones_own_ticket_is_found_moved_and_given_back(open_room: Desk, seen: Seen) -> None:
    ticket = room.book(open_room, asking(open_room, 600)).ticket
    seen.show(enter.own(open_room), "en")
    seen.type("number", ticket.visit.number)
    seen.type("code", "000000" if ticket.secret != "000000" else "000001")
    seen.press("continue")
    assert "There is no ticket with this number and code." in " ".join(seen.texts)
    seen.type("code", ticket.secret)
    seen.press("continue")
    assert {"Your ticket", "at 10:00"} <= set(seen.texts)
    assert ticket.visit.name not in " ".join(seen.texts)
    for name in ("move", "day-2026-12-18", "slot-615", "continue"):
        seen.press(name)
    assert {"at 10:15", "The time is moved. Take the new paper."} <= set(seen.texts)
    seen.press("cancel")
    seen.press("danger")
    assert everybody(open_room) == []


def test_codes_are_guessed_a_few_times_only(open_room: Desk) -> None:
    ticket = room.book(open_room, asking(open_room, 600)).ticket
    wrong = [f"{number:06}" for number in range(6) if f"{number:06}" != ticket.secret][:5]
    for guess in wrong:
        with pytest.raises(room.TicketUnknown):
            room.look_up(open_room, ticket.visit.number, guess)
    with pytest.raises(room.GuessedTooOften):
        room.look_up(open_room, ticket.visit.number, ticket.secret)


def test_staff_book_for_somebody_on_the_telephone(open_room: Desk, administrator: SignedIn, seen: Seen) -> None:
    seen.show(enter.visits(open_room), "en")
    for name in ("empty-button", "day-2026-12-18", "slot-600", "continue"):
        seen.press(name)
    seen.type("name", "Иванов Пётр")
    seen.type("spoken_for", "Иванова Анна")
    seen.press("save")
    seen.press("done")
    assert everybody(open_room) == [("Иванов Пётр", 600, "phone")]
    seen.press("cancel")
    seen.press("danger")
    assert everybody(open_room) == []


def test_a_walk_in_gets_a_ticket_by_two_presses(open_room: Desk, administrator: SignedIn, seen: Seen) -> None:
    actions.ask(open_room.journal, asking(open_room, 600))
    seen.show(enter.visits(open_room), "en")
    seen.press("walk-in")
    seen.press("subject-water")
    assert "The number stands" in seen.texts
    seen.press("done")
    with open_room.store.read() as db:
        assert [(one.way, one.subject) for one in records.coming(db, actions.now_at(open_room.journal).date())][:1] == [
            ("walk-in", "water")
        ]


def test_a_freed_time_is_proposed_to_the_first_of_the_waiting_list(
    open_room: Desk, administrator: SignedIn, seen: Seen
) -> None:
    taken = [actions.ask(open_room.journal, asking(open_room, start, start)).visit for start in range(600, 780, 15)]
    first = actions.ask(open_room.journal, asking(open_room, None, 2, way="waiting")).visit
    actions.ask(open_room.journal, asking(open_room, None, 3, way="waiting"))
    seen.show(enter.visits(open_room), "en")
    assert "give" not in seen.page.controls
    actions.cancel(open_room.journal, taken[4].id)
    seen.show(enter.visits(open_room), "en")
    assert "Waiting for you: 1" in seen.texts
    seen.press("give")
    with open_room.store.read() as db:
        assert (records.visit_of(db, first.id).start, records.visit_of(db, first.id).moved) == (660, "waiting")


@pytest.mark.parametrize("at", ["subject", "time", "details", "look-up", "own", "list", "form", "walk-in"])
def test_nothing_is_cut_pale_or_out_of_reach(open_room: Desk, administrator: SignedIn, seen: Seen, at: str) -> None:
    ticket = room.book(open_room, asking(open_room, 630)).ticket
    if at in ("look-up", "own"):
        seen.show(enter.own(open_room))
        if at == "own":
            seen.type("number", ticket.visit.number)
            seen.type("code", ticket.secret)
            seen.press("continue")
    elif at in ("list", "form", "walk-in"):
        seen.show(enter.visits(open_room))
        steps = {"form": ("book", "day-2026-12-18", "slot-600", "continue"), "walk-in": ("walk-in",)}
        for name in steps.get(at, ()):
            seen.press(name)
    else:
        seen.show(enter.book(open_room))
        steps = {"time": 1, "details": 4}
        for name in ("subject-land", "day-2026-12-18", "slot-645", "continue")[: steps.get(at, 0)]:
            seen.press(name)
    assert seen.wrong() == {}
