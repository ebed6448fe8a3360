"""How a visit's day is told to staff: icon, colour and words of each state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from meetings.day.steps import STATE_WORDS
from meetings.plan import clock_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from akimat_desk.base.words import Language, Translator
    from akimat_desk.ui.theme import Token
    from meetings.day.queue import Person
    from meetings.day.steps import State

STATES: Final[Mapping[State, tuple[str, Token, str]]] = {
    "expected": ("circle", "ink2", STATE_WORDS["expected"]),
    "waiting": ("hourglass", "gold_text", STATE_WORDS["waiting"]),
    "called": ("volume-2", "sky", STATE_WORDS["called"]),
    "talking": ("circle-dot", "sky", STATE_WORDS["talking"]),
    "held": ("pause", "gold_text", STATE_WORDS["held"]),
    "missed": ("circle-x", "berry", STATE_WORDS["missed"]),
    "ended": ("circle-check", "grass", STATE_WORDS["ended"]),
}
APART: Final = ("triangle-alert", "gold_text")
"""Two PCs said different things of a ticket."""

_FROM_ONES: Final = ("ден", "ден", "ден", "тен", "тен", "тен", "дан", "ден", "ден", "дан")
_FROM_TENS: Final = ("ден", "нан", "дан", "дан", "тан", "ден")


def since(at: str, language: Language) -> str:
    """A time ("19:20") after which something goes on; Kazakh bears the ending of the number that is spoken last."""
    if language != "kk":
        return at
    hour, _, minute = at.partition(":")
    number = int(minute) or int(hour)
    tens, ones = divmod(number, 10)
    return f"{at}-{_FROM_ONES[ones] if ones or not tens else _FROM_TENS[tens]}"


def time_of(one: Person, t: Translator) -> str:
    """The booked time, or that there is none."""
    start = one.visit.start
    return f"{clock_of(start):%H:%M}" if start is not None else t("no booking")


def name_of(one: Person) -> str:
    """As it was given; a dash at a PC that holds no names."""
    return one.visit.name or "–"
