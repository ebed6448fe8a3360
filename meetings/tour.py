"""Meetings' part of the tour: staff confirm a day, set another one, and look at a rule."""

from __future__ import annotations

from akimat_desk.service import Tour
from meetings.figures import tour as figures
from meetings.visits import tour as visits


def staff(tour: Tour) -> None:
    """See `Service.tour`."""
    tour.open_page("meetings.screens.enter:the_plan")
    tour.until("confirm")
    tour.picture("staff-receptions-plan")
    tour.press("another")
    tour.until("held_on")
    tour.picture("staff-receptions-another-day")
    tour.press("cancel")
    tour.until("change")
    tour.press("change")
    tour.until("times")
    tour.picture("staff-receptions-rule")
    tour.press("cancel")
    tour.until("poster")
    tour.press("poster")
    tour.until("banner")
    visits.staff(tour)
    _the_day(tour)
    figures.staff(tour)


def _the_day(tour: Tour) -> None:
    """One talk ends, the next one is called and received."""
    tour.open_page("meetings.day.screens.enter:the_day")
    tour.until("next")
    tour.picture("staff-reception-day")
    tour.press("next")
    tour.until("again")
    tour.picture("staff-reception-day-called")
    tour.press("again")
    tour.until("start")
    tour.press("start")
    tour.until("end")
    tour.press("place")
    tour.until("room-more")
    tour.picture("staff-reception-room")
    tour.press("cancel")
    tour.until("people")
    tour.open_page("meetings.cases.screens.enter:the_assignments")
    tour.until("assignments")
    tour.picture("staff-receptions-assignments")
    tour.press("case")
    tour.until("protocol")
    tour.picture("staff-receptions-case")
    tour.press("protocol")
    tour.until("banner")
    tour.press("correct")
    tour.until("why")
    tour.picture("staff-receptions-correct")
    tour.press("back")
    tour.until("protocol")
    tour.press("back")
    tour.until("new")
    tour.press("new")
    tour.until("asked")
    tour.picture("staff-receptions-minutes")
    tour.press("back")
    tour.until("assignments")
