"""The resident's side of a case, by number and code: what may be seen of it at any PC, and one's own word about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from akimat_desk.calendar.records import calendar_of
from meetings.cases import legal, records
from meetings.cases.actions import CaseUnknown, step
from meetings.visits import secret

if TYPE_CHECKING:
    from akimat_desk.journal import Journal
    from meetings.cases.actions import Stepped
    from meetings.cases.records import Assignment, Case


def look_up(journal: Journal, number: str, code: str) -> tuple[Case, tuple[Assignment, ...]]:
    """What a resident may see of a case at any PC: facts only, no text and no name. Raises `CaseUnknown`.

    Slow on purpose. Whoever shows it slows guessing, too (`meetings.guesses`).
    """
    with journal.store.read() as db:
        found = records.with_number(db, number)
        case = next((one for one in found if secret.fits(secret.typed(code), one.secret)), None)
        if case is None:
            raise CaseUnknown
        mine = records.assignments_of(db, case.id, calendar_of(db))
    return without_words(case), tuple(_without_words(one) for one in mine)


def without_words(case: Case) -> Case:
    """The case with nothing in it that a person said or is called by."""
    return replace(
        case,
        name="",
        iin="",
        phone="",
        address="",
        ticket="",
        asked="",
        explained="",
        promised="",
        official="",
        accepted="",
        code="",
    )


def _without_words(one: Assignment) -> Assignment:
    story = tuple(replace(told, text="", author="") for told in one.story)
    return replace(one, case=without_words(one.case), what="", who="", story=story)


def say(
    journal: Journal, number: str, code: str, assignment: str, word: Literal["confirmed", "disputed"], reason: str = ""
) -> Stepped:
    """A resident confirms or disputes at a kiosk, by number and code; a dispute has a reason of `legal.DISPUTES`.

    Raises `CaseUnknown`, `StepOutOfPlace`.
    """
    _, mine = look_up(journal, number, code)
    one = next((each for each in mine if each.id == assignment), None)
    if one is None or (word == "disputed") != (reason in {each.key for each in legal.DISPUTES}):
        raise CaseUnknown
    return step(journal, one, word, None, reason=reason, way="kiosk")
