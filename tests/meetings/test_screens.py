"""The page of the plan, the form of an order about a date, and the form of a series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from meetings import actions
from meetings.demo import MEETING
from meetings.plan import plan_now
from meetings.screens.enter import the_plan

from .conftest import Seen, decree
from .conftest import the_plan as planned

pytestmark = pytest.mark.screen

DECEMBER = date(2026, 12, 18)


def publish(room: Desk, by: SignedIn) -> None:
    one = planned(room)
    actions.publish(room.journal, one.series, one.occurrences, by=by)


def test_an_empty_plan_begins_with_the_third_fridays(desk: Desk, administrator: SignedIn, seen: Seen) -> None:
    room = replace(desk, signed_in=lambda: administrator)
    seen.show(the_plan(room), "en")
    seen.press("empty-button")
    assert "The third Friday of every month" in seen.texts
    seen.press("save")
    (one,) = plan_now(room).series
    assert (one.series.content.every, one.series.content.nth, one.series.content.weekday) == ("month", 3, 4)
    assert seen.rows("dates")[:2] == ["Friday 20 November", "Friday 18 December"]


def test_the_dates_are_announced_with_one_button(room: Desk, administrator: SignedIn, seen: Seen) -> None:
    seen.show(the_plan(room), "en")
    assert "not announced" in seen.texts
    assert seen.page.focused() == "dates"
    seen.press("publish")
    assert planned(room).untold == ()
    assert "announced" in seen.texts
    assert "publish" not in seen.page.controls


def test_a_day_off_that_came_later_is_confirmed_by_somebody(room: Desk, administrator: SignedIn, seen: Seen) -> None:
    publish(room, administrator)
    decree(room, "2026-12-18")
    seen.show(the_plan(room), "en")
    assert {"18 December 2026, Friday", "It would now be: 21 December 2026, Monday", "Waiting for you: 1"} <= set(
        seen.texts
    )
    assert planned(room).series.promised[DECEMBER] == DECEMBER
    seen.press("confirm")
    assert planned(room).series.promised[DECEMBER] == date(2026, 12, 21)
    assert "Waiting for you: 1" not in seen.texts


def test_another_day_is_ordered_and_taken_back(room: Desk, administrator: SignedIn, seen: Seen) -> None:
    seen.show(the_plan(room), "en")
    seen.choose("dates", 1)
    seen.press("another")
    for line, text in (("held_on", "17.12.2026"), ("order", "12-ө"), ("ordered_on", "19.11.2026")):
        seen.type(line, text)
    seen.press("save")
    found = {one.of: one.held_on for one in planned(room).occurrences}
    assert found[DECEMBER] == date(2026, 12, 17)
    seen.press("take-back")
    assert {one.of: one.held_on for one in planned(room).occurrences}[DECEMBER] == DECEMBER


def test_a_reception_on_a_day_off_is_asked_about(room: Desk, seen: Seen) -> None:
    seen.show(the_plan(room), "en")
    seen.choose("dates", 1)
    seen.press("another")
    for line, text in (("held_on", "16.12.2026"), ("order", "12"), ("ordered_on", "19.11.2026")):
        seen.type(line, text)
    seen.press("save")
    assert "This day is a day off. Hold it all the same?" in seen.texts
    seen.press("safe")
    assert planned(room).series.plan.orders == {}
    assert seen.field("held_on").value == "16.12.2026"


def test_one_more_day_and_a_cancelled_one(room: Desk, seen: Seen) -> None:
    seen.show(the_plan(room), "en")
    for what, held_on in (("cancelled", None), ("extra", "29.12.2026")):
        seen.choose("dates", 1)
        seen.press("another")
        seen.press(f"what-{what}")
        if held_on:
            seen.type("held_on", held_on)
        seen.type("order", "12")
        seen.type("ordered_on", "19.11.2026")
        seen.press("save")
    found = {one.of: (one.held_on, one.because) for one in planned(room).occurrences}
    assert found[DECEMBER] == (None, "cancelled")
    assert found[date(2026, 12, 29)] == (date(2026, 12, 29), "extra")


@pytest.mark.parametrize(
    ("line", "text"), [("held_on", "32.12.2026"), ("order", " "), ("ordered_on", ""), ("held_on", "02.11.2026")]
)
def test_a_wrong_line_of_an_order_is_told_where_it_stands(room: Desk, seen: Seen, line: str, text: str) -> None:
    seen.show(the_plan(room), "en")
    seen.choose("dates", 1)
    seen.press("another")
    for name, value in {"held_on": "17.12.2026", "order": "12", "ordered_on": "19.11.2026", line: text}.items():
        seen.type(name, value)
    seen.press("save")
    assert (seen.page.focused(), bool(seen.field(line).error)) == (line, True)
    assert planned(room).series.plan.orders == {}


def test_another_rule_is_chosen_by_pressing(room: Desk, seen: Seen) -> None:
    seen.show(the_plan(room), "en")
    seen.press("change")
    seen.press("every-week")
    seen.press("weekday-2")
    seen.press("shift-previous")
    seen.type("times", "15-16:30")
    assert "Every Wednesday" in seen.texts
    seen.press("save")
    content = planned(room).series.content
    assert (content.every, content.weekday, content.shift) == ("week", 2, "previous")
    assert (content.start, content.end) == (900, 990)


@pytest.mark.parametrize(
    ("line", "text"),
    [("official_ru", ""), ("place_kk", "900101300012"), ("times", "13-10"), ("slot", "4"), ("pause", "x")],
)
def test_a_wrong_line_of_a_series_is_told_where_it_stands(room: Desk, seen: Seen, line: str, text: str) -> None:
    before = planned(room).series.content
    seen.show(the_plan(room), "en")
    seen.press("change")
    seen.type(line, text)
    seen.press("save")
    assert (seen.page.focused(), bool(seen.field(line).error)) == (line, True)
    assert planned(room).series.content == before


def test_how_it_is_booked_is_set_with_the_rule(room: Desk, seen: Seen) -> None:
    seen.show(the_plan(room), "en")
    seen.press("change")
    for line, text in (("slot", "20"), ("gap", "5"), ("daily", "6"), ("ahead", "1"), ("pause", "11:00-11:30")):
        seen.type(line, text)
    seen.press("save")
    content = planned(room).series.content
    assert (content.slot, content.gap, content.daily, content.ahead, content.pauses) == (20, 5, 6, 1, ((660, 690),))


def test_the_poster_goes_to_the_tray_when_there_is_one(room: Desk, administrator: SignedIn, seen: Seen) -> None:
    seen.show(the_plan(room), "en")
    seen.press("poster")
    assert any("No dates are announced yet." in text for text in seen.texts)
    publish(room, administrator)
    seen.press("poster")
    assert "The poster lies in the out-tray and is printed when a printer is free." in seen.texts


@pytest.mark.parametrize("page", ["empty", "plan", "another", "change"])
def test_it_looks_right_in_every_language_and_size(
    desk: Desk, request: pytest.FixtureRequest, administrator: SignedIn, seen: Seen, page: str
) -> None:
    if page == "empty":
        seen.show(the_plan(desk))
    else:
        room = request.getfixturevalue("room")
        publish(room, administrator)
        actions.begin(room.journal, MEETING, by=administrator)
        decree(room, "2026-12-18")
        seen.show(the_plan(room))
        if page != "plan":
            seen.press(page)
    assert seen.wrong() == {}
