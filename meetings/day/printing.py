"""The day's papers, laid into the out-tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from akimat_desk.base.words import Sentence
from meetings.day.papers import LIST, ORDER, day_list, order_sheet

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from meetings.day.screens.presenter import DayView


def print_list(desk: Desk, view: DayView | None) -> int:
    """The day's list, with names: for the official's table (blocks); its number in the tray."""
    from akimat_desk.papers.tray import OutTray, Paper

    assert view is not None
    pdf = day_list(view.now, view.people, view.official, desk.words)
    return OutTray(desk.store, desk.clock).put("meetings", Paper(Sentence(LIST), pdf=pdf))


def print_order(desk: Desk) -> int:
    """The order of calling, for the door (blocks); its number in the tray."""
    from akimat_desk.papers.tray import OutTray, Paper

    return OutTray(desk.store, desk.clock).put("meetings", Paper(Sentence(ORDER), pdf=order_sheet(desk.words)))
