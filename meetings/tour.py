"""Meetings' part of the tour: staff confirm a day, set another one, and look at a rule."""

from __future__ import annotations

from akimat_desk.service import Tour


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
