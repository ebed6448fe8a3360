"""How a PC of the room is called: what it is for, and the number on its table."""

from __future__ import annotations

from typing import Final

from akimat_desk.base.words import N_, Sentence

NAMES: Final = {
    "desk": (N_("Computer for staff"), N_("Computer for staff, place {n}")),
    "kiosk": (N_("Computer for residents"), N_("Computer for residents, place {n}")),
    "board": (N_("Board on the wall"), N_("Board on the wall, place {n}")),
}
"""Without a number on its table, and with one."""


def pc_name(use: str, seat: int) -> Sentence:
    """Which PC it is."""
    plain, numbered = NAMES[use]
    return Sentence(numbered, {"n": seat}) if seat else Sentence(plain)
