"""Copying in the tour: a paper is looked at, scanned and copied; both sides of a card lie on one sheet."""

from __future__ import annotations

from akimat_desk.service import Tour


def resident(tour: Tour, tile: str) -> None:
    """From the home, by the `tile` of copying, and back to it."""
    tour.press(tile)
    tour.until("what-sheet")
    tour.picture("copy-1-paper")
    tour.press("continue")
    tour.until("frame")
    tour.picture("copy-2-preview")
    tour.press("continue")
    tour.shows("printing.scan_pages")
    tour.press("one-more")
    tour.press("what-card")
    tour.press("continue")
    tour.until("frame")
    tour.picture("copy-3-card")
    tour.press("continue")
    tour.until("enough")
    tour.press("continue")
    tour.until("frame")
    tour.press("continue")
    tour.shows("printing.scan_pages")
    tour.picture("copy-4-pages")
    tour.press("continue")
    tour.shows("printing.progress")
    tour.until("continue")
    tour.press("continue")


def staff(tour: Tour, page: str) -> None:
    """The scanners."""
    tour.press(page)
    tour.until("search-scanners")
    tour.picture("staff-scanners")
