"""The door of office, the built-in service."""

from __future__ import annotations

from typing import Final

from akimat_desk.base.words import N_
from akimat_desk.service import Check, Command, OverviewCard, Service, StaffPage

SERVICE: Final = Service(
    name="office",
    title=N_("Office"),
    order=90,
    staff_pages=(
        StaffPage(
            title=N_("Residents"),
            icon="users",
            screen="akimat_desk.office.screens.enter:the_residents",
            badge="akimat_desk.office.cards:waiting",
        ),
        StaffPage(
            title=N_("Staff"),
            icon="id-card",
            screen="akimat_desk.office.screens.enter:the_staff",
            role="administrator",
            shelf="set-up",
        ),
        StaffPage(
            title=N_("Settings"),
            icon="sliders-horizontal",
            screen="akimat_desk.office.screens.enter:the_settings",
            role="administrator",
            shelf="set-up",
        ),
        StaffPage(
            title=N_("Backup"),
            icon="database-backup",
            screen="akimat_desk.office.screens.enter:the_backups",
            role="administrator",
            shelf="set-up",
        ),
        StaffPage(
            title=N_("PCs of the room"),
            icon="monitor",
            screen="akimat_desk.office.screens.enter:the_room",
            role="administrator",
            badge="akimat_desk.office.room:knocking",
            shelf="set-up",
        ),
        StaffPage(
            title=N_("Calendar"),
            icon="calendar-days",
            screen="akimat_desk.office.screens.enter_calendar:the_calendar",
            shelf="set-up",
        ),
        StaffPage(
            title=N_("My PIN"),
            icon="lock-keyhole",
            screen="akimat_desk.office.screens.enter:the_own_pin",
            role="trainer",
            shelf="set-up",
        ),
    ),
    overview=OverviewCard(title=N_("Office"), icon="users", figures="akimat_desk.office.overview:figures"),
    topics=frozenset({"people.residents", "people.staff", "office.backups", "sync.state"}),
    today="akimat_desk.office.today:lines",
    checks=(
        Check(name=N_("Database"), run="akimat_desk.office.checks:database"),
        Check(name=N_("Journal"), run="akimat_desk.office.checks:journal"),
        Check(name=N_("Backup"), run="akimat_desk.office.checks:backup"),
        Check(name=N_("Nightly backups"), run="akimat_desk.office.checks:nightly"),
        Check(name=N_("Disk"), run="akimat_desk.office.checks:disk"),
        Check(name=N_("Font"), run="akimat_desk.office.checks:fonts"),
        Check(name=N_("Keys"), run="akimat_desk.office.checks:keys"),
        Check(name=N_("Exchange"), run="akimat_desk.office.checks:exchange"),
        Check(name=N_("Clock"), run="akimat_desk.office.checks:clock"),
    ),
    kinds="akimat_desk.office.journalled:KINDS",
    projections="akimat_desk.office.journalled:PROJECTIONS",
    local_tables="akimat_desk.office.local:LOCAL_TABLES",
    ticks="akimat_desk.office.ticks:TICKS",
    keep="akimat_desk.office.room:keep",
    room_calls="akimat_desk.office.sign_in_calls:answer",
    demo="akimat_desk.office.demo:village",
    tour=("", "akimat_desk.office.tour:staff"),
    commands=(
        Command(
            name="people",
            help=N_("Look at people's numbers."),
            add="akimat_desk.office.commands_people:add",
            run="akimat_desk.office.commands_people:run",
            needs_village=False,
        ),
        Command(
            name="calendar",
            help=N_("Working days of Kazakhstan, and the terms of law."),
            add="akimat_desk.office.commands_calendar:add",
            run="akimat_desk.office.commands_calendar:run",
            needs_village=False,
            uses_village=True,
        ),
        Command(
            name="store",
            help=N_("Back up, restore, check and export the desk's data."),
            add="akimat_desk.office.commands_store:add",
            run="akimat_desk.office.commands_store:run",
            needs_village=False,
        ),
        Command(
            name="journal",
            help=N_("Prove the journal, look into it, make the tables anew."),
            add="akimat_desk.office.commands_journal:add",
            run="akimat_desk.office.commands_journal:run",
        ),
        Command(
            name="room",
            help=N_("Look after the PCs of the room."),
            add="akimat_desk.office.commands_room:add",
            run="akimat_desk.office.commands_room:run",
        ),
        Command(
            name="sync",
            help=N_("Exchange with the other PCs of the room."),
            add="akimat_desk.office.commands_sync:add",
            run="akimat_desk.office.commands_sync:run",
        ),
    ),
)
