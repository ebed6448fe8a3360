"""The papers of a case: what stands on them, in the resident's language, on how many pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pypdfium2
import pytest

from akimat_desk.base.clock import FixedClock
from akimat_desk.calendar.records import calendar_of
from akimat_desk.papers.receipt import Number, Pair, Text
from akimat_desk.papers.tray import OutTray
from akimat_desk.people.staff import SignedIn
from akimat_desk.service import Desk
from meetings.cases import actions, papers, printing, records
from meetings.cases.printing import NothingToPrint
from meetings.cases.records import Assignment, Case

from .conftest import TODAY, the_talk


def pages(pdf: bytes) -> list[str]:
    """The text of each page, in one line."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def assignments(room: Desk, case: Case) -> tuple[Assignment, ...]:
    with room.store.read() as db:
        return records.assignments_of(db, case.id, calendar_of(db))


def test_the_minutes_hold_what_the_law_asks_for_on_one_page(room: Desk, case: Case) -> None:
    (page,) = pages(papers.protocol(case, assignments(room, case), printing.house(room)))
    for text in (
        "АЗАМАТТЫ ЖЕКЕ ҚАБЫЛДАУ ХАТТАМАСЫ",
        "2026 жылғы 20 қараша № 2026-1 Ақжар ауылдық округі",
        "Қабылдаған Серік Болатұлы Жұмабеков, Ақжар ауылдық округінің әкімі",
        "Өтініш иесі Ерғалиева Бағдат Оразқызы",
        "Талон және уақыты А04, 10:45–10:58",
        "1. Мәселенің мәні Тәуелсіздік көшесінің",
        "2 Көпірді тексеріп, ақау актісін жасау Д. Әлібеков 27.11.2026",
        "Жазбаша жауап, мерзімі 11.12.2026",
        "4. Қолдары",
        "С. Жұмабеков",
        "Б. Ерғалиева",
        "А. Сәдуақасова",
        f"{case.code[:3]} {case.code[3:]}",
    ):
        assert text in page.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("official", "signs"),
    [
        ("Серік Болатұлы Жұмабеков, Ақжар ауылдық округінің әкімі", "С. Жұмабеков"),
        ("Жұмабеков Серік Болатұлы, әкім", "С. Жұмабеков"),
        ("Иванова Анна Петровна", "А. Иванова"),
        ("Анна Петровна Ким", "А. Ким"),
        ("Жұмабеков Серік", "С. Жұмабеков"),
        ("Серік Жұмабеков", "С. Жұмабеков"),
        ("Ким Елена", "Ким Елена"),
        ("Әкім", "Әкім"),
        ("", ""),
    ],
)
def test_whoever_received_signs_by_surname_in_whatever_order_it_was_written(official: str, signs: str) -> None:
    assert papers._signer(official) == signs


def test_papers_speak_the_residents_language(room: Desk, administrator: SignedIn) -> None:
    case = actions.record(room.journal, the_talk(language="ru", visit="5" * 32), by=administrator).case
    (page,) = pages(papers.protocol(case, assignments(room, case), printing.house(room)))
    assert "ПРОТОКОЛ ЛИЧНОГО ПРИЁМА ГРАЖДАНИНА" in page
    assert "Письменный ответ, срок 11.12.2026" in page


def test_an_extension_does_not_change_the_minutes_and_has_its_notice(
    room: Desk, administrator: SignedIn, case: Case
) -> None:
    letter = assignments(room, case)[2]
    before = papers.protocol(case, assignments(room, case), printing.house(room))
    moved = actions.extend(
        room.journal, letter, until=date(2026, 12, 25), reason="money", text="Смета күтіледі.", by=administrator
    ).assignment
    assert papers.protocol(case, assignments(room, case), printing.house(room)) == before
    (page,) = pages(papers.notice(moved, printing.house(room)))
    for text in ("Алғашқы мерзімі 11.12.2026", "2026 жылғы 25 желтоқсан", "Смета күтіледі.", "76-бабы"):
        assert text in page


def test_the_coupon_has_number_date_time_and_who_accepted(room: Desk, administrator: SignedIn, case: Case) -> None:
    lines = papers.coupon(case, printing.house(room)).lines
    assert Number("2026-1") in lines
    assert Pair("Жауап мерзімі", "11.12.2026") in lines
    said = [line.text for line in lines if isinstance(line, Text)]
    assert "2026 жылғы 20 қараша" in said
    assert "Қабылданған уақыты: 10:00" in said
    assert "Жолданымды қабылдаған: А. Сәдуақасова" in said


def test_what_came_on_a_day_off_is_registered_on_the_next_working_day(room: Desk, administrator: SignedIn) -> None:
    case = actions.record(room.journal, the_talk(received=date(2026, 11, 21)), by=administrator).case
    said = [line.text for line in papers.coupon(case, printing.house(room)).lines if isinstance(line, Text)]
    assert "2026 жылғы 23 қараша" in said
    assert "Демалыс күні түсті, келесі жұмыс күні тіркелді." in said


def test_the_agenda_and_the_reminders_name_no_resident_and_the_overdue_come_first(
    room: Desk, administrator: SignedIn, case: Case, clock: FixedClock
) -> None:
    clock.turn_to(datetime(2026, 12, 1, 5, tzinfo=UTC))
    (agenda,) = pages(printing.agenda_pdf(room))
    assert agenda.index("Қ. Нұрпейісов 24.11.2026 кешікті: 5") < agenda.index("Д. Әлібеков 27.11.2026 кешікті: 2")
    made = printing.reminders(room)
    assert list(made) == ["Қ. Нұрпейісов", "Д. Әлібеков", "А. Сәдуақасова"]
    for text in (agenda, *(page for pdf in made.values() for page in pages(pdf))):
        assert "Ерғалиева" not in text


def test_the_day_has_its_minutes_and_an_empty_day_has_none(room: Desk, case: Case) -> None:
    (page,) = pages(printing.day_pdf(room, TODAY))
    assert "Қабылданған тұрғын 1" in page
    assert "1. Ерғалиева Бағдат Оразқызы, № 2026-1" in page
    with pytest.raises(NothingToPrint):
        printing.day_pdf(room, date(2026, 11, 19))


def test_the_papers_of_a_recorded_talk_stand_in_the_tray_in_its_own_commit(room: Desk, administrator: SignedIn) -> None:
    from functools import partial

    lay_in = partial(printing.lay_in, room, printing.house(room))
    actions.record(room.journal, the_talk(), by=administrator, papers=lay_in)
    assert [(one.kind, one.title.values["number"]) for one in OutTray(room.store, room.clock).papers()] == [
        ("sheet", "2026-1"),
        ("receipt", "2026-1"),
    ]
