"""Copying in the tour: a paper is looked at, scanned and copied; both sides of a card lie on one sheet."""

from __future__ import annotations

from akimat_desk.service import Tour
from printing.service import SERVICE


def resident(tour: Tour) -> None:
    """From the home, by the tile of copying, and back to it."""
    screens = [tile.screen for tile in SERVICE.tiles]
    tour.press(f"tile-{screens.index('printing.scanning.screens.enter:copy_or_scan')}")
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
    tour.shows("printing.scan_copied")
    tour.until("continue")
    tour.picture("copy-5-done")
    tour.press("continue")


def staff(tour: Tour) -> None:
    """The scanners."""
    tour.open_page("printing.scanning.screens.enter:the_scanners")
    tour.until("search-scanners")
    tour.picture("staff-scanners")
