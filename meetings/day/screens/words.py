"""How a visit's day is told to staff: icon, colour and words of each state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from akimat_desk.base.words import N_
from meetings.plan import clock_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from akimat_desk.base.words import Translator
    from akimat_desk.ui.theme import Token
    from meetings.day.queue import Person
    from meetings.day.steps import State

STATES: Final[Mapping[State, tuple[str, Token, str]]] = {
    "expected": ("circle", "ink2", N_("Not here yet")),
    "waiting": ("hourglass", "gold_text", N_("Here, waiting")),
    "called": ("volume-2", "sky", N_("Called")),
    "talking": ("circle-dot", "sky", N_("Being received")),
    "held": ("pause", "gold_text", N_("Waits aside")),
    "missed": ("circle-x", "berry", N_("Did not come")),
    "ended": ("circle-check", "grass", N_("Received")),
}
APART: Final = ("triangle-alert", "gold_text")
"""Two PCs said different things of a ticket."""


def time_of(one: Person, t: Translator) -> str:
    """The booked time, or that there is none."""
    start = one.visit.start
    return f"{clock_of(start):%H:%M}" if start is not None else t("no booking")


def name_of(one: Person) -> str:
    """As it was given; a dash at a PC that holds no names."""
    return one.visit.name or "–"
