"""A resident at any PC: by number and code how it stands, and one's own word."""

from __future__ import annotations

import pytest

from akimat_desk.calendar.records import calendar_of
from akimat_desk.people.lockout import FREE_TRIES
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from meetings.cases import actions, own, records
from meetings.cases.actions import CaseUnknown
from meetings.cases.records import Case
from meetings.cases.screens.enter import own_minutes
from meetings.guesses import GuessedTooOften

from .conftest import Seen, the_talk


def test_numbers_of_minutes_are_told_from_those_of_tickets() -> None:
    assert [own.is_case_number(one) for one in ("2026-14", " 2026 - А3", "14", "А4", "")] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_wrong_codes_are_slowed_down(room: Desk, case: Case) -> None:
    wrong = "000000" if case.code != "000000" else "111111"
    for _ in range(FREE_TRIES):
        with pytest.raises(CaseUnknown):
            own.look_up(room, case.number, wrong)
    with pytest.raises(GuessedTooOften):
        own.look_up(room, case.number, case.code)


def test_what_others_mistype_keeps_nobody_from_their_own_appeal(
    room: Desk, administrator: SignedIn, case: Case
) -> None:
    other = actions.record(room.journal, the_talk(id="1" * 32), by=administrator).case
    for code in ("", "12", "слово") * 5:  # no codes at all: nobody is locked out by a slip of the pen
        with pytest.raises(CaseUnknown):
            own.look_up(room, case.number, code)
    for _ in range(FREE_TRIES):
        with pytest.raises(CaseUnknown):
            own.look_up(room, other.number, "000000" if other.code != "000000" else "111111")
    with pytest.raises(GuessedTooOften):
        own.look_up(room, f" {other.number} ", other.code)
    assert own.look_up(room, case.number, case.code).case.number == case.number


def test_a_resident_says_what_is_done_and_what_is_not(
    room: Desk, administrator: SignedIn, case: Case, seen: Seen
) -> None:
    assert own_minutes(room, "14", case.code) is None
    with room.store.read() as db:
        first, second, _ = records.assignments_of(db, case.id, calendar_of(db))
    for one in (first, second):
        actions.answer(room.journal, one, outcome="done", text="Қоршау қойылды.", by=administrator)
    make = own_minutes(room, case.number, case.code)
    assert make is not None
    seen.show(make())
    assert "Жауап мерзімі: 2026 жылғы 11 желтоқсан" in seen.texts
    assert not any("Қоршау" in text or "Ерғалиева" in text for text in seen.texts)
    seen.press("done-1")
    assert "Сөзіңіз жазылды. Оны қызметкер көреді." in seen.texts
    seen.press("not-2")
    seen.press("not-done")
    with room.store.read() as db:
        assert [one.life.state for one in records.assignments_of(db, case.id, calendar_of(db))] == [
            "confirmed",
            "disputed",
            "open",
        ]
