"""Copying in the tour: a paper is looked at, scanned and copied; both sides of a card lie on one sheet."""

from __future__ import annotations

from collections.abc import Sequence

from akimat_desk.service import Tour
from printing.service import SERVICE


def resident(tour: Tour) -> None:
    """From the home, by the tile of copying, and back to it."""
    tour.press(f"tile-{_place([tile.screen for tile in SERVICE.tiles], 'copy_or_scan')}")
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
    tour.press(f"page-{SERVICE.name}-{_place([page.screen for page in SERVICE.staff_pages], 'the_scanners')}")
    tour.until("search-scanners")
    tour.picture("staff-scanners")


def _place(screens: Sequence[str], screen: str) -> int:
    """Which of the door's tiles or pages leads to `screen`."""
    return next(number for number, name in enumerate(screens) if name.endswith(f":{screen}"))
