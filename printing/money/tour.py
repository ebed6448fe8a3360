"""Money's part of the tour: a payment, a day closed by two people, the honest till, a month, the prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from akimat_desk.office.demo import PIN

if TYPE_CHECKING:
    from akimat_desk.service import Tour


def staff(tour: Tour) -> None:
    """From the pages of a signed-in administrator."""
    tour.open_page("printing.money.screens.enter:cash_desk")
    tour.until("documents")
    tour.picture("staff-cash-desk")
    tour.press("note-500")
    tour.press("take")
    tour.until("next")
    tour.picture("staff-cash-desk-change")
    tour.press("close-day")
    tour.until("counted")
    tour.type("counted", "2060")
    tour.type("pin", PIN)
    tour.picture("staff-closing-count")
    tour.press("back")
    tour.until("honest-till")
    tour.press("honest-till")
    tour.until("write")
    tour.picture("staff-honest-till")
    tour.open_page("printing.money.screens.enter:report")
    tour.until("print")
    tour.picture("staff-report")
    tour.open_page("printing.money.screens.enter:prices")
    tour.until("set-prices")
    tour.picture("staff-prices")
