"""One's own appeal at any PC of the room, by number and code: how it stands, and one's own word about the answers.

Facts only: no text and no name is shown, so that whoever reads over a shoulder learns nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from akimat_desk.base.clock import local_date
from akimat_desk.base.locale import fold
from akimat_desk.calendar.records import calendar_of
from meetings.cases import by_code
from meetings.cases.actions import CaseUnknown
from meetings.cases.records import TOPIC
from meetings.cases.words import answer_by
from meetings.guesses import begin_guess, guessed_right
from meetings.visits import secret

if TYPE_CHECKING:
    from akimat_desk.service import Desk
    from meetings.cases.records import Assignment, Case


@dataclass(frozen=True, slots=True)
class OwnCase:
    """What its owner sees; `code` is kept for the next step and shown nowhere."""

    case: Case
    assignments: tuple[Assignment, ...]
    answer_by: date | None
    today: date
    code: str
    topics: tuple[str, ...] = (TOPIC,)


def is_case_number(typed: str) -> bool:
    """Whether this is a number of minutes ("2026-14") and not one of a ticket."""
    year, dash, _ = "".join(typed.split()).partition("-")
    return bool(dash) and len(year) == 4 and year.isdigit()


def look_up(desk: Desk, number: str, typed: str) -> OwnCase:
    """The case of that number and code (blocks). Raises `CaseUnknown`, `GuessedTooOften`."""
    if not secret.is_code(secret.typed(typed)):
        raise CaseUnknown
    counted = fold("".join(number.split()))
    begin_guess(desk, "meetings.cases", counted)
    found = _look(desk, number, typed)
    guessed_right(desk, "meetings.cases", counted)
    return found


def say(desk: Desk, own: OwnCase, one: str, word: Literal["confirmed", "disputed"], reason: str = "") -> OwnCase:
    """The owner confirms, or is not content for a reason of `legal.DISPUTES` (blocks). Raises `StepOutOfPlace`."""
    by_code.say(desk.journal, own.case.number, own.code, one, word, reason)
    return _look(desk, own.case.number, own.code)


def _look(desk: Desk, number: str, typed: str) -> OwnCase:
    case, mine = by_code.look_up(desk.journal, number, typed)
    with desk.store.read() as db:
        by = answer_by(case, calendar_of(db))
    return OwnCase(case, mine, by, local_date(desk.clock.now_ms()), typed)
