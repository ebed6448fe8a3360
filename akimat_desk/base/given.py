"""What is given to a command: a day, a time of day. Each is a `type` for argparse; a wrong one is refused in words."""

from __future__ import annotations

from datetime import date, time

from akimat_desk.base.errors import Refused
from akimat_desk.base.locale import parse_date
from akimat_desk.base.words import N_


class NotATime(Refused):
    """What was typed is no time of a day."""

    code = "not-a-time"
    staff_text = N_("This is not a time. Write the hour and the minutes like this: {example}.")
    next_text = N_("Correct the time.")

    def __init__(self) -> None:
        super().__init__(example="10:45")


def read_day(typed: str) -> date:
    """A day written as 2026-11-20 or as 20.11.2026. Raises `NotADate`."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return parse_date(typed)


def read_time(typed: str) -> time:
    """A time of day written as 10:45. Raises `NotATime`."""
    hour, colon, minute = typed.strip().partition(":")
    try:
        if not (colon and hour.isascii() and minute.isascii() and hour.isdigit() and minute.isdigit()):
            raise NotATime
        return time(int(hour), int(minute))
    except ValueError:
        raise NotATime from None
