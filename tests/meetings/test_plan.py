"""The plan in the journal: what is published stays until somebody publishes it anew."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date

import msgspec
import pytest

from akimat_desk.calendar.actions import OrderForm
from akimat_desk.calendar.days import Decree
from akimat_desk.calendar.records import calendar
from akimat_desk.office.demo import PIN
from akimat_desk.people.staff import NotAtWork, SignedIn, add_staff
from akimat_desk.service import Desk
from meetings import actions, plan
from meetings.actions import DateHeld, SeriesForm, TimesForm
from meetings.plan import USUAL, figures, plan_now, today_lines
from meetings.rules import Order

from .conftest import TODAY, decree, the_plan

DECEMBER = date(2026, 12, 18)


def publish(room: Desk, by: SignedIn) -> None:
    one = the_plan(room)
    actions.publish(room.journal, one.series, one.occurrences, by=by)


def order(room: Desk, by: SignedIn, day: date, held_on: date | None, number: str = "12-ө") -> None:
    actions.order(room.journal, the_plan(room).series, Order(day, held_on, number, TODAY), by=by, today=TODAY)


def test_twelve_months_are_shown_and_people_are_told_when_they_are_published(
    room: Desk, administrator: SignedIn
) -> None:
    before = the_plan(room)
    assert (len(before.occurrences), len(before.untold), before.series.promised) == (13, 13, {})
    assert today_lines(room) == ()
    publish(room, administrator)
    after = the_plan(room)
    assert (after.untold, after.proposals, after.series.sequence) == ((), (), 1)
    assert after.series.promised == {one.of: one.held_on for one in before.occurrences}
    (line,) = today_lines(room)
    assert (line.value, line.detail) == ("20 қараша, жұма", "10:00–13:00")


def test_a_decreed_day_off_is_proposed_and_moves_only_when_it_is_published_anew(
    room: Desk, administrator: SignedIn
) -> None:
    publish(room, administrator)
    decree(room, "2026-12-18")
    one = the_plan(room)
    (proposal,) = one.proposals
    assert (proposal.promised, proposal.now.held_on) == (DECEMBER, date(2026, 12, 21))
    assert plan_now(room).waiting == plan.waiting(room) == 1
    assert DECEMBER in [each.held_on for each in one.told]
    actions.publish(room.journal, one.series, [proposal.now], by=administrator)
    after = the_plan(room)
    assert (after.proposals, after.series.promised[DECEMBER], after.series.sequence) == ((), date(2026, 12, 21), 2)


def test_before_an_order_is_written_down_it_is_told_what_it_would_move(room: Desk, administrator: SignedIn) -> None:
    publish(room, administrator)
    now = calendar(room.store)
    then = now.with_decrees(Decree(DECEMBER, "off", "796", TODAY, "government"))
    (said,) = plan.moves(room, now, then)
    assert (said.values["old"], said.values["new"]) == ("18.12.2026", "21.12.2026")
    assert plan.moves(room, now, now.with_decrees(Decree(date(2026, 12, 24), "off", "796", TODAY, "government"))) == []


def test_an_order_moves_cancels_adds_and_is_taken_back(room: Desk, administrator: SignedIn) -> None:
    order(room, administrator, DECEMBER, date(2026, 12, 17))
    order(room, administrator, date(2027, 1, 15), None)
    order(room, administrator, date(2026, 12, 29), date(2026, 12, 29))
    found = {one.of: (one.held_on, one.because) for one in the_plan(room).occurrences}
    assert found[DECEMBER] == (date(2026, 12, 17), "ordered")
    assert found[date(2027, 1, 15)] == (None, "cancelled")
    assert found[date(2026, 12, 29)] == (date(2026, 12, 29), "extra")
    publish(room, administrator)
    assert the_plan(room).series.promised[date(2027, 1, 15)] is None
    one = the_plan(room).series
    actions.take_back(room.journal, one, one.plan.orders[DECEMBER], by=administrator, today=TODAY)
    (proposal,) = the_plan(room).proposals
    assert (proposal.promised, proposal.now.held_on, proposal.now.because) == (date(2026, 12, 17), DECEMBER, "rule")


def test_another_rule_proposes_and_does_not_move_what_people_were_told(room: Desk, administrator: SignedIn) -> None:
    publish(room, administrator)
    one = the_plan(room).series
    actions.change(room.journal, one, msgspec.structs.replace(one.content, shift="previous"), by=administrator)
    assert the_plan(room).proposals == ()  # no date of the coming year is a day off
    decree(room, "2026-12-18")
    (proposal,) = the_plan(room).proposals
    assert (proposal.promised, proposal.now.held_on) == (DECEMBER, date(2026, 12, 17))


def test_dates_to_be_set_by_hand_wait_and_are_not_published(room: Desk, administrator: SignedIn) -> None:
    one = the_plan(room).series
    actions.change(room.journal, one, msgspec.structs.replace(one.content, shift="hand"), by=administrator)
    decree(room, "2026-12-18")
    assert ([each.of for each in the_plan(room).open], plan_now(room).waiting) == ([DECEMBER], 1)
    publish(room, administrator)
    assert DECEMBER not in the_plan(room).series.promised
    order(room, administrator, DECEMBER, date(2026, 12, 22))
    assert (the_plan(room).open, [each.held_on for each in the_plan(room).untold]) == ((), [date(2026, 12, 22)])


def test_what_is_over_is_not_moved(room: Desk, administrator: SignedIn) -> None:
    with pytest.raises(DateHeld):
        order(room, administrator, date(2026, 10, 16), date(2026, 10, 19))
    with pytest.raises(DateHeld):
        order(room, administrator, DECEMBER, date(2026, 11, 19))


def test_an_order_without_a_number_and_a_series_without_an_office_are_refused(
    room: Desk, administrator: SignedIn
) -> None:
    with pytest.raises(OrderForm):
        order(room, administrator, DECEMBER, None, number=" ")
    with pytest.raises(SeriesForm):
        actions.begin(room.journal, msgspec.structs.replace(USUAL, official_ru=" "), by=administrator)
    with pytest.raises(SeriesForm):
        actions.begin(room.journal, msgspec.structs.replace(USUAL, place_kk="900101300012"), by=administrator)
    with pytest.raises(TimesForm):
        actions.begin(room.journal, msgspec.structs.replace(USUAL, start=780), by=administrator)
    assert len(plan_now(room).series) == 1


def test_only_those_who_receive_plan(room: Desk, administrator: SignedIn) -> None:
    trainer = add_staff(room.journal, by=administrator, name="Мұратов Ерлан", role="trainer", pin=PIN)
    with pytest.raises(NotAtWork):
        publish(room, replace(administrator, staff=trainer.id))
    with pytest.raises(NotAtWork):
        actions.begin(room.journal, USUAL, by=replace(administrator, staff=trainer.id))


def test_what_residents_see_is_read_without_loading_the_calendars_package() -> None:
    """A kiosk's first window must stay light; see `tests/house/test_imports.py`."""
    program = "import sys, meetings.plan, akimat_desk.office.working_days; print('holidays' in sys.modules)"
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "False"


def test_the_overview_tells_the_next_day_and_what_waits(room: Desk, administrator: SignedIn) -> None:
    assert [one.value for one in figures(room)[:2]] == ["–", "0"]
    publish(room, administrator)
    decree(room, "2026-12-18")
    assert [(one.value, one.state) for one in figures(room)[:2]] == [("20 қараша, жұма", "plain"), ("1", "waiting")]


def test_a_replay_gives_the_same_plan(room: Desk, administrator: SignedIn) -> None:
    publish(room, administrator)
    order(room, administrator, DECEMBER, date(2026, 12, 17))
    before = plan_now(room)
    room.journal.replay()
    assert plan_now(room) == before
