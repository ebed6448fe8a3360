"""The door of printing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from akimat_desk.base.words import N_
from akimat_desk.service import Check, Command, OverviewCard, Service, StaffPage, Tile

SERVICE: Final = Service(
    name="printing",
    title=N_("Printing"),
    order=10,
    locale=Path(__file__).parent / "locale",
    tiles=(
        Tile(
            title=N_("Print a document"),
            short=N_("Print a document"),
            hint=N_("From a USB stick or a folder"),
            icon="printer",
            hue="sky",
            screen="printing.screens.enter:print_a_document",
            guide=(
                ("usb", N_("Put in your USB stick and choose the file")),
                ("search", N_("Look at the pages and at the price")),
                ("printer", N_("Take the sheets and pay a member of staff")),
                ("eraser", N_("Press “Finish and erase”: nothing of yours stays here")),
            ),
        ),
        Tile(
            title=N_("Copy or scan"),
            short=N_("Copy or scan"),
            hint=N_("A paper or an identity card, on paper or on your USB stick"),
            icon="scan-line",
            hue="sky",
            screen="printing.scanning.screens.enter:copy_or_scan",
        ),
    ),
    staff_pages=(
        StaffPage(
            title=N_("Printing"),
            icon="printer",
            screen="printing.screens.enter_release:queue",
            badge="printing.room:waiting",
        ),
        StaffPage(
            title=N_("Cash desk"),
            icon="wallet",
            screen="printing.money.screens.enter:cash_desk",
            badge="printing.money.room:unpaid",
        ),
        StaffPage(title=N_("Printing"), icon="printer", screen="printing.money.screens.enter:report", shelf="reports"),
        StaffPage(
            title=N_("Prices"),
            icon="receipt",
            screen="printing.money.screens.enter:prices",
            role="administrator",
            shelf="set-up",
        ),
        StaffPage(
            title=N_("Printers"),
            icon="printer",
            screen="printing.screens.enter:the_printers",
            role="administrator",
            shelf="set-up",
        ),
        StaffPage(
            title=N_("Scanners"),
            icon="scan-line",
            screen="printing.scanning.screens.enter:the_scanners",
            role="administrator",
            shelf="set-up",
        ),
    ),
    first_run=(N_("Printer"), "printing.screens.enter:first_printer"),
    today="printing.room:today",
    overview=OverviewCard(title=N_("Printing"), icon="printer", figures="printing.room:figures"),
    topics=frozenset({"printing.queue", "printing.prices", "printing.printers", "printing.money"}),
    commands=(
        Command(
            name="print",
            help=N_("Look into files and print them."),
            add="printing.commands:add",
            run="printing.commands:run",
            needs_village=False,
        ),
    ),
    checks=(
        Check(name=N_("Printer"), run="printing.checks:printer"),
        Check(name=N_("Scanner"), run="printing.scanning.checks:scanner"),
        Check(name=N_("Documents"), run="printing.checks:documents"),
        Check(name=N_("Office documents"), run="printing.checks:office"),
    ),
    kinds="printing.entries:KINDS",
    projections="printing.records:PROJECTIONS",
    local_tables="printing.records:LOCAL_TABLES",
    live="printing.live:marks",
    keep="printing.keeping:keep",
    room_calls="printing.room_calls:answer",
    machine="printing.checks:machine",
    wipe="printing.room:wipe",
    demo="printing.demo:village",
    tour=("printing.tour:resident", "printing.tour:staff"),
)
