"""Minutes that turn out wrong: corrected by an entry that names what it replaces, and the first text stays."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.calendar.records import calendar_of
from akimat_desk.journal import Journal
from akimat_desk.people.staff import NotAtWork, SignedIn
from akimat_desk.service import Desk
from meetings.cases import actions, printing, records
from meetings.cases.actions import ProtocolForm
from meetings.cases.correcting import NothingCorrected, correct, draft_of
from meetings.cases.corrections import Changed, Texts, first_text, texts_of
from meetings.cases.papers import protocol
from meetings.cases.records import Case
from meetings.figures.counting import figures
from tests.meetings.test_on_two_pcs import BY, exchange, pcs

from .conftest import the_talk
from .test_papers import pages

__all__ = ["pcs"]


def the_case(pc: Journal) -> tuple[Case, Texts]:
    """The only case there is, as that PC sees it, with all its texts."""
    with pc.store.read() as db:
        (case,) = records.find_cases(db, "")
        return case, texts_of(db, case)


def change(pc: Journal, why: str, by: SignedIn, **lines: str) -> Case:
    """Somebody reads the case and corrects some lines of it."""
    case, texts = the_case(pc)
    draft = draft_of(case)
    for line, now in lines.items():
        setattr(draft, line, now)
    return correct(pc, case, draft, why, seen=texts.seen, by=by).case


def test_a_correction_says_who_when_and_why_and_the_first_text_can_still_be_read(
    room: Desk, administrator: SignedIn, case: Case, clock: FixedClock
) -> None:
    clock.turn_to(datetime(2026, 11, 24, 5, tzinfo=UTC))
    now = change(
        room.journal, "Аты қате жазылған.", administrator, name="Ерғалиева  Бағдатгүл Оразқызы", subject="water"
    )
    assert (now.name, now.subject, now.corrected) == ("Ерғалиева Бағдатгүл Оразқызы", "water", date(2026, 11, 24))
    assert (now.number, now.code, now.asked) == (case.number, case.code, case.asked)
    clock.pass_seconds(60)
    change(room.journal, "Тағы бір қате.", administrator, name="Ерғалиева Бағдат")
    found, texts = the_case(room.journal)
    assert found.name == "Ерғалиева Бағдат"
    assert [(one.on, one.author, one.why) for one in texts.corrections] == [
        (date(2026, 11, 24), "Сәдуақасова Айгүл", "Аты қате жазылған."),
        (date(2026, 11, 24), "Сәдуақасова Айгүл", "Тағы бір қате."),
    ]
    assert texts.corrections[0].changes == (
        Changed("name", "Ерғалиева Бағдат Оразқызы", "Ерғалиева Бағдатгүл Оразқызы"),
        Changed("subject", "roads", "water"),
    )
    assert texts.apart == ()
    assert first_text(found, texts.corrections) == case


def test_a_case_is_found_by_its_right_name_and_counted_by_its_right_subject(
    room: Desk, administrator: SignedIn, case: Case
) -> None:
    change(room.journal, "Қате.", administrator, name="Нұрланова Ләззат", subject="water")
    with room.store.read() as db:
        assert [one.number for one in records.find_cases(db, "нурланова")] == [case.number]
        assert records.find_cases(db, "ергалиева") == ()
        counted = figures(db, date(2026, 11, 1), date(2026, 12, 1), calendar_of(db), date(2026, 11, 20))
    assert [(one.subject, one.times) for one in counted.subjects] == [("water", 1)]


def test_a_correction_needs_a_reason_and_a_whole_text_and_changes_something(
    room: Desk, administrator: SignedIn, case: Case
) -> None:
    with pytest.raises(ProtocolForm) as refused:
        change(room.journal, " ", administrator, asked="", iin="900101300013")
    assert sorted(refused.value.fields) == ["asked", "iin", "why"]
    with pytest.raises(NothingCorrected):
        change(room.journal, "Қате.", administrator, name=f"{case.name} ")
    with pytest.raises(NotAtWork):
        change(room.journal, "Қате.", SignedIn("0" * 32, "Бөтен", "staff"), name="Бөтен")
    assert the_case(room.journal) == (case, Texts())


def test_two_people_who_correct_at_once_are_shown_to_each_other_until_somebody_decides(
    pcs: tuple[Journal, Journal], clock: FixedClock
) -> None:
    first, second = pcs
    actions.record(first, the_talk(), by=BY)
    exchange(first, second)
    clock.pass_seconds(60)
    change(first, "Аты.", BY, name="Ерғалиева Бағдатгүл", phone="+77010000000")
    clock.pass_seconds(60)
    change(second, "Тегі.", BY, name="Ерғалиев Бағдат", address="Абай көшесі, 5-үй")
    exchange(first, second)
    assert the_case(first) == the_case(second)
    case, texts = the_case(first)
    assert (case.name, case.phone, case.address) == ("Ерғалиев Бағдат", "+77010000000", "Абай көшесі, 5-үй")
    assert [(one.line, one.stands, one.lost) for one in texts.apart] == [
        ("name", "Ерғалиев Бағдат", "Ерғалиева Бағдатгүл")
    ]
    change(first, "Құжатқа қарадық.", BY, name="Ерғалиева Бағдатгүл")
    exchange(first, second)
    for pc in pcs:
        case, texts = the_case(pc)
        assert (case.name, texts.apart, len(texts.corrections)) == ("Ерғалиева Бағдатгүл", (), 3)
    assert first.table_hashes() == second.table_hashes()


def test_the_paper_says_that_its_text_is_corrected_and_lists_nothing_given_by_mistake(
    room: Desk, administrator: SignedIn, case: Case, clock: FixedClock
) -> None:
    clock.turn_to(datetime(2026, 11, 24, 5, tzinfo=UTC))
    with room.store.read() as db:
        given = records.assignments_of(db, case.id, calendar_of(db))
    actions.close(room.journal, given[1], reason="mistake", text="Басқа өтініштікі.", by=administrator)
    now = change(room.journal, "Қате.", administrator, asked="Көпірді жөндеуді сұрайды.")
    with room.store.read() as db:
        given = records.assignments_of(db, case.id, calendar_of(db))
    whose = printing.house(room)
    (paper,) = pages(protocol(now, given, whose))
    assert "24.11.2026 күні түзетілген мәтін. 20.11.2026 күнгі мәтінді алмастырады." in paper
    assert "Көпірді жөндеуді сұрайды." in paper
    assert [one.what in paper for one in given] == [True, False, True]
    assert "түзетілген" not in pages(protocol(case, given, whose))[0]
