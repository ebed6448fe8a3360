"""Protocols and assignments in the journal: number and code, the whole life, and what a kiosk may see and say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.base.words import Sentence
from akimat_desk.calendar.records import calendar_of
from akimat_desk.files import FileStore
from akimat_desk.journal.free_text import free_text_in
from akimat_desk.papers.tray import InTray, OutTray, PaperGone
from akimat_desk.people.staff import NotAtWork, SignedIn
from akimat_desk.service import Desk
from meetings.cases import actions, by_code, drafts, printing, records, scans
from meetings.cases.actions import CaseUnknown, ProtocolForm
from meetings.cases.drafts import AssignmentForm
from meetings.cases.entries import KINDS
from meetings.cases.records import Assignment, Case
from meetings.cases.rules import Due, ExtensionForm, StepOutOfPlace

from .conftest import TODAY, the_talk


def assignments(room: Desk, case: Case) -> tuple[Assignment, ...]:
    with room.store.read() as db:
        return records.assignments_of(db, case.id, calendar_of(db))


def living(room: Desk, today: date = TODAY) -> tuple[Assignment, ...]:
    with room.store.read() as db:
        return records.living(db, calendar_of(db), today)


def test_a_talk_becomes_a_case_with_a_number_a_code_and_assignments_with_dates(room: Desk, case: Case) -> None:
    assert (case.number, case.name, case.accepted) == ("2026-1", "Ерғалиева Бағдат Оразқызы", "Сәдуақасова Айгүл")
    assert len(case.code) == 6
    given = assignments(room, case)
    assert [(one.place, one.who, one.life.due) for one in given] == [
        (1, "Қ. Нұрпейісов", date(2026, 11, 24)),
        (2, "Д. Әлібеков", date(2026, 11, 27)),
        (3, "А. Сәдуақасова", date(2026, 12, 11)),
    ]
    assert {one.life.state for one in given} == {"open"}


def test_numbers_of_a_year_go_on_and_are_found_however_they_are_typed(
    room: Desk, administrator: SignedIn, case: Case
) -> None:
    second = actions.record(room.journal, the_talk(id="1" * 32), by=administrator).case
    assert second.number == "2026-2"
    with room.store.read() as db:
        assert records.with_number(db, " 2026 - 2") == (second,)
        assert records.find_cases(db, "ерғалиева 2026-1") == (case,)
        assert [one.number for one in records.find_cases(db, "БАГДАТ")] == ["2026-2", "2026-1"]
        assert records.cases_of_day(db, TODAY, TODAY) == (case, second)


def test_what_the_law_asks_for_is_asked_for_line_by_line_and_nothing_is_recorded(
    room: Desk, administrator: SignedIn
) -> None:
    draft = the_talk(
        name=" ",
        iin="900101300013",
        address="",
        asked="",
        assignments=[AssignmentForm("", "", days="soon"), AssignmentForm("a", "b", on="1.11.2026", by_date=True)],
    )
    with pytest.raises(ProtocolForm) as refused:
        actions.record(room.journal, draft, by=administrator)
    assert sorted(refused.value.fields) == ["address", "asked", "due-0", "due-1", "name", "what-0", "who-0"]
    assert sorted(actions.check(the_talk(iin="900101300013"))) == ["iin"]
    assert living(room) == ()


def test_a_draft_is_kept_and_goes_with_the_final_protocol(room: Desk, administrator: SignedIn) -> None:
    draft = the_talk(visit="5" * 32)
    drafts.keep(room.store, room.clock, draft)
    draft.asked += " …"
    drafts.keep(room.store, room.clock, draft)
    with room.store.read() as db:
        assert drafts.kept(db) == (draft,)
        assert drafts.of_visit(db, "5" * 32) == draft
    case = actions.record(room.journal, draft, by=administrator).case
    with room.store.read() as db:
        assert drafts.kept(db) == ()
        assert records.cases_of_visit(db, "5" * 32) == (case,)


def test_the_life_of_an_assignment_until_the_resident_confirms(room: Desk, administrator: SignedIn, case: Case) -> None:
    bridge, _, letter = assignments(room, case)
    by = administrator
    actions.begin(room.journal, bridge, by=by)
    with pytest.raises(StepOutOfPlace):
        actions.confirm(room.journal, bridge, by=by)
    done = actions.answer(room.journal, bridge, outcome="done", text="Қоршау қойылды.", by=by).assignment
    assert done.answer is not None
    assert (done.life.state, done.answer.text, done.answer.author) == ("answered", "Қоршау қойылды.", by.name)
    bad = actions.dispute(room.journal, done, reason="partly", text="Бір басында ғана.", by=by).assignment
    again = actions.reopen(room.journal, bad, due=Due(days=3), by=by).assignment
    assert (again.life.state, again.life.reopened, again.life.due) == ("reopened", 1, date(2026, 11, 25))
    actions.answer(room.journal, again, outcome="done", text="Екі басында да тұр.", by=by)
    assert actions.confirm(room.journal, again, by=by).assignment.life.state == "confirmed"
    with pytest.raises(ExtensionForm):
        actions.extend(room.journal, letter, until=date(2027, 3, 1), reason="money", text="…", by=by)
    later = actions.extend(
        room.journal, letter, until=date(2026, 12, 28), reason="other-body", text="Ауданнан жауап күтіледі.", by=by
    ).assignment
    assert (later.life.due, later.life.moved, later.life.tell_by) == (date(2026, 12, 28), 1, date(2026, 11, 25))
    assert actions.told(room.journal, later, by=by).assignment.life.tell_by is None
    assert [one.place for one in living(room)] == [2, 3]
    with room.store.read() as db:
        assert records.states(db) == {"open": 2, "confirmed": 1}
        assert [one.place for one in records.ended(db, calendar_of(db))] == [1]


def test_whoever_does_not_work_here_records_nothing(room: Desk, administrator: SignedIn, case: Case) -> None:
    stranger = replace(administrator, staff="f" * 32)
    with pytest.raises(NotAtWork):
        actions.record(room.journal, the_talk(), by=stranger)
    with pytest.raises(NotAtWork):
        actions.begin(room.journal, assignments(room, case)[0], by=stranger)


def test_a_resident_sees_by_number_and_code_how_it_stands_without_a_word_and_says_whether_it_is_done(
    room: Desk, administrator: SignedIn, case: Case
) -> None:
    bridge = assignments(room, case)[0]
    actions.answer(room.journal, bridge, outcome="done", text="Қоршау қойылды.", by=administrator)
    for number, code in ((case.number, "000000"), ("2026-9", case.code)):
        with pytest.raises(CaseUnknown):
            by_code.look_up(room.journal, number, "111111" if code == case.code == "000000" else code)
    found, mine = by_code.look_up(room.journal, "2026-1", f"{case.code[:3]} {case.code[3:]}")
    assert (found.number, found.name, found.asked, found.code) == ("2026-1", "", "", "")
    assert [(one.what, one.who, one.life.state) for one in mine] == [
        ("", "", "answered"),
        ("", "", "open"),
        ("", "", "open"),
    ]
    assert {told.text for one in mine for told in one.story} == {""}
    with pytest.raises(StepOutOfPlace):
        by_code.say(room.journal, case.number, case.code, mine[1].id, "confirmed")
    said = by_code.say(room.journal, case.number, case.code, mine[0].id, "disputed", "not-done").assignment
    assert (said.life.state, said.story[-1].way, said.story[-1].reason) == ("disputed", "kiosk", "not-done")


def test_a_calendar_that_changes_corrects_every_deadline(room: Desk, case: Case) -> None:
    from tests.meetings.conftest import decree

    decree(room, "2026-12-10")
    assert [one.life.due for one in assignments(room, case)][-1] == date(2026, 12, 14)


def test_overdue_comes_first(room: Desk, administrator: SignedIn, case: Case, clock: FixedClock) -> None:
    clock.turn_to(datetime(2026, 12, 1, 5, tzinfo=UTC))
    extra = AssignmentForm("Жауап", "Ә. Сейіт", days="1")
    actions.give(room.journal, case, extra, by=administrator)
    found = living(room, date(2026, 12, 1))
    with room.store.read() as db:
        days = calendar_of(db)
    assert [(one.place, one.life.late(date(2026, 12, 1), days)) for one in found] == [(1, 5), (2, 2), (4, 0), (3, 0)]


def test_scans_of_the_talk_belong_to_the_case_from_its_first_moment_and_a_lost_one_records_nothing(
    room: Desk, administrator: SignedIn
) -> None:
    tray, files = InTray(room.store, room.clock), FileStore(room.store, room.clock)
    number = tray.put("meetings", Sentence("Papers for ticket {number}", {"number": "А04"}), "image/png", b"scan")
    with pytest.raises(PaperGone):
        actions.record(room.journal, the_talk(scans=(number, number + 1)), by=administrator, files=files)
    assert living(room) == ()
    assert [one.number for one in tray.papers("meetings")] == [number]
    case = actions.record(room.journal, the_talk(scans=(number,)), by=administrator, files=files).case
    with room.store.read() as db:
        assert [media for _, media in records.papers_of(db, case.id)] == ["image/png"]
    assert (case.number, tray.papers("meetings")) == ("2026-1", ())


def test_a_scan_made_for_the_ticket_is_offered_to_its_case(room: Desk, case: Case) -> None:
    tray = InTray(room.store, room.clock)
    for number in ("А04", "А05"):
        tray.put("meetings", Sentence(scans.TALK, {"number": number}), "image/png", b"scan")
    assert [one.title.values["number"] for one in scans.lying_for(room, case)] == ["А04"]


def test_a_scan_leaves_the_tray_and_belongs_to_the_case(room: Desk, administrator: SignedIn, case: Case) -> None:
    tray = InTray(room.store, room.clock)
    number = tray.put("meetings", Sentence("Protocol"), "application/pdf", b"%PDF-1.4 signed")
    files = FileStore(room.store, room.clock)
    actions.add_scan(room.journal, files, case, number, by=administrator)
    assert tray.papers("meetings") == ()
    with room.store.read() as db:
        ((ref, media),) = records.papers_of(db, case.id)
        assert list(records.files(db)) == [ref]
    assert (media, ref.personal) == ("application/pdf", True)
    with files.open(ref.hash) as stream:
        assert stream.read() == b"%PDF-1.4 signed"
    assert printing.print_scans(room, case) == 1
    assert [paper.title.values for paper in OutTray(room.store, room.clock).papers()] == [{"number": case.number}]


def test_facts_hold_no_word_anybody_said() -> None:
    assert {kind.name: free_text_in(kind.facts) for kind in KINDS} == {kind.name: () for kind in KINDS}
