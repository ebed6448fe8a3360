"""The shell's own commands: open the desk, the demo village, the keeper, the doctor."""

from __future__ import annotations

from typing import Final

from akimat_desk.base.words import N_
from akimat_desk.service import Command

COMMANDS: Final = (
    Command(
        name="open",
        help=N_("Open the desk's window."),
        add="akimat_desk.shell.commands:add_open",
        run="akimat_desk.shell.commands:run_open",
        needs_village=False,
    ),
    Command(
        name="demo",
        help=N_("Open the desk on an invented village, or walk through it and leave pictures."),
        add="akimat_desk.shell.commands:add_demo",
        run="akimat_desk.shell.commands:run_demo",
        needs_village=False,
    ),
    Command(
        name="keeper",
        help=N_("Do the desk's work without a window: printing, backups, cleaning up."),
        add="akimat_desk.shell.commands:add_keeper",
        run="akimat_desk.shell.commands:run_keeper",
        needs_village=False,
    ),
    Command(
        name="host",
        help=N_("Do the keeper's work as the room's main PC, and say where it answers."),
        add="akimat_desk.shell.commands:add_host",
        run="akimat_desk.shell.commands:run_host",
    ),
    Command(
        name="doctor",
        help=N_("Say of every part of the desk whether it works, and what to do."),
        add="akimat_desk.shell.doctor:add",
        run="akimat_desk.shell.doctor:run",
        needs_village=False,
    ),
)
