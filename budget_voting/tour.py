"""The staff's part of the tour: last year's vote is counted by three rules, and one sees who would gain and lose."""

from __future__ import annotations

from akimat_desk.service import Tour


def staff(tour: Tour) -> None:
    """See `Service.tour`."""
    tour.open_page("budget_voting.screens.enter:count_a_vote")
    tour.until("file-0")
    tour.picture("staff-votes")
    tour.press("file-0")
    tour.until("count")
    tour.picture("staff-vote-file")
    tour.press("count")
    tour.until("projects")
    tour.picture("staff-vote-projects")
    tour.press("view-money")
    tour.until("view-voters")
    tour.picture("staff-vote-money")
    tour.press("view-voters")
    tour.until("view-rules")
    tour.picture("staff-vote-voters")
    tour.press("print")
    tour.until("banner")
