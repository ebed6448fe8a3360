"""The tour's look at the figures: a year, then its month."""

from __future__ import annotations

from akimat_desk.service import Tour


def staff(tour: Tour) -> None:
    """See `Service.tour`."""
    tour.open_page("meetings.figures.screens.enter:the_figures")
    tour.until("print")
    tour.picture("staff-receptions-figures")
    tour.press("period-month")
    tour.until("print")
    tour.picture("staff-receptions-figures-month")
