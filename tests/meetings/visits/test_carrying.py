"""When a date with bookings is announced for another day, they move with it; before that nothing moves."""

from __future__ import annotations

from datetime import date

from akimat_desk.calendar.records import calendar
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from meetings import actions as plans
from meetings.alerts import alerts
from meetings.plan import moves, plan_now
from meetings.rules import Order
from meetings.visits import actions, records
from meetings.visits.listed import listed
from tests.meetings.conftest import TODAY, decree, the_plan
from tests.meetings.visits.conftest import DECEMBER, asking

MONDAY = date(2026, 12, 21)


def standing(room: Desk, day: date) -> list[tuple[str, int | None, str, str]]:
    with room.store.read() as db:
        return [(one.number, one.start, one.moved, one.state) for one in records.visits_of_day(db, day)]


def test_bookings_move_with_the_announced_day_and_not_before(open_room: Desk, administrator: SignedIn) -> None:
    before = calendar(open_room.store)
    early = actions.ask(open_room.journal, asking(open_room, 600, 1)).visit
    late = actions.ask(open_room.journal, asking(open_room, 660, 2)).visit
    gone = actions.ask(open_room.journal, asking(open_room, 675, 3)).visit
    actions.cancel(open_room.journal, gone.id)
    decree(open_room, "2026-12-18")
    (said,) = moves(open_room, before, calendar(open_room.store))
    assert said.values["n"] == 2
    now = plan_now(open_room)
    assert now.booked[early.series] == {DECEMBER: 2}
    assert len(standing(open_room, DECEMBER)) == 3  # decreed, and nothing has moved
    (proposal,) = now.series[0].proposals
    done = plans.publish(open_room.journal, now.series[0].series, [proposal.now], by=administrator)
    assert done.carried == (early.id, late.id)
    assert standing(open_room, MONDAY) == [("А-01", 600, "date", "standing"), ("А-02", 660, "date", "standing")]
    assert [one.number for one in listed(open_room).visits] == ["А-01", "А-02"]
    assert plans.publish(open_room.journal, the_plan(open_room).series, [proposal.now], by=administrator).carried == ()


def test_a_cancelled_reception_cancels_its_bookings_and_lists_whom_to_call(
    open_room: Desk, administrator: SignedIn
) -> None:
    visit = actions.ask(open_room.journal, asking(open_room, 600)).visit
    order = Order(DECEMBER, None, "14", TODAY)
    plans.order(open_room.journal, the_plan(open_room).series, order, by=administrator, today=TODAY)
    (one,) = [each for each in the_plan(open_room).occurrences if each.of == DECEMBER]
    assert plans.publish(open_room.journal, the_plan(open_room).series, [one], by=administrator).carried == (visit.id,)
    (left,) = listed(open_room).visits
    assert (left.id, left.state, left.reason) == (visit.id, "cancelled", "no-reception")


def move_the_day(room: Desk, by: SignedIn, held_on: date | None, order: str) -> None:
    """The December reception is held on another day, or not at all, and hangs so on the door."""
    one = Order(DECEMBER, held_on, order, TODAY)
    plans.order(room.journal, the_plan(room).series, one, by=by, today=TODAY)
    (now,) = [each for each in the_plan(room).occurrences if each.of == DECEMBER]
    plans.publish(room.journal, the_plan(room).series, [now], by=by)


def test_whoever_was_told_is_not_called_again_until_it_moves_once_more(
    open_room: Desk, administrator: SignedIn
) -> None:
    visit = actions.ask(open_room.journal, asking(open_room, 600)).visit
    assert (listed(open_room).to_tell, alerts(open_room)) == (frozenset(), ())
    move_the_day(open_room, administrator, MONDAY, "14")
    assert (listed(open_room).to_tell, listed(open_room).waits) == ({visit.id}, 1)
    assert [one.said.values for one in alerts(open_room)] == [{"n": 1}]
    actions.tell(open_room.journal, visit.id, by=administrator)
    now = listed(open_room)
    assert (now.to_tell, now.waits, alerts(open_room)) == (frozenset(), 0, ())
    assert now.told[visit.id] == records.Told(administrator.name, open_room.clock.now_ms())
    move_the_day(open_room, administrator, None, "15")  # called off after all: they do not know that
    assert (listed(open_room).to_tell, listed(open_room).told) == ({visit.id}, {})
    actions.tell(open_room.journal, visit.id, by=administrator)
    assert listed(open_room).to_tell == frozenset()
