"""Booking's part of the tour: a resident looks at the free times; staff book for somebody who calls."""

from __future__ import annotations

from akimat_desk.service import Tour


def resident(tour: Tour) -> None:
    """See `Service.tour`."""
    tour.press("tile-2")
    tour.shows("visits.subject")
    tour.picture("reception-1-subject")
    tour.press("subject-roads")
    tour.shows("visits.time")
    tour.picture("reception-2-time")
    tour.press("back")
    tour.shows("visits.subject")
    tour.press("own")
    tour.shows("visits.look_up")
    tour.picture("reception-my-ticket")
    tour.press("back")
    tour.shows("visits.subject")
    tour.press("back")
    tour.until("tile-2")


def staff(tour: Tour) -> None:
    """See `Service.tour`."""
    tour.open_page("meetings.visits.screens.enter:visits")
    tour.until("visits")
    tour.picture("staff-bookings")
    tour.press("book")
    tour.shows("visits.time")
    tour.until("continue")
    tour.picture("staff-bookings-time")
    tour.press("back")
    tour.until("visits")
