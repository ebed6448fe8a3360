"""A resident books in four steps and finds the ticket again; staff book for somebody, and give tickets to walk-ins."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from akimat_desk.base.clock import KAZAKHSTAN, Clock, FixedClock
from akimat_desk.base.words import Language
from akimat_desk.papers import tray
from akimat_desk.papers.receipt import Text
from akimat_desk.papers.tray import OutTray
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from akimat_desk.store import Database
from akimat_desk.ui.widgets.table import Table
from meetings.guesses import GuessedTooOften
from meetings.visits import actions, records, room
from meetings.visits.rules import DayOver
from meetings.visits.screens import enter
from tests.meetings.conftest import decree
from tests.meetings.visits.conftest import DECEMBER, JANUARY, Seen, asking, iin
from tests.meetings.visits.test_carrying import move_the_day

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
    assert {"Your number stands", "А-02", "at 10:45"} <= set(seen.texts)
    assert everybody(open_room) == [("Сейітова Зәуре І", 630, "kiosk"), ("Қасымова Гүлнар", 645, "kiosk")]
    (paper,) = OutTray(open_room.store, open_room.clock).papers()
    assert (paper.kind, paper.title.values) == ("receipt", {"number": "А-02"})


def test_another_day_changes_its_times_in_their_place(open_room: Desk, seen: Seen) -> None:
    actions.ask(open_room.journal, asking(open_room, 630))
    seen.show(enter.book(open_room), "en")
    seen.press("subject-land")
    seen.press("day-2027-01-15")
    page, there = seen.page, seen.page.controls["slot-600"]
    seen.press("slot-630")
    seen.press("day-2026-12-18")
    assert (seen.page, seen.page.controls["slot-600"]) == (page, there)
    assert "taken" in seen.texts
    times = [name for name in seen.page.controls if name.startswith("slot-")]
    assert times[:4] == ["slot-600", "slot-615", "slot-645", "slot-660"]
    seen.press("day-2027-01-15")
    assert [name for name in seen.page.controls if name.startswith("slot-")][:3] == ["slot-600", "slot-615", "slot-630"]
    assert "taken" not in seen.texts


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
    with pytest.raises(GuessedTooOften):
        room.look_up(open_room, ticket.visit.number, ticket.secret)


def test_somebody_elses_wrong_tries_and_slips_of_the_pen_lock_nobody_out(open_room: Desk) -> None:
    mine = room.book(open_room, asking(open_room, 600)).ticket
    for number, code in [("7", "123456")] * 5 + [("", ""), ("1", "12"), ("№", "123456")] * 3:
        with pytest.raises(room.TicketUnknown):
            room.look_up(open_room, number, code)
    with pytest.raises(GuessedTooOften):
        room.look_up(open_room, "7", "123456")
    assert room.look_up(open_room, f"№ {mine.visit.number}", mine.secret).visit.id == mine.visit.id


def test_at_one_pc_not_every_number_is_tried(open_room: Desk) -> None:
    for number in range(100, 160):
        with pytest.raises(room.TicketUnknown):
            room.look_up(open_room, f"{number}", "123456")
    with pytest.raises(GuessedTooOften):
        room.look_up(open_room, "160", "123456")


def test_nothing_typed_is_no_wrong_ticket(open_room: Desk, seen: Seen) -> None:
    ticket = room.book(open_room, asking(open_room, 600)).ticket
    seen.show(enter.own(open_room), "en")
    seen.press("continue")
    assert "Type the number that is printed large on the ticket." in seen.texts
    seen.type("number", f"№ {ticket.visit.number}")
    seen.type("code", ticket.secret)
    seen.press("continue")
    assert "Your ticket" in seen.texts


def test_another_day_gives_another_number_and_says_so(open_room: Desk, seen: Seen, slips: list[list[str]]) -> None:
    for person in (2, 3):
        actions.ask(open_room.journal, asking(open_room, 600 + 15 * person, person, JANUARY))
    ticket = room.book(open_room, asking(open_room, 600)).ticket
    seen.show(enter.own(open_room), "en")
    seen.type("number", ticket.visit.number)
    seen.type("code", ticket.secret)
    for name in ("continue", "move", "day-2027-01-15", "slot-600", "continue"):
        seen.press(name)
    assert "Your number is now А-03. The secret code stays the same." in " ".join(seen.texts)
    assert "Жаңа нөміріңіз: А-03. Құпия код өзгерген жоқ." in slips[-1]


@pytest.fixture
def slips(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The lines of each paper that is laid into the tray."""
    found: list[list[str]] = []

    def put(db: Database, clock: Clock, service: str, paper: tray.Paper) -> int:
        assert paper.receipt is not None
        found.append([one.text for one in paper.receipt.lines if isinstance(one, Text)])
        return 1

    monkeypatch.setattr(tray, "put", put)
    return found


def test_what_is_right_by_now_is_red_no_more(open_room: Desk, seen: Seen) -> None:
    actions.ask(open_room.journal, asking(open_room, 600, 7))
    seen.show(enter.book(open_room), "en")
    for name in ("subject-land", "day-2026-12-18", "slot-645", "continue"):
        seen.press(name)
    type_person(seen)
    seen.type("phone", "12")
    seen.press("continue")
    assert seen.field("phone").error
    seen.type("phone", "87010000000")
    seen.press("continue")
    assert "You have a time on this day already." in " ".join(seen.texts)
    assert not seen.field("phone").error
    seen.press("own")  # the way on
    assert "What stands on your ticket?" in seen.texts


def test_a_reception_that_is_over_is_not_offered(open_room: Desk, seen: Seen, clock: FixedClock) -> None:
    clock.turn_to(datetime(2026, 12, 18, 12, 20, tzinfo=KAZAKHSTAN))
    seen.show(enter.book(open_room), "en")
    seen.press("subject-land")
    assert "past" in seen.texts
    assert "taken" not in seen.texts
    assert "slot-750" in seen.page.controls
    clock.turn_to(datetime(2026, 12, 18, 19, 30, tzinfo=KAZAKHSTAN))
    seen.show(enter.book(open_room), "en")
    seen.press("subject-land")
    assert "day-2026-12-18" not in seen.page.controls
    assert "day-2027-01-15" in seen.page.controls
    with pytest.raises(DayOver):
        actions.ask(open_room.journal, asking(open_room, None, way="waiting"))


def test_a_day_that_waits_for_another_one_is_not_sold_without_a_word(
    open_room: Desk, seen: Seen, slips: list[list[str]]
) -> None:
    seen.show(enter.book(open_room), "en")
    seen.press("subject-land")
    assert "the day may change" not in " ".join(seen.texts)
    decree(open_room, "2026-12-18")
    seen.show(enter.book(open_room), "en")
    seen.press("subject-land")
    assert "the day may change" in " ".join(seen.texts)
    ticket = room.book(open_room, asking(open_room, 600)).ticket
    assert ticket.may_change
    assert "Бұл қабылдаудың күні өзгеруі мүмкін." in slips[-1]
    assert not room.book(open_room, asking(open_room, 600, 2, JANUARY)).ticket.may_change


def test_staff_read_what_is_true_of_a_walk_in(open_room: Desk, administrator: SignedIn, seen: Seen) -> None:
    actions.ask(open_room.journal, asking(open_room, 600))
    seen.show(enter.visits(open_room), "en")
    assert seen.page.focused() == "visits"
    for name in ("walk-in", "subject-water"):
        seen.press(name)
    texts = " ".join(seen.texts)
    assert "They are called by this number." in texts
    assert "aloud" not in texts
    assert "moved" not in texts
    seen.press("done")
    seen.press("book")
    for name in ("day-2026-12-18", "slot-645", "continue", "save"):
        seen.press(name)
    assert "Write the surname and the name as in the identity document." in " ".join(seen.texts)
    seen.type("name", "Иванов 🙂")
    seen.press("save")
    assert "A name has letters only: take out the digits, signs and pictures." in seen.texts


def test_staff_book_for_somebody_on_the_telephone(open_room: Desk, administrator: SignedIn, seen: Seen) -> None:
    seen.show(enter.visits(open_room), "en")
    for name in ("empty-button", "day-2026-12-18", "slot-600", "continue"):
        seen.press(name)
    seen.type("name", "Иванов Пётр")
    seen.type("spoken_for", "8 701 000 00 00")
    seen.press("save")
    wrong = {line: seen.field(line).error for line in ("name", "spoken_for")}
    assert wrong == {"name": "", "spoken_for": "Write who asks for them with letters, or leave the line empty."}
    seen.type("spoken_for", "Иванова Анна")
    seen.press("save")
    assert "Mark what it is about." in seen.texts
    assert everybody(open_room) == []
    seen.press("subject-roads")
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


def test_staff_mark_whom_they_have_told_of_another_day(open_room: Desk, administrator: SignedIn, seen: Seen) -> None:
    actions.ask(open_room.journal, asking(open_room, 600))
    move_the_day(open_room, administrator, date(2026, 12, 21), "14")
    seen.show(enter.visits(open_room), "en")
    assert {"the day was moved: call them", "Waiting for you: 1 · to be told: 1"} <= set(seen.texts)
    seen.press("told")
    assert {"booked", "They were told: 20 Nov 2026 10:00, Сәдуақасова Айгүл"} <= set(seen.texts)
    assert "told" not in seen.page.controls


def test_staff_give_a_new_code_and_the_old_one_opens_nothing(
    open_room: Desk, administrator: SignedIn, seen: Seen, slips: list[list[str]]
) -> None:
    ticket = room.book(open_room, asking(open_room, 600)).ticket
    seen.show(enter.visits(open_room), "en")
    seen.press("again")
    assert "The ticket is printed once more, without the secret code." in seen.texts
    seen.press("code")
    seen.press("danger")
    fresh = next(text for text in seen.texts if len(text) == 7 and text.replace("\N{NO-BREAK SPACE}", "").isdigit())
    with pytest.raises(room.TicketUnknown):
        room.look_up(open_room, ticket.visit.number, ticket.secret)
    assert room.look_up(open_room, ticket.visit.number, fresh).visit.id == ticket.visit.id


@pytest.mark.parametrize(
    ("language", "when"), [("kk", "18.12.2026  10:30"), ("ru", "18.12.2026  10:30"), ("en", "18 Dec 2026  10:30")]
)
def test_the_time_of_each_visit_is_whole_in_the_list(
    open_room: Desk, administrator: SignedIn, seen: Seen, language: Language, when: str
) -> None:
    actions.ask(open_room.journal, asking(open_room, 630))
    seen.show(enter.visits(open_room), language)
    table = seen.page.controls["visits"]
    assert isinstance(table, Table)
    assert [table.tree.item(row, "text").strip() for row in table.tree.get_children()[:1]] == [when]


@pytest.mark.parametrize("at", ["subject", "time", "unsettled", "details", "look-up", "own", "list", "form", "walk-in"])
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
        if at == "unsettled":
            decree(open_room, "2026-12-18")
            decree(open_room, "2027-01-15")
        seen.show(enter.book(open_room))
        steps = {"time": 1, "unsettled": 1, "details": 4}
        for name in ("subject-land", "day-2026-12-18", "slot-645", "continue")[: steps.get(at, 0)]:
            seen.press(name)
    assert seen.wrong() == {}
