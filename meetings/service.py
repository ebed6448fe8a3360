"""The door of meetings."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from akimat_desk.base.words import N_
from akimat_desk.service import Check, Command, OverviewCard, Service, StaffPage, Tile

SERVICE: Final = Service(
    name="meetings",
    title=N_("Receptions"),
    order=20,
    locale=Path(__file__).parent / "locale",
    tiles=(
        Tile(
            title=N_("Reception"),
            short=N_("Reception"),
            hint=N_("Book a time with the akim"),
            icon="calendar-check",
            hue="gold",
            screen="meetings.visits.screens.enter:book",
        ),
    ),
    staff_pages=(
        StaffPage(
            title=N_("Receptions"),
            icon="calendar-check",
            screen="meetings.day.screens.enter:the_day",
            badge="meetings.day.board:waiting",
        ),
        StaffPage(
            title=N_("Bookings"),
            icon="ticket",
            screen="meetings.visits.screens.enter:visits",
            badge="meetings.visits.listed:waiting",
        ),
        StaffPage(
            title=N_("Assignments"),
            icon="list-checks",
            screen="meetings.cases.screens.enter:the_assignments",
            badge="meetings.cases.overview:badge",
        ),
        StaffPage(
            title=N_("Receptions"),
            icon="calendar-check",
            screen="meetings.figures.screens.enter:the_figures",
            shelf="reports",
        ),
        StaffPage(
            title=N_("Plan of receptions"),
            icon="calendar-check",
            screen="meetings.screens.enter:the_plan",
            badge="meetings.plan:waiting",
            shelf="set-up",
        ),
    ),
    overview=OverviewCard(
        title=N_("Receptions"),
        icon="calendar-check",
        figures="meetings.plan:figures",
        alerts="meetings.alerts:alerts",
    ),
    today="meetings.plan:today_lines",
    topics=frozenset({"meetings.plan", "meetings.visits", "meetings.queue", "meetings.cases", "calendar.days"}),
    commands=(
        Command(
            name="receptions",
            help=N_("The dates of receptions and meetings."),
            add="meetings.commands:add",
            run="meetings.commands:run",
            needs_village=False,
            uses_village=True,
        ),
    ),
    board="meetings.day.screens.enter:the_board",
    checks=(Check(name=N_("The board’s voice"), run="meetings.day.voice:check"),),
    kinds="meetings.entries:KINDS",
    projections="meetings.records:PROJECTIONS",
    local_tables="meetings.cases.drafts:MIGRATIONS",
    files="meetings.cases.records:files",
    wanted_scans="meetings.cases.scans:wanted_scans",
    room_calls="meetings.visits.room_calls:answer",
    moves="meetings.plan:moves",
    demo="meetings.demo:village",
    tour=("meetings.visits.tour:resident", "meetings.tour:staff"),
)
