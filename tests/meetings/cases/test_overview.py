"""Dates that cannot be forgotten: what the staff's first page says on the day before, on the day, and afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.calendar.records import calendar_of
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from akimat_desk.shell.overview import overviews
from meetings.cases import actions, overview, records
from meetings.cases.records import Case


@pytest.mark.parametrize(
    ("day", "said", "badge"),
    [
        ("2026-11-23", [], 0),
        ("2026-11-24", ["Assignments that end today: 1"], 1),
        ("2026-11-27", ["Overdue assignments: 1", "Assignments that end today: 1"], 2),
        ("2026-12-14", ["Overdue assignments: 3"], 3),
    ],
)
def test_what_ends_today_and_what_is_overdue_is_told_on_the_first_page(
    room: Desk, case: Case, clock: FixedClock, day: str, said: list[str], badge: int
) -> None:
    clock.turn_to(datetime.fromisoformat(f"{day}T05:00:00+00:00"))
    assert [one.said.msgid.format(**one.said.values) for one in overview.alerts(room)] == said
    assert overview.badge(room) == badge


def test_a_resident_who_must_be_told_of_a_new_date_is_not_forgotten(
    room: Desk, administrator: SignedIn, case: Case, clock: FixedClock
) -> None:
    with room.store.read() as db:
        letter = records.assignments_of(db, case.id, calendar_of(db))[2]
    moved = actions.extend(
        room.journal, letter, until=date(2026, 12, 28), reason="money", text="Смета.", by=administrator
    ).assignment
    clock.turn_to(datetime(2026, 11, 25, 5, tzinfo=UTC))
    assert "Residents to be told of a new date today: {n}" in [one.said.msgid for one in overview.alerts(room)]
    actions.told(room.journal, moved, by=administrator)
    assert [one.said.msgid for one in overview.alerts(room)] == ["Overdue assignments: {n}"]


def test_the_overview_leads_to_the_list_and_only_who_may_open_it_goes_there(
    room: Desk, administrator: SignedIn, case: Case, clock: FixedClock
) -> None:
    clock.turn_to(datetime(2026, 11, 24, 5, tzinfo=UTC))
    receptions = next(one for one in overviews(room, {}) if one.title == "Receptions")
    ((alert, page),) = receptions.alerts
    service = next(one for one in room.services if one.name == "meetings")
    assert service.staff_pages[int(page.removeprefix("meetings-"))].title == "Assignments"
    assert [figure.value for figure in receptions.figures[2:]] == ["0", "1", "0", "0"]
    nobody = next(one for one in overviews(replace(room, signed_in=lambda: None), {}) if one.title == "Receptions")
    assert nobody.alerts == ((alert, ""),)
