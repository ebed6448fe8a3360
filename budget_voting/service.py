"""The door of budget voting."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from akimat_desk.base.words import N_
from akimat_desk.service import Command, Service, StaffPage

SERVICE: Final = Service(
    name="budget_voting",
    title=N_("Budget voting"),
    order=40,
    locale=Path(__file__).parent / "locale",
    staff_pages=(
        StaffPage(
            title=N_("Budget vote"),
            icon="vote",
            screen="budget_voting.screens.enter:count_a_vote",
            shelf="reports",
        ),
    ),
    commands=(
        Command(
            name="budget",
            help=N_("Count a budget vote, explain the result, compare rules."),
            add="budget_voting.commands:add",
            run="budget_voting.commands:run",
            needs_village=False,
        ),
    ),
    demo="budget_voting.demo:village",
    tour=("", "budget_voting.tour:staff"),
)
