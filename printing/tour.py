"""Printing's part of the tour: a resident's letter waits, staff find it, look at it and print it; then the printers."""

from __future__ import annotations

from akimat_desk.service import Tour
from printing.money import tour as money
from printing.scanning import tour as scanning


def resident(tour: Tour) -> None:
    """See `Service.tour`."""
    tour.press("tile-0")
    tour.until("file-2")
    tour.picture("print-1-document")
    tour.press("file-2")
    tour.shows("printing.settings")
    tour.picture("print-2-settings")
    tour.press("continue")
    tour.shows("printing.waiting")
    tour.picture("print-3-code")
    tour.press("continue")
    scanning.resident(tour)


def staff(tour: Tour) -> None:
    """See `Service.tour`."""
    tour.open_page("printing.screens.enter_release:queue")
    tour.until("queue")
    tour.picture("staff-queue")
    tour.press("open")
    tour.shows("printing.release")
    tour.picture("staff-release")
    tour.press("release")
    tour.shows("printing.queue")
    tour.until("queue")
    tour.picture("staff-released")
    tour.press("rules")
    tour.shows("printing.holding")
    tour.until("save")
    tour.picture("staff-rules-of-waiting")
    tour.press("back")
    tour.until("queue")
    money.staff(tour)
    tour.open_page("printing.screens.enter:the_printers")
    tour.until("search-printers")
    tour.picture("staff-printers")
    tour.press("open-1")
    tour.shows("printing.printer")
    tour.until("test")
    tour.picture("staff-printer")
    scanning.staff(tour)
