"""Guessing at a paper's secret code is slowed: per number, and at one PC whatever the numbers.

Tickets and minutes count apart. Tries are forgotten the next day, so that nobody waits for what others mistyped last
month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from akimat_desk.base.clock import local_date
from akimat_desk.base.errors import Refused
from akimat_desk.base.words import N_
from akimat_desk.people import lockout

if TYPE_CHECKING:
    from akimat_desk.service import Desk

Papers = Literal["meetings.tickets", "meetings.cases"]
MOST: Final = 60
"""Tries at one PC in a day, whatever the numbers, before the next ones have to wait."""


class GuessedTooOften(Refused):
    """Wrong codes in a row."""

    code = "ticket-guesses"
    resident_text = N_("The code was wrong several times. It can be tried again in {minutes} min.")
    staff_text = N_("The code was wrong several times. It can be tried again in {minutes} min.")
    next_text = N_("Wait, or call a member of staff.")


def begin_guess(desk: Desk, papers: Papers, number: str) -> None:
    """Write down a try at this number, and at this PC, before the code is looked at. Raises `GuessedTooOften`."""
    day = local_date(desk.clock.now_ms()).isoformat()
    with desk.store.write() as db:
        standing = lockout.begin_try(db, f"{papers}/{number}", day, desk.clock)
        if standing.seconds == 0:
            standing = lockout.begin_try(db, papers, day, desk.clock, free=MOST)
    if standing.seconds > 0:
        raise GuessedTooOften(minutes=int(standing.seconds // 60) + 1)


def guessed_right(desk: Desk, papers: Papers, number: str) -> None:
    """The code was right: what was mistyped at this number is forgotten."""
    with desk.store.write() as db:
        lockout.forget(db, f"{papers}/{number}")
