"""Printing's part of the tour: a resident prints a letter, staff look at the queue and the printers."""

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
    tour.shows("printing.progress")
    tour.picture("print-3-paper")
    tour.until("continue")
    tour.picture("print-4-done")
    tour.press("continue")
    scanning.resident(tour)


def staff(tour: Tour) -> None:
    """See `Service.tour`."""
    tour.press("page-printing-0")
    tour.until("queue")
    tour.picture("staff-queue")
    money.staff(tour)
    tour.press("page-printing-4")
    tour.until("search-printers")
    tour.picture("staff-printers")
    tour.press("open-1")
    tour.shows("printing.printer")
    tour.until("test")
    tour.picture("staff-printer")
    scanning.staff(tour)
