"""Minutes while they are typed, and the list of what was promised: every word is kept, and the overdue come first."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

from akimat_desk.base.clock import FixedClock
from akimat_desk.calendar.records import calendar_of
from akimat_desk.papers.tray import OutTray
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from akimat_desk.ui.inspect import settle
from akimat_desk.ui.widgets.text_area import TextArea
from meetings.cases import actions, correcting, drafts, records
from meetings.cases.records import Case
from meetings.cases.screens.enter import protocol_of, the_assignments, the_case
from meetings.cases.screens.law import LawScreen
from tests.meetings.day.conftest import ask

from .conftest import Seen, the_talk


def write(seen: Seen, name: str, text: str) -> None:
    area = seen.page.controls[name]
    assert isinstance(area, TextArea)
    area.put(text)
    settle(seen.window)


def test_an_appeal_at_the_desk_is_kept_as_it_is_typed_and_becomes_a_case_with_its_papers(
    room: Desk, administrator: SignedIn, seen: Seen
) -> None:
    page = the_assignments(room)
    seen.show(page)
    assert "Орындалмаған тапсырма жоқ." in seen.texts
    seen.press("empty-button")
    write(seen, "asked", "Көпір шіріген.")
    seen.type("name", "Ерғалиева Бағдат")
    seen.press("record")
    assert "Мекенжайын жазыңыз: жауап сонда барады." in seen.texts
    seen.type("address", "Ақжар ауылы")
    seen.type("what-0", "Тексеру")
    seen.type("who-0", "Д. Әлібеков")
    seen.type("due-0", "5")
    seen.window.back()
    settle(seen.window)
    with room.store.read() as db:
        (kept,) = drafts.kept(db)
    assert (kept.asked, kept.name, kept.assignments[0].days) == ("Көпір шіріген.", "Ерғалиева Бағдат", "5")
    seen.press(f"draft-{kept.id}")
    seen.press("record")
    with room.store.read() as db:
        (one,) = records.living(db, calendar_of(db), date(2026, 11, 20))
        assert drafts.kept(db) == ()
    assert (one.what, one.who, one.life.due) == ("Тексеру", "Д. Әлібеков", date(2026, 11, 27))
    assert [paper.kind for paper in OutTray(room.store, room.clock).papers()] == ["sheet", "receipt"]
    assert "Д. Әлібеков, мерзімі 27.11.2026" in seen.texts


def rows(seen: Seen) -> list[tuple[str, ...]]:
    """The rows that are seen."""
    settle(seen.window)
    return [tuple(map(str, row.cells)) for row in seen.table("assignments").visible_rows if row is not None]


def test_an_assignment_goes_its_way_by_the_buttons_beside_the_list(
    room: Desk, administrator: SignedIn, case: Case, clock: FixedClock, seen: Seen
) -> None:
    clock.turn_to(datetime(2026, 12, 1, 5, tzinfo=UTC))
    page = the_assignments(room)
    seen.show(page)
    assert seen.page.focused() == "assignments"
    assert rows(seen)[0] == ("24.11.2026", the_talk().assignments[0].what, "Қ. Нұрпейісов", "мерзімі өтті")
    seen.press("filter-overdue")
    assert len(rows(seen)) == 2
    seen.press("answer")
    seen.press("save")
    assert "Әлі ештеңе жазылмаған." in seen.texts
    write(seen, "text", "Қоршау қойылды.")
    seen.press("save")
    seen.press("filter-answered")
    seen.press("confirm")
    seen.press("filter-ended")
    assert [row[3] for row in rows(seen)] == ["тұрғын растады"]
    seen.press("filter-all")
    seen.press("extend")
    seen.type("due", "1.6.2027")
    write(seen, "text", "Акт әлі жоқ.")
    seen.press("save")
    assert any(text.startswith("Жаңа мерзім 27.11.2026 күнінен кейін, 27.01.2027 ") for text in seen.texts)
    seen.type("due", "25.12.2026")
    seen.press("save")
    assert "Тұрғынға жаңа мерзімді хабарлаңыз. Соңғы күні: 04.12.2026." in seen.texts
    seen.press("print-notice")
    seen.press("told")
    seen.press("case")
    assert "Ерғалиева Бағдат Оразқызы" in seen.texts
    assert case.code[:3] in " ".join(seen.texts)
    seen.press("back")
    seen.press("agenda")
    seen.press("reminders")
    assert [paper.title.msgid for paper in OutTray(room.store, room.clock).papers()] == [
        "Notice {number}",
        "Agenda of the meeting on open problems",
        "Reminder of assignments",
        "Reminder of assignments",
    ]


def test_whoever_comes_again_is_told_what_became_of_it_and_says_their_word(
    room: Desk, administrator: SignedIn, case: Case, seen: Seen
) -> None:
    with room.store.read() as db:
        first = records.assignments_of(db, case.id, calendar_of(db))[0]
    actions.answer(room.journal, first, outcome="done", text="Қоршау қойылды.", by=administrator)
    drafts.keep(room.store, room.clock, the_talk(id="1" * 32, asked=""))
    seen.show(the_assignments(room))
    seen.press(f"draft-{'1' * 32}")
    assert "№ 2026-1, 20.11.2026" in seen.texts
    assert "тұрғын сөзін күтіп тұр: Қоршау қойылды." in seen.texts
    seen.press("case-2026-1")
    seen.press("confirm-1")
    assert "тұрғын растады" in seen.texts
    seen.press("back")
    assert "тұрғын сөзін күтіп тұр: Қоршау қойылды." not in seen.texts


def test_minutes_are_corrected_from_the_case_and_every_text_can_be_read(
    room: Desk, administrator: SignedIn, case: Case, clock: FixedClock, seen: Seen
) -> None:
    clock.turn_to(datetime(2026, 11, 24, 5, tzinfo=UTC))
    seen.show(the_case(room, case))
    seen.press("correct")
    seen.press("save")
    assert "Хаттаманың не үшін түзетілгенін жазыңыз." in seen.texts
    write(seen, "why", "Аты қате жазылған.")
    seen.press("save")
    assert "Хаттамада әлі ештеңе өзгертілген жоқ." in " ".join(seen.texts)
    seen.type("name", "Ерғалиева Бағдатгүл Оразқызы")
    seen.press("subject-water")
    seen.press("save")
    assert "24.11.2026 күні түзетілген мәтін, Сәдуақасова Айгүл: Аты қате жазылған." in seen.texts
    assert "Ерғалиева Бағдатгүл Оразқызы" in seen.texts
    assert [paper.title.msgid for paper in OutTray(room.store, room.clock).papers()] == ["Minutes {number}"]
    seen.press("texts")
    assert {"Ерғалиева Бағдат Оразқызы", "Ерғалиева Бағдатгүл Оразқызы"} <= set(seen.texts)
    seen.press("back")


def test_a_correction_that_was_begun_lives_through_a_crash(
    room: Desk, administrator: SignedIn, case: Case, seen: Seen
) -> None:
    seen.show(the_case(room, case))
    seen.press("correct")
    write(seen, "why", "Аты қате жазылған.")
    seen.type("name", "Ерғалиева Бағдатгүл Оразқызы")
    end = time.monotonic() + 30
    while not begun(room):  # the hands rest for a moment
        assert time.monotonic() < end
        seen.window.root.update()
    seen.show(the_assignments(room))  # the PC died: nothing of the page is left
    seen.press("correction-2026-1")
    seen.press("correct")
    assert seen.field("name").value == "Ерғалиева Бағдатгүл Оразқызы"
    seen.press("save")
    assert "Ерғалиева Бағдатгүл Оразқызы" in seen.texts
    assert begun(room) == ()


def test_a_correction_is_thrown_away_after_a_question(
    room: Desk, administrator: SignedIn, case: Case, seen: Seen
) -> None:
    seen.show(the_case(room, case))
    seen.press("correct")
    seen.type("name", "Ерғалиева")
    seen.press("back")
    assert [one.lines for one in begun(room)] == [{"name": "Ерғалиева"}]
    seen.press("correct")
    seen.press("away")
    seen.press("danger")
    assert begun(room) == ()
    seen.press("correct")
    assert seen.field("name").value == case.name


def test_what_was_typed_stands_over_what_another_has_corrected_meanwhile(
    room: Desk, administrator: SignedIn, case: Case, seen: Seen
) -> None:
    seen.show(the_case(room, case))
    seen.press("correct")
    seen.type("phone", "87010000000")
    seen.press("back")
    other = correcting.draft_of(case)
    other.address = "Ақжар ауылы, 28-үй"
    correcting.correct(room.journal, case, other, "Қате.", seen=(), by=administrator)
    drafts.keep_correction(
        room.store, room.clock, drafts.CorrectionDraft(case.id, case.number, {"phone": "87010000000"})
    )  # at another PC: this one's draft is still there
    seen.show(the_case(room, case))
    seen.press("correct")
    assert (seen.field("phone").value, seen.field("address").value) == ("87010000000", "Ақжар ауылы, 28-үй")
    assert any("осы арада түзетілді" in text for text in seen.texts)


def begun(room: Desk) -> tuple[drafts.CorrectionDraft, ...]:
    with room.store.read() as db:
        return drafts.kept_corrections(db)


VISIT = "2" * 32


def recorded(room: Desk, by: SignedIn) -> Case:
    """The minutes of a visit."""
    return actions.record(room.journal, the_talk(visit=VISIT), by=by).case


def cases(room: Desk) -> list[str]:
    with room.store.read() as db:
        return [one.number for one in records.cases_of_visit(db, VISIT)]


def test_protocol_pressed_again_opens_the_minutes_that_are_recorded(
    room: Desk, administrator: SignedIn, seen: Seen
) -> None:
    case = recorded(room, administrator)
    seen.show(the_assignments(room))
    seen.window.go(protocol_of(room, VISIT))
    assert f"№ {case.number} жолданым" in seen.texts
    assert seen.window.screen.name == "meetings.case"
    seen.press("back")
    assert seen.window.screen.name == "meetings.assignments"
    assert cases(room) == ["2026-1"]


def test_another_appeal_of_one_visit_is_a_press_of_its_own(room: Desk, administrator: SignedIn, seen: Seen) -> None:
    visit = ask(room.journal, name="Ерғалиева Бағдат")
    case = actions.record(room.journal, the_talk(visit=visit), by=administrator).case
    seen.show(the_case(room, case))
    seen.press("another")
    assert "Тағы бір жолданым, талон: А-01" in seen.texts
    assert [seen.field(line).value for line in ("name", "address")] == [case.name, case.address]
    write(seen, "asked", "Су құбыры жарылған.")
    seen.press("record")
    assert "№ 2026-1 жолданым" in seen.texts
    seen.press("case-2026-2")
    assert "Су құбыры жарылған." in seen.texts


def test_minutes_recorded_twice_are_one_case_unless_somebody_says_otherwise(
    room: Desk, administrator: SignedIn, seen: Seen
) -> None:
    drafts.keep(room.store, room.clock, the_talk(id="1" * 32, visit=VISIT))
    seen.show(the_assignments(room))
    seen.press(f"draft-{'1' * 32}")
    recorded(room, administrator)  # at the other window
    seen.press("record")
    assert "Бұл тағы бір жолданым ба?" in seen.texts
    seen.press("safe")
    assert cases(room) == ["2026-1"]
    seen.press("record")
    seen.press("danger")
    assert cases(room) == ["2026-1", "2026-2"]


def test_what_two_people_corrected_apart_is_told_on_the_case(
    room: Desk, administrator: SignedIn, case: Case, clock: FixedClock, seen: Seen
) -> None:
    for name in ("Ерғалиева Бағдатгүл", "Ерғалиев Бағдат"):
        clock.pass_seconds(60)
        draft = correcting.draft_of(case)
        draft.name = name
        correcting.correct(room.journal, case, draft, "Қате.", seen=(), by=administrator)
    seen.show(the_case(room, case))
    told = next(text for text in seen.texts if "бір-бірінен хабарсыз" in text)
    assert "Ерғалиева Бағдатгүл" in told
    assert "Ерғалиев Бағдат." in told


def test_the_law_is_shown_with_its_source_or_with_a_warning(room: Desk, seen: Seen) -> None:
    seen.show(LawScreen())
    assert "Дереккөзі жоғы: 1" in seen.texts
    assert any("egov.kz" in text for text in seen.texts)
    keys = list(LawScreen().lines)
    seen.choose("law", next(n for n, key in enumerate(keys) if key.endswith("/study")))
    assert any(text.endswith("Дереккөзі табылмады. Заңгер тексерсін.") for text in seen.texts)
