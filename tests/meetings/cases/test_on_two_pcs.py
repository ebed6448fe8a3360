"""Two PCs that work on one assignment while they are apart: both see the same life afterwards, and what did not fit."""

from __future__ import annotations

from datetime import date

from akimat_desk.base.clock import FixedClock
from akimat_desk.calendar.records import calendar_of
from akimat_desk.journal import Journal
from meetings.cases import actions, by_code, records
from meetings.cases.records import Assignment
from tests.meetings.test_on_two_pcs import BY, exchange, pcs

from .conftest import the_talk

__all__ = ["pcs"]


def first_of(pc: Journal) -> Assignment:
    """The first assignment, as that PC sees it."""
    with pc.store.read() as db:
        found = records.find_cases(db, "")
        return records.assignments_of(db, found[0].id, calendar_of(db))[0]


def test_an_answer_and_an_extension_apart(pcs: tuple[Journal, Journal], clock: FixedClock) -> None:
    first, second = pcs
    actions.record(first, the_talk(), by=BY)
    exchange(first, second)
    clock.pass_seconds(60)
    actions.answer(first, first_of(first), outcome="done", text="Қойылды.", by=BY)
    clock.pass_seconds(60)
    actions.extend(second, first_of(second), until=date(2026, 12, 4), reason="money", text="Ақша жоқ.", by=BY)
    assert [first_of(pc).life.state for pc in pcs] == ["answered", "open"]
    exchange(first, second)
    assert first_of(first) == first_of(second)
    now = first_of(second)
    assert (now.life.state, now.life.moved, [told.counts for told in now.story]) == ("answered", 0, [True, False])
    with second.store.read() as db:
        assert records.states(db) == {"answered": 1, "open": 2}


def test_a_resident_confirms_here_and_disputes_there_and_the_first_word_counts(
    pcs: tuple[Journal, Journal], clock: FixedClock
) -> None:
    first, second = pcs
    case = actions.record(first, the_talk(), by=BY).case
    actions.answer(first, first_of(first), outcome="done", text="Қойылды.", by=BY)
    exchange(first, second)
    clock.pass_seconds(60)
    by_code.say(second, case.number, case.code, first_of(second).id, "disputed", "badly")
    clock.pass_seconds(60)
    actions.confirm(first, first_of(first), by=BY)
    exchange(first, second)
    assert [first_of(pc).life.state for pc in pcs] == ["disputed", "disputed"]


def test_numbers_of_two_pcs_are_never_the_same(pcs: tuple[Journal, Journal]) -> None:
    first, second = pcs
    numbers = {actions.record(pc, the_talk(), by=BY).case.number for pc in pcs for _ in range(3)}
    assert len(numbers) == 6
    exchange(first, second)
    for pc in pcs:
        with pc.store.read() as db:
            assert {one.number for one in records.find_cases(db, "")} == numbers
