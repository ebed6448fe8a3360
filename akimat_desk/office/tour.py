"""Office's part of the tour: staff look at residents, the staff, the settings, the backups and the room's PCs."""

from __future__ import annotations

from akimat_desk.service import Tour


def staff(tour: Tour) -> None:
    """See `Service.tour`."""
    tour.open_page("akimat_desk.office.screens.enter:the_residents")
    tour.until("unsettled")
    tour.press("unsettled")
    tour.picture("staff-residents")
    tour.press("register")
    tour.until("save")
    tour.picture("staff-register")
    tour.open_page("akimat_desk.office.screens.enter:the_staff")
    tour.until("people")
    tour.picture("staff-staff")
    tour.open_page("akimat_desk.office.screens.enter:the_settings")
    tour.until("save")
    tour.picture("staff-settings")
    tour.open_page("akimat_desk.office.screens.enter:the_backups")
    tour.until("check")
    tour.press("check")
    tour.until("banner")
    tour.picture("staff-backup")
    tour.open_page("akimat_desk.office.screens.enter:the_room")
    tour.until("empty-button")
    tour.picture("staff-room")
    tour.press("empty-button")
    tour.until("give")
    tour.press("give")
    tour.until("again")
    tour.picture("staff-room-code")
    tour.press("cancel")
    tour.open_page("akimat_desk.office.screens.enter_calendar:the_calendar")
    tour.until("later")
    tour.press("later")
    tour.until("month")
    tour.picture("staff-calendar")
