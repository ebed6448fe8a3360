"""What the board is told: receptions only, who is inside, whether it is over, whether the line is cut."""

from __future__ import annotations

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.journal import Journal
from akimat_desk.service import Desk
from akimat_desk.sync.state import State, went_well, went_wrong
from meetings.day import actions
from meetings.day.board import board_now, board_of, days_of, held_on, is_cut
from meetings.demo import RECEPTION
from meetings.records import Series

from .conftest import AKIM, BY, DAY, ask, at, now

Pc = tuple[Journal, FixedClock]


class OneDay:
    """A series of which people were told one day."""

    def __init__(self, what: str) -> None:
        self.id, self.promised = AKIM, {DAY: DAY}
        self.content = type("Content", (), {"what": what, "start": 600, "end": 780})()


RECEPTIONS: tuple[Series, ...] = (OneDay("reception"),)  # type: ignore[assignment]
MEETINGS: tuple[Series, ...] = (OneDay("meeting"),)  # type: ignore[assignment]


def test_an_inner_meeting_is_no_reception(pc: Pc) -> None:
    assert RECEPTION.what == "reception"
    assert (held_on(MEETINGS, DAY), days_of(MEETINGS)) == ((), [])
    assert (held_on(RECEPTIONS, DAY), days_of(RECEPTIONS)) == (RECEPTIONS, [DAY])
    shown = board_of(now(pc[0]), MEETINGS)
    assert (shown.begins, shown.ends, shown.next_day) == (None, None, None)


def test_who_is_inside_stands_first_and_at_the_end_it_is_over(pc: Pc) -> None:
    journal, clock = pc
    clock.turn_to(at(10, 0))
    first, second = ask(journal), ask(journal)
    actions.call(journal, first, room=2, by=BY)
    actions.start(journal, first, by=BY)
    clock.turn_to(at(10, 5))
    actions.call(journal, second, room=3, by=BY)
    actions.missed(journal, second, by=BY)
    shown = board_of(now(journal), RECEPTIONS)
    assert [(one.number, one.now) for one in shown.calls] == [("А-01", True), ("А-02", False)]
    clock.turn_to(at(13, 5))
    late = board_of(now(journal), RECEPTIONS)
    assert (late.ends, late.over) == (None, False)  # somebody is still inside
    actions.end(journal, first, by=BY)
    over = board_of(now(journal), RECEPTIONS)
    assert (over.over, over.calls[0].now) == (True, False)


@pytest.mark.parametrize(
    ("code", "minutes", "cut"),
    [("", 4, False), ("", 11, True), ("link-no-host", 1, False), ("link-no-host", 2, True)],
)
def test_a_line_is_cut_when_an_exchange_has_failed_or_none_was_made_for_long(
    code: str, minutes: int, cut: bool
) -> None:
    assert is_cut(State(done_ms=60_000, code=code), 60_000 + minutes * 60_000) is cut


def test_the_board_of_a_pc_that_does_not_reach_the_main_one(desk: Desk, clock: FixedClock) -> None:
    with desk.store.write() as db:
        went_well(db, clock.now_ms(), "main", "192.168.1.2", 0, 0)
        went_wrong(db, clock.now_ms(), "link-no-host")
    clock.pass_seconds(120)
    assert not board_now(desk).cut  # a room of one PC has no main one elsewhere
    with desk.store.write() as db:
        db.connection().execute("INSERT INTO journal_host (entry, term, at, device) VALUES ('e', 9, 9, 'main')")
    shown = board_now(desk)
    assert (shown.cut, shown.cut_ms) == (True, clock.now_ms() - 120_000)
    with desk.store.write() as db:
        went_well(db, clock.now_ms(), "main", "192.168.1.2", 0, 0)
    assert not board_now(desk).cut
