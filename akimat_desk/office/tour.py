"""Office's part of the tour: staff look at residents, the staff, the settings, the backups and the room's PCs."""

from __future__ import annotations

from akimat_desk.service import Tour


def staff(tour: Tour) -> None:
    """See `Service.tour`."""
    tour.press("page-office-0")
    tour.until("unsettled")
    tour.press("unsettled")
    tour.picture("staff-residents")
    tour.press("register")
    tour.until("save")
    tour.picture("staff-register")
    tour.press("page-office-1")
    tour.until("people")
    tour.picture("staff-staff")
    tour.press("page-office-2")
    tour.until("save")
    tour.picture("staff-settings")
    tour.press("page-office-3")
    tour.until("check")
    tour.press("check")
    tour.until("banner")
    tour.picture("staff-backup")
    tour.press("page-office-4")
    tour.until("empty-button")
    tour.picture("staff-room")
    tour.press("empty-button")
    tour.until("give")
    tour.press("give")
    tour.until("again")
    tour.picture("staff-room-code")
    tour.press("cancel")
    tour.press("page-office-5")
    tour.until("later")
    tour.press("later")
    tour.until("month")
    tour.picture("staff-calendar")
