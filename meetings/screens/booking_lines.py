"""The lines of a series' form that say how it is booked: the length of a talk, a break, how many a day and a person."""

from __future__ import annotations

from typing import Final

import msgspec

from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_, Sentence
from akimat_desk.office.rules import HoursUnread, hours_text, read_hours
from meetings.content import SeriesContent

LINES: Final = (
    ("slot", N_("Minutes for one talk"), 5, 240),
    ("gap", N_("Minutes between two talks"), 0, 120),
    ("daily", N_("Booked on one day at most (0: all times)"), 0, 500),
    ("ahead", N_("Times one person may hold"), 1, 20),
)
"""Name, label, the least and the most."""
PAUSE: Final = "pause"
PAUSE_LABEL: Final = N_("Break (empty: none)")


class NumberForm(Refused):
    """Not a number, or too small or too large a one."""

    code = "meetings-number"
    staff_text = N_("Write a number from {least} to {most}.")
    next_text = N_("Correct the number.")


class PauseForm(Refused):
    """Not a time from and to."""

    code = "meetings-pause"
    staff_text = N_("Write the break like this: {example}.")
    next_text = N_("Correct the break.")


def typed_of(content: SeriesContent) -> dict[str, str]:
    """What stands in the lines at first. Of several breaks the first is shown; the others stay as they are."""
    lines = {name: str(getattr(content, name)) for name, *_ in LINES}
    return {**lines, PAUSE: hours_text(content.pauses[0]) if content.pauses else ""}


def read(typed: dict[str, str], content: SeriesContent) -> tuple[SeriesContent, dict[str, Sentence]]:
    """The content with what was typed, and what is wrong with which line."""
    wrong = dict[str, Sentence]()
    for name, _, least, most in LINES:
        text = typed[name].strip() or "0"
        if not (text.isascii() and text.isdecimal() and least <= int(text) <= most):
            wrong[name] = NumberForm(least=least, most=most).for_staff
        else:
            content = msgspec.structs.replace(content, **{name: int(text)})
    pauses = content.pauses[1:]
    if typed[PAUSE].strip():
        try:
            first = read_hours(typed[PAUSE])
            if first is None or first[0] >= first[1]:
                raise HoursUnread
            pauses = (first, *pauses)
        except HoursUnread:
            wrong[PAUSE] = PauseForm(example="13:00–14:00").for_staff
    return msgspec.structs.replace(content, pauses=pauses), wrong
