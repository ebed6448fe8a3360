"""The day as staff live it: one official, then two, one PC, then two that are apart."""

from __future__ import annotations

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.words import Translator
from akimat_desk.journal import Journal
from akimat_desk.people.staff import NotAtWork, SignedIn
from meetings.day import actions, board
from meetings.day.actions import NobodyWaits, StandsOtherwise, StillAttended
from meetings.day.queue import day_after
from meetings.day.rules import Span
from tests.calendar.conftest import give

from .conftest import AKIM, BY, DAY, DEPUTY, OpenPc, ask, at, now

Pc = tuple[Journal, FixedClock]


def states(journal: Journal) -> dict[str, str]:
    return {one.visit.number: one.turn.state for one in now(journal).people}


def line(journal: Journal, series: str = AKIM) -> list[str]:
    return [one.visit.number for one in now(journal).queue(series).waiting]


def call_next(journal: Journal, series: str = AKIM, room: int = 3) -> actions.Stepped:
    return actions.call_next(journal, DAY, series, room=room, by=BY)


def test_a_morning_of_one_official(pc: Pc) -> None:
    journal, clock = pc
    first, second = ask(journal, "10:00"), ask(journal, "10:15")
    clock.turn_to(at(9, 55))
    actions.came(journal, first, by=BY)
    walked = ask(journal)
    assert line(journal) == ["А-01", "А-03"]
    called = call_next(journal)
    assert (called.visit, called.number, called.line) == (first, "А-01", "booked")
    actions.start(journal, first, by=BY)
    clock.turn_to(at(10, 10))
    actions.came(journal, second, by=BY)
    assert line(journal) == ["А-02", "А-03"]
    assert actions.end_and_call_next(journal, first, room=3, by=BY).visit == second
    actions.call_again(journal, second, by=BY)
    actions.missed(journal, second, by=BY)
    assert call_next(journal).visit == walked
    assert states(journal) == {"А-01": "ended", "А-02": "missed", "А-03": "called"}
    assert now(journal).person(first).turn.talked_ms == 15 * 60_000  # type: ignore[union-attr]


def test_a_talk_that_ends_and_the_next_call_are_two_steps_of_one_press(pc: Pc) -> None:
    journal, clock = pc
    first = ask(journal)
    clock.pass_seconds(1)
    second = ask(journal)
    call_next(journal)
    actions.start(journal, first, by=BY)
    before = now(journal)
    stepped = actions.end_and_call_next(journal, first, room=3, by=BY)
    assert stepped.visits == (first, second)
    with journal.store.read() as db:
        assert day_after(db, before, stepped.visits, clock.now_ms()) == now(journal)


def test_an_official_receives_one_at_a_time(pc: Pc) -> None:
    journal, clock = pc
    ask(journal)
    clock.pass_seconds(1)
    ask(journal)
    call_next(journal)
    with pytest.raises(StillAttended):
        call_next(journal)
    assert call_next(journal, room=4).number == "А-02"  # a deputy takes from the same queue in another room


def test_two_officials_never_have_two_people_in_one_room(pc: Pc) -> None:
    journal, _ = pc
    ask(journal)
    ask(journal, series=DEPUTY)
    call_next(journal, room=3)
    with pytest.raises(StillAttended):
        call_next(journal, DEPUTY, room=3)
    assert call_next(journal, DEPUTY, room=4).line == "general"


def test_nobody_waits(pc: Pc) -> None:
    journal, _ = pc
    ask(journal, "10:00")
    with pytest.raises(NobodyWaits):
        call_next(journal)


def test_who_was_picked_out_of_the_order_is_written_down(pc: Pc) -> None:
    journal, clock = pc
    ask(journal)
    clock.pass_seconds(60)
    late = ask(journal)
    assert actions.call(journal, late, room=3, by=BY).line == "chosen"
    actions.missed(journal, late, by=BY)
    assert call_next(journal).line == "general"


def test_whoever_is_sent_on_goes_before_those_who_came_later(pc: Pc) -> None:
    journal, clock = pc
    sent = ask(journal)
    clock.pass_seconds(60)
    ask(journal, series=DEPUTY)
    call_next(journal)
    actions.start(journal, sent, by=BY)
    actions.pass_on(journal, sent, DEPUTY, by=BY)
    assert (line(journal), line(journal, DEPUTY)) == ([], ["А-01", "А-02"])
    with pytest.raises(StandsOtherwise):
        actions.pass_on(journal, sent, DEPUTY, by=BY)


def test_what_cannot_follow_changes_nothing(pc: Pc) -> None:
    journal, _ = pc
    visit = ask(journal, "10:00")
    before = journal.table_hashes()
    for what in (actions.end, actions.start, actions.call_again, actions.hold):
        with pytest.raises(StandsOtherwise):
            what(journal, visit, by=BY)
    with pytest.raises(NotAtWork):
        actions.came(journal, visit, by=SignedIn("0" * 32, "", "staff"))
    assert journal.table_hashes() == before


def test_a_walk_in_may_wait_aside_and_keeps_the_time_they_came(pc: Pc) -> None:
    journal, clock = pc
    visit = ask(journal)
    clock.pass_seconds(600)
    ask(journal)
    actions.hold(journal, visit, by=BY)
    assert (states(journal)["А-01"], line(journal)) == ("held", ["А-02"])
    actions.came(journal, visit, by=BY)
    assert line(journal) == ["А-01", "А-02"]


def test_two_pcs_apart_call_one_ticket_and_agree_afterwards(open_pc: OpenPc) -> None:
    (first, _), (second, clock) = open_pc("first", first=True), open_pc("second")
    visit = ask(first)
    give(first, second)
    call_next(first, room=3)
    clock.pass_seconds(30)
    call_next(second, room=1)
    give(first, second), give(second, first)
    assert now(first) == now(second)
    (one,) = now(first).people
    assert (one.turn.state, one.turn.room, len(one.turn.overtaken)) == ("called", 3, 1)
    actions.start(second, visit, by=BY)  # they went to room 1 after all: that they are received counts
    give(second, first)
    assert now(first).person(visit).turn.state == "talking"  # type: ignore[union-attr]


def test_the_queue_goes_on_after_midnight_and_the_next_day_is_empty(pc: Pc) -> None:
    journal, clock = pc
    clock.turn_to(at(23, 50))
    ask(journal), ask(journal)
    call_next(journal)
    clock.pass_seconds(20 * 60)
    with journal.store.read() as db:
        assert board.day_of_the_queue(db, clock.now_ms()) == DAY
    visit = now(journal).queue(AKIM).attended[0].id
    actions.start(journal, visit, by=BY)
    actions.end_and_call_next(journal, visit, room=3, by=BY)
    clock.turn_to(at(23, 50))
    clock.pass_seconds(8 * 3600)
    with journal.store.read() as db:
        assert board.day_of_the_queue(db, clock.now_ms()) == DAY.replace(day=21)


def test_a_clock_that_is_set_back_does_not_set_the_queue_back(pc: Pc) -> None:
    journal, clock = pc
    booked = ask(journal, "10:00")
    clock.turn_to(at(10, 0))
    ask(journal)
    actions.came(journal, booked, by=BY)
    clock.turn_to(at(7, 0))
    assert line(journal) == ["А-01", "А-02"]


def test_a_pc_that_died_in_the_middle_of_a_call_knows_whom_it_called(open_pc: OpenPc) -> None:
    journal, _ = open_pc("first", first=True)
    visit = ask(journal)
    call_next(journal)
    del journal  # nothing is closed in order
    again, clock = open_pc("first")
    (one,) = now(again).queue(AKIM).attended
    assert (one.id, one.turn.state, one.turn.device) == (visit, "called", again.device)
    clock.pass_seconds(60)
    actions.start(again, visit, by=BY)
    assert states(again) == {"А-01": "talking"}


def test_the_board_shows_numbers_and_rooms_and_no_name(pc: Pc) -> None:
    journal, clock = pc
    for _ in range(4):
        visit = ask(journal, name="Шолпан Ізбасарова")
        call_next(journal)
        actions.start(journal, visit, by=BY)
        clock.pass_seconds(600)
        actions.end(journal, visit, by=BY)
    ask(journal)
    shown = board.board_of(now(journal), ())
    assert [(one.number, one.room) for one in shown.calls] == [("А-04", 3), ("А-03", 3), ("А-02", 3), ("А-01", 3)]
    assert (shown.waiting, shown.wait) == (1, Span(10, 10))
    assert "Шолпан" not in repr(shown)


def test_a_ticket_that_cannot_be_stepped_so_says_how_it_stands(pc: Pc) -> None:
    journal, _ = pc
    visit = ask(journal)
    actions.call(journal, visit, room=2, by=BY)
    actions.start(journal, visit, by=BY)
    with pytest.raises(StandsOtherwise) as why:
        actions.start(journal, visit, by=BY)
    assert Translator([], "en").say(why.value.for_staff) == "Ticket А-01 stands so now: Being received."
