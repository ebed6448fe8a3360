"""How an opened desk becomes the page of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from akimat_desk.base.clock import local_date
from meetings.figures import room
from meetings.figures.screens.report import FiguresPresenter, FiguresScreen

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from akimat_desk.ui.screen import Screen


def the_figures(desk: Desk) -> Screen:
    """A year, or a month of it."""
    today = local_date(desk.clock.now_ms())
    return FiguresScreen(
        FiguresPresenter(
            fetch=lambda begin, end: room.told(desk, begin, end),
            paper=lambda told: room.print_report(desk, told),
            save=lambda told: str(room.save_report(desk, told)[0].parent),
            month=today.replace(day=1),
            today=today,
        )
    )
