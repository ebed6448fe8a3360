"""What office decides without looking anything up: how an IIN is hidden, opening hours, which backups stay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from akimat_desk.base.clock import local_date
from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_

NIGHT_MS: Final = 3 * 3_600_000
"""A night's backup is made from three o'clock on: by then nobody works, and yesterday is over."""
DAILY: Final = 7
WEEKLY: Final = 4
"""How many nights are kept, and how many weeks before them."""
OVERDUE_DAYS: Final = 7
"""After so many days without a copy outside the PC it is time for one."""

_HOURS: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-‑–—−]\s*(\d{1,2})(?:[:.](\d{2}))?", re.ASCII)


class HoursUnread(Refused):
    """Not opening hours."""

    code = "hours-unread"
    staff_text = N_("Write the hours like this: 09:00–18:00. Leave the line empty where the room is closed.")
    next_text = N_("Correct the opening hours.")


def masked_iin(iin: str) -> str:
    """An IIN of which only the last four digits are seen: enough to tell namesakes apart. "" stays ""."""
    return f"•••••• ••{iin[-4:]}" if iin else ""


def read_hours(typed: str) -> tuple[int, int] | None:
    """Opening hours as somebody writes them ("9-18", "09:00 – 18:00"), in minutes after midnight; None is closed.

    Raises `HoursUnread`. That a room opens before it closes is the zone's own rule.
    """
    text = typed.strip()
    if not text:
        return None
    found = _HOURS.fullmatch(text)
    if found is None:
        raise HoursUnread
    from_hour, from_minute, to_hour, to_minute = (int(part or 0) for part in found.groups())
    start, end = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if from_minute > 59 or to_minute > 59 or max(start, end) > 24 * 60:
        raise HoursUnread
    return start, end


def hours_text(hours: tuple[int, int] | None) -> str:
    """Opening hours as they are shown and typed: "09:00–18:00"; "" is closed."""
    if hours is None:
        return ""
    return "–".join(f"{minute // 60:02}:{minute % 60:02}" for minute in hours)


def night_of(ms: int) -> date:
    """The night to which a moment belongs: until three o'clock it is still the day before."""
    return local_date(ms - NIGHT_MS)


def days_between(then_ms: int, now_ms: int) -> int:
    """Whole days of the calendar since `then_ms`; a clock that was set back gives 0."""
    return max(0, (local_date(now_ms) - local_date(then_ms)).days)


@dataclass(frozen=True, slots=True)
class Made:
    """A nightly backup: the number it was given, which only ever grows, and when the PC's clock said it was made."""

    number: int
    made_ms: int


def backup_due(made: Sequence[Made], now_ms: int) -> bool:
    """Whether this night has no backup yet. A clock that went back is another night, too."""
    newest = max(made, key=lambda one: one.number, default=None)
    return newest is None or night_of(newest.made_ms) != night_of(now_ms)


def to_keep(made: Sequence[Made]) -> set[int]:
    """The numbers of the backups that stay: of the last seven nights, and of four weeks before them.

    Which is the later one is told by the number, never by the clock. So nothing is old because a clock was turned: a
    backup goes only when as many others of other nights were really made after it.
    """
    newest_first = sorted(made, key=lambda one: one.number, reverse=True)
    nights: dict[date, int] = {}
    for one in newest_first:
        nights.setdefault(night_of(one.made_ms), one.number)
    daily = dict(list(nights.items())[:DAILY])
    have = {night.isocalendar()[:2] for night in daily}
    weeks: dict[tuple[int, int], int] = {}
    for night, number in nights.items():
        week = night.isocalendar()[:2]
        if week not in have:
            weeks.setdefault(week, number)
    return set(daily.values()) | set(list(weeks.values())[:WEEKLY])
